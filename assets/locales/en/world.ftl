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
narrate-passes = { $name } is near, { $direction }.
narrate-stops = { $line } stops near you.
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
narrate-with = You are walking with { $name }.
narrate-alone = You are on your own again.
company-stop = Stop walking along
narrate-act = { $name }, act { $number } of { $count }. { $text }
narrate-bicycles = City bicycles stand here; you can take one.
narrate-cycling = You are on a bicycle.
narrate-on-foot = You are on foot.
bicycle-on = Take a bicycle
bicycle-off = Get off the bicycle
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
missed-lines = { $count ->
    [one] While you were not connected, one line was said.
   *[other] While you were not connected, { $count } lines were said.
}
talk-unread = { $count ->
    [one] one unread line
   *[other] { $count } unread lines
}
