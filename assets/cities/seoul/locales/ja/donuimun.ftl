# 敦義門の跡：いまと1900年。

place-donuimun = 敦義門（トニムン）跡
place-donuimun-1900 = 1900年の敦義門

spot-jeongdong = 貞洞キル
spot-jeongdong-about = 宮殿わきの道は貞洞へ続きます。後ろの道を上ると、西の門があった場所です。
spot-jeongdong-gil = 貞洞キルの上
spot-jeongdong-gil-about = 石垣道から上ってきた道はここで終わります。前に見えるのが、都の西の門が立っていた交差点です。
spot-donuimun-site = 敦義門のあった場所
spot-donuimun-site-about = 都の西の門、敦義門は、1915年に道を広げるため取り壊されるまで、この通りの上に立っていました。つまみを1900年へ動かすと、目の前に現れます。
spot-donuimun-site-address = ソウル特別市鍾路区セムナン路
spot-saemunan-ro = セムナン路
spot-saemunan-ro-about = 人々は敦義門を「セムン（新しい門）」と呼びました。通りの名に今も残っています。
spot-museum-village = 敦義門博物館村
spot-museum-village-about = 周りがみな高くなるなかで残された、路地とれんがの家、そして瓦屋根の家が二軒。
spot-museum-village-address = ソウル特別市鍾路区松月キル14-3
spot-before-donuimun = 門の前
spot-before-donuimun-about = 石積みの台にアーチが一つ、その上に一層の楼、両側に都の城壁が続きます。1899年から路面電車がこのアーチを通っています。写真をもとに描いたもので、寸法は推定です。
spot-within-donuimun = 門の内
spot-within-donuimun-about = 都へ入る道に瓦屋根の店が並び、その後ろに草葺きの家が続きます。電車はここから鍾路へ向かいます。
spot-outer-market = 門の外の市
spot-outer-market-about = 夕べの鐘が鳴って門が閉まるまで、西から来た人々がここで品物を売ります。

part-stone-wall-door = 石垣道へ下る道
part-jeongdong-door = 敦義門跡へ上る道
part-gate-outline = 失われた門の跡
part-hospital = 病院
part-museum-village = 敦義門博物館村
part-donuimun-gate = 敦義門
part-city-wall = 漢陽都城
part-tram = 路面電車
