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
narrate-passes = { $direction }の近くに{ $name }があります。
narrate-stops = { $line }が近くの停留所に止まります。
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
narrate-with = { $name }さんと一緒に歩いています。
narrate-alone = また一人になりました。
company-stop = 一緒に歩くのをやめる
narrate-act = { $name }、{ $count }場のうち{ $number }場目。{ $text }
narrate-bicycles = ここに公共自転車があります。乗れます。
narrate-cycling = 自転車に乗りました。
narrate-on-foot = 自転車を降りました。
bicycle-on = 自転車に乗る
bicycle-off = 自転車を降りる
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
missed-lines = 切断中に{ $count }件の発言がありました。
talk-unread = 未読の発言{ $count }件
