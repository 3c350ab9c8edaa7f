# Roles, as they stand beside names.
role-helper = 도우미
role-host = 진행자
role-official = 시 담당자
notice-role-helper = 여기서 도우미예요. 사람들이 물어볼 수 있어요.
notice-role-host = 여기서 진행자예요. 아래 ‘진행’과 이름 옆 ‘더 보기’에서 할 수 있는 일을 볼 수 있어요.
notice-role-official = 여기서 시 담당자예요. 아래 ‘진행’과 이름 옆 ‘더 보기’에서 할 수 있는 일을 볼 수 있어요.
notice-role-over = 맡은 시간이 끝났어요. 고맙습니다.
notice-invitation-invalid = 여기서 쓸 수 없는 초대예요. 새 링크를 받아 주세요.
notice-invitation-over = 초대 기간이 끝났어요. 새 링크를 받아 주세요.
notice-invitation-elsewhere = 다른 곳의 초대예요.

# Announcements.
announcement-label = 안내
announcement-from = { $role } { $name }
announcement-said = { $role } { $name } 님의 안내: { $text }
announcement-close = 안내 닫기

# What one can do about someone.
notice-blocked = 차단했어요. 이제 이 사람이 보이지도 들리지도 않아요.
notice-unblocked = 차단을 풀었어요.
notice-blocked-enough = 더 차단할 수 없어요. 진행자에게 도움을 청해 주세요.
notice-reported = 고맙습니다. 이 도시를 운영하는 사람이 읽을 수 있게 신고를 보관했어요. 누가 신고했는지는 알리지 않아요.
notice-not-reported = 신고를 보관하지 못했어요. 진행자나 도우미에게 도움을 청해 주세요.
notice-reported-enough = 짧은 시간에 여러 번 신고했어요. 조금 기다리거나 진행자에게 도움을 청해 주세요.
notice-name-refused = 여기서 쓸 수 없는 이름이라 다른 이름이 되었어요. 다른 이름을 골라 주세요.
notice-line-refused = 여기서 쓰지 않는 낱말이 있어 전해지지 않았어요. 다르게 말해 주세요.

# For hosts.
dock-host = 진행
notice-done = 됐어요.
notice-not-a-host = 진행자만 할 수 있는 일이에요.
notice-protected = 진행자나 시 담당자에게는 할 수 없어요.
notice-not-here = 그 사람은 이제 여기에 없어요.

# What hosts did, for whom it concerns.
notice-muted = 진행자가 { $minutes }분 동안 말을 막았어요. 쓴 말은 전해지지 않아요.
notice-unmuted = 다시 말할 수 있어요.
notice-chat-open = 이제 누구나 다시 말할 수 있어요.
notice-chat-slow = 지금은 한 사람이 15초에 한 번씩 말할 수 있어요.
notice-chat-closed = 지금은 대화가 닫혀 있어요. 진행자와 도우미는 말할 수 있어요.
close-removed = 진행자가 방문을 마치게 했어요. 서로를 존중해 주신다면 다시 오셔도 좋아요.
