# 청계천 동쪽, 광장시장에서 흥인지문과 DDP까지의 이름들.

spot-heunginjimun = 흥인지문(동대문)
spot-heunginjimun-about = 한양도성의 동쪽 큰문으로, 다들 동대문이라 부릅니다. 도성의 네 큰문 가운데 이 문에만 반달 모양 옹성이 둘려 있고, 북쪽으로는 낙산을 오르는 성곽이 이어집니다.
spot-heunginjimun-address = 서울 종로구 종로 288
spot-ddp-park = 동대문역사문화공원
spot-ddp-park-about = 공원에서 보면 디디피는 막 내려앉은 비행체처럼 보입니다. 금속판으로 덮인 몸이 발치 너머로 기울어 나옵니다.
spot-ddp = 동대문디자인플라자(DDP)
spot-ddp-about = 자하 하디드가 설계해 2014년에 문을 연 은빛 건물로, 모양이 저마다 다른 알루미늄판 4만 5천여 장이 이음매 없이 흐릅니다. 동대문운동장을 헐다가 찾아낸 성곽과 이간수문이 옆 공원에 남아 있습니다.
spot-ddp-address = 서울 중구 을지로 281
spot-gwangjang-market = 광장시장
spot-gwangjang-market-about = 1905년에 문을 연 시장으로, 한복과 원단 가게 사이로 먹자골목이 이어집니다. 빈대떡 부치는 소리를 따라 걸어 보세요.
spot-gwangjang-market-address = 서울 종로구 창경궁로 88
spot-ogansugyo = 오간수교
spot-ogansugyo-about = 청계천이 도성을 빠져나가던 자리입니다. 다섯 칸 물문 위로 성벽이 지나갔는데, 물문은 1908년에 헐렸고 이름만 다리에 남았습니다.

part-changgyeonggung-ro = 창경궁로
part-dongho-ro = 동호로
part-daehak-ro = 대학로
part-jangchungdan-ro = 장충단로
part-majang-ro = 마장로

part-seungyo = 세운교
part-baeogaedari = 배오개다리
part-saebyeokdari = 새벽다리
part-majeongyo = 마전교
part-naraegyo = 나래교
part-beodeuldari = 버들다리(전태일다리)
part-ogansugyo = 오간수교

part-dasi-seun-square = 다시세운광장
part-daerim-arcade = 대림상가
part-gwangjang-market = 광장시장
part-bangsan-market = 방산시장
part-pyeonghwa-market = 평화시장
part-shin-pyeonghwa-market = 신평화패션타운
part-dongdaemun-shopping-complex = 동대문종합시장
part-jw-marriott = JW 메리어트 동대문 스퀘어 서울
part-doota = 두타몰
part-migliore = 밀리오레
part-hyundai-city-outlets = 현대시티아울렛 동대문점
part-good-morning-city = 굿모닝시티

part-heunginjimun = 흥인지문
part-heunginjimun-ongseong = 흥인지문 옹성
part-heunginjimun-square = 흥인지문 둘레
part-heunginjimun-park = 흥인지문공원
part-naksan-city-wall = 한양도성 낙산 구간

part-ddp = 동대문디자인플라자(DDP)
part-ddp-square = DDP 광장
part-ddp-city-wall = 한양도성 성곽 유적
part-igansumun = 이간수문
part-ddp-park = 동대문역사문화공원
