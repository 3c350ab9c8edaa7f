# Roles, as they stand beside names.
role-helper = 引导员
role-host = 主持人
role-official = 市政人员
notice-role-helper = 你是这里的引导员，大家可以向你提问。
notice-role-host = 你是这里的主持人。可用的操作在下方的“主持”和名字旁的“更多”里。
notice-role-official = 你是这里的市政人员。可用的操作在下方的“主持”和名字旁的“更多”里。
notice-role-over = 你的值守时间已结束，谢谢。
notice-invitation-invalid = 这份邀请在这里无效，请索取新的链接。
notice-invitation-over = 这份邀请已过期，请索取新的链接。
notice-invitation-elsewhere = 这是其他地方的邀请。

# Announcements.
announcement-label = 公告
announcement-from = { $role } { $name }
announcement-said = { $role } { $name }的公告：{ $text }
announcement-close = 关闭公告

# What one can do about someone.
person-more = 更多
person-more-about = 更多：可以对{ $name }进行的操作
person-block = 屏蔽：不再看到或听到
person-report = 举报
person-unblock = 取消屏蔽
person-mute = 禁言{ $time }
person-unmute = 解除禁言
person-remove = 移出（可以再来）
person-ban = 禁止进入{ $time }
person-unban = 重新允许进入
person-undo = { $what }：{ $name }
person-with-address = 禁止某人进入时，一小时内也不让来自同一网络地址的新访客进入。学校或移动网络可能共用一个地址。
lasting-minutes = { $count }分钟
lasting-hours = { $count }小时
around-blocked = 我屏蔽的人
notice-blocked = 已屏蔽。不会再看到或听到这个人。
notice-unblocked = 已取消屏蔽。
notice-blocked-enough = 无法再屏蔽更多人，请向主持人求助。
notice-reported = 谢谢。举报已保存，由这座城市的运营者查看。不会告诉任何人是你举报的。
notice-not-reported = 举报未能保存，请向主持人或引导员求助。
notice-reported-enough = 你在短时间内举报了多次。请稍等，或向主持人求助。
notice-name-refused = 这个名字在这里不能使用，因此为你换了另一个。请选择其他名字。
notice-line-refused = 其中有这里不允许的词，因此没有发送。请换一种说法。

# For hosts.
dock-host = 主持
host-title = 主持
host-announce = 向这里的所有人发布公告
host-announce-send = 发布
host-chat = 谁可以发言
chat-open = 所有人
chat-slow = 所有人，每15秒一条
chat-closed = 仅主持人和引导员
host-people = 要将某人禁言、移出或禁止进入，请打开“周围”，点按名字旁的“更多”。
host-banned = 我禁止进入的人
notice-done = 已完成。
notice-not-a-host = 只有主持人才能这样做。
notice-protected = 不能对主持人或市政人员这样做。
notice-not-here = 这个人已经不在这里了。

# What hosts did, for whom it concerns.
notice-muted = 主持人已将你禁言，还有{ $minutes }分钟。期间的发言不会发送出去。
notice-unmuted = 你可以重新发言了。
notice-chat-open = 现在所有人又可以发言了。
notice-chat-slow = 现在每人每15秒可以发言一次。
notice-chat-closed = 聊天暂时关闭，主持人和引导员仍可发言。
close-removed = 主持人结束了你的访问。如果愿意尊重他人，欢迎再来。
