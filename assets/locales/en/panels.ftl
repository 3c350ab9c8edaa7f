# Help.
help-title = Help
help-intro = This is { $place }. You can walk, greet people and talk with them. Take your time, slowly is fine.
help-move = Moving about
help-tap = Tap the ground or the map to walk there.
help-touch = Push the stick below left to walk, all the way to run. Use two fingers to come nearer or go farther off.
help-walk = Walk
help-run = Hold to run
help-orbit = Look around
help-zoom = Nearer, farther
help-talk = Open the talk
help-describe = Hear what is around
help-view = Change between map and 3D view
help-door = Through a door
help-emotes = Gestures
help-escape = Close
help-manners = What we agree on
help-manners-text = Respect one another. No words or gestures that harass anyone.
help-rules = Rules of use
help-privacy = Privacy: what is kept, and how long
help-accessibility = Accessibility statement
help-ambient = People who walk without a name belong to the city’s scene; they are not counted.

# Settings.
settings-title = Settings
settings-you = You
settings-appear = Take this name and look
settings-view = View
view-auto = 3D where possible
view-map = Map
settings-no-stage = The browser on this device cannot draw in 3D, so you see the map.
settings-quality = Picture quality
quality-low = Light
quality-medium = Usual
quality-high = Detailed
settings-adapter = Graphics: { $adapter }
settings-hour = Time of day
hour-now = As in the city now
settings-season = Season
season-now = As it is now
season-spring = Spring
season-summer = Summer
season-autumn = Autumn
season-winter = Winter
settings-weather = Weather
weather-clear = Fine
weather-cloudy = Cloudy
weather-rain = Rain
weather-snow = Snow
weather-dust = Yellow dust
settings-sound = Sound
sound-off = Silent
sound-on = The sounds of the city
settings-motion = Motion
motion-system = As on this device
motion-less = Less
motion-usual = Usual
settings-colours = Colours
colours-system = As on this device
colours-light = Light
colours-dark = Dark
colours-high = High contrast
settings-text = Text size
text-size = { $percent }%
settings-keys = Keyboard
settings-letters = Use letter and digit keys as shortcuts

# What one can do about someone, and what hosts can.
person-more = More
person-more-about = More: what you can do about { $name }
person-block = Block: neither see nor hear
person-report = Report
person-unblock = Unblock
person-mute = Mute for { $time }
person-unmute = Let speak again
person-remove = Remove, may come back
person-ban = Ban for { $time }
person-unban = Let in again
person-undo = { $what }: { $name }
person-with-address = When banning, also keep out newcomers from the same connection for an hour. A school or a mobile network can share one.
lasting-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
lasting-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
around-blocked = Blocked by you
host-title = Host
host-announce = Announce to everyone here
host-announce-send = Announce
host-chat = Who may chat
chat-open = Everyone
chat-slow = Everyone, once in 15 seconds
chat-closed = Only hosts and helpers
host-people = To mute, remove or ban someone, open “Around” and press “More” beside the name.
host-banned = Banned by you

# Who and what is around, the chat, and the card for taxi drivers.
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
around-share = Share this spot…
around-qr = QR code of this spot
year-label = Walk through time
year-now = Today
year-past = The year { $year }
taxi-open = Show this place to a taxi driver
taxi-title = For the taxi driver
taxi-please = Please take me here.
talk-title = Talk
talk-lines = What was said
talk-empty = Nothing has been said yet. Be the first to say hello.
talk-gap = Some of what was said here may be missing.
talk-label = What to say
talk-placeholder = Say something
talk-send = Send
talk-reach = To whom

# Gestures, ready-made sentences, how far one speaks, and translations.
translate = Translate
translate-waits = Translating…
translate-back = Show the original
translate-none = Nothing here can translate this line.
translate-failed = This line cannot be translated now.
reach-near = Nearby
reach-place = Everyone here
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
