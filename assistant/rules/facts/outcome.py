"""What came of it and what was done about it: harm, gravity, correction, mitigation."""

import re
from collections.abc import Iterator

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.mentions import Mention, denied, planned
from assistant.rules.facts.numbers import NUMBER, whole

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

_DONE = "(?:改正|整改|纠正|改好|改过来)"
_FIXED = "(?:完成|办妥|办理|办好|补办|补齐|补报|补正|补录|拆除|更换|安装|恢复原状|清理|撤除|张贴|悬挂|公示|到位)"
_REFUSED = re.compile(
    r"(?:拒不|拒绝|坚决不|坚持不)(?:执行[^，。]{0,6})?(?:改正|整改|纠正|拆除|停止|清理)(?!的(?:话|，|$|情形)|者)"
)
_REFUSED_NEVER = re.compile(r"(?:没有|不存在|并无|无|未发现|并未)(?:发生|出现)?(?:拒不|拒绝)(?:改正|整改)")
_UNDONE = re.compile(
    rf"(?:至今|仍然?|尚|始终|一直|均|还|依然|到现在|逾期|暂)(?:也)?(?:未|没有?|没|未能|不)(?:予以|完成|作出|进行|全部|按要求|按期|及时"
    rf"|见){{0,3}}{_DONE}(?!的(?:$|，|话|处)|期限|书)"
    rf"|(?<!从)(?:未|没有|没)(?:予以|完成|作出|进行|见)?(?:任何)?{_DONE}(?!的(?:$|，|话|处)|期限|书|前)"
)
_LATE = re.compile(
    rf"逾期(?:后)?(?:才|方|之后)?[^，。；未不没□]{{0,6}}?{_DONE}(?!的(?:$|，)|期限)|(?:期限届满后|期满后|期满(?=第)|超过期限后?"
    rf"|超期后?)[^。；未不没□]{{0,24}}?(?:完成|{_DONE})"
)
_BEFORE_ORDER = re.compile(rf"责令(?:改正)?(?:之)?前[^，。；未不没□]{{0,10}}{_DONE}")
_BEFORE_FOUND = re.compile(
    rf"(?:检查|(?:被)?发现|查处|案发|被?举报|被?投诉)(?:之)?前(?:就|便)?[，,]?(?!未|没)[^。；未没□]{{0,24}}?(?:主动|自行|自觉|已经?"
    rf"|就)[^。；未没□]{{0,16}}?(?:{_DONE}|下架|补办|拆除|停止违法|删除|撤下|撤回)"
)
_SPOT = re.compile(
    r"(?<!责令)(?<!责令其)(?:当场|当即|立即|立马|马上|随即|立刻|当天|当日|检查当天|现场)(?:就|便|即|已|都|全部|[把将][^，。；]{1,14}|自行|主动|进行|予以|按要求){0,3}"
    r"(?:改正|整改|纠正|改好|改了|清理|补|收摊|收了摊|拆除|拆掉|拆了|停止(?:建设|营业|销售|生产|违法|施工)|停工|更换|换|挂|删除|撤下|贴|下架|撤|移除|搬|清除|关停|恢复|标|张贴|悬挂|佩戴)"
)
_ADVERBS = "(?:已|就|均|全部|便|自行|予以|完成了?|将[^，。]{1,12}){0,3}"
_ORDERED = "(?:责令|规定|限定|整改|改正|指定|限期|要求)"
_IN_TERM = re.compile(
    rf"(?:按期|按时|如期|(?:{_ORDERED}(?:的)?){{0,3}}(?:期限?|时间|时限|限期?)内|{_ORDERED}内){_ADVERBS}{_DONE}"
    rf"|(?:{_ORDERED}(?:的)?){{1,3}}(?:期限?|时间|时限|限期?)?内{_ADVERBS}{_FIXED}|(?:按期|如期){_ADVERBS}(?:完成|办妥|补办|补报)"
    rf"|(?:^|(?<=[，。在于已]))期限内{_ADVERBS}{_FIXED}"
)
_AFTER_ORDER = re.compile(
    r"(?:责令[^，。；□]{0,14}?后|(?:收到|接到)[^，。；]{0,8}(?:责令|整改|改正)[^，。；□]{0,10}?后?)[，,]?(?:当事人|该公司|其|我们?|公司)?"
    rf"[^，。；未没不逾拒□]{{0,16}}?(?:{_DONE}|{_FIXED})"
)
_ORDER_THEN = re.compile(
    r"责令[^。；□]{0,30}?，[^。；，未没不逾□]{0,12}?(?:当日|当天|次日|按要求|及时|日就|就)[^。；，未没不□]{0,8}?(?:完毕|到位|改正|整改|办好|办妥|完成)"
)
_TIMELY = re.compile(rf"及时(?:予以|进行|作出|主动|自行)?(?:按规定)?{_DONE}(?!的?(?:情形|条件)|义务)")
_EARLY = re.compile(
    r"(?:比|较|早于)[^，。；]{0,14}期限[^，。；]{0,14}(?:提前|早)|提前(?:于期限)?(?:完成|改正|整改)"
    r"|(?:责令)?(?:改正|整改)?期限(?:届满)?前(?:即|就|已|全部|均){0,2}(?:完成|改正|整改|办)"
)
_DAY_OF_TERM = re.compile(
    rf"期限为?是?(?P<n>{NUMBER})个?(?:工作)?[日天][^。；□]{{0,16}}?第(?P<m>{NUMBER})[日天][^。；未没□]{{0,10}}?(?:整改|改正|完成)"
)
_LATER = re.compile(rf"^[^。；]{{0,16}}后[^，。；未没仍□]{{0,8}}?(?:{_DONE}(?:完毕|完成|到位|了|好)|完成{_DONE})")
_OFFICER = re.compile(r"执法人员|检查人员|民警|交警|辅警|我局|本局|我队|执法队员|消防员|环卫|城管队员|工作人员")
_SEIZED = re.compile(r"封条|扣押|查封|先行登记|没收|强制(?:拆|清)|代为")
_PARTIAL = re.compile(r"(?:部分|一部分|大部分|多数|几处)[^，。；]{0,4}$")

