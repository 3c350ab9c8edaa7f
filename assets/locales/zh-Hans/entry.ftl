# The screen before coming in.
brand = 元宇宙首尔
title = { $spot } · 元宇宙首尔
skip-to-actions = 跳到可用操作
entry-again = 重新打开页面
entry-enter = 进入
entry-entering = 正在进入…
entry-look = 更换形象
entry-note = 无需注册，也无需安装。名字和形象随时都能更改。
easy-on = 使用简易模式
easy-off = 退出简易模式
easy-manner = 一次只选一样，慢慢来没关系。
people-here = { $count ->
    [0] 现在还没有人
   *[other] 有{ $count }人在这里
}
name-label = 名字
name-another = 换个名字
names-first = 温柔, 明朗, 清新, 暖心, 悠然, 快乐, 活泼, 亲切, 清爽, 安静
names-second = 红叶, 云朵, 喜鹊, 青松, 银杏, 小虎, 月光, 灯笼, 燕子, 阳光
names-whole = { $first }{ $second }
language-label = 语言

# The look.
look-title = 形象
look-offer = 形象{ $number }
look-others = 看看其他形象
look-details = 逐项选择
look-colour = { $what }{ $number }
look-skin = 肤色
look-hair = 发型
look-hair-colour = 发色
look-outfit = 服装
look-upper = 上装颜色
look-lower = 下装颜色
look-build = 体型
look-aid = 行动辅助
hair-short = 短发
hair-bob = 波波头
hair-long = 长发
hair-bun = 盘发
outfit-casual = 便装
outfit-coat = 大衣
outfit-hanbok-skirt = 韩服（裙装）
outfit-hanbok-trousers = 韩服（裤装）
build-adult = 成人
build-broad = 壮实
build-child = 儿童
build-elder = 长者
aid-none = 无
aid-wheelchair = 轮椅

# What stands in the way.
trouble-loading = 无法加载城市。请检查网络连接，然后重新打开页面。
trouble-broken = 页面出了问题。刷新后可以从原来的位置继续。
