# 鍾路と清渓川の名前。

spot-cheonggyecheon = 清渓川(チョンゲチョン)の起点
spot-cheonggyecheon-about = 高架道路を撤去し、2005年によみがえった流れがここから始まります。後ろで赤と青の渦を巻いて立つ貝は「スプリング」で、地元ではカワニナと呼ばれています。
spot-cheonggyecheon-water = 清渓川(チョンゲチョン)の水辺
spot-cheonggyecheon-water-about = 車道より4メートルあまり低い水辺です。水音が車の音を消し、頭の上を橋が渡ります。飛び石で両岸を行き来でき、階段で通りに戻れます。
spot-gwangtonggyo = 広通橋(クァントンギョ)
spot-gwangtonggyo-about = かつて都でいちばん大きかった橋で、年の初めの満月の夜には、都じゅうの人が福を願って渡りました。石は王陵から運ばれました。今は元の場所より少し上流にあり、歩行者専用です。
spot-bosingak = 普信閣(ポシンガク)
spot-bosingak-about = 朝鮮時代に都の門の開閉を鐘で知らせた鐘楼です。毎年大みそかの夜には人々が通りを埋め、33回の鐘の音で新年を迎えます。
spot-tapgol-park = タプコル公園
spot-tapgol-park-about = 1919年3月1日に独立宣言書が初めて読み上げられた八角亭が、前に立っています。その後ろのガラスの覆いの中には、15世紀に造られた大理石の十層石塔があります。
spot-jongmyo = 宗廟(チョンミョ)
spot-jongmyo-about = 朝鮮の王と王妃の位牌をまつる廟で、1995年に世界遺産になりました。この門をくぐると、都心の音がふっと途切れます。
spot-jongmyo-jeongjeon = 宗廟正殿
spot-jongmyo-jeongjeon-about = 19の神室が一列に並び、両翼を合わせて101メートル続きます。飾りを抑えた長い屋根の前の広い月台で、5月の第1日曜日に宗廟大祭が行われます。

part-spring = スプリング
part-mojeongyo = 毛廛橋
part-gwangtonggyo = 広通橋(クァントンギョ)
part-jangtonggyo = 長通橋
part-samilgyo = 三一橋
part-supyogyo = 水標橋
part-gwansugyo = 観水橋

part-bosingak = 普信閣(ポシンガク)
part-bosingak-bell = 普信閣の鐘
part-bosingak-square = 普信閣の前庭
part-ymca = ソウルYMCA会館
part-centropolis = セントロポリス
part-samil-building = 三一ビル
part-hanwha-building = ハンファビル
part-signature-tower = シグネチャータワー
part-nagwon-arcade = 楽園楽器商街
part-seun-arcade = 世運商街
part-gwancheol-dong = 貫鉄洞・若者の街
part-insadong-gil = 仁寺洞ギル
part-samil-daero = 三一大路
part-donhwamun-ro = 敦化門路
part-seosulla-gil = 西巡邏ギル

part-tapgol-park = タプコル公園
part-tapgol-wall = タプコル公園の塀
part-samilmun = 三一門
part-palgakjeong = 八角亭
part-wongaksa-pagoda = 円覚寺址十層石塔

part-jongmyo = 宗廟(チョンミョ)
part-jongmyo-plaza = 宗廟広場
part-jongmyo-gate = 宗廟外大門
part-jongmyo-wall = 宗廟の塀
part-jongmyo-way = 神路
part-jongmyo-pond = 宗廟の池
part-jongmyo-jaegung = 斎宮
part-jongmyo-hyangdaecheong = 香大庁
part-jongmyo-jeonsacheong = 典祀庁
part-jongmyo-chilsadang = 七祀堂
part-jongmyo-gongsindang = 功臣堂
part-jeongjeon = 宗廟正殿
part-jeongjeon-terrace = 正殿の月台
part-jeongjeon-wall = 正殿の塀
part-jeongjeon-south-gate = 正殿南神門
part-jeongjeon-east-gate = 正殿東門
part-yeongnyeongjeon = 永寧殿
part-yeongnyeongjeon-terrace = 永寧殿の月台
part-yeongnyeongjeon-wall = 永寧殿の塀
part-yeongnyeongjeon-gate = 永寧殿南門
