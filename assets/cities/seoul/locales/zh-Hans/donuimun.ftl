# 敦义门遗址：现在与1900年。

place-donuimun = 敦义门遗址
place-donuimun-1900 = 1900年的敦义门

spot-jeongdong = 贞洞街
spot-jeongdong-about = 宫殿旁的街道通向贞洞。身后的路往上走，就是西门的旧址。
spot-jeongdong-gil = 贞洞街上端
spot-jeongdong-gil-about = 从石墙路上来的街道到此为止。前面就是都城西门曾经矗立的路口。
spot-donuimun-site = 敦义门旧址
spot-donuimun-site-about = 都城的西门敦义门曾立在这条街上，1915年因拓宽道路被拆除。把滑块移到1900年，它就出现在您眼前。
spot-donuimun-site-address = 首尔特别市钟路区新门内路
spot-saemunan-ro = 新门内路
spot-saemunan-ro-about = 人们把敦义门叫作“新门”，这条街的名字里还留着它。
spot-museum-village = 敦义门博物馆村
spot-museum-village-about = 四周都建起高楼，这里留下了小巷、砖房和两座瓦房。
spot-museum-village-address = 首尔特别市钟路区松月街14-3
spot-before-donuimun = 门前
spot-before-donuimun-about = 石砌的城台上开一道拱门，上面是一层的门楼，两侧连着都城城墙。自1899年起，有轨电车从拱门中穿过。依照片绘制，尺寸为估计。
spot-within-donuimun = 门内
spot-within-donuimun-about = 进城的路旁是瓦顶的店铺，后面是一片草房。电车从这里驶向钟路。
spot-outer-market = 门外集市
spot-outer-market-about = 在晚钟敲响、城门关闭之前，从西边来的人们在这里卖货。

part-stone-wall-door = 下往石墙路
part-jeongdong-door = 上往敦义门遗址
part-gate-outline = 消失的城门轮廓
part-hospital = 医院
part-museum-village = 敦义门博物馆村
part-donuimun-gate = 敦义门
part-city-wall = 汉阳都城
part-tram = 有轨电车
