# How the connection stands.
connection-out = 入場前
connection-connecting = 接続しています…
connection-in = 接続済み
connection-again = 再接続しています…
connection-waiting = まだ接続できていません。まもなくもう一度試します。
connection-blocked = このネットワークではリアルタイム通信が遮断されています。地図は見られますが、ほかの人と会うには別のネットワークが必要です。
connection-retry = 今すぐ再試行

# Why a relay ended the connection.
close-version = 新しいバージョンがあります。ページを再読み込みしてください。
close-full = ただいま満員です。空きができしだい入場します。
close-banned = 今は入場できません。時間をおいて、またお越しください。
close-draining = サーバーを整備しています。まもなく再接続します。
close-malformed = サーバーとうまく通信できませんでした。ページを再読み込みしてください。
close-too-large = 送った内容が大きすぎました。もう一度入場してください。
close-too-fast = 一度に多く送りすぎたため、切断されました。まもなく再接続します。
close-too-slow = 回線が遅いため、切断されました。まもなく再接続します。
close-superseded = 別のウィンドウで続きを開いています。ここで続けるには「今すぐ再試行」を押してください。
close-silent = しばらく応答がなかったため、切断されました。まもなく再接続します。
close-origin = このアドレスからは入場できません。公式のアドレスからお入りください。
close-too-many = 同じ接続元からの接続が多すぎます。少し待ってからもう一度試します。

# What the visitor should know for a moment.
notice-alone = サーバー同士の接続が切れたため、一部の人だけが見えています。
notice-together = また全員が見えるようになりました。
notice-slower = もう少しゆっくりお願いします。一部は届きませんでした。
notice-unsayable = 表示できる文字がありませんでした。書き直してください。
notice-no-such-spot = その場所はここにはありません。
notice-not-connected = 接続されていないため、届きませんでした。
notice-no-way = そこへ行ける道がありません。
notice-map-only = この端末では地図を表示します。できることはすべて同じです。
notice-copied = この場所のリンクをコピーしました。
notice-not-copied = このブラウザではコピーできません。アドレス：{ $link }
notice-no-texts = その言語の文章を読み込めませんでした。もう一度お試しください。
notice-appear = 新しい名前と見た目を伝えました。
notice-missed = 切断中の発言のうち、一部は表示できません。
notice-riding = 乗車中です。先に降りてください。
notice-vehicle-full = 満席です。次がすぐに来ます。
notice-vehicle-gone = もう出発しました。次がすぐに来ます。
notice-place-full = 今はそこに空きがありません。今いる場所にとどまります。
notice-other-channel = そのチャンネルは満員のため、同じ場所の別のチャンネルに入りました。
