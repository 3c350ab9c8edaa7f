# 清渓川の東、広蔵市場から興仁之門とDDPまでの名前。

spot-heunginjimun = 興仁之門(東大門)
spot-heunginjimun-about = 漢陽都城の東の大門で、だれもが東大門(トンデムン)と呼びます。四つの大門のうち、この門だけが半円形の甕城に守られています。北では城壁が駱山へと登っていきます。
spot-heunginjimun-address = ソウル 鍾路区 鍾路 288
spot-ddp-park = 東大門歴史文化公園
spot-ddp-park-about = 公園から見るDDPは、いま降り立った乗り物のようです。金属板に覆われた胴が、足もとより外へせり出します。
spot-ddp = 東大門デザインプラザ(DDP)
spot-ddp-about = ザハ・ハディド設計、2014年開館の銀色の建物です。一枚ずつ形の違うアルミパネル4万5千枚あまりが、継ぎ目なく流れます。運動場の跡から見つかった城壁と水門が、隣の公園に残っています。
spot-ddp-address = ソウル 中区 乙支路 281
spot-gwangjang-market = 広蔵市場(クァンジャンシジャン)
spot-gwangjang-market-about = 1905年から続く市場です。韓服や生地の店の間に屋台の並ぶ通りがのびています。緑豆チヂミの焼ける音をたどって歩いてみてください。
spot-gwangjang-market-address = ソウル 鍾路区 昌慶宮路 88
spot-ogansugyo = 五間水橋(オガンスギョ)
spot-ogansugyo-about = 清渓川が都の外へ流れ出ていた所です。五つの口を持つ水門の上を城壁が通っていました。水門は1908年に取り壊され、名前だけが橋に残りました。

part-changgyeonggung-ro = 昌慶宮路
part-dongho-ro = 東湖路
part-daehak-ro = 大学路
part-jangchungdan-ro = 奨忠壇路
part-majang-ro = 馬場路

part-seungyo = 世運橋
part-baeogaedari = ペオゲ橋
part-saebyeokdari = セビョク橋
part-majeongyo = 馬廛橋
part-naraegyo = ナレ橋
part-beodeuldari = ポドゥル橋(全泰壱橋)
part-ogansugyo = 五間水橋(オガンスギョ)

part-dasi-seun-square = タシセウン広場
part-daerim-arcade = 大林商街
part-gwangjang-market = 広蔵市場(クァンジャンシジャン)
part-bangsan-market = 芳山市場
part-pyeonghwa-market = 平和市場
part-shin-pyeonghwa-market = 新平和ファッションタウン
part-dongdaemun-shopping-complex = 東大門総合市場
part-jw-marriott = JWマリオット東大門スクエアソウル
part-doota = ドゥータモール
part-migliore = ミリオレ
part-hyundai-city-outlets = 現代シティアウトレット東大門店
part-good-morning-city = グッドモーニングシティ

part-heunginjimun = 興仁之門(フンインジムン)
part-heunginjimun-ongseong = 興仁之門の甕城
part-heunginjimun-square = 興仁之門の周り
part-heunginjimun-park = 興仁之門公園
part-naksan-city-wall = 漢陽都城・駱山区間

part-ddp = 東大門デザインプラザ(DDP)
part-ddp-square = DDP広場
part-ddp-city-wall = 漢陽都城の城壁遺構
part-igansumun = 二間水門
part-ddp-park = 東大門歴史文化公園
