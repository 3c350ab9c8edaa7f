# In the place.
scene-label = 当前位置
picture-label = { $count ->
    [0] { $spot }的景色
   *[other] { $spot }的景色，可以看到{ $count }人
}
live-label = 实时动态
hint-keys = 用 W A S D 键或方向键行走，用鼠标环顾四周
hint-map = 用 W A S D 键或方向键行走，或点按地图走到那里
hint-touch = 用左下方的摇杆行走，滑动画面环顾四周
hint-touch-map = 用左下方的摇杆行走，或点按地图走到那里
dock-label = 可用操作
dock-around = 周围
dock-talk = 聊天
dock-gestures = 问候
dock-map = 地图
dock-stage = 3D
dock-stage-comes = 3D准备中
dock-centre = 定位
dock-help = 帮助
dock-settings = 设置
panel-close = 关闭

# Who and what is around.
around-title = 周围
around-describe = 描述周围
around-channel = 这里是第{ $channel }频道。
around-people = 附近的人
around-nobody = 附近没有人。
around-places = 附近的地点
around-walk = 步行前往
around-walk-to = 步行前往{ $name }
around-elsewhere = 其他地点
around-go = 直接前往
around-go-to = 直接前往{ $name }
around-rooms = 房间和其他地点
around-link = 复制这个地点的链接
door-in = 进入：{ $place }
door-out = 走出去
narrate-door = 这里有一扇门。{ $way }：请按 F 键或按钮。
ride-on = 上车
ride-off-here = 在这里下车
ride-off = 下一站下车
ride-off-soon = 您将在下一站下车
narrate-board = { $line }到了。
narrate-next-stop = 下一站：{ $spot }。
narrate-comes = { $minutes ->
    [0] { $line }马上就到。
   *[other] { $line }还有{ $minutes }分钟到。
}
around-share = 分享此处…
around-qr = 此处的二维码
taxi-open = 给出租车司机看这个地方
taxi-title = 给司机师傅
taxi-please = 请带我去这里。
narrate-here = 你在{ $spot }。
narrate-people = { $count ->
    [0] 附近没有人。
   *[other] 附近有{ $count }人。
}
narrate-thing = { $name }，{ $where }。
narrate-where = { $direction }{ $metres }米
narrate-near = { $name }来到了附近。
narrate-does = { $name }：{ $what }
narrate-reached = 到了。
narrate-said = { $name }：{ $text }
direction-ahead = 前方
direction-ahead-right = 右前方
direction-right = 右侧
direction-behind-right = 右后方
direction-behind = 后方
direction-behind-left = 左后方
direction-left = 左侧
direction-ahead-left = 左前方

# Talking.
talk-title = 聊天
talk-lines = 聊天记录
talk-empty = 还没有消息，先打个招呼吧。
talk-gap = 这里可能缺了一部分消息。
missed-lines = 断线期间有{ $count }条消息。
talk-label = 想说的话
talk-placeholder = 说点什么
talk-send = 发送
talk-reach = 发给谁
translate = 翻译
translate-waits = 正在翻译…
translate-back = 显示原文
translate-none = 这里无法翻译这句话。
translate-failed = 现在无法翻译这句话。
talk-unread = { $count }条未读消息
reach-near = 附近
reach-place = 所有人

# Gestures and ready-made sentences.
gestures-title = 问候与动作
gestures-emotes = 动作
gestures-phrases = 短句
gestures-note = 会以对方的语言送达。
topic-back = 选择其他话题
emote-wave = 挥手
emote-bow = 鞠躬
emote-clap = 鼓掌
emote-sit = 坐下
emote-deep-bow = 跪拜
emote-heart = 大爱心
emote-cheer = 欢呼
emote-nod = 点头
emote-point = 指路
emote-laugh = 大笑
emote-drum = 击长鼓
emote-mask-dance = 假面舞
emote-pose = 拍照姿势
phrase-unknown = （新的短句）
