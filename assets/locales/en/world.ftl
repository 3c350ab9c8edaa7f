# In the place.
scene-label = Where you are
picture-label = { $count ->
    [0] View of { $spot }
    [one] View of { $spot }, one person in sight
   *[other] View of { $spot }, { $count } people in sight
}
live-label = What happens
hint-keys = Walk with W A S D or the arrow keys, look around with the mouse
hint-map = Walk with W A S D or the arrow keys, or press the map to walk there
hint-touch = Walk with the stick below left, drag the picture to look around
hint-touch-map = Walk with the stick below left, or press the map to walk there
dock-label = What you can do
dock-around = Around
dock-talk = Talk
dock-gestures = Greet
dock-map = Map
dock-stage = 3D view
dock-stage-comes = 3D is coming
dock-centre = Centre
dock-help = Help
dock-settings = Settings
panel-close = Close

# Who and what is around.
around-title = Around you
around-describe = Describe what is around
around-channel = This is channel { $channel }.
around-people = People
around-nobody = Nobody is near.
around-places = Places nearby
around-walk = Walk
around-walk-to = Walk to { $name }
around-elsewhere = Elsewhere
around-go = Go there
around-go-to = Go there: { $name }
around-rooms = Rooms and other places
around-link = Copy the link to this spot
door-in = Go in: { $place }
door-out = Go out
narrate-door = Here is a door. { $way }: press F or the button.
ride-on = Get on
ride-off-here = Get off here
ride-off = Get off at the next stop
ride-off-soon = You get off at the next stop
narrate-board = { $line } is here.
narrate-next-stop = Next stop: { $spot }.
narrate-comes = { $minutes ->
    [0] { $line } comes now.
    [one] { $line } comes in one minute.
   *[other] { $line } comes in { $minutes } minutes.
}
around-share = Share this spot…
around-qr = QR code of this spot
taxi-open = Show this place to a taxi driver
taxi-title = For the taxi driver
taxi-please = Please take me here.
narrate-here = You are at { $spot }.
narrate-people = { $count ->
    [0] Nobody is near.
    [one] One person is near.
   *[other] { $count } people are near.
}
narrate-thing = { $name }, { $where }.
narrate-where = { $metres } m { $direction }
narrate-near = { $name } has come near.
narrate-does = { $name }: { $what }
narrate-reached = You have arrived.
narrate-said = { $name }: { $text }
direction-ahead = ahead
direction-ahead-right = ahead to the right
direction-right = to the right
direction-behind-right = behind to the right
direction-behind = behind
direction-behind-left = behind to the left
direction-left = to the left
direction-ahead-left = ahead to the left

# Talking.
talk-title = Talk
talk-lines = What was said
talk-empty = Nothing has been said yet. Be the first to say hello.
talk-gap = Some of what was said here may be missing.
missed-lines = { $count ->
    [one] While you were not connected, one line was said.
   *[other] While you were not connected, { $count } lines were said.
}
talk-label = What to say
talk-placeholder = Say something
talk-send = Send
talk-reach = To whom
translate = Translate
translate-waits = Translating…
translate-back = Show the original
translate-none = Nothing here can translate this line.
translate-failed = This line cannot be translated now.
talk-unread = { $count ->
    [one] one unread line
   *[other] { $count } unread lines
}
reach-near = Nearby
reach-place = Everyone here

# Gestures and ready-made sentences.
gestures-title = Greetings and gestures
gestures-emotes = Gestures
gestures-phrases = Phrases
gestures-note = They arrive in each listener’s own language.
topic-back = Choose another topic
emote-wave = Wave
emote-bow = Bow
emote-clap = Clap
emote-sit = Sit down
emote-deep-bow = Bow on the knees
emote-heart = Big heart
emote-cheer = Cheer
emote-nod = Nod
emote-point = Point the way
emote-laugh = Laugh
emote-drum = Drum
emote-mask-dance = Mask dance
emote-pose = Pose for a photo
phrase-unknown = (a new phrase)
