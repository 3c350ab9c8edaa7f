# How the connection stands.
connection-out = 들어가기 전
connection-connecting = 연결하는 중이에요…
connection-in = 연결됨
connection-again = 다시 연결하는 중이에요…
connection-waiting = 아직 연결되지 않았어요. 곧 다시 해 볼게요.
connection-blocked = 이 네트워크에서는 실시간 연결이 막혀 있어요. 지도는 볼 수 있지만 사람들과 만나려면 다른 네트워크가 필요해요.
connection-retry = 지금 다시 하기

# Why a relay ended the connection.
close-version = 새 버전이 나왔어요. 페이지를 새로 고쳐 주세요.
close-full = 지금은 자리가 가득 찼어요. 자리가 나면 바로 들어갈게요.
close-banned = 지금은 들어올 수 없어요. 시간이 지난 뒤 다시 와 주세요.
close-draining = 서버를 정비하고 있어요. 곧 다시 연결할게요.
close-malformed = 서버와 말이 통하지 않았어요. 페이지를 새로 고쳐 주세요.
close-too-large = 보낸 내용이 너무 컸어요. 다시 들어와 주세요.
close-too-fast = 너무 빠르게 보내서 잠시 끊겼어요. 곧 다시 연결할게요.
close-too-slow = 연결이 느려 잠시 끊겼어요. 곧 다시 연결할게요.
close-superseded = 다른 창에서 이어서 보고 있어요. 여기서 계속하려면 ‘지금 다시 하기’를 누르세요.
close-silent = 한동안 응답이 없어 끊겼어요. 곧 다시 연결할게요.
close-origin = 이 주소에서는 들어갈 수 없어요. 공식 주소로 다시 들어와 주세요.
close-too-many = 같은 곳에서 너무 많이 접속했어요. 잠시 뒤 다시 해 볼게요.

# What the visitor should know for a moment.
notice-alone = 서버끼리 연결이 끊겨 일부 사람만 보여요.
notice-together = 이제 모든 사람이 다시 보여요.
notice-slower = 조금만 천천히 해 주세요. 일부는 전해지지 않았어요.
notice-unsayable = 보여 줄 수 있는 글이 없어요. 다시 써 주세요.
notice-no-such-spot = 그곳은 여기에 없어요.
notice-not-connected = 아직 연결되지 않아 전하지 못했어요.
notice-no-way = 그곳으로 가는 길이 없어요.
notice-map-only = 이 기기에서는 지도로 보여 드려요. 할 수 있는 일은 모두 같아요.
notice-copied = 이곳의 링크를 복사했어요.
notice-not-copied = 이 브라우저에서는 복사할 수 없습니다. 주소: { $link }
notice-no-texts = 그 언어의 글을 불러오지 못했어요. 다시 시도해 주세요.
notice-appear = 바꾼 이름과 모습을 알렸어요.
notice-missed = 연결이 끊긴 동안 오간 말 가운데 일부는 보여 드릴 수 없어요.
notice-riding = 지금 타고 있어요. 먼저 내려 주세요.
notice-vehicle-full = 빈자리가 없어요. 다음 차가 곧 와요.
notice-vehicle-gone = 벌써 떠났어요. 다음 차가 곧 와요.
notice-place-full = 지금은 그곳에 자리가 없습니다. 있던 곳에 그대로 있습니다.
notice-other-channel = 그 채널에 자리가 없어 같은 곳의 다른 채널로 들어왔어요.
