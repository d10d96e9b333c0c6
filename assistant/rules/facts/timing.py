"""What each date is: the conduct, its end, the discovery, the filing, the decision, a birthday."""

import datetime as dt
import re
from dataclasses import dataclass

from assistant.rules.facts import dates
from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.dates import When
from assistant.rules.facts.mentions import Mention, Rough

_BIRTH = re.compile(r"^\s*(?:日)?出?生(?!产|效|活)")
_BORN_BEFORE = re.compile(r"(?:出生于|(?<!发)(?<!产)生于|出生日期[：:为]?|生日[：:是为]?)\s*$")
_FILED = re.compile(r"^[^，。；]{0,14}?立案(?!前|标准)|^[^，。；]{0,14}?对[^，。；]{2,40}?(?:予以)?立案(?!前|标准)")
_DECIDED = re.compile(
    r"^[^。；，]{0,4}，?[^，。；]{0,24}?(?:作出|下达|出具|送达)?[^，。；不]{0,8}(?:不予)?(?:行政)?处罚决定(?!前)|^[^，。；]{0,4}(?:作出|下达)[^，。；不]{0,20}(?:罚款|警告|没收|吊销|停产停业|处罚)[^，。；]{0,12}决定(?!前)"
)
_FOUND = re.compile(
    r"^[^，。；]{0,3}，?(?![^，。；]{0,12}(?:复查|复核|再次|回访|之?前))[^，。；]{0,30}?(?:发现|查获|查处|抓获|拦下|被查|举报|投诉|报警|报案|接报|检查|巡查|抽检|抽查"
    r"|执法检查|来检查|来查|接到)(?!前|之前)"
)
_NOT_CONDUCT = re.compile(
    r"^[^，。；]{0,16}?(?:施行|生效|实施(?:的|以来)|颁布|修订|公布|到期|届满|登记成立|注册|成立|开业|改正|整改|复查|复检|补办|补报|补缴|办理|核发|颁发|发证|取得|办好|清理|送达"
    r"|听证|申辩|告知|列入|移送|交办|缴纳|拆除|下架|出具|提交|报告|鉴定|期满)"
    r"|^(?:之)?前|^以前|^起?施行"
)
_STRONG = re.compile(
    r"^(?:[^，。；]{0,4})(?:起|开始)|^(?:[^，。；]{0,6})(?:发生|实施)(?!起|条例|办法)|^[^，。；]{0,10}发生(?!争议)"
)
_HAPPENED_BEFORE = re.compile(r"(?:发生于|发生在|发生时间[：:为]?|实施于|行为日期[：:为]?|始于|起始于|开始于)\s*$")
_WEAK = re.compile(
    r"^[^。；]{0,4}，?[^，。；]{0,18}?(?:销售|出售|贩卖|从事|发布|搭(?:建|的|好|了)?|生产(?!日期|许可)|经营(?!期限|场所|范围|者|许可)|驾驶|排放|偷排|排污|倾倒|张贴|攀爬|占用|占道|施工"
    r"|开工|开采|违法|违规|无证|无照|未按|未经|擅自|组织(?!听证|召开|专家|复查|验收)|殴打|设摊|摆摊|运输|储存|乱涂|刻|焚烧|卖(?!家|场|方)|燃放|丢弃|乱扔|吸烟|闯|停放|违停|酒后|醉酒|饮酒|垂钓|捕捞|电鱼|砍伐|散发|招用|聘用|虚开|泄漏|没有?报|没(?:及时)?办|没交|违反)"
    r"|^[^，。；]{0,4}，?(?:当事人|.某{1,2}|其|我)(?:在|于|驾驶|将|把|向|与|因|用|骑)"
)
_ENDED = re.compile(r"^[^，。；]{0,4}(?:终了|终止|停止|结束|为止|止(?!损)|关停|停业)")
_END_BEFORE = re.compile(r"(?:终了于|终止于|结束于|停止于|持续到|持续至|延续至|截止到?|截至)\s*$")
_RANGE_LINK = re.compile(r"^\s*(?:起)?\s*[，,]?\s*(?:一直)?(?:持续|延续)?\s*(?:至|到|—{1,2}|－|-|~|～)\s*$")
_RANGE_STOP = re.compile(r"^[^。；]{0,16}(?:，|起|后)[^。；]{0,14}?(?:至|到|持续至|直到)\s*$")
_UNTIL_NOW = re.compile(r"(?:持续|延续)?(?:至今|到现在|直到现在|到目前)(?:仍|还|尚)?(?!未|没|不|才|为止未|已)|持续至今")
_LABELS = (
    ("filed_date", re.compile(r"立案(?:时间|日期|之日)?[为是于：:]\s*$")),
    (
        "discovered_date",
        re.compile(r"(?:发现|举报|受理线索|检查|抽检|查获)(?:(?:时间|日期)[为是于：:]?|(?:之日)?[为是于：:])\s*$"),
    ),
    ("decision_date", re.compile(r"(?:处罚)?决定(?:作出)?(?:时间|日期|之日)[为是：:]\s*$")),
    ("conduct_end_date", re.compile(r"(?:终了|终止|结束)(?:之)?(?:时间|日期|日)?[为是于：:]\s*$")),
)
_PAST = re.compile(r"(?:曾|曾经|此前|之前|以前|上次|前次)(?:于|在|因)?$")
_PAST_AFTER = re.compile(
    r"^[^，。；]{0,6}(?:曾|因同|因类|因相同|已被|因[^，。；]{1,16}(?:被|受到?)[^，。；]{0,6}(?:罚|处罚|警告))"
)
_PERIOD = re.compile(
    r"(?:所属期|属期|有效期|租期|租赁期|合同期|服务期|履行期|流水|账户|保质期|生产日期|年度|期限)[^，。；]{0,14}$"
)
_UNTIL_FOUND = re.compile(
    r"(?:持续|延续|一直)(?:持续)?[至到](?:我局|本局|执法人员)?(?:检查|被?发现|案发|被?查获|查处)(?:当日|之日|当天|时|为止|止)"
)
_SUBJECT_BEFORE = re.compile(r"(?:当事人|我|本人|其|某{1,2}|公司|店|厂)(?:于|在)?$")
_PARTY_AT = re.compile(
    r"(?:当事人|被处罚人|违法行为人|我|本人|其|某{1,2}|公司|企业|超市|单位|[店厂场站院校馆社户吧园]|网点)[）)]?(?:于|在)$"
)
_NOT_AN_ACT = re.compile(
    r"^\s*(?:前|之前|以前)?(?:才|方才?|始|就|即|便|已)?(?:收到|接到|补|改|整改|缴|交纳|提交|签|申请|成立|取得|注册|开业|搬|办理|领取|变更|入职|接受|到案|被|主动|向[^，。；]{1,10}(?:报告|提交|申请|说明)|自查|完成|恢复|停|撤|拆|退|赔|召回|再次|曾)"
)
_CAUGHT_AT_ONCE = re.compile(
    r"当场(?:被)?(?:查获|抓获|发现|查扣|查处|拦下|制止|查到|抓住)|(?:被|遭)[^，。；□]{0,10}(?:当场|现场)(?:查获|抓获|发现|查处|拦下|制止|抓住)"
)
_DEED_THEN_CAUGHT = re.compile(r"^，?(?!我局|本局|执法|民警|交警|检查|接)[^。；]{2,40}?，?被")
_UP_TO = re.compile(r"(?:直至|直到|截至|截止到?|(?<![自从由])至今?|(?<!收)到)\s*$")
_FROM = re.compile(r"(?:自|从|于)\s*$")
_PAPER_BEFORE = re.compile(r"处罚决定书?$|(?<!复议)(?<!告知)决定书$")
_ISSUED = re.compile(r"^(?:作出|下达|制作|落款)")
_HOUR = re.compile(
    r"^\s*(?:上午|下午|中午|凌晨|晚上?|夜间|夜里|早上?|傍晚)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:[时点:：](?:\d{1,2}分?"
    r"|[一二三四五六七八九十]{1,3}分|半|整)?)?(?:许|左右)?"
)


