"""How the party acted and behaved: fault, coercion, confession, merit, obstruction, a signed commitment."""

import re
from collections.abc import Iterator

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.mentions import Mention, planned

_NO_FAULT = re.compile(
    r"(?:足以|能够|可以|充分|证据)?(?:证明|证实)[^，。；□]{0,12}?(?:没有|无|不存在|并无)主观(?:上的)?过错"
)
_PROVEN = re.compile(
    r"(?:足以|能够?|可以|充分|充足)(?:的)?(?:证据)?(?:证明|证实)[^。；！？□]{1,40}?(?:没有|无|不存在|并无)主观(?:上的)?(?:过错|故意)"
)
UNAWARE, CHECKED, SOURCE = "other.有证据证明不知情", "other.履行进货查验义务", "other.如实说明进货来源"
"""What 食品安全法第一百三十六条 asks for; not knowing is less than 没有主观过错."""

_UNAWARE = re.compile(
    r"(?:充分|足以|充足|确凿|有)(?:的)?(?:证据)?(?:能够?|可以|足以)?(?:证明|证实)[^。；！？□]{0,16}?(?:不知道|不知情|不知晓|不知悉|无从知[晓道])"
)
_CHECKS = re.compile(
    r"(?P<no>未|没有?|不)?(?:依法|按规定|已|认真|完全)?(?:履行|落实|执行|尽到)(?:了|过)?[^，。；□]{0,10}?(?:进货查验|查验(?:记录)?义务)"
)
_SOURCES = re.compile(
    r"(?P<no>不能|无法|未能?|没有|说不清|拒绝)?(?:够)?(?:如实)?(?:说明|提供|交代|说清)(?:了)?[^，。；□]{0,6}?(?:进货|货物|产品|商品|食品)?(?:的)?来源"
)
_UNPROVEN = re.compile(
    r"(?:不足以|不能|未能|无法|难以|未提供[^，。]{0,10}|没有提供[^，。]{0,10}|未提交[^，。]{0,10}|没有[^，。]{0,6})(?:证据)?(?:证明"
    r"|证实)[^，。；□]{0,12}?(?:没有|无|不存在|并无)主观过错"
)
_NO_EVIDENCE = re.compile(r"(?:未|没有|没|未能)(?:提交|提供|出示)(?:任何|相应|相关|充分|有效)?(?:的)?证据")
_INTENT = re.compile(
    r"明知(?!故)[^，。；□]{1,30}(?:仍|还|却)|明知故犯|主观故意|存在主观过错|主观上?(?:存在|具有|有)(?:明显|重大|一定)?(?:的)?(?:过错|故意)|故意(?:违法|违规|实施|逃避|隐瞒)"
)
_COERCED = re.compile(
    r"(?:受到?|被|遭到?)(?:了)?(?:他人|别人|人|其[^，。]{0,4}|老板|上级|[^，。；□未没不]{1,5})?(?:的)?(?:胁迫|诱骗|威胁|欺骗|骗|逼迫|强迫)"
)
_CONFESSED = re.compile(
    r"(?:主动|如实)?(?:供述|交代|供认|坦白|如实说明|说明|报告|反映|承认|讲出|说出|陈述|提供)(?:了)?[^，。；□]{0,18}?(?:尚未|还没有?|还不|未|没有|不)(?:被)?(?:掌握|知情|知晓|知道|查明|发现)"
)
_MERIT = re.compile(r"(?:有|属于?|构成|系|具有)?(?:重大)?立功(?:表现|情节|行为)?")
_COMMITTED = re.compile(r"(?:签订|签署|签了|签|出具|递交|提交|填写)(?:了|过)?[^，。；]{0,12}?承诺书")
_COOPERATED = re.compile(
    r"(?:对|就)[^，。；不拒]{1,8}(?:予以|给予|表示)配合|(?:积极|主动|能够?|全程|一直|始终|认真)(?:地)?(?:予以)?配合|配合(?:我局|本局|执法人员|行政机关|执法机关|市场监管部门)?(?:的)?(?:调查|检查|执法|查处)"
)
_OBSTRUCTED = re.compile(
    r"(?:阻挠|阻碍|抗拒|妨碍)[^，。；□]{0,8}?(?:执法|检查|调查|公务|取证|人员)|拒绝[、和]?(?:阻碍|阻挠)?(?:接受)?(?:检查|调查|执法|配合|提供(?:账"
    r"|资料|材料|证据|进货|相关)|开门|询问)"
    r"|拒不(?:配合|接受(?:检查|调查)|提供|开门)|不配合(?:调查|检查|执法)?|暴力抗法|推搡[^，。；]{0,6}执法|(?:销毁|隐匿|转移"
    r"|藏匿)(?:了)?[^，。；]{0,6}?(?:证据|账册|账簿|涉案|监控记录)|殴打执法|(?:拔走|藏|隐匿|转移|销毁|删除|删掉|烧|撕|格式化|抢走)(?:毁|掉|了|匿)?[^，。；□]{0,8}?(?:证据|账[册簿本]?|硬盘|监控|录像|笔录|单据|台账|电脑)|(?:硬盘|账本|账册|单据|监控|录像|电脑|手机)[^，。；□]{0,6}(?:拔走|藏|转移|销毁|烧毁|删)"
    r"|(?:不肯|拒不|拒绝)(?:交出|打开|开锁)|不让[^，。；]{0,4}(?:进|检查|执法|查看)|(?:打|抢|砸"
    r"|夺)[^，。；]{0,8}执法(?:记录仪|设备|证件)|(?:执法记录仪|执法证)[^，。；]{0,4}(?:打|抢|砸|夺)|(?:围攻|围堵|驱赶|谩骂围堵)[^，。；]{0,4}执法"
)
_LIFE = re.compile(r"(?P<no>不|未|并未|没有)?涉及[^，。；不未□]{0,14}?(?:生命(?:健康)?(?:安全)?|金融安全)")
_NO = re.compile(
    r"(?:不存在|并不|不(?=$)|没有|并无|并未|并非|不是|未曾|不属于|不构成|未|无)(?:有)?(?:积极|主动)?(?:受|被)?(?:[^，。；□]{0,5}[、和或])?$"
)
_NOT_SEEN = re.compile(r"(?:未发现|没有发现|没有证据|无证据|未见|尚未发现|不能证明|无法证明)[^，。；]{0,14}$")


