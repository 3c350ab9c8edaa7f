# The names of Jongno and Cheonggyecheon.

spot-cheonggyecheon = Head of Cheonggyecheon
spot-cheonggyecheon-about = The stream that came back to light in 2005, when the elevated road over it was taken down, begins here. The shell that winds up in red and blue behind it is Spring; locals call it the river snail.
spot-cheonggyecheon-water = Cheonggyecheon by the water
spot-cheonggyecheon-water-about = More than four metres below the street, the water is louder than the traffic, and bridges pass overhead. Stepping stones lead from one path to the other, and stairs back up to the street.
spot-gwangtonggyo = Gwangtonggyo Bridge
spot-gwangtonggyo-about = Once the largest bridge inside the city walls; at the first full moon all Seoul came to walk across it for good luck. Its stones came from a royal tomb, and today it is for walkers only, a little upstream of where it first stood.
spot-bosingak = Bosingak Bell Pavilion
spot-bosingak-about = The bell here once told the city when its gates opened and closed. Every New Year's Eve people fill these streets to hear it struck thirty-three times.
spot-tapgol-park = Tapgol Park
spot-tapgol-park-about = The Declaration of Independence was first read aloud at this pavilion on 1 March 1919. The glass house behind it shelters a marble pagoda of ten storeys, from the fifteenth century.
spot-jongmyo = Jongmyo Shrine
spot-jongmyo-about = The shrine of the kings and queens of Joseon, a World Heritage site since 1995. Behind this gate the noise of downtown stops.
spot-jongmyo-jeongjeon = Jeongjeon, Jongmyo's main hall
spot-jongmyo-jeongjeon-about = Nineteen chambers stand in one row, 101 metres long with its wings, almost without ornament. On the first Sunday of May the royal rite is held on the broad stone terrace before it.

part-spring = Spring
part-mojeongyo = Mojeongyo Bridge
part-gwangtonggyo = Gwangtonggyo Bridge
part-jangtonggyo = Jangtonggyo Bridge
part-samilgyo = Samilgyo Bridge
part-supyogyo = Supyogyo Bridge
part-gwansugyo = Gwansugyo Bridge

part-bosingak = Bosingak Bell Pavilion
part-bosingak-bell = Bell of Bosingak
part-bosingak-square = Square of Bosingak
part-ymca = Seoul YMCA
part-centropolis = Centropolis
part-samil-building = Samil Building
part-hanwha-building = Hanwha Building
part-signature-tower = Signature Towers
part-nagwon-arcade = Nagwon Musical Instrument Arcade
part-seun-arcade = Seun Arcade
part-gwancheol-dong = Gwancheol-dong, Street of Youth
part-insadong-gil = Insadong-gil
part-samil-daero = Samil-daero
part-donhwamun-ro = Donhwamun-ro
part-seosulla-gil = Seosulla-gil

part-tapgol-park = Tapgol Park
part-tapgol-wall = Wall of Tapgol Park
part-samilmun = Samilmun Gate
part-palgakjeong = Palgakjeong Pavilion
part-wongaksa-pagoda = Ten-storey pagoda of Wongaksa

part-jongmyo = Jongmyo Shrine
part-jongmyo-plaza = Jongmyo Plaza
part-jongmyo-gate = Oedaemun, main gate of Jongmyo
part-jongmyo-wall = Jongmyo wall
part-jongmyo-way = Way of the spirits
part-jongmyo-pond = Jongmyo pond
part-jongmyo-jaegung = Jaegung, where the king made ready
part-jongmyo-hyangdaecheong = Hyangdaecheong, store of incense
part-jongmyo-jeonsacheong = Jeonsacheong, kitchen of the rites
part-jongmyo-chilsadang = Chilsadang, shrine of seven spirits
part-jongmyo-gongsindang = Gongsindang, shrine of merit subjects
part-jeongjeon = Jeongjeon, main hall of Jongmyo
part-jeongjeon-terrace = Terrace of Jeongjeon
part-jeongjeon-wall = Wall of Jeongjeon
part-jeongjeon-south-gate = South gate of Jeongjeon
part-jeongjeon-east-gate = East gate of Jeongjeon
part-yeongnyeongjeon = Yeongnyeongjeon Hall
part-yeongnyeongjeon-terrace = Terrace of Yeongnyeongjeon
part-yeongnyeongjeon-wall = Wall of Yeongnyeongjeon
part-yeongnyeongjeon-gate = South gate of Yeongnyeongjeon
