# Roles, as they stand beside names.
role-helper = 案内役
role-host = 進行役
role-official = 市の担当者
notice-role-helper = あなたはここの案内役です。ほかの人から質問されることがあります。
notice-role-host = あなたはここの進行役です。下の「進行」と、名前の横の「その他」に、できることがあります。
notice-role-official = あなたはここの市の担当者です。下の「進行」と、名前の横の「その他」に、できることがあります。
notice-role-over = 担当の時間が終わりました。ありがとうございました。
notice-invitation-invalid = ここでは使えない招待です。新しいリンクを受け取ってください。
notice-invitation-over = 招待の期限が切れました。新しいリンクを受け取ってください。
notice-invitation-elsewhere = 別の場所への招待です。

# Announcements.
announcement-label = お知らせ
announcement-from = { $role } { $name }
announcement-said = { $role } { $name }さんからのお知らせ：{ $text }
announcement-close = お知らせを閉じる

# What one can do about someone.
notice-blocked = ブロックしました。この人の姿も発言も表示されなくなります。
notice-unblocked = ブロックを解除しました。
notice-blocked-enough = これ以上はブロックできません。進行役に相談してください。
notice-reported = ありがとうございます。このまちの運営者が読めるように、通報を保管しました。だれが通報したかは知らせません。
notice-not-reported = 通報を保管できませんでした。進行役か案内役に相談してください。
notice-reported-enough = 短い間に何度も通報しました。少し待つか、進行役に相談してください。
notice-name-refused = ここでは使えない名前のため、別の名前になっています。ほかの名前を選んでください。
notice-line-refused = ここでは使えない言葉があるため、届きませんでした。別の言い方にしてください。

# For hosts.
dock-host = 進行
notice-done = 完了しました。
notice-not-a-host = 進行役だけができる操作です。
notice-protected = 進行役や市の担当者に対しては行えません。
notice-not-here = その人はもうここにいません。

# What hosts did, for whom it concerns.
notice-muted = 進行役が発言を止めました。あと{ $minutes }分間、書いたことは届きません。
notice-unmuted = また発言できるようになりました。
notice-chat-open = また誰でもチャットできるようになりました。
notice-chat-slow = 今はチャットでの発言が、一人15秒に1回までです。
notice-chat-closed = 今はチャットを閉じています。進行役と案内役は発言できます。
close-removed = 進行役の判断で退場となりました。お互いを尊重していただけるなら、またお越しください。
