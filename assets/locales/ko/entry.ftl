# The screen before coming in.
brand = 메타버스 서울
title = { $spot } · 메타버스 서울
skip-to-actions = 할 수 있는 일로 건너뛰기
entry-again = 페이지 다시 열기
entry-enter = 들어가기
entry-entering = 들어가는 중…
entry-look = 모습 바꾸기
entry-note = 가입도 설치도 필요 없어요. 이름과 모습은 언제든 바꿀 수 있어요.
easy-on = 쉬운 모드로 하기
easy-off = 쉬운 모드 끝내기
easy-manner = 한 번에 하나씩 고르면 돼요. 천천히 하셔도 괜찮아요.
people-here = { $count ->
    [0] 아직 아무도 없어요
   *[other] { $count }명이 함께 있어요
}
name-label = 이름
name-another = 다른 이름 짓기
names-first = 고운, 맑은, 밝은, 푸른, 포근한, 느긋한, 반가운, 씩씩한, 다정한, 산뜻한
names-second = 단풍, 구름, 까치, 소나무, 은행잎, 호랑이, 달빛, 나들이, 제비, 햇살
names-whole = { $first } { $second }
language-label = 언어

# The look.
look-title = 모습
look-offer = 모습 { $number }
look-others = 다른 모습 보기
look-details = 하나씩 고르기
look-colour = { $what } { $number }
look-skin = 피부색
look-hair = 머리 모양
look-hair-colour = 머리 색
look-outfit = 옷
look-upper = 윗옷 색
look-lower = 아래옷 색
look-build = 체형
look-aid = 이동 보조
hair-short = 짧은 머리
hair-bob = 단발
hair-long = 긴 머리
hair-bun = 올림머리
outfit-casual = 편한 옷
outfit-coat = 코트
outfit-hanbok-skirt = 치마저고리
outfit-hanbok-trousers = 바지저고리
build-adult = 어른
build-broad = 큰 체격
build-child = 어린이
build-elder = 어르신
aid-none = 없음
aid-wheelchair = 휠체어

# What stands in the way.
trouble-loading = 도시를 불러오지 못했어요. 인터넷 연결을 확인하고 페이지를 다시 열어 주세요.
trouble-broken = 페이지에 문제가 생겼어요. 새로 고치면 있던 자리에서 이어서 볼 수 있어요.
