"""What came of it: harm, gravity, mitigation."""

import re
from collections.abc import Iterator

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.mentions import Mention, denied, planned

GRAVITY = "other.违法行为轻微"
"""第三十三条第一款 asks for a slight violation besides slight harm; `CaseFacts` has no field of its own for it."""

_NO_HARM = re.compile(
    r"(?:没有|并未|并无|尚未|未曾|未|无|没|不存在)(?:给[^，。]{1,8})?(?:造成|产生|发生|引发|导致|出现|带来|形成|出|有)?过?(?:任何|实际|什么"
    r"|社会)?的?(?:社会)?(?:危害性?|不良|损害|不利|违法)?(?:性)?(?:后果|危害(?!后果))"
)
_HARM = (
    (
        "严重",
        re.compile(
            r"(?:危害|损害|不良)?后果(?:特别|极其|十分|非常|较为|均)?严重|(?:特别|十分)?严重(?:的)?(?:危害|损害|不良|社会)*后果"
        ),
    ),
    ("较大", re.compile(r"(?:危害|损害)?后果较大|较大(?:的)?(?:危害|损害|不良)*后果|造成较大(?:危害|损害|损失)")),
    ("一般", re.compile(r"(?:危害|损害)?后果(?:程度)?(?:为|属)?一般|一般(?:的)?(?:危害|损害)*后果")),
    (
        "轻微",
        re.compile(
            r"(?:危害|损害|不良)?后果(?:较为|比较|显著|均|系|属于?|很|极|较|十分|也)?轻微|轻微(?:的)?(?:危害|损害|不良)*后果"
        ),
    ),
)
_HUMAN = "(?<![\\d一二三四五六七八九十百])[一二两三四五六七八九十百\\d]{1,6}余?(?:名|人|位)"
_DEATH = re.compile(
    rf"{_HUMAN}[^，。；□]{{0,8}}?(?:死亡|身亡|丧生|遇难|重伤|死)(?!的?风险|可能)|(?:造成|致使?|导致|酿成)[^，。；□]{{0,10}}?(?:人员?死亡|工人死亡|重伤|身亡|人死)"
)
_ANIMAL = re.compile(r"[鱼禽鸡鸭鹅猪羊牛犬狗猫畜树苗]")
_NEVER = re.compile(
    r"(?:未|没有|无|避免|防止|可能|会|不致|以免|杜绝|预防|容易|极?易|足以|恐|可(?!见)|将|风险|隐患)[^，。；]{0,8}$"
)

_SLIGHT = re.compile(r"(?:违法行为|违法情节|违法程度|违法性质|情节)(?:均|较为|显著|比较|明显|系|属于?|十分|确属)?轻微")

_REDUCED = re.compile(
    r"主动(?:采取[^，。；]{0,8})?(?:消除|减轻|召回|退还|退赔|赔偿|退款|赔付|全额退|退给|退回|退费)|(?:主动|积极)[^，。；]{0,12}(?:全额退费|赔偿损失)"
    r"|(?:主动|积极)(?:与|向|为|给|对)?[^，。；未没]{0,22}?(?:全额退|退还|退赔|退款|赔偿|赔付|补偿|召回|消除(?:了)?(?:不良)?影响)|主动(?:把|将)[^，。；]{0,10}退"
    r"|都主动退|(?:消除|减轻)了?(?:违法行为)?(?:的)?危害后果"
)


def read(telling: Telling) -> Iterator[Mention]:
    """harm, reduced_harm and the gravity of the violation."""
    text = telling.asserted
    yield from _harm(text)
    for match in _SLIGHT.finditer(text):
        if not denied(text, match.start()) and not _followed_by_rule(text, match.end()):
            yield Mention(GRAVITY, True, match.start(), match.end())
    for match in _REDUCED.finditer(text):
        head = re.split(r"[，。；\n□]", text[max(0, match.start() - 12) : match.start()])[-1]
        if re.search(r"(?:未|没有|没|拒绝|不)(?:能|曾)?(?:主动)?$", head):
            never = len(re.search(r"(?:未|没有|没|拒绝|不)(?:能|曾)?(?:主动)?$", head)[0])  # type: ignore[index]
            yield Mention("reduced_harm", False, match.start() - never, match.end())
        elif not planned(text, match.start()):
            yield Mention("reduced_harm", True, match.start(), match.end())


def _followed_by_rule(text: str, end: int) -> bool:
    return re.match(r"[^，。；]{0,6}的(?:情形|条件|规定|标准|认定)", text[end:]) is not None


def _harm(text: str) -> Iterator[Mention]:
    for match in _NO_HARM.finditer(text):
        if _followed_by_rule(text, match.end()) or re.match(
            r"(?:的)?(?:特别)?(?:轻微|严重|一般|较大)", text[match.end() :]
        ):
            continue
        if re.search(
            r"(?:不是|并非|不属于|很难说|难说|不能说|谈不上|不等于|不能认定|难以认定)$",
            text[max(0, match.start() - 6) : match.start()],
        ):
            continue
        yield Mention("harm", "无", match.start(), match.end())
    for value, pattern in _HARM:
        for match in pattern.finditer(text):
            if _NEVER.search(text[max(0, match.start() - 10) : match.start()]) or _followed_by_rule(text, match.end()):
                continue
            if re.search(r"不$|并不|并非", text[max(0, match.start() - 3) : match.start()]) or re.search(
                "不", match[0]
            ):
                continue
            yield Mention("harm", value, match.start(), match.end())
    for match in _DEATH.finditer(text):
        if not _NEVER.search(text[max(0, match.start() - 10) : match.start()]) and not _ANIMAL.search(match[0]):
            yield Mention("harm", "严重", match.start(), match.end())
