# The first screen, which the relay writes into the page before any script has run.
# What the language calls itself, on the button that chooses it.
language-name = 日本語
first-loading = 開いています…
first-noscript = このまちに入るには、ブラウザでJavaScriptを有効にしてください。
# The name of a visitor who gave none.
first-guest = ゲスト{ $number }
# Where the page was opened as a mere file, or from a server that is not a relay. Shown in every language at once.
first-not-served = このページはメタバースソウルのリレーから届いたものではないため、まちを開けません。リレーのアドレスを開いてください。サーバーを運営している方は、「cargo xtask run」でリレーを起動できます。
# On a kiosk that waits for someone, in every language in turn.
first-touch = 画面に触れると始まります