_REDUCED = re.compile(
    r"主动(?:采取[^，。；]{0,8})?(?:消除|减轻|召回|退还|退赔|赔偿|退款|赔付|全额退|退给|退回|退费)|(?:主动|积极)[^，。；]{0,12}(?:全额退费|赔偿损失)"
    r"|主动(?:把|将)[^，。；]{0,10}退"
    r"|都主动退|(?:消除|减轻)了?(?:违法行为)?(?:的)?危害后果"
)


def read(telling: Telling) -> Iterator[Mention]:
    """harm, corrected, refused_correction, reduced_harm and the gravity of the violation."""
    text = telling.asserted
    yield from _harm(text)
    for match in _SLIGHT.finditer(text):
        if not denied(text, match.start()) and not _followed_by_rule(text, match.end()):
            yield Mention(GRAVITY, True, match.start(), match.end())
    yield from _corrected(telling)
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


def _corrected(telling: Telling) -> Iterator[Mention]:
    text = telling.asserted
    for match in _REFUSED_NEVER.finditer(text):
        yield Mention("refused_correction", False, match.start(), match.end())
    for match in _REFUSED.finditer(text):
        if not denied(text, match.start()):
            yield Mention("corrected", "拒不改正", match.start(), match.end())
            yield Mention("refused_correction", True, match.start(), match.end())
    for match in _UNDONE.finditer(text):
        if re.search(r"期(?:限|间|)内$|按期$", text[max(0, match.start() - 4) : match.start()]):
            continue  # not in time: whether later or never is not said
        if _LATER.match(text[match.end() : match.end() + 40]):
            continue
        yield Mention("corrected", "未改正", match.start(), match.end())
    for value, pattern in (("逾期改正", _LATE), ("责令前改正", _BEFORE_ORDER), ("发现前主动改正", _BEFORE_FOUND)):
        for match in pattern.finditer(text):
            if not denied(text, match.start()) and not planned(text, match.start()):
                yield Mention("corrected", value, match.start(), match.end())
    for pattern in (_AFTER_ORDER, _ORDER_THEN, _IN_TERM, _TIMELY):
        for match in pattern.finditer(text):
            if _done(text, match, pattern is _AFTER_ORDER or pattern is _ORDER_THEN):
                yield Mention("corrected", "责令期限内改正", match.start(), match.end())
    for match in _EARLY.finditer(text):
        if not planned(text, match.start()):
            yield Mention("corrected", "责令期限内改正", match.start(), match.end())
    for match in _DAY_OF_TERM.finditer(text):
        allowed, taken = whole(match["n"]), whole(match["m"])
        if allowed is not None and taken is not None:
            value = "责令期限内改正" if taken <= allowed else "逾期改正"
            yield Mention("corrected", value, match.start(), match.end())
    for match in _SPOT.finditer(text):
        if _done(text, match, False) and not _by_officers(text, match):
            ordered = re.search(r"责令|责改|限期", telling.sentence_before(match.start(), 60)) is not None
            yield Mention(
                "corrected", "责令期限内改正" if ordered else "责令前改正", match.start(), match.end(), weak=ordered
            )


def _by_officers(text: str, match: re.Match[str]) -> bool:
    """Whether it was the officers who acted at once: they seal and clear away, which corrects nothing."""
    head = re.split(r"[，。；！？\n□]", text[max(0, match.start() - 24) : match.start()])[-1]
    officer = _OFFICER.search(head)
    if officer and not re.search(r"后|指出|一说|说完|教育|劝|提醒|告知|批评|要求", head[officer.end() :]):
        return True
    sentence = re.split(r"[。！？\n]", text[max(0, match.start() - 60) : match.end() + 20])
    around = next((part for part in sentence if match[0] in part), "")
    return not re.search(_DONE, match[0]) and _SEIZED.search(around) is not None


def _done(text: str, match: re.Match[str], ordered: bool) -> bool:
    """Whether the words say that it was corrected, not that it was ordered, promised, denied or done in part."""
    start = match.start()
    if denied(text, start) or _PARTIAL.search(text[max(0, start - 6) : start]) or _PARTIAL.search(match[0][:-2]):
        return False
    if re.search(r"(?:未|没有?)(?:能)?(?:在|于|按)[^，。；□]{0,8}$", text[max(0, start - 12) : start]):
        return False
    if not ordered and planned(text, start):
        return False
    if re.match(r"了?(?:其中|部分|一部分|大部分|[一二两三四五六\d]{1,3}[项处个])", text[match.end() :]):
        return False
    if re.match(r"(?:的)?(?:通知|期限|要求|义务|条件|情形)", text[match.end() :]):
        return False
    return not re.search(r"未|没|不(?!合|符|规|良|实)|届满|期满", match[0])
