# 南山山顶。

place-namsan = 南山山顶

spot-namsan-palgakjeong = 南山八角亭
spot-namsan-palgakjeong-about = 南山山顶上的八角亭。这座山的祠堂国师堂在1925年以前就在这里。亭后耸立着N首尔塔。
spot-namsan-lookout = 市中心观景台
spot-namsan-lookout-about = 从北岳山下的景福宫，沿世宗大路到首尔广场，市中心一览无余。栏杆上挂满了情侣们留下的爱情锁。
spot-namsan-beacons = 木觅山烽燧台
spot-namsan-beacons-about = 全国各地的烽火最后传到这里。平安之日点一堆，情势越紧急点得越多，最多五堆。现在的烽燧台是复原的。
spot-n-seoul-tower = N首尔塔前
spot-n-seoul-tower-about = 海拔243米的山顶上，矗立着高约237米的塔。夜里用颜色告诉人们空气是否清新。
spot-n-seoul-tower-address = 首尔 龙山区 南山公园路 105号
spot-namsan-south = 汉江观景台
spot-namsan-south-about = 城墙以南，可以望见汉江和江南，远处是冠岳山。

part-namsan-palgakjeong = 南山八角亭
part-namsan-beacons = 木觅山烽燧台
part-love-locks = 爱情锁栏杆
part-cable-car-station = 南山缆车山顶站
part-namsan-stairs-down = 通往白凡广场的台阶
part-namsan-stairs-up = 通往南山山顶的台阶
part-han-river = 汉江
part-bukhansan = 北汉山
