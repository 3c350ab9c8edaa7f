# Donuimun's site west of the palace, now and in 1900.

place-donuimun = Donuimun site
place-donuimun-1900 = Donuimun in 1900

spot-jeongdong = Jeongdong-gil
spot-jeongdong-about = The street beside the palace goes on to Jeongdong. Behind you it leads up to where the west gate stood.
spot-jeongdong-gil = Jeongdong-gil, upper end
spot-jeongdong-gil-about = The street from the stone-wall road comes up here. Ahead lies the crossing where the city's west gate stood.
spot-donuimun-site = Where Donuimun stood
spot-donuimun-site-about = Donuimun, the west gate of the city, stood across this street until 1915, when it was pulled down to widen it. Move the slider to 1900, and it stands before you.
spot-donuimun-site-address = Saemunan-ro, Jongno-gu, Seoul
spot-saemunan-ro = Saemunan-ro
spot-saemunan-ro-about = "Saemun" is the "new gate": so people called Donuimun. The street still has its name.
spot-museum-village = Donuimun Museum Village
spot-museum-village-about = Alleys, brick houses and two old ones with tiled roofs, kept where everything around has become high.
spot-museum-village-address = 14-3 Songwol-gil, Jongno-gu, Seoul
spot-before-donuimun = Before the gate
spot-before-donuimun-about = One arch in a base of stone, a pavilion of one storey above it, and the city wall to both sides. Since 1899 a tram has run through the arch. A drawing from photographs: the measures are estimates.
spot-within-donuimun = Within the gate
spot-within-donuimun-about = Shops under tiles line the street into the city; behind them are thatched cottages. The tram goes on to Jong-ro from here.
spot-outer-market = Market outside the gate
spot-outer-market-about = Whoever comes from the west sells here, before the toll of the evening bell closes the gate.

part-stone-wall-door = Down to the stone-wall road
part-jeongdong-door = Up to Donuimun's site
part-gate-outline = Outline of the lost gate
part-hospital = Hospital
part-museum-village = Donuimun Museum Village
part-donuimun-gate = Donuimun
part-city-wall = City wall
part-tram = Tram