@dataclass(frozen=True)
class Timing:
    """Mentions of dates, rough dates, and the birthdays with their offsets."""

    mentions: tuple[Mention, ...]
    rough: tuple[Rough, ...]
    births: tuple[When, ...]


def read(telling: Telling, today: dt.date) -> Timing:
    """The dates of the case. A discovery is the earliest one told; dates that no words place are left alone."""
    text = telling.asserted
    found = list(dates.find(text, today))
    mentions: list[Mention] = []
    rough: list[Rough] = []
    births: list[When] = []
    ends: set[int] = set()
    starts: list[Mention] = []
    weak: list[Mention] = []
    spans: list[tuple[When, When]] = []
    loose: list[When] = []
    for at, when in enumerate(found):
        before = text[max(0, when.start - 14) : when.start]
        after = text[when.end : when.end + 60]
        following = found[at + 1] if at + 1 < len(found) else None
        hour = _HOUR.match(after)
        after = after[hour.end() :] if hour else after
        own_after = text[when.end : following.start] if following and following.start < when.end + 60 else after
        own_after = own_after[hour.end() :] if hour and own_after is not after else own_after
        if _BIRTH.match(after) or _BORN_BEFORE.search(before):
            births.append(when)
            continue
        if re.match(r"(?:之)?前(?!后)|以前|[之以]后(?=的)", after):
            continue
        if following and at not in ends:
            link = text[when.end : following.start]
            if _PERIOD.search(before) and _RANGE_LINK.match(link):
                ends.add(at + 1)
                continue
            ranged = _RANGE_LINK.match(link) or (_FROM.search(before) and _RANGE_STOP.match(link))
            if ranged and ("期间" in after[:30] or not _NOT_CONDUCT.match(text[following.end : following.end + 20])):
                ends.add(at + 1)
                spans.append((when, following))
                continue
        if at in ends or _PERIOD.search(before) or _PAST.search(before[-8:]) or _PAST_AFTER.match(after):
            continue
        roles = _roles(own_after, before)
        if not roles and when.day and not _NOT_CONDUCT.match(own_after):
            loose.append(when)
        for role in roles:
            if role in ("start", "weak") and _UP_TO.search(before):
                continue
            if when.last > today and role != "decision_date":
                continue
            target = starts if role == "start" else weak if role == "weak" else mentions
            _add(target, rough, "conduct_date" if role in ("start", "weak") else role, when)
    if len({(a.first, b.last) for a, b in spans}) == 1:  # several periods are several acts: no one beginning or end
        _add(starts, rough, "conduct_date", spans[0][0])
        _add(mentions, rough, "conduct_end_date", spans[0][1])
    if births and not starts and not weak and len(loose) == 1:  # 李某，…出生，…日在…: whose day it is needs no verb
        _add(weak, rough, "conduct_date", loose[0])
    mentions += _ongoing(text, today, starts)
    mentions += _until_found(text, mentions)
    chosen, vague = _conduct(starts, weak, rough)
    if chosen and not any(m.field == "discovered_date" for m in mentions):
        mentions += _caught(text, chosen[0])
    return Timing(tuple(_earliest_found(mentions) + chosen), tuple(vague), tuple(births))


