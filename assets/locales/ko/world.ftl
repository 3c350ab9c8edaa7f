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
narrate-passes = { $direction } 가까이에 { $name }.
narrate-stops = { $line } 가까운 정류장에 서요.
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
narrate-with = { $name } 님과 함께 걷고 있어요.
narrate-alone = 이제 혼자 걸어요.
company-stop = 함께 걷기 그만하기
narrate-act = { $name }, { $count }마당 중 { $number }번째 마당. { $text }
narrate-bicycles = 여기에 공공자전거가 있어요. 타 보세요.
narrate-cycling = 자전거를 탔어요.
narrate-on-foot = 자전거에서 내렸어요.
bicycle-on = 자전거 타기
bicycle-off = 자전거에서 내리기
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
missed-lines = 연결이 끊긴 동안 말이 { $count }번 오갔어요.
talk-unread = 읽지 않은 말 { $count }개
