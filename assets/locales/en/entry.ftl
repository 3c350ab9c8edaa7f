# The screen before coming in.
brand = Metaverse Seoul
title = { $spot } · Metaverse Seoul
skip-to-actions = Skip to what you can do
entry-again = Open the page again
entry-enter = Come in
entry-entering = Coming in…
entry-look = Change how you look
entry-note = No account, nothing to install. You can change your name and look at any time.
easy-on = Use the easy mode
easy-off = Leave the easy mode
easy-manner = You choose one thing at a time. Slowly is fine.
people-here = { $count ->
    [0] Nobody is here yet
    [one] One person is here
   *[other] { $count } people are here
}
name-label = Your name
name-another = Another name
names-first = Gentle, Bright, Sunny, Quiet, Merry, Kind, Swift, Calm, Warm, Lucky
names-second = Magpie, Pine, Ginkgo, Cloud, Tiger, Lantern, Crane, River, Swallow, Maple
names-whole = { $first } { $second }
language-label = Language

# The look.
look-title = How you look
look-offer = Look { $number }
look-others = Show other looks
look-details = Choose piece by piece
look-colour = { $what } { $number }
look-skin = Skin
look-hair = Hair
look-hair-colour = Hair colour
look-outfit = Clothes
look-upper = Colour above
look-lower = Colour below
look-build = Build
look-aid = Getting about
hair-short = Short
hair-bob = Bob
hair-long = Long
hair-bun = Bun
outfit-casual = Casual
outfit-coat = Coat
outfit-hanbok-skirt = Hanbok with skirt
outfit-hanbok-trousers = Hanbok with trousers
build-adult = Adult
build-broad = Broad
build-child = Child
build-elder = Elder
aid-none = On foot
aid-wheelchair = Wheelchair

# What stands in the way.
trouble-loading = The city could not be loaded. Please check your internet connection and open the page again.
trouble-broken = Something broke in this page. Load it again, and you go on where you were.
