# The top of Namsan.

place-namsan = Top of Namsan

spot-namsan-palgakjeong = Octagonal pavilion on Namsan
spot-namsan-palgakjeong-about = The pavilion on the mountain's top. Guksadang, the mountain's shrine, stood here until 1925. N Seoul Tower rises behind it.
spot-namsan-lookout = Lookout over downtown
spot-namsan-lookout-about = All of downtown at a glance: from Gyeongbokgung below Bugaksan along Sejong-daero to Seoul Plaza. The fence is full of the padlocks that couples leave.
spot-namsan-beacons = Beacon mounds
spot-namsan-beacons-about = Beacon fires from all over the country ended here. One was lit in peace, more the greater the danger, up to five. These are rebuilt.
spot-n-seoul-tower = Before N Seoul Tower
spot-n-seoul-tower-about = A tower of about 237 metres on a hilltop 243 metres above the sea. At night its colour tells how clear the air is.
spot-n-seoul-tower-address = 105 Namsangongwon-gil, Yongsan-gu, Seoul
spot-namsan-south = Lookout over the Hangang
spot-namsan-south-about = Beyond the city wall lie the river Hangang and Gangnam, and behind them Gwanaksan.

part-namsan-palgakjeong = Octagonal pavilion on Namsan
part-namsan-beacons = Beacon mounds
part-love-locks = Fence of love locks
part-cable-car-station = Namsan Cable Car, upper station
part-namsan-stairs-down = Stairs down to Baekbeom Square
part-namsan-stairs-up = Stairs up to the top of Namsan
part-han-river = Hangang
part-bukhansan = Bukhansan