def _roles(after: str, before: str) -> list[str]:
    if _PAPER_BEFORE.search(before) and _ISSUED.match(after):
        return ["decision_date"]
    for field, label in _LABELS:
        if label.search(before):
            return [field]
    if _HAPPENED_BEFORE.search(before):
        return ["start"]
    if _END_BEFORE.search(before) or (_ENDED.match(after) and not _DECIDED.match(after)):
        return ["conduct_end_date"]
    filed, decided, found = _FILED.match(after), _DECIDED.match(after), _FOUND.match(after)
    if filed and not (found and found.end() < filed.start() + 2):
        return ["filed_date"]
    if decided:
        return ["decision_date"]
    if _FROM.search(before) and re.match(r"[^，。；]{0,6}(?:一直|持续)?(?:持续)?(?:到现在|至今)", after):
        return ["start"]
    if _STRONG.match(after) and not re.match(r"起?(?:施行|生效|实施(?=[，。；的之]|$|以来|后|前))", after):
        return ["start"]
    if found:
        caught = _CAUGHT_AT_ONCE.search(after[: found.end() + 4])
        return ["discovered_date", "weak"] if caught and _DEED_THEN_CAUGHT.match(after) else ["discovered_date"]
    if re.match(r"\s*(?:未|没有?按|擅自|无证|无照|违[法规反])", after):
        return ["weak"]
    if _NOT_CONDUCT.match(after):
        return []
    if _SUBJECT_BEFORE.search(before) and re.match(r"\s*(?:在|于|将|把|驾驶)", after):
        return ["weak"]
    if _PARTY_AT.search(before) and not _NOT_AN_ACT.match(after):
        return ["weak"]
    return ["weak"] if _WEAK.match(after) else []


