# In the place.
scene-label = 지금 있는 곳
picture-label = { $count ->
    [0] { $spot } 풍경
   *[other] { $spot } 풍경, 보이는 사람 { $count }명
}
live-label = 일어나는 일
hint-keys = W A S D 키나 방향키로 걷고, 마우스로 둘러보세요
hint-map = W A S D 키나 방향키로 걷거나, 지도를 눌러 그곳으로 걸어가세요
hint-touch = 왼쪽 아래 스틱으로 걷고, 화면을 밀어 둘러보세요
hint-touch-map = 왼쪽 아래 스틱으로 걷거나, 지도를 눌러 그곳으로 걸어가세요
dock-label = 할 수 있는 일
dock-around = 주변
dock-talk = 대화
dock-gestures = 인사
dock-map = 지도
dock-stage = 입체
dock-stage-comes = 입체 준비 중
dock-centre = 내 위치
dock-help = 도움말
dock-settings = 설정
panel-close = 닫기

# Who and what is around.
around-title = 주변
around-describe = 둘레를 말로 듣기
around-channel = 여기는 { $channel }번 채널이에요.
around-people = 사람들
around-nobody = 가까이에 아무도 없어요.
around-places = 가까운 곳
around-walk = 걸어가기
around-walk-to = { $name } 쪽으로 걸어가기
around-elsewhere = 다른 곳
around-go = 바로 가기
around-go-to = { $name }에 바로 가기
around-rooms = 방과 다른 장소
around-link = 이곳의 링크 복사
door-in = 들어가기: { $place }
door-out = 밖으로 나가기
narrate-door = 문이 있습니다. { $way }: F 키나 버튼을 누르세요.
ride-on = 타기
ride-off-here = 여기서 내리기
ride-off = 다음 정류장에서 내리기
ride-off-soon = 다음 정류장에서 내려요
narrate-board = { $line } 도착했어요.
narrate-next-stop = 다음 정류장: { $spot }.
narrate-comes = { $minutes ->
    [0] { $line } 곧 도착해요.
   *[other] { $line } { $minutes }분 뒤에 도착해요.
}
around-share = 이곳 공유하기…
around-qr = 이곳의 QR 코드
taxi-open = 택시 기사님께 이곳 보여 주기
taxi-title = 택시 기사님께
taxi-please = 여기로 가 주세요.
narrate-here = { $spot }에 있어요.
narrate-people = { $count ->
    [0] 가까이에 아무도 없어요.
   *[other] 가까이에 { $count }명이 있어요.
}
narrate-thing = { $name }, { $where }.
narrate-where = { $direction } { $metres }m
narrate-near = { $name } 님이 가까이 왔어요.
narrate-does = { $name } 님: { $what }
narrate-reached = 도착했어요.
narrate-said = { $name }: { $text }
direction-ahead = 앞쪽
direction-ahead-right = 오른쪽 앞
direction-right = 오른쪽
direction-behind-right = 오른쪽 뒤
direction-behind = 뒤쪽
direction-behind-left = 왼쪽 뒤
direction-left = 왼쪽
direction-ahead-left = 왼쪽 앞

# Talking.
talk-title = 대화
talk-lines = 주고받은 말
talk-empty = 아직 주고받은 말이 없어요. 먼저 인사해 보세요.
talk-gap = 이 사이에 오간 말이 빠졌을 수 있어요.
missed-lines = 연결이 끊긴 동안 말이 { $count }번 오갔어요.
talk-label = 할 말
talk-placeholder = 할 말을 써 주세요
talk-send = 보내기
talk-reach = 누구에게
translate = 번역
translate-waits = 번역하는 중…
translate-back = 원문 보기
translate-none = 여기서는 이 말을 번역할 수 없어요.
translate-failed = 지금은 이 말을 번역할 수 없어요.
talk-unread = 읽지 않은 말 { $count }개
reach-near = 가까이
reach-place = 모두에게

# Gestures and ready-made sentences.
gestures-title = 인사와 몸짓
gestures-emotes = 몸짓
gestures-phrases = 한마디
gestures-note = 받는 사람의 언어로 전해져요.
topic-back = 다른 주제 고르기
emote-wave = 손 흔들기
emote-bow = 절하기
emote-clap = 손뼉 치기
emote-sit = 앉기
emote-deep-bow = 큰절하기
emote-heart = 머리 위로 하트
emote-cheer = 환호하기
emote-nod = 고개 끄덕이기
emote-point = 방향 가리키기
emote-laugh = 웃기
emote-drum = 장구 치기
emote-mask-dance = 탈춤 추기
emote-pose = 꽃받침 하기
phrase-unknown = (새로운 한마디)
