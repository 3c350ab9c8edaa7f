# The first screen, which the relay writes into the page before any script has run.
# What the language calls itself, on the button that chooses it.
language-name = 简体中文
first-loading = 正在打开…
first-noscript = 要进入这座城市，请在浏览器中启用JavaScript。
# The name of a visitor who gave none.
first-guest = 访客{ $number }
# Where the page was opened as a mere file, or from a server that is not a relay. Shown in every language at once.
first-not-served = 这个页面并非来自元宇宙首尔的中继服务器，因此无法打开这座城市。请改用中继服务器的网址打开。服务器的运营者可以用“cargo xtask run”启动中继服务器。
# On a kiosk that waits for someone, in every language in turn.
first-touch = 触摸屏幕即可开始
