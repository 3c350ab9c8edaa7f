# 钟路与清溪川一带的地名。

spot-cheonggyecheon = 清溪川起点
spot-cheonggyecheon-about = 拆除高架路后，2005年重见天日的溪流从这里开始。对岸红蓝相间、盘旋而上的雕塑名叫“Spring”，大家都叫它“螺蛳”。
spot-cheonggyecheon-water = 清溪川水边
spot-cheonggyecheon-water-about = 这里比街道低四米多，水声盖过车声，桥从头顶跨过。踩着垫脚石可以走到对岸，沿台阶可以回到街上。
spot-gwangtonggyo = 广通桥
spot-gwangtonggyo-about = 朝鲜王朝时都城里最大的桥，每逢正月十五，全城百姓都来踏桥祈福。太宗时取贞陵的陵石砌成，如今移到原址稍上游处，专供步行。
spot-bosingak = 普信阁
spot-bosingak-about = 朝鲜王朝时敲钟报知城门开闭的钟阁。每年12月31日夜里，人们聚在这里，听着三十三声钟响迎接新年。
spot-tapgol-park = 塔谷公园
spot-tapgol-park-about = 眼前的八角亭，是1919年3月1日首次宣读《独立宣言书》的地方。后面的玻璃罩里，立着朝鲜王朝世祖时的圆觉寺址十层石塔。
spot-jongmyo = 宗庙
spot-jongmyo-about = 供奉朝鲜王朝历代国王与王后神位的祠庙，1995年列入联合国教科文组织世界遗产。走进这道门，市中心的喧嚣戛然而止。
spot-jongmyo-jeongjeon = 宗庙正殿
spot-jongmyo-jeongjeon-about = 十九间神室同在一个屋顶下，连绵101米。屋顶素朴悠长，殿前月台宽阔，每年五月的第一个星期日在此举行宗庙大祭。

part-spring = 雕塑“Spring”
part-mojeongyo = 毛廛桥
part-gwangtonggyo = 广通桥
part-jangtonggyo = 长通桥
part-samilgyo = 三一桥
part-supyogyo = 水标桥
part-gwansugyo = 观水桥

part-bosingak = 普信阁
part-bosingak-bell = 普信阁钟
part-bosingak-square = 普信阁前庭
part-ymca = 首尔YMCA会馆
part-centropolis = Centropolis
part-samil-building = 三一大厦
part-hanwha-building = 韩华大厦
part-signature-tower = Signature Towers
part-nagwon-arcade = 乐园乐器商街
part-seun-arcade = 世运商街
part-gwancheol-dong = 贯铁洞青春街
part-insadong-gil = 仁寺洞街
part-samil-daero = 三一大路
part-donhwamun-ro = 敦化门路
part-seosulla-gil = 西巡逻街

part-tapgol-park = 塔谷公园
part-tapgol-wall = 塔谷公园围墙
part-samilmun = 三一门
part-palgakjeong = 八角亭
part-wongaksa-pagoda = 圆觉寺址十层石塔

part-jongmyo = 宗庙
part-jongmyo-plaza = 宗庙广场
part-jongmyo-gate = 宗庙外大门
part-jongmyo-wall = 宗庙围墙
part-jongmyo-way = 神路
part-jongmyo-pond = 宗庙池塘
part-jongmyo-jaegung = 斋宫
part-jongmyo-hyangdaecheong = 香大厅
part-jongmyo-jeonsacheong = 典祀厅
part-jongmyo-chilsadang = 七祀堂
part-jongmyo-gongsindang = 功臣堂
part-jeongjeon = 宗庙正殿
part-jeongjeon-terrace = 正殿月台
part-jeongjeon-wall = 正殿围墙
part-jeongjeon-south-gate = 正殿南神门
part-jeongjeon-east-gate = 正殿东门
part-yeongnyeongjeon = 永宁殿
part-yeongnyeongjeon-terrace = 永宁殿月台
part-yeongnyeongjeon-wall = 永宁殿围墙
part-yeongnyeongjeon-gate = 永宁殿南门
