# Names east along Cheonggyecheon, from Gwangjang Market to Heunginjimun and DDP.

spot-heunginjimun = Heunginjimun Gate
spot-heunginjimun-about = The great east gate of the old city wall; everyone calls it Dongdaemun. It alone of the four great gates is shielded by a half-round outer wall, and north of it the city wall climbs Naksan.
spot-heunginjimun-address = 288 Jong-ro, Jongno-gu, Seoul
spot-ddp-park = History & Culture Park
spot-ddp-park-about = From the park DDP looks like something that has just landed: a hull of metal panels that leans out over its own foot.
spot-ddp = Dongdaemun Design Plaza (DDP)
spot-ddp-about = Zaha Hadid's silver building of 2014: more than 45,000 aluminium panels, each with a curve of its own, flow without a visible seam. The city wall and a water gate, found when the old stadium was cleared, stand in the park beside it.
spot-ddp-address = 281 Eulji-ro, Jung-gu, Seoul
spot-gwangjang-market = Gwangjang Market
spot-gwangjang-market-about = A market since 1905. Between the shops for silk and hanbok runs a lane of food stalls: follow the sizzle of mung-bean pancakes.
spot-gwangjang-market-address = 88 Changgyeonggung-ro, Jongno-gu, Seoul
spot-ogansugyo = Ogansugyo Bridge
spot-ogansugyo-about = Here Cheonggyecheon left the walled city, under the wall, through a water gate with five openings. The gate was pulled down in 1908; the bridge keeps its name.

part-changgyeonggung-ro = Changgyeonggung-ro
part-dongho-ro = Dongho-ro
part-daehak-ro = Daehak-ro
part-jangchungdan-ro = Jangchungdan-ro
part-majang-ro = Majang-ro

part-seungyo = Seungyo Bridge
part-baeogaedari = Baeogaedari Bridge
part-saebyeokdari = Saebyeokdari Bridge
part-majeongyo = Majeongyo Bridge
part-naraegyo = Naraegyo Bridge
part-beodeuldari = Beodeuldari (Jeon Tae-il Bridge)
part-ogansugyo = Ogansugyo Bridge

part-dasi-seun-square = Dasi Seun Square
part-daerim-arcade = Daerim Arcade
part-gwangjang-market = Gwangjang Market
part-bangsan-market = Bangsan Market
part-pyeonghwa-market = Pyeonghwa Market
part-shin-pyeonghwa-market = Shin Pyeonghwa Fashion Town
part-dongdaemun-shopping-complex = Dongdaemun Shopping Complex
part-jw-marriott = JW Marriott Dongdaemun Square Seoul
part-doota = Doota Mall
part-migliore = Migliore
part-hyundai-city-outlets = Hyundai City Outlets Dongdaemun
part-good-morning-city = Good Morning City

part-heunginjimun = Heunginjimun Gate
part-heunginjimun-ongseong = Outer wall of Heunginjimun
part-heunginjimun-square = Around Heunginjimun
part-heunginjimun-park = Heunginjimun Park
part-naksan-city-wall = City wall towards Naksan

part-ddp = Dongdaemun Design Plaza (DDP)
part-ddp-square = DDP Square
part-ddp-city-wall = Remains of the city wall
part-igansumun = Igansumun Water Gate
part-ddp-park = Dongdaemun History & Culture Park
