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
