# 1900年の圜丘壇。

place-hwangudan-1900 = 1900年の圜丘壇

spot-heaven-gate = 圜丘壇の門の前
spot-heaven-gate-about = 1897年、高宗はこの門から壇に進み、皇帝に即位しました。門は2007年に見つかり、いまはソウル広場の前に立っています。
spot-heaven-altar = 圜丘壇の前
spot-heaven-altar-about = 天をかたどった丸い花崗岩の壇が三段、その上に金色の屋根。1913年に取り壊され、跡にはホテルが建ちました。写真をもとに描いたもので、寸法は推定です。
spot-before-hwanggungu = 皇穹宇の前
spot-before-hwanggungu-about = 1899年に建てられ、天の神々の位牌が祀られました。ここに見えるもののうち、いまも元の場所に残るのはこの建物だけです。
spot-sogong-lane = 圜丘壇の脇の路地
spot-sogong-lane-about = 瓦屋根と藁屋根の家が並びます。西へ数歩で徳寿宮、いまは小公路が通っています。

part-altar-of-heaven = 圜丘壇
part-altar-main-gate = 圜丘壇の正門
part-fragrance-hall = 御斎室
part-kitchen-hall = 典祀庁
