# Easy mode.
easy-home = 何をしますか？
easy-walk = どちらへ歩きますか？
easy-go = どこへお連れしましょうか？
easy-say = 何と言いますか？
easy-around = 周りのようすです。
easy-to-walk = 歩く
easy-to-go = 連れて行ってもらう
easy-to-say = 話す
easy-to-around = 周りを知る
easy-to-practice = 練習する
easy-turning = 向きを変える
easy-turn-left = 左を向く
easy-turn-right = 右を向く
easy-return = 最初の場所に戻る
easy-finish = 終わる
easy-done = できました
easy-undo = 戻る
easy-aloud = 読み上げ
easy-lesson-walk = まず歩いてみましょう。下のボタンを押してください。
easy-lesson-turn = よくできました。次は向きを変えましょう。どちらでも押してください。
easy-lesson-say = 次はあいさつしましょう。下のボタンを押してください。
easy-lesson-return = 最後です。最初の場所に戻りましょう。
easy-lesson-done = 全部できました。すばらしいです。
notice-back = 前にいた場所に戻ります。

# Calling a helper.
help-call = 案内役を呼ぶ
help-stop = もう大丈夫です
help-called = { $name }さんが{ $place }で案内役を呼んでいます。
help-go-to = { $name }さんのところへすぐ行く
notice-help-told = { $count ->
    [0] 今は案内役がいません。10分以内に来れば、呼んだことが伝わります。
   *[other] 案内役{ $count }人を呼びました。ここでお待ちください。
}
notice-help-comes = 案内役の{ $name }さんが来ます。
notice-help-over = 案内役を呼ぶのをやめました。
notice-help-ended = 10分のあいだに誰も来られませんでした。まだ必要でしたら、もう一度呼んでください。

# A screen in public.
kiosk-label = 画面の調節
kiosk-reach = 手元へ
kiosk-contrast = 高コントラスト
kiosk-larger = 文字を大きく
kiosk-easy = かんたん
kiosk-volume = 音
kiosk-volume-now = 音 { $level }、0は消音
kiosk-finish = 終わる
still-here = まだいらっしゃいますか？
still-stay = はい、続けます
keyboard-label = 画面のキーボード
keyboard-shift = シフト
keyboard-switch = ハングルと英字の切り替え
keyboard-space = 空白
keyboard-erase = 消す
