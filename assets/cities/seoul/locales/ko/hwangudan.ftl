# 1900년의 환구단.

place-hwangudan-1900 = 1900년의 환구단

spot-heaven-gate = 환구단 문 앞
spot-heaven-gate-about = 1897년 고종이 이 문으로 들어와 단에 올라 황제 자리에 올랐습니다. 문은 2007년에 다시 찾아, 지금은 서울광장 앞에 서 있습니다.
spot-heaven-altar = 환구단 앞
spot-heaven-altar-about = 하늘을 본떠 둥글게, 화강암으로 세 층을 쌓고 금빛 지붕을 올렸습니다. 1913년에 헐리고 그 자리에 호텔이 들어섰습니다. 사진을 보고 그린 것으로, 크기는 어림입니다.
spot-before-hwanggungu = 황궁우 앞
spot-before-hwanggungu-about = 1899년에 지어 하늘 신들의 위패를 모신 곳입니다. 여기 보이는 것 가운데 지금도 제자리에 남은 것은 이 건물뿐입니다.
spot-sogong-lane = 환구단 옆 골목
spot-sogong-lane-about = 기와집과 초가가 늘어섰습니다. 서쪽으로 몇 걸음이면 덕수궁이고, 지금은 소공로가 지나갑니다.

part-altar-of-heaven = 환구단
part-altar-main-gate = 환구단 정문
part-fragrance-hall = 어재실
part-kitchen-hall = 전사청
