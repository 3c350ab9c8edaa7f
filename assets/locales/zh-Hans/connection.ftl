# How the connection stands.
connection-out = 尚未进入
connection-connecting = 正在连接…
connection-in = 已连接
connection-again = 正在重新连接…
connection-waiting = 还没有连上，稍后会再试一次。
connection-blocked = 这个网络屏蔽了实时连接。可以查看地图，但要与大家见面，需要换一个网络。
connection-retry = 立即重试

# Why a relay ended the connection.
close-version = 有新版本了，请刷新页面。
close-full = 现在人满了，一有空位就会让你进来。
close-banned = 现在无法进入，请过一段时间再来。
close-draining = 服务器正在维护，很快会重新连接。
close-malformed = 服务器无法识别这个页面，请刷新页面。
close-too-large = 发送的内容太大了，请重新进入。
close-too-fast = 发送得太快，连接暂时断开，很快会重新连接。
close-too-slow = 网速较慢，连接暂时断开，很快会重新连接。
close-superseded = 你已在另一个窗口继续。要在这里继续，请点按“立即重试”。
close-silent = 一段时间没有响应，连接已断开，很快会重新连接。
close-origin = 从这个网址无法进入，请使用官方网址。
close-too-many = 来自同一网络的连接太多，稍后会再试一次。

# What the visitor should know for a moment.
notice-alone = 服务器之间的连接断开了，现在只能看到一部分人。
notice-together = 现在又能看到所有人了。
notice-slower = 请稍微慢一点，有一部分没有发送出去。
notice-unsayable = 没有可以显示的文字，请重新输入。
notice-no-such-spot = 这里没有这个地点。
notice-not-connected = 还没有连上，未能发送。
notice-no-way = 没有路可以走到那里。
notice-map-only = 在这台设备上以地图显示，可以做的事完全一样。
notice-copied = 已复制这个地点的链接。
notice-not-copied = 此浏览器无法复制。地址：{ $link }
notice-no-texts = 无法加载该语言的文字，请再试一次。
notice-appear = 名字和形象已更新。
notice-missed = 断线期间的消息，有一部分无法显示。
notice-riding = 您正在乘车，请先下车。
notice-vehicle-full = 座位已满，下一辆很快就来。
notice-vehicle-gone = 车已开走，下一辆很快就来。
notice-place-full = 那里目前没有空位，您留在原处。
notice-other-channel = 那个频道没有空位，已进入同一地方的另一个频道。
