# 南山の頂上。

place-namsan = 南山の頂上

spot-namsan-palgakjeong = 南山八角亭
spot-namsan-palgakjeong-about = 南山（ナムサン）の頂上に立つ八角形のあずまやです。この山のほこら、国師堂が1925年までここにありました。後ろにNソウルタワーがそびえています。
spot-namsan-lookout = 都心の展望台
spot-namsan-lookout-about = 北岳山のふもとの景福宮から世宗大路に沿ってソウル広場まで、都心を一望できます。手すりは恋人たちの残した南京錠でいっぱいです。
spot-namsan-beacons = 木覓山烽燧台
spot-namsan-beacons-about = 国じゅうからののろしが最後に届いた所です。平和な日は一つ、危険が迫るほど増やして五つまで上げました。今あるものは復元です。
spot-n-seoul-tower = Nソウルタワーの前
spot-n-seoul-tower-about = 海抜243メートルの山頂に立つ、高さ約237メートルの塔です。夜は空気のきれいさを色で知らせます。
spot-n-seoul-tower-address = ソウル 龍山区 南山公園キル 105
spot-namsan-south = 漢江の展望台
spot-namsan-south-about = 城壁の向こう、南に漢江と江南、その奥に冠岳山が見えます。

part-namsan-palgakjeong = 南山八角亭
part-namsan-beacons = 木覓山烽燧台
part-love-locks = 愛の南京錠のフェンス
part-cable-car-station = 南山ケーブルカーの山頂駅
part-namsan-stairs-down = 白凡広場へ下りる階段
part-namsan-stairs-up = 南山の頂上へ上る階段
part-han-river = 漢江
part-bukhansan = 北漢山
