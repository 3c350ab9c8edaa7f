# In the place.
scene-label = 今いる場所
picture-label = { $count ->
    [0] { $spot }の風景
   *[other] { $spot }の風景、見えている人は{ $count }人
}
live-label = 今起きていること
hint-keys = W A S Dキーか矢印キーで歩き、マウスで見回せます
hint-map = W A S Dキーか矢印キーで、または地図を押して歩けます
hint-touch = 左下のスティックで歩き、画面をなぞって見回せます
hint-touch-map = 左下のスティックで、または地図を押して歩けます
dock-label = できること
dock-around = 周辺
dock-talk = チャット
dock-gestures = あいさつ
dock-map = 地図
dock-stage = 3D
dock-stage-comes = 3D準備中
dock-centre = 現在地
dock-help = ヘルプ
dock-settings = 設定
panel-close = 閉じる

# Who and what is around.
around-title = 周辺
around-describe = 周辺の様子を言葉で聞く
around-channel = ここはチャンネル{ $channel }です。
around-people = 近くの人
around-nobody = 近くには誰もいません。
around-places = 近くの場所
around-walk = 歩いて行く
around-walk-to = { $name }のほうへ歩いて行く
around-elsewhere = ほかの場所
around-go = すぐに行く
around-go-to = { $name }へすぐに行く
around-rooms = 部屋とほかの場所
around-link = この場所のリンクをコピー
door-in = 入る：{ $place }
door-out = 外へ出る
narrate-door = ドアがあります。{ $way }。Fキーかボタンを押してください。
ride-on = 乗る
ride-off-here = ここで降りる
ride-off = 次の停留所で降りる
ride-off-soon = 次の停留所で降ります
narrate-board = { $line }が来ています。
narrate-next-stop = 次の停留所：{ $spot }。
narrate-comes = { $minutes ->
    [0] { $line }がまもなく来ます。
   *[other] { $line }はあと{ $minutes }分で来ます。
}
around-share = この場所を共有する…
around-qr = この場所のQRコード
taxi-open = タクシーの運転手さんにこの場所を見せる
taxi-title = 運転手さんへ
taxi-please = ここまでお願いします。
narrate-here = 今いる場所は{ $spot }です。
narrate-people = { $count ->
    [0] 近くには誰もいません。
   *[other] 近くに{ $count }人います。
}
narrate-thing = { $name }、{ $where }。
narrate-where = { $direction }{ $metres }m
narrate-near = { $name }さんが近くに来ました。
narrate-does = { $name }さん：{ $what }
narrate-reached = 到着しました。
narrate-said = { $name }：{ $text }
direction-ahead = 前方
direction-ahead-right = 右前方
direction-right = 右手
direction-behind-right = 右後方
direction-behind = 後方
direction-behind-left = 左後方
direction-left = 左手
direction-ahead-left = 左前方

# Talking.
talk-title = チャット
talk-lines = これまでの発言
talk-empty = まだ発言がありません。まずはあいさつしてみましょう。
talk-gap = この間の発言が一部抜けている可能性があります。
missed-lines = 切断中に{ $count }件の発言がありました。
talk-label = 発言
talk-placeholder = 発言を入力
talk-send = 送信
talk-reach = 届ける相手
translate = 翻訳
translate-waits = 翻訳しています…
translate-back = 原文を表示
translate-none = ここではこの発言を翻訳できません。
translate-failed = 今はこの発言を翻訳できません。
talk-unread = 未読の発言{ $count }件
reach-near = 近くの人
reach-place = ここの全員

# Gestures and ready-made sentences.
gestures-title = あいさつとしぐさ
gestures-emotes = しぐさ
gestures-phrases = ひとこと
gestures-note = 相手の言語で届きます。
topic-back = ほかの話題を選ぶ
emote-wave = 手を振る
emote-bow = おじぎする
emote-clap = 拍手する
emote-sit = 座る
emote-deep-bow = ひざをついておじぎする
emote-heart = 大きなハート
emote-cheer = 歓声をあげる
emote-nod = うなずく
emote-point = 道を指す
emote-laugh = 笑う
emote-drum = チャングをたたく
emote-mask-dance = 仮面の踊り
emote-pose = 写真のポーズ
phrase-unknown = （新しいひとこと）
