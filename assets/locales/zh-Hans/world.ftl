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
narrate-passes = { $direction }不远处是{ $name }。
narrate-stops = { $line }在附近停靠。
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
narrate-with = 正在和{ $name }一起走。
narrate-alone = 现在又独自行走了。
company-stop = 不再一起走
narrate-act = { $name }，共{ $count }幕，第{ $number }幕。{ $text }
narrate-bicycles = 这里有公共自行车，可以骑。
narrate-cycling = 你骑上了自行车。
narrate-on-foot = 你下了自行车。
bicycle-on = 骑自行车
bicycle-off = 下自行车
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
missed-lines = 断线期间有{ $count }条消息。
talk-unread = { $count }条未读消息
