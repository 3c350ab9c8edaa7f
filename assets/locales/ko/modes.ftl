# Easy mode.
easy-home = 무엇을 할까요?
easy-walk = 어느 쪽으로 걸을까요?
easy-go = 어디로 데려다 드릴까요?
easy-say = 무슨 말을 할까요?
easy-around = 지금 둘레예요.
easy-to-walk = 걷기
easy-to-go = 데려다주기
easy-to-say = 말하기
easy-to-around = 둘레 알아보기
easy-to-practice = 연습하기
easy-turning = 방향 돌리기
easy-turn-left = 왼쪽으로 돌기
easy-turn-right = 오른쪽으로 돌기
easy-return = 처음 자리로 돌아가기
easy-finish = 마치기
easy-done = 했어요
easy-undo = 되돌리기
easy-aloud = 읽어 주기
easy-lesson-walk = 먼저 걸어 볼게요. 아래 단추를 누르세요.
easy-lesson-turn = 잘했어요. 이제 방향을 돌려 볼게요. 어느 쪽이든 누르세요.
easy-lesson-say = 이제 인사해 볼게요. 아래 단추를 누르세요.
easy-lesson-return = 마지막이에요. 처음 자리로 돌아가 볼게요.
easy-lesson-done = 다 했어요. 정말 잘했어요.
notice-back = 먼저 있던 자리로 돌아가요.

# Calling a helper.
help-call = 도우미 부르기
help-stop = 이제 괜찮아요
help-called = { $name } 님이 { $place }에서 도우미를 불러요.
help-go-to = { $name } 님에게 바로 가기
notice-help-told = { $count ->
    [0] 지금은 도우미가 없어요. 10분 안에 오는 도우미는 부른 것을 알게 돼요.
   *[other] 도우미 { $count }명을 불렀어요. 여기에서 기다려 주세요.
}
notice-help-comes = 도우미 { $name } 님이 와요.
notice-help-over = 도우미를 그만 불러요.
notice-help-ended = 10분 동안 아무도 오지 못했어요. 아직 도움이 필요하면 다시 불러 주세요.

# A screen in public.
kiosk-label = 화면 조절
kiosk-reach = 손 닿게
kiosk-contrast = 고대비
kiosk-larger = 글자 크게
kiosk-easy = 쉬운 모드
kiosk-volume = 소리
kiosk-volume-now = 소리 { $level }, 0은 꺼짐
kiosk-finish = 끝내기
still-here = 아직 계세요?
still-stay = 네, 계속할게요
keyboard-label = 화면 자판
keyboard-shift = 윗글자
keyboard-switch = 한글과 영문 바꾸기
keyboard-space = 띄어쓰기
keyboard-erase = 지우기
