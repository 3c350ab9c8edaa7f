# The first screen, which the relay writes into the page before any script has run.
# What the language calls itself, on the button that chooses it.
language-name = 한국어
first-loading = 여는 중입니다…
first-noscript = 이 도시에 들어오려면 브라우저에서 자바스크립트를 켜 주세요.
# The name of a visitor who gave none.
first-guest = 손님 { $number }
# Where the page was opened as a mere file, or from a server that is not a relay. Shown in every language at once.
first-not-served = 이 페이지는 메타버스 서울 릴레이에서 온 것이 아니어서 도시를 열 수 없습니다. 릴레이의 주소로 다시 열어 주세요. 서버를 운영하신다면 “cargo xtask run”으로 릴레이를 시작할 수 있습니다.
# On a kiosk that waits for someone, in every language in turn.
first-touch = 화면을 누르면 시작해요
