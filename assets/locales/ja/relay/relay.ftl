# Plain pages.
pages-label = このまちについて
pages-back = まちへ
pages-contact = { $contact } までお寄せください。
pages-no-contact = このまちのアドレスを教えてくれたところに問い合わせるか、名前の横に「案内役」や「進行役」とある人にたずねてください。

# Offered by the page itself when another version has come.
version-ready = 新しい版の準備ができました。
version-reload = 今すぐ読み込む
version-later = あとで
