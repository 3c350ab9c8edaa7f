# 종로와 청계천의 이름들.

spot-cheonggyecheon = 청계천 들머리
spot-cheonggyecheon-about = 고가도로를 걷어 내고 2005년에 다시 연 물길이 여기서 시작됩니다. 물 건너 빨갛고 파랗게 감겨 오르는 조형물은 ‘스프링’, 다들 다슬기라고 부릅니다.
spot-cheonggyecheon-water = 청계천 물가
spot-cheonggyecheon-water-about = 찻길보다 4미터 남짓 낮은 물가입니다. 물소리가 차 소리를 덮고, 머리 위로 다리가 지나갑니다. 징검다리를 건너 양쪽 길을 오가고, 계단으로 다시 거리에 올라갑니다.
spot-gwangtonggyo = 광통교
spot-gwangtonggyo-about = 조선 시대 도성에서 가장 크던 다리로, 정월 대보름이면 온 장안이 다리밟기를 나왔습니다. 태종 때 정릉의 무덤돌을 가져다 쌓았고, 지금은 제자리에서 조금 위로 옮겨 걸어서 건넙니다.
spot-bosingak = 보신각
spot-bosingak-about = 조선 시대에 도성 문을 열고 닫는 시각을 알리던 종각입니다. 해마다 섣달그믐 밤이면 여기 모여 서른세 번의 종소리로 새해를 맞습니다.
spot-tapgol-park = 탑골공원
spot-tapgol-park-about = 1919년 3월 1일 독립선언서를 처음 읽은 팔각정이 앞에 있습니다. 그 뒤 유리집 안에는 조선 세조 때의 원각사지 십층석탑이 서 있습니다.
spot-jongmyo = 종묘
spot-jongmyo-about = 조선의 왕과 왕비의 신주를 모신 사당으로, 1995년 유네스코 세계유산이 되었습니다. 이 문을 들어서면 도심의 소리가 뚝 끊깁니다.
spot-jongmyo-jeongjeon = 종묘 정전
spot-jongmyo-jeongjeon-about = 신실 열아홉 칸이 101미터를 한 지붕 아래 이어집니다. 꾸밈을 덜어 낸 이 긴 지붕과 넓은 월대 앞에서 오월 첫 일요일마다 종묘대제를 올립니다.

part-spring = 조형물 스프링
part-mojeongyo = 모전교
part-gwangtonggyo = 광통교
part-jangtonggyo = 장통교
part-samilgyo = 삼일교
part-supyogyo = 수표교
part-gwansugyo = 관수교

part-bosingak = 보신각
part-bosingak-bell = 보신각 종
part-bosingak-square = 보신각 마당
part-ymca = 서울YMCA회관
part-centropolis = 센트로폴리스
part-samil-building = 삼일빌딩
part-hanwha-building = 한화빌딩
part-signature-tower = 시그니쳐타워
part-nagwon-arcade = 낙원악기상가
part-seun-arcade = 세운상가
part-gwancheol-dong = 관철동 젊음의거리
part-insadong-gil = 인사동길
part-samil-daero = 삼일대로
part-donhwamun-ro = 돈화문로
part-seosulla-gil = 서순라길

part-tapgol-park = 탑골공원
part-tapgol-wall = 탑골공원 담
part-samilmun = 삼일문
part-palgakjeong = 팔각정
part-wongaksa-pagoda = 원각사지 십층석탑

part-jongmyo = 종묘
part-jongmyo-plaza = 종묘광장
part-jongmyo-gate = 종묘 외대문
part-jongmyo-wall = 종묘 담
part-jongmyo-way = 신로
part-jongmyo-pond = 종묘 연못
part-jongmyo-jaegung = 재궁
part-jongmyo-hyangdaecheong = 향대청
part-jongmyo-jeonsacheong = 전사청
part-jongmyo-chilsadang = 칠사당
part-jongmyo-gongsindang = 공신당
part-jeongjeon = 종묘 정전
part-jeongjeon-terrace = 정전 월대
part-jeongjeon-wall = 정전 담
part-jeongjeon-south-gate = 정전 남신문
part-jeongjeon-east-gate = 정전 동문
part-yeongnyeongjeon = 영녕전
part-yeongnyeongjeon-terrace = 영녕전 월대
part-yeongnyeongjeon-wall = 영녕전 담
part-yeongnyeongjeon-gate = 영녕전 남문
