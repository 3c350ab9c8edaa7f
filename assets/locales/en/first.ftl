# The first screen, which the relay writes into the page before any script has run.
# What the language calls itself, on the button that chooses it.
language-name = English
first-loading = Opening…
first-noscript = To enter this city, please turn on JavaScript in your browser.
# The name of a visitor who gave none.
first-guest = Guest { $number }
# Where the page was opened as a mere file, or from a server that is not a relay. Shown in every language at once.
first-not-served = This page cannot open the city: it did not come from a relay of Metaverse Seoul. Please open the relay's own address; whoever runs this server starts one with “cargo xtask run”.
# On a kiosk that waits for someone, in every language in turn.
first-touch = Touch the screen to begin
