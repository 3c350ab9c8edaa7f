# Hwangudan in 1900.

place-hwangudan-1900 = Hwangudan in 1900

spot-heaven-gate = Gate of the altar
spot-heaven-gate-about = In 1897 King Gojong came through this gate to the altar and was proclaimed emperor there. The gate was found again in 2007 and stands before Seoul Plaza today.
spot-heaven-altar = Before the Altar of Heaven
spot-heaven-altar-about = Three round tiers of granite, as heaven is round, under a golden roof. It was pulled down in 1913, and a hotel stands here since. A drawing from photographs: the measures are estimates.
spot-before-hwanggungu = Before Hwanggungu
spot-before-hwanggungu-about = The tablets of the spirits of heaven were kept here, from 1899. Of all that you see, only this pavilion still stands where it stood.
spot-sogong-lane = Lane beside the altar
spot-sogong-lane-about = Houses under tiles and straw. The palace Deoksugung is a few steps to the west; today Sogong-ro runs here.

part-altar-of-heaven = Altar of Heaven
part-altar-main-gate = Main gate of Hwangudan
part-fragrance-hall = Hall where the emperor prepared
part-kitchen-hall = Kitchen for the offerings
