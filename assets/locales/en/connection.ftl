# How the connection stands.
connection-out = Not in yet
connection-connecting = Connecting…
connection-in = Connected
connection-again = Connecting again…
connection-waiting = Not connected yet. Trying again in a moment.
connection-blocked = This network blocks live connections. You can look at the map, but to meet people you need another network.
connection-retry = Try again now

# Why a relay ended the connection.
close-version = There is a new version. Please load the page again.
close-full = It is full at the moment. You will come in as soon as there is room.
close-banned = You cannot come in at the moment. Please come back later.
close-draining = The server is being serviced. You will be connected again soon.
close-malformed = The server could not understand this page. Please load it again.
close-too-large = What was sent was too large. Please come in again.
close-too-fast = Too much was sent at once. You will be connected again soon.
close-too-slow = The line was too slow. You will be connected again soon.
close-superseded = You went on in another window. To go on here, press “Try again now”.
close-silent = Nothing was heard for a while. You will be connected again soon.
close-origin = You cannot come in from this address. Please use the official one.
close-too-many = Too many people come from where you are. Trying again in a moment.

# What the visitor should know for a moment.
notice-alone = The servers have lost one another: you see only some of the people.
notice-together = You see everyone again.
notice-slower = A little slower, please. Some of it was not passed on.
notice-unsayable = There was nothing in it that can be shown. Please write it again.
notice-no-such-spot = There is no such spot here.
notice-not-connected = Not connected, so it was not passed on.
notice-no-way = There is no way to get there.
notice-map-only = On this device you see the map. You can do all the same things.
notice-copied = The link to this spot is copied.
notice-not-copied = This browser does not copy for a page. The address: { $link }
notice-no-texts = The texts of that language could not be loaded. Please try again.
notice-appear = Your name and look are passed on.
notice-missed = While you were not connected, more may have been said than can be shown.
notice-riding = You are riding. Get off first.
notice-vehicle-full = All seats are taken. The next one comes soon.
notice-vehicle-gone = It has left already. The next one comes soon.
notice-place-full = There is no room there at the moment. You stay where you are.
notice-other-channel = There was no room in that channel, so you are in another one of the same place.
