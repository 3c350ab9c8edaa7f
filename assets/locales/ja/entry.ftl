# The screen before coming in.
brand = メタバースソウル
title = { $spot } · メタバースソウル
skip-to-actions = できることへ移動
entry-again = ページを開き直す
entry-enter = 入場する
entry-entering = 入場しています…
entry-look = 見た目を変える
entry-note = 登録もインストールも不要です。名前と見た目はいつでも変えられます。
easy-on = かんたんモードにする
easy-off = かんたんモードを終える
easy-manner = 一度に一つずつ選べます。ゆっくりで大丈夫です。
people-here = { $count ->
    [0] まだ誰もいません
   *[other] { $count }人が一緒にいます
}
name-label = 名前
name-another = 別の名前にする
names-first = やさしい, 明るい, うららかな, 静かな, ほがらかな, 気さくな, 軽やかな, のどかな, あたたかな, しあわせな
names-second = かささぎ, 松の木, いちょう, わた雲, 子虎, 灯ろう, 鶴, せせらぎ, つばめ, もみじ
names-whole = { $first }{ $second }
language-label = 言語

# The look.
look-title = 見た目
look-offer = 見た目{ $number }
look-others = ほかの候補を見る
look-details = 一つずつ選ぶ
look-colour = { $what }{ $number }
look-skin = 肌の色
look-hair = 髪型
look-hair-colour = 髪の色
look-outfit = 服
look-upper = 上の服の色
look-lower = 下の服の色
look-build = 体格
look-aid = 移動の補助
hair-short = ショート
hair-bob = ボブ
hair-long = ロング
hair-bun = お団子
outfit-casual = 普段着
outfit-coat = コート
outfit-hanbok-skirt = 韓服（チマチョゴリ）
outfit-hanbok-trousers = 韓服（パジチョゴリ）
build-adult = 大人
build-broad = 大柄
build-child = 子ども
build-elder = お年寄り
aid-none = なし
aid-wheelchair = 車いす

# What stands in the way.
trouble-loading = まちを読み込めませんでした。インターネット接続を確認して、ページを開き直してください。
trouble-broken = ページに問題が起きました。再読み込みすると、いた場所から続けられます。
