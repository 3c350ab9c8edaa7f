# Plain pages.
pages-label = 关于这座城市
pages-back = 前往城市
pages-contact = 请写信至{ $contact }。
pages-no-contact = 请询问告诉你这座城市网址的一方，或询问名字旁写着“引导员”或“主持人”的人。

# Offered by the page itself when another version has come.
version-ready = 新版本已准备好。
version-reload = 立即载入
version-later = 稍后
