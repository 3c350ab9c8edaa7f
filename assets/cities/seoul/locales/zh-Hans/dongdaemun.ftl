# 清溪川以东，从广藏市场到兴仁之门与DDP一带的地名。

spot-heunginjimun = 兴仁之门（东大门）
spot-heunginjimun-about = 汉阳都城的东大门，大家都叫它“东大门”。四座大门中，只有这座门外围着半圆形的瓮城；城墙由此向北，沿骆山而上。
spot-heunginjimun-address = 首尔 钟路区 钟路 288号
spot-ddp-park = 东大门历史文化公园
spot-ddp-park-about = 从公园望去，DDP像刚刚降落的飞行器：金属板覆盖的躯体向外倾出，越过自己的底座。
spot-ddp = 东大门设计广场（DDP）
spot-ddp-about = 扎哈·哈迪德设计、2014年开放的银色建筑，四万五千多块形状各异的铝板浑然相接。拆除旧运动场时发现的城墙和水门，就保留在旁边的公园里。
spot-ddp-address = 首尔 中区 乙支路 281号
spot-gwangjang-market = 广藏市场
spot-gwangjang-market-about = 1905年开市的老市场，韩服和布料店之间是一条条小吃街。循着煎绿豆饼的滋滋声走走看吧。
spot-gwangjang-market-address = 首尔 钟路区 昌庆宫路 88号
spot-ogansugyo = 五间水桥
spot-ogansugyo-about = 清溪川从这里流出都城。城墙曾从五孔水门上方通过，水门在1908年被拆除，只有桥还留着它的名字。

part-changgyeonggung-ro = 昌庆宫路
part-dongho-ro = 东湖路
part-daehak-ro = 大学路
part-jangchungdan-ro = 奖忠坛路
part-majang-ro = 马场路

part-seungyo = 世运桥
part-baeogaedari = 梨岘桥
part-saebyeokdari = 黎明桥
part-majeongyo = 马廛桥
part-naraegyo = 翅膀桥
part-beodeuldari = 柳桥（全泰壹桥）
part-ogansugyo = 五间水桥

part-dasi-seun-square = 再世运广场
part-daerim-arcade = 大林商街
part-gwangjang-market = 广藏市场
part-bangsan-market = 芳山市场
part-pyeonghwa-market = 和平市场
part-shin-pyeonghwa-market = 新和平时装城
part-dongdaemun-shopping-complex = 东大门综合市场
part-jw-marriott = 首尔东大门广场JW万豪酒店
part-doota = 斗塔购物中心
part-migliore = 美利来
part-hyundai-city-outlets = 现代城市奥特莱斯东大门店
part-good-morning-city = Good Morning City

part-heunginjimun = 兴仁之门
part-heunginjimun-ongseong = 兴仁之门瓮城
part-heunginjimun-square = 兴仁之门周边
part-heunginjimun-park = 兴仁之门公园
part-naksan-city-wall = 汉阳都城骆山段

part-ddp = 东大门设计广场（DDP）
part-ddp-square = DDP广场
part-ddp-city-wall = 汉阳都城城墙遗址
part-igansumun = 二间水门
part-ddp-park = 东大门历史文化公园
