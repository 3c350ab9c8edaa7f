# 돈의문 터: 지금과 1900년.

place-donuimun = 돈의문 터
place-donuimun-1900 = 1900년의 돈의문

spot-jeongdong = 정동길
spot-jeongdong-about = 궁궐 옆 길이 정동으로 이어집니다. 뒤쪽 길을 오르면 서쪽 대문이 있던 자리입니다.
spot-jeongdong-gil = 정동길 위쪽
spot-jeongdong-gil-about = 돌담길에서 올라온 길이 여기에서 끝납니다. 앞쪽이 서울의 서쪽 문이 서 있던 네거리입니다.
spot-donuimun-site = 돈의문이 있던 자리
spot-donuimun-site-about = 서울의 서쪽 대문 돈의문은 1915년 길을 넓히면서 헐릴 때까지 이 길 위에 서 있었습니다. 1900년으로 밀어 보세요. 문이 눈앞에 나타납니다.
spot-donuimun-site-address = 서울특별시 종로구 새문안로
spot-saemunan-ro = 새문안로
spot-saemunan-ro-about = 사람들은 돈의문을 ‘새문’이라고 불렀습니다. 길 이름에 그 말이 남아 있습니다.
spot-museum-village = 돈의문박물관마을
spot-museum-village-about = 둘레가 모두 높아지는 동안 남은 골목과 벽돌집, 그리고 기와집 두 채입니다.
spot-museum-village-address = 서울특별시 종로구 송월길 14-3
spot-before-donuimun = 문 앞
spot-before-donuimun-about = 돌로 쌓은 육축에 홍예 하나, 그 위에 한 층짜리 문루, 양쪽으로 한양도성이 이어집니다. 1899년부터 전차가 이 홍예를 지나다닙니다. 사진을 보고 그린 것으로, 크기는 어림입니다.
spot-within-donuimun = 문 안
spot-within-donuimun-about = 도성으로 드는 길가에 기와를 인 가게가 늘어서고, 그 뒤로 초가가 이어집니다. 전차는 여기에서 종로로 갑니다.
spot-outer-market = 문밖 장터
spot-outer-market-about = 저녁 종이 울려 문이 닫히기 전까지, 서쪽에서 온 이들이 여기에서 물건을 팝니다.

part-stone-wall-door = 돌담길로 내려가는 길
part-jeongdong-door = 돈의문 터로 올라가는 길
part-gate-outline = 사라진 문의 자리
part-hospital = 병원
part-museum-village = 돈의문박물관마을
part-donuimun-gate = 돈의문
part-city-wall = 한양도성
part-tram = 전차
