"""How much and how many: gains, value of the goods, cost of the works, people, days."""

import re
from collections.abc import Iterator

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.mentions import Mention, Rough
from assistant.rules.facts.numbers import BOUND, LIMIT_AFTER, MONEY, NUMBER, value_of, whole

_LINK = (
    r"(?:金额|数额|款项?|总额|总值)?(?:经[^，。；\d]{0,12}?(?:认定|核定|评估|鉴定|核算|核实|计算|审计)|据[^，。；\d]{1,10}?(?:核算|计算|统计))?"
    r"(?:共计|合计|总计|累计|核定|认定|共|计|均?为|是|达到?|有){0,3}(?:人民币)?[：:]?\s*(?:约为?|大约|大概)?(?:人民币)?\s*"
)
_GAINS = re.compile(rf"(?<!没收)(?:违法所得|非法所得|非法获利|获利|盈利|净?赚了?|挣了?)(?:到)?{_LINK}{MONEY}")
_GOODS = re.compile(rf"(?:货值|货物价值|货款价值){_LINK}{MONEY}")
_COST = re.compile(rf"(?:建设)?工程(?:总)?造价{_LINK}{MONEY}")
_FEE = re.compile(rf"广告费用?{_LINK}{MONEY}")
_NO_GAINS = re.compile(
    r"(?:没有|并无|无|未(?:取得|获得|获取|产生)|没|尚无|未有)(?:任何)?(?:违法所得|非法所得|获利|盈利)(?!数额|金额|证据|无法|的计算)"
    r"|一分钱[^，。；]{0,6}(?:违法所得|利润)都没有|(?:并未|未|没有)获利"
    r"|(?:违法所得|获利)(?:金额)?为?(?:零|0)(?:元)?(?![\d.万千元]|以上)"
)
_PEOPLE = re.compile(
    rf"(?:涉及|影响|波及|涉案|共涉及)(?:到|了)?[^，。；□\d一二两三四五六七八九十百千万几数]{{0,10}}?(?P<n>{NUMBER})(?P<more>[余多])?(?:几"
    rf"|余)?(?P<unit>名|人(?!次)|位)(?!以上|以下)"
)
_LASTED = re.compile(
    rf"(?:持续|延续|历时)(?:了|时间|[^，。；□\d未没不]{{1,6}}?)?(?:为|长达|达|共"
    rf"|约){{0,3}}\s*(?P<n>{NUMBER})(?P<more>[余多])?\s*(?P<half>半)?(?P<unit>天|日(?!常)|周|个?星期|个?礼拜|个?月)(?!内|前|后)"
)
_SUMS = (
    ("illegal_gains", _GAINS),
    ("goods_value", _GOODS),
    ("other.建设工程造价", _COST),
    ("other.广告费用", _FEE),
)
_WORKERS = re.compile(
    rf"(?:向|对|拖欠|克扣|欠|扣押|收取)(?:了|共|共计|其)?(?P<n>{NUMBER})(?:名|位)[^，。；□]{{0,8}}?(?:员工|职工|劳动者|工人|农民工|学员|消费者)"
)
_MONTH = {"least": 28, "most": 31}


def read(telling: Telling) -> Iterator[Mention | Rough]:
    """illegal_gains, goods_value, affected_people, duration_days."""
    text = telling.asserted
    for field, pattern in _SUMS:
        for match in pattern.finditer(text):
            figure = value_of(match)
            before = text[match.start() : match.start("number")]
            if figure is None or BOUND.search(before) or LIMIT_AFTER.match(text[match.end() :]):
                continue
            if re.match(r"[/／每]", text[match.end() :]) or re.search(
                r"每[^，。]{0,6}$", text[max(0, match.start() - 8) : match.start()]
            ):
                continue
            total = (
                re.search(r"^总|共|合计|总计|累计", text[max(0, match.start() - 1) : match.start()] + before)
                is not None
            )
            yield Mention(field, float(figure), match.start(), match.end(), weak=not total)
    for match in _NO_GAINS.finditer(text):
        if not re.match(r"(?:或者?|的)", text[match.end() :]):
            yield Mention("illegal_gains", 0.0, match.start(), match.end())
    for match in _PEOPLE.finditer(text):
        count = whole(match["n"])
        between = text[match.start() : match.start("n")]
        if count is None or BOUND.search(between) or re.match(r"几", text[match.end("n") :]):
            continue
        yield Mention("affected_people", count, match.start(), match.end())
    for match in _WORKERS.finditer(text):
        if (count := whole(match["n"])) is not None:
            yield Mention("affected_people", count, match.start(), match.end(), weak=True)
    yield from _lasted(text)


def _lasted(text: str) -> Iterator[Mention | Rough]:
    for match in _LASTED.finditer(text):
        count = whole(match["n"])
        if count is None or match["more"] or match["half"] or BOUND.search(text[match.start() : match.start("n")]):
            continue
        if "约" in text[match.start() : match.start("n")]:
            continue
        if match["unit"] in ("天", "日"):
            yield Mention("duration_days", count, match.start(), match.end())
        elif match["unit"].endswith("月"):
            least = count * 30 - 1 if count > 1 else 28
            most = count * 31
            yield Rough("duration_days", least, most, match.start(), match.end())
        else:
            yield Mention("duration_days", count * 7, match.start(), match.end())
