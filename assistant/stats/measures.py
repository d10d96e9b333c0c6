"""What is counted by which word: the kinds of thing that measure words and units stand for."""

MEASURES: dict[str, str] = {
    word: kind
    for kind, words in {
        "家": "家 户",
        "": "个 万 亿",
        "人": "人 名 位 人次 个人 万人次 万人 口人",
        "次": "次 遍 回 期 趟 轮",
        "场": "场",
        "条": "条",
        "件": "件 起 宗 件次 单 万件 桩 万件次 笔",
        "份": "份 张",
        "项": "项 处",
        "组": "组 批 批次",
        "版": "版 版本",
        "元": "元 块 块钱 钱 万元 万块 万块钱 万钱",
        "平米": "平方米 平米 平方 万平方米 万平米 万平 万平方 平",
        "天": "天 日",
        "年": "年",
        "成": "成",
        "倍": "倍 倍多",
        "番": "番",
        "点": "个百分点 百分点 个点 点",
        "部": "部",
        "类": "类 种 个月 小时 岁 公里 辆 台",
    }.items()
    for word in words.split()
}
"""Measure words, with the kind of thing they count ('' counts anything; 类: what no metric is counted in)."""

UNIT_KINDS: dict[str, str] = {
    word: kind
    for kind, words in {
        "人": "人 人次",
        "件": "件 件次 万件 起",
        "条": "条",
        "份": "份 张",
        "项": "项",
        "家": "家 户",
        "次": "次",
        "场": "场",
        "元": "万元",
        "平米": "万平方米",
        "组": "组",
        "": "个",
        "版": "版",
        "部": "部",
        "%": "%",
    }.items()
    for word in words.split()
}
"""The kind of thing a metric's unit counts."""

COUNTS = frozenset("家 人 次 场 条 件 份 项 组 部 版 平米".split())  # noqa: SIM905
"""Kinds that are counted, as against money, days and shares."""

KIN: dict[str, frozenset[str]] = {
    "件": frozenset(["", "件", "份", "条", "次"]),
    "条": frozenset(["件", "份", "条", "次"]),
    "份": frozenset(["件", "份", "条"]),
    "次": frozenset(["件", "场", "条", "次"]),
    "场": frozenset(["场", "次"]),
    "项": frozenset(["", "条", "项"]),
    "家": frozenset(["", "家"]),
    "人": frozenset(["人"]),
    "元": frozenset(["元"]),
    "平米": frozenset(["平米"]),
    "组": frozenset(["组"]),
    "部": frozenset(["部"]),
    "版": frozenset(["版"]),
    "点": frozenset(["%"]),
    "成": frozenset(["%"]),
    "%": frozenset(["%"]),
}
"""Kinds that a measure word may loosely stand for; the first choice is always its own."""


def counts(unit: str, kind: str, *, exactly: bool = False) -> bool:
    """Whether a measure of this kind may count things in this unit."""
    own = UNIT_KINDS.get(unit, "")
    if kind == "万":
        return unit.startswith("万") or (not exactly and own not in ("%", "版"))
    if exactly:
        return own == kind
    return kind in ("", own) or own in KIN.get(kind, frozenset())
