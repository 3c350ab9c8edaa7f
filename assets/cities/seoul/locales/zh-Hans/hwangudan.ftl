# 1900年的圜丘坛。

place-hwangudan-1900 = 1900年的圜丘坛

spot-heaven-gate = 圜丘坛门前
spot-heaven-gate-about = 1897年，高宗由此门登坛，即皇帝位。这座门于2007年重新被发现，如今立在首尔广场前。
spot-heaven-altar = 圜丘坛前
spot-heaven-altar-about = 花岗岩砌成三层圆坛，象征天圆，上覆金色屋顶。1913年被拆除，原址建起了酒店。依照片绘制，尺寸为估计。
spot-before-hwanggungu = 皇穹宇前
spot-before-hwanggungu-about = 建于1899年，供奉天上诸神的牌位。眼前所见之中，至今仍在原处的只有这座建筑。
spot-sogong-lane = 圜丘坛旁的小巷
spot-sogong-lane-about = 瓦房与草屋相连。往西几步便是德寿宫，如今小公路从这里经过。

part-altar-of-heaven = 圜丘坛
part-altar-main-gate = 圜丘坛正门
part-fragrance-hall = 御斋室
part-kitchen-hall = 典祀厅
