# Plain pages.
pages-label = 이 도시 안내
pages-back = 도시로 가기
pages-contact = { $contact } 앞으로 써 보내 주세요.
pages-no-contact = 이 도시의 주소를 알려 준 곳에 문의하거나, 이름 옆에 ‘도우미’나 ‘진행자’가 있는 사람에게 물어보세요.

# Offered by the page itself when another version has come.
version-ready = 새 버전이 준비됐어요.
version-reload = 지금 새로 고치기
version-later = 나중에
