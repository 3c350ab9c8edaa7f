# Easy mode.
easy-home = What would you like to do?
easy-walk = Which way shall we walk?
easy-go = Where shall we take you?
easy-say = What would you like to say?
easy-around = This is what is around you.
easy-to-walk = Walk
easy-to-go = Take me somewhere
easy-to-say = Say something
easy-to-around = What is around?
easy-to-practice = Practise
easy-turning = Turn
easy-turn-left = Turn left
easy-turn-right = Turn right
easy-return = Go back to where I began
easy-finish = Finish
easy-done = done
easy-undo = Back
easy-aloud = Read aloud
easy-lesson-walk = First, let us walk. Press the button below.
easy-lesson-turn = Well done. Now let us turn. Press either side.
easy-lesson-say = Now let us say hello. Press the button below.
easy-lesson-return = The last one: let us go back to where you began.
easy-lesson-done = All done. Very well done.
notice-back = Going back to where you were.

# Calling a helper.
help-call = Call a helper
help-stop = I need no helper any more
help-called = { $name } calls for a helper: { $place }.
help-go-to = Go to { $name } at once
notice-help-told = { $count ->
    [0] No helper is in the city right now. Whoever comes within ten minutes will see that you called.
    [one] One helper has been called. Please wait here.
   *[other] { $count } helpers have been called. Please wait here.
}
notice-help-comes = { $name }, a helper, is coming to you.
notice-help-over = You no longer call for a helper.
notice-help-ended = Nobody came within ten minutes. Please call again if you still need help.

# A screen in public.
kiosk-label = This screen
kiosk-reach = Within reach
kiosk-contrast = High contrast
kiosk-larger = Larger text
kiosk-easy = Easy
kiosk-volume = Sound
kiosk-volume-now = Sound { $level } of 3
kiosk-finish = Finish
still-here = Are you still there?
still-stay = Yes, I am here
keyboard-label = Keyboard on the screen
keyboard-shift = Other letters
keyboard-switch = Change between Hangul and Latin letters
keyboard-space = space
keyboard-erase = Erase
