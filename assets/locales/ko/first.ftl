# The first screen, which the relay writes into the page before any script has run.
first-people = { $people ->
    [0] 지금은 아무도 없어요. 첫 번째로 들어가 보세요.
   *[other] 지금 { $people }명이 함께 있어요.
}
first-loading = 여는 중입니다…
first-noscript = 이 도시에 들어오려면 브라우저에서 자바스크립트를 켜 주세요.
# The name of a visitor who gave none.
first-guest = 손님 { $number }
