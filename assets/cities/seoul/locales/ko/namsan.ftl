# 남산 꼭대기.

place-namsan = 남산 꼭대기

spot-namsan-palgakjeong = 남산 팔각정
spot-namsan-palgakjeong-about = 남산 꼭대기의 여덟모 정자입니다. 이 산의 사당이던 국사당이 1925년까지 여기에 있었습니다. 뒤로 서울타워가 솟아 있습니다.
spot-namsan-lookout = 도심 전망대
spot-namsan-lookout-about = 북악산 아래 경복궁부터 세종대로를 따라 서울광장까지 도심이 한눈에 들어옵니다. 난간에는 사람들이 남긴 사랑의 자물쇠가 빼곡합니다.
spot-namsan-beacons = 목멱산 봉수대
spot-namsan-beacons-about = 나라 곳곳에서 온 봉화가 마지막으로 닿던 곳입니다. 평화로운 날에는 하나, 위급할수록 더 올려 다섯까지 올렸습니다. 지금 것은 되살린 것입니다.
spot-n-seoul-tower = 서울타워 앞
spot-n-seoul-tower-about = 해발 243미터 산꼭대기에 선 높이 약 237미터의 탑입니다. 밤에는 공기의 맑기를 빛깔로 알립니다.
spot-n-seoul-tower-address = 서울 용산구 남산공원길 105
spot-namsan-south = 한강 전망대
spot-namsan-south-about = 성벽 너머 남쪽으로 한강과 강남이, 그 뒤로 관악산이 보입니다.

part-namsan-palgakjeong = 남산 팔각정
part-namsan-beacons = 목멱산 봉수대
part-love-locks = 사랑의 자물쇠
part-cable-car-station = 남산케이블카 승강장
part-namsan-stairs-down = 백범광장으로 내려가는 계단
part-namsan-stairs-up = 남산 꼭대기로 오르는 계단
part-han-river = 한강
part-bukhansan = 북한산