def read(telling: Telling) -> Iterator[Mention]:
    """no_fault_proof, coerced, confessed_unknown, merit, commitment_signed, obstructed, concerns_life_or_finance."""
    text = telling.asserted
    yield from _fault(telling)
    for field, pattern in (("coerced", _COERCED), ("merit", _MERIT)):
        for match in pattern.finditer(text):
            head = _head(text, match.start())
            if _NOT_SEEN.search(head) or planned(text, match.start()):
                continue
            if no := _NO.search(head):
                yield Mention(field, False, match.start() - len(no[0]), match.end())
            elif field != "merit" or re.match(r"(?:有|属|构成|系|具)", match[0]) or match[0].endswith("表现"):
                yield Mention(field, True, match.start(), match.end())
    for match in _CONFESSED.finditer(text):
        head = _head(text, match.start())
        if no := re.search(r"(?:未|没有|并未|不)(?:主动|如实)?$", head):
            yield Mention("confessed_unknown", False, match.start() - len(no[0]), match.end())
        elif not planned(text, match.start()):
            yield Mention("confessed_unknown", True, match.start(), match.end())
    for match in _COMMITTED.finditer(text):
        head = _head(text, match.start())
        if no := re.search(r"(?:未|没有|没|拒绝|拒不|不肯|不愿|不)$", head):
            yield Mention("commitment_signed", False, match.start() - len(no[0]), match.end())
        elif not planned(text, match.start()) and not re.search(r"可以?$|要求|责令|拟|应当?|须", head):
            yield Mention("commitment_signed", True, match.start(), match.end())
    yield from _behaviour(text)
    for match in _LIFE.finditer(text):
        yield Mention("concerns_life_or_finance", not match["no"], match.start(), match.end())


def _head(text: str, start: int) -> str:
    """The words of the clause before `start`."""
    return re.split(r"[，。；！？\n□]", text[max(0, start - 20) : start])[-1]


def _fault(telling: Telling) -> Iterator[Mention]:
    text = telling.asserted
    unproven = list(_UNPROVEN.finditer(text))
    for match in unproven:
        yield Mention("no_fault_proof", False, match.start(), match.end())
    for match in (*_NO_FAULT.finditer(text), *_PROVEN.finditer(text)):
        if any(m.start() <= match.start() < m.end() for m in unproven) or re.search(
            r"(?:不足以|不能|未能|无法|难以|不足)$", _head(text, match.start())
        ):
            continue
        yield Mention("no_fault_proof", True, match.start(), match.end())
    for match in _UNAWARE.finditer(text):
        if not re.search(r"(?:没|没有|无|未|不|不足)$", _head(text, match.start())):
            yield Mention(UNAWARE, True, match.start(), match.end())
    for field, pattern in ((CHECKED, _CHECKS), (SOURCE, _SOURCES)):
        for match in pattern.finditer(text):
            if not planned(text, match.start()):
                yield Mention(field, match["no"] is None, match.start(), match.end())
    for match in _NO_EVIDENCE.finditer(text):
        sentence = telling.clause_at(match.start()).sentence
        said = "".join(c.text for c in telling.clauses if c.sentence == sentence)
        if "主观过错" in said:
            yield Mention("no_fault_proof", False, match.start(), match.end())
    for match in _INTENT.finditer(text):
        if not re.search(r"(?:不是|并非|没有|无|非|不存在|不|涉嫌)$", _head(text, match.start())):
            yield Mention("no_fault_proof", False, match.start(), match.end())


def _behaviour(text: str) -> Iterator[Mention]:
    bad = []
    for match in _OBSTRUCTED.finditer(text):
        head = _head(text, match.start())
        if no := re.search(r"(?:没有|未|无|不存在|并未|从未|未曾)(?:发生|任何)?(?:[^，。；]{0,3}、)?$", head):
            yield Mention("obstructed", False, match.start() - len(no[0]), match.end())
        elif not re.search(r"试图|企图|意图", head) and not planned(text, match.start()):
            bad.append(match)
            yield Mention("obstructed", True, match.start(), match.end())
    for match in _COOPERATED.finditer(text):
        head = _head(text, match.start())
        if re.search(r"(?:不|未|拒不|没有|拒绝|不予|应当?|须)(?:积极|主动)?$", head) or planned(text, match.start()):
            continue
        yield Mention("obstructed", False, match.start(), match.end())
