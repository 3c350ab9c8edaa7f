# Easy mode.
easy-home = 你想做什么？
easy-walk = 往哪边走？
easy-go = 带你去哪里？
easy-say = 想说什么？
easy-around = 这是你的周围。
easy-to-walk = 走路
easy-to-go = 带我去
easy-to-say = 说话
easy-to-around = 看看周围
easy-to-practice = 练习
easy-turning = 转方向
easy-turn-left = 向左转
easy-turn-right = 向右转
easy-return = 回到开始的地方
easy-finish = 完成
easy-done = 已完成
easy-undo = 返回
easy-aloud = 朗读
easy-lesson-walk = 先走走看。请按下面的按钮。
easy-lesson-turn = 很好。现在转个方向，按哪边都可以。
easy-lesson-say = 现在打个招呼。请按下面的按钮。
easy-lesson-return = 最后一步：回到开始的地方。
easy-lesson-done = 都完成了，做得很好。
notice-back = 正在回到刚才的地方。

# Calling a helper.
help-call = 呼叫引导员
help-stop = 不用引导员了
help-called = { $name } 在{ $place }呼叫引导员。
help-go-to = 马上去 { $name } 那里
notice-help-told = { $count ->
    [0] 现在没有引导员。十分钟内到来的引导员会看到你的呼叫。
   *[other] 已呼叫 { $count } 位引导员，请在这里等候。
}
notice-help-comes = 引导员 { $name } 过来了。
notice-help-over = 已停止呼叫引导员。
notice-help-ended = 十分钟内没有人来。如果还需要帮助，请再呼叫一次。

# A screen in public.
kiosk-label = 屏幕调节
kiosk-reach = 放低按钮
kiosk-contrast = 高对比度
kiosk-larger = 放大文字
kiosk-easy = 简易模式
kiosk-volume = 声音
kiosk-volume-now = 声音 { $level }，0 为静音
kiosk-finish = 结束
still-here = 你还在吗？
still-stay = 在，继续
keyboard-label = 屏幕键盘
keyboard-shift = 上档
keyboard-switch = 切换韩文和英文
keyboard-space = 空格
keyboard-erase = 删除