def _add(target: list[Mention], rough: list[Rough], field: str, when: When) -> None:
    if when.day:
        target.append(Mention(field, when.day, when.start, when.end))
    else:
        rough.append(Rough(field, when.first, when.last, when.start, when.end))


def _ongoing(text: str, today: dt.date, starts: list[Mention]) -> list[Mention]:
    """至今 after a stated beginning: the conduct has not ended on the day of reading."""
    return [
        Mention("conduct_end_date", today, match.start(), match.end())
        for match in _UNTIL_NOW.finditer(text)
        if starts and re.search(r"自|从|起|持续", text[max(0, match.start() - 40) : match.end()])
    ]


def _until_found(text: str, mentions: list[Mention]) -> list[Mention]:
    """持续到检查当日: the conduct ended, at the earliest, on the day of the discovery, where that is stated."""
    days = [m.value for m in mentions if m.field == "discovered_date"]
    if not days or any(m.field == "conduct_end_date" for m in mentions):
        return []
    return [Mention("conduct_end_date", min(days), m.start(), m.end()) for m in _UNTIL_FOUND.finditer(text)][:1]


def _caught(text: str, conduct: Mention) -> list[Mention]:
    """当场查获: found out on the day of the act, where both stand in one sentence."""
    stop = re.search(r"[。；！\n]", text[conduct.end :])
    sentence = text[conduct.end : conduct.end + stop.start() if stop else len(text)]
    match = _CAUGHT_AT_ONCE.search(sentence)
    return [Mention("discovered_date", conduct.value, conduct.start, conduct.end)] if match else []


def _earliest_found(mentions: list[Mention]) -> list[Mention]:
    """Of several discoveries the first counts: what came later was inspected again."""
    discovered = [m for m in mentions if m.field == "discovered_date"]
    rest = [m for m in mentions if m.field != "discovered_date"]
    return rest + ([min(discovered, key=lambda m: (m.value, m.start))] if discovered else [])


def _conduct(starts: list[Mention], weak: list[Mention], rough: list[Rough]) -> tuple[list[Mention], list[Rough]]:
    """A date that only a verb ties to the conduct counts where no other is stated."""
    if starts:
        return starts, [r for r in rough if r.field != "conduct_date"]
    if len({m.value for m in weak}) == 1:
        return weak[:1], [r for r in rough if r.field != "conduct_date"]
    if weak or len({(r.least, r.most) for r in rough if r.field == "conduct_date"}) > 1:
        return [], [r for r in rough if r.field != "conduct_date"]
    return [], rough
