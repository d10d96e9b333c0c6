"""Whether and when it was put right: an act of repair, and the stage of the case at which it was done."""

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator

from assistant.rules.facts import dates
from assistant.rules.facts.clauses import Clause, Telling
from assistant.rules.facts.mentions import Mention, denied
from assistant.rules.facts.numbers import NUMBER, whole

_WORD = (
    r"(?:改正|整改|纠正|更正|改好|改过来|改完|改了|恢复(?:原状|正常|畅通)|(?:消除|排除)(?:了|全部|相关)?(?:安全|火灾|事故)?隐患|隐患(?:已|均|全部)*消除)"
    r"(?!通知|措施|方案|要求|期|意见|书|报告|指令|建议|情况|的(?:通知|期限|要求|义务|条件|情形|话))"
)
_ACT = (
    r"(?:补(?:办|齐|正|录|报|缴|交|签|贴|装|挂|全|写|登|充|发|足|标|做|记|上|了|证)|办(?:好|妥|出|了|理(?:好|完|了|完毕))|换(?:了|上|掉|成|好|装)|更换|"
    r"撤(?:下|掉|除|回|走|离|了|换)|下架|拆(?:除|掉|了|下|完)|搬(?:走|离|开|到|回|了)|移(?:走|除|开|到|至)|挪(?:走|开|到|了)|清(?:理|除|空|扫|走|运|退|洗)|"
    r"收(?:摊|了摊|起|走|回|进|好|拾)|关(?:停|闭|掉|了门|店)|停(?:止|用|业|工|产|了|下|售)|删(?:除|掉|了|改)|召回|退(?:还|款|了|回|赔)|"
    r"(?<!粘)贴(?:上|好|了|到|在|出)|挂(?:上|好|出|了|到|在)|张贴|悬挂|公示(?:了|出|到位|完)|标(?:上|明|注|示|出)|摆(?:上|好|放|出)|盖(?:上|好|住)|装(?:上|好|了)|安装|"
    r"修(?:好|复|理|改|缮)|配(?:备|齐|上|足)|设置(?:了|好|完)|戴(?:上|好)|佩戴|穿(?:上|好)|擦(?:掉|除|净|干净)|熄灭|掐灭|驶离|开走|离开(?:了)?现场|"
    r"推(?:了|走|下|到|进|离)|放(?:回|生|到)|归还|返还|备(?:了案|案登记|案完)|完成备案|变更登记|注销|缴清|交清|结清|签(?:了|订|上)|复检合格|验收合格|检[测验]合格|"
    r"投入使用|转移(?:到|至)|疏通|覆盖|遮盖|围挡|加(?:盖|装|高|固|锁|上)|销毁|(?:办|备|配|安|装|交|补)(?:妥|毕|完毕|到位)|完成了?[^，。；未没不]{0,8}(?=[，。；\n]|$))"
)
_DEED = re.compile(rf"(?P<word>{_WORD})|(?P<act>{_ACT})")
_DONE = re.compile(r"了|好|完|毕|到位|齐|上|已|均|全部|成|清|掉|走|合格|次日|当[天日]|第二天")
_OFF = (
    r"(?:未|没有?|不曾|并未|尚未|从未|拒不|拒绝|不肯|不愿意?|没能|未能|未予|不予|不能|无法|来不及|不再|难以|不)"
    r"(?:能|予以|按(?:期|时|照?[^，。；]{0,8}要求|规定)|如期|及时|完全|全部|进行|作出|完成|再|主动|自行|去|见|任何|丝毫|有效|彻底|得到|做到|把[^，。；]{1,10}|将[^，。；]{1,10}|[在于][^，。；]{1,12}[内前]){0,3}"
)
_DENIED = re.compile(rf"{_OFF}(?:当场|立即|马上|当即|及时|当天|当日)?$")
_NOT_REALLY = re.compile(
    r"(?:谈不上|称不上|算不上|说不上|不能算|不能视为|不能认定|不等于|不属于|不构成|不是|并非|不符合)[^，。；]{0,10}$"
)
_PLANNED = re.compile(
    r"(?:(?<!按)(?<!按照)(?<!应)(?<!据)要求|责令(?!(?:限期)?(?:改正|整改)?(?:的)?(?:期|通知|决定|书|后|内))|责成|应当?(?!急|天|日)|须|需要?|必须|承诺|保证|答应|同意|打算|准备|计划|愿意|希望|请求|(?<!模)拟|会(?!计|议|场|员|所|展)|争取|建议|督促|(?<!整改)(?<!改正)(?<!指令)通知|"
    r"(?<![期时权])限(?!期内|改期|定|期改)|让(?!路)|将(?=于|在|会|尽|按|依|继续|进一步|立即|马上|限期|及时)|表态|申请|正在|尽快|尽量|务必|下周|明天|改日|命令|劝其|嘱)(?!书|后|期(?!限内)|令|完)[^，。；后了]{0,18}$"
)
_PARTIAL = re.compile(r"(?:部分|一部分|大部分|多数|几处|基本)[^，。；]{0,4}$")
_PARTLY = re.compile(r"^了?(?:其中|部分|一部分|大部分|[一二两三四五六\d]{1,3}[项处个])")
_NO_DEED = re.compile(r"^(?:的)?(?:通知|期限|要求|义务|条件|情形|费用|意见|方案|计划|标准|规定|条例|办法|时|前)")
_LATE = re.compile(
    r"逾期|超期|超过期限|过了期限|期限(?:届满|过|到期)?[以之]?后|期满[以之]?后|届满[以之]?后|期满(?=第)|催告[以之]?后|超(?:出|过)[^，。；]{0,6}期限"
)
_FOUND_BEFORE = re.compile(
    r"(?:检查|执法人员(?:到达|到场|来)?|(?:被)?发现|查处|案发|被?举报|被?投诉|到达|来查|上门|到场|通知|来电话?|来函|打电话|监管部门|我局|本局|机关)[^，。；]{0,8}之?前"
    r"|自查(?!自纠)|自行(?:排查|检查)?发现|自己[^，。；]{0,6}发现|主动(?:排查|发现)|没人(?:来)?查(?:之)?前|还没(?:有)?(?:来)?(?:通知|检查|发现|查)|尚未(?:被)?(?:发现|检查|通知)"
)
_ORDER_BEFORE = re.compile(
    r"责令(?:改正)?(?:决定|通知(?:书)?)?(?:作出|下达|送达)?[之以]?前|没等(?:到)?责令|(?:下达|发出|送达|收到)[^，。；]{0,10}(?:通知|责令)[^，。；]{0,4}(?:之)?前"
)
_IN_TERM = re.compile(
    r"按期|如期|按时|(?:责令|规定|限定|整改|改正|指定|限期|要求)(?:的)?(?:责令|改正|整改|期限?|时间|时限|限期?){0,3}(?:的)?(?:期限|时间|时限)?内"
    r"|期限内|限改期|时限内|(?:期限|限期|期|截止日期?)(?:届满|到期)?[^，。；]{0,4}前|提前|早于[^，。；]{0,10}期限|比[^，。；]{0,14}期限[^，。；]{0,8}早"
)
_EARLIER = re.compile(r"(?:了|完毕|到位)?，?(?:比|较|早于)[^，。；]{0,16}期限[^，。；]{0,12}(?:提前|早)")
_TIMELY = re.compile(r"及时(?:地)?(?:予以|进行|作出|主动|自行|按规定|完成)?$")
_AT_ONCE = re.compile(
    r"当场|当即|立即|立马|马上|随即|立刻|即刻|迅速|旋即|赶紧|连忙|当着[^，。；]{1,10}面|当天|当日|检查当天|现场|二话没说|不到[^，。；]{1,6}(?:分钟|小时)|[一二两三四五六七八九十半几\d]+(?:来)?分钟(?:以?内|[之以]?后|就|工夫)|连夜"
)
_NO_REPAIR = (
    r"查|抓|发现|承认|否认|道歉|认错|报警|报案|报告|送医|送往|死|逃|跑|离|走|辱骂|骂|拒|签|询问|问|检查|制作|出具|告知|下达|作出|处罚|罚|缴|扣|封|没收|抽|拍|取证|拦|制止|教育|宣布|表示|说|称|答|"
    r"收到|收取|卖|售|打|推|撕|抢|吵|哭|晕|救|成立|启动|召开|联系|上报|通知|要求|责令|配合|提供|提交|赶|立案|调查|受理|交代|供述|起火|爆炸|停电|达标|合格|生效|使用|进行|采取|开展|予以"
)
_ACT_AT_ONCE = re.compile(
    rf"^(?P<who>[^，。；□]{{0,14}}?)(?P<how>当场|当即|立即|立马|马上|随即|立刻|即刻|赶紧|连忙)(?:就|便|将|把|主动|自行|自觉|按要求)*(?![^，。；]{{0,6}}(?:{_NO_REPAIR}|不|未|没))"
    r"[^，。；□]{0,12}?(?:(?:了|好|上|掉|完|开|下|回|净|到|起|齐|小|低|灭|紧|严)[^，。；□]{0,8}|(?<=场)[^，。；□]{2,4})(?=[，。；]|$)"
)
_NOTICED = re.compile(r"指出|要求|提醒|教育|制止|劝|告知|发现|查获|拦下|说明|批评|检查")
_ORDER = re.compile(
    r"责令|责改|(?<!按)限期|限令|(?:整改|改正|责改|整改指令)(?:通知|指令|意见|书)|下达|发出[^，。；]{0,8}通知|下发|(?:要求|限)[^，。；]{0,20}(?:改正|整改|[日天]内|之?前|月底)|整改期|改正期|勒令"
)
_PROMPTED = re.compile(
    r"(?:指出|提醒|教育|劝(?:说|导|告|阻|离)?|告知|说明|批评|指导|电话|约谈|提示|一说|说了|要求|上门|到了|来了)(?:[^。；！？]{0,14}(?:[之以]?后|，|就|便))"
)
_OFFICER = re.compile(
    r"执法人员|检查人员|民警|交警|辅警|我局|本局|我队|执法队员|消防员|环卫|城管(?:队员)?(?!来)|工作人员|我所|我中队"
)
_TOLD = re.compile(r"后|前|指出|一说|说完|教育|劝|提醒|告知|批评|要求|见状")
_SEIZED = re.compile(r"封条|扣押|查封|先行登记|没收|强制(?:拆|清)|代为|依法(?:拆除|取缔)|查获|收缴")
_REFUSED = re.compile(
    r"(?:拒不|拒绝|坚决不|坚持不|就是不|死活不|硬是不|执意不|扬言不|明确(?:表示)?不|不肯)(?:执行[^，。]{0,6}|予以|进行|按[^，。；]{0,8})?(?:改正|整改|纠正|拆除|停止|清理|搬离|停工|停业|履行(?:改正|整改)?)"
    r"(?!的(?:话|，|$|情形)|者)"
)
_REFUSED_NEVER = re.compile(r"(?:没有|不存在|并无|无|未发现|并未)(?:发生|出现)?(?:拒不|拒绝)(?:改正|整改)")
_UNDONE = re.compile(
    rf"(?:至今|仍然?|尚|始终|一直|均|还|依然|到现在|逾期|暂|截至目前)(?:也)?(?:未|没有?|没|未能|不)(?:予以|完成|作出|进行|全部|按要求|按期|及时|见|其|当事人|任何|作|做|开展){{0,3}}{_WORD}"
    rf"|(?<!从)(?:未|没有|没)(?:予以|完成|作出|进行|见|做)?(?:任何)?{_WORD}(?!前)"
)
_STILL = re.compile(r"仍|还是|依旧|依然|尚|至今|一直|始终|照样|照旧|截至目前|到现在|复查")
_REVIEWED = re.compile(
    r"(?:复查|复核|复检|回访|再次检查|回头看)[^。；□]{0,24}?(?:依旧|仍然?|依然|还是|照旧|照样)[^。；，□]{0,10}?(?:没有?|未|不(?!再)|在|被|存在|放|堆|占|营业|经营)|(?:复查|复核|复检|回访|再次检查)[^。；□]{0,40}?(?:未作任何|没有任何|未采取任何|未见任何)"
)
_NOTHING = re.compile(
    r"一点(?:也|都)?[没未](?:动|改|变)|纹丝[不未]动|原地[未没]动|(?:没有|没|未见|毫无|无)(?:任何)?(?:动作|行动|改动|变化|改观|起色|整改迹象)|无动于衷|置之不理|不予理[会睬]|不理不睬|原封不动|原样未动|依然如故|我行我素|不当回事"
)
_LATER = re.compile(rf"^[^。；]{{0,16}}后[^，。；未没仍□]{{0,8}}?(?:{_WORD}(?:完毕|完成|到位|了|好)|完成{_WORD})")
_DAY_OF_TERM = re.compile(
    rf"期限为?是?(?P<n>{NUMBER})个?(?:工作)?[日天][^。；□]{{0,16}}?第(?P<m>{NUMBER})[日天][^。；未没□]{{0,10}}?(?:整改|改正|完成)"
)
_NEAR = 60  # characters of its clause before an act that are read
_BACK = 150  # characters before an act in which an order still counts


def read(telling: Telling, today: dt.date) -> Iterator[Mention]:
    """corrected and refused_correction. `today` reads the dates of an order and of its fulfilment."""
    text = telling.asserted
    for match in _REFUSED_NEVER.finditer(text):
        yield Mention("refused_correction", False, match.start(), match.end())
    for match in _REFUSED.finditer(text):
        if not denied(text, match.start()):
            yield Mention("corrected", "拒不改正", match.start(), match.end())
            yield Mention("refused_correction", True, match.start(), match.end())
    yield from _undone(text)
    for match in _DAY_OF_TERM.finditer(text):
        allowed, taken = whole(match["n"]), whole(match["m"])
        if allowed is not None and taken is not None:
            value = "责令期限内改正" if taken <= allowed else "逾期改正"
            yield Mention("corrected", value, match.start(), match.end())
    for clause in telling.clauses:
        if clause.voice == "fact":
            deeds = list(_deeds(telling, clause, today))
            yield from deeds or _at_once(text, clause)


def _undone(text: str) -> Iterator[Mention]:
    for match in _UNDONE.finditer(text):
        if re.search(r"期(?:限|间|)内$|按期$", text[max(0, match.start() - 4) : match.start()]):
            continue  # not in time: whether later or never is not said
        if not _LATER.match(text[match.end() : match.end() + 40]):
            yield Mention("corrected", "未改正", match.start(), match.end())
    for match in _REVIEWED.finditer(text):
        yield Mention("corrected", "未改正", match.start(), match.end(), weak=True)
    for match in _NOTHING.finditer(text):
        if _ORDER.search(text[max(0, match.start() - _BACK) : match.start()]):
            yield Mention("corrected", "未改正", match.start(), match.end(), weak=True)


def _deeds(telling: Telling, clause: Clause, today: dt.date) -> Iterator[Mention]:
    """Every act of repair of a clause that was done, with its stage; acts without one say nothing."""
    text = telling.asserted
    for deed in _DEED.finditer(text, clause.start, clause.end):
        head = text[max(clause.start, deed.start() - _NEAR) : deed.start()]
        if _NOT_REALLY.search(head):
            continue
        if _DENIED.search(head):
            told = _ORDER.search(text[max(0, deed.start() - _BACK) : deed.start()])
            if deed["act"] and told and _STILL.search(head):
                yield Mention("corrected", "未改正", deed.start() - len(head), deed.end(), weak=True)
            continue
        after = text[deed.end() : deed.end() + 12]
        if _PLANNED.search(head) or _PARTIAL.search(head) or _PARTLY.match(after) or _NO_DEED.match(after):
            continue
        sentence = _sentence_before(text, deed.start())
        if _officers(head, sentence + deed[0] + after, explicit=deed["word"] is not None):
            continue
        stage = _stage(text, deed, head, sentence, after, today)
        if stage is not None:
            value, begin, weak = stage
            yield Mention("corrected", value, begin, deed.end(), weak=weak)


def _at_once(text: str, clause: Clause) -> Iterator[Mention]:
    """Whatever was done at once by the party after it was told of the violation: no list of verbs is long enough."""
    words = text[clause.start : clause.end][:_NEAR]
    match = _ACT_AT_ONCE.match(words)
    if match is None or _OFFICER.search(match["who"]) or _SEIZED.search(words):
        return
    before = _sentence_before(text, clause.start) or text[max(0, clause.start - _NEAR) : clause.start]
    if _NOTICED.search(before) is None:
        return
    ordered = _ORDER.search(text[max(0, clause.start - _BACK) : clause.start]) is not None
    value = "责令期限内改正" if ordered else "责令前改正"
    yield Mention("corrected", value, clause.start + match.start("how"), clause.start + match.end(), weak=True)


def _sentence_before(text: str, at: int) -> str:
    return re.split(r"[。！？!?\n]", text[max(0, at - _BACK) : at])[-1]


def _officers(head: str, around: str, *, explicit: bool) -> bool:
    """Whether it was the officers who acted: they seal and clear away, which corrects nothing."""
    officer = _last(_OFFICER, head)
    if officer is not None and not _TOLD.search(head[officer.end() :]):
        return True
    return not explicit and _SEIZED.search(re.split(r"[，；]", around)[-1]) is not None


Stage = tuple[str, int, bool]  # value, where its words begin, whether other words may overrule it


def _stage(text: str, deed: re.Match[str], head: str, sentence: str, after: str, today: dt.date) -> Stage | None:
    """The stage at which an act was done; None when the words do not tell it."""
    start = deed.start()
    begin = start - len(sentence)
    done = deed["word"] is not None or _DONE.search(deed[0] + after[:4] + head[-8:]) is not None
    for value, pattern in (("责令前改正", _ORDER_BEFORE), ("发现前主动改正", _FOUND_BEFORE), ("逾期改正", _LATE)):
        found = _last(pattern, sentence)
        if found is not None and done and not re.search(r"未|没(?!人)|不", sentence[found.end() :]):
            return value, begin + found.start(), False
    dated = _by_dates(text, start, head, today)
    if dated is not None and done:
        return dated, start - len(head), False
    near = head if len(head) > 3 else sentence
    term = _last(_IN_TERM, near)
    if term is not None and done:
        return "责令期限内改正", min(start, start - len(near) + term.start()), False
    if _EARLIER.match(text, deed.end()):
        return "责令期限内改正", start, False
    if deed["word"] and (timely := _TIMELY.search(head)):
        return "责令期限内改正", start - len(head) + timely.start(), False
    ordered = _last(_ORDER, text[max(0, start - _BACK) : start])
    at_once = _last(_AT_ONCE, head)
    if ordered is not None and done and _since(text, start, ordered):
        place = start - len(text[max(0, start - _BACK) : start]) + ordered.start()
        near_by = place >= begin
        return "责令期限内改正", place if near_by else start - len(head), at_once is not None or not near_by
    if at_once is not None:
        return "责令前改正", start - len(head) + at_once.start(), False
    prompted = _last(_PROMPTED, sentence)
    if prompted is not None and done and len(sentence) - prompted.end() <= 24:
        return "责令前改正", begin + prompted.start(), True
    return None


def _since(text: str, start: int, ordered: re.Match[str]) -> bool:
    """Whether an order comes before the act and is not itself what orders the act."""
    between = text[max(0, start - _BACK) : start][ordered.end() :]
    return re.search(r"后|，|。|；|当事人|该|其|已|次日|第二天|当[日天]", between) is not None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)


def _by_dates(text: str, start: int, head: str, today: dt.date) -> str | None:
    """In time or late, where an order names its last day and the act, or the inspection that found it, has a day."""
    window = text[max(0, start - _BACK) : start]
    if not _ORDER.search(window):
        return None
    due: dt.date | None = None
    own: dt.date | None = None
    review = False
    for when in dates.find(window, today):
        if when.day is None:
            continue
        tail, lead = window[when.end : when.end + 4], window[max(0, when.start - 30) : when.start]
        before = re.match(r"之?前|以前|为限|止", tail) is not None and _ORDER.search(lead) is not None
        if before or re.search(r"期限[^，。；]{0,24}$", lead):
            due, own = when.day, None
        elif due is not None and when.start >= len(window) - len(head) - 40:
            own, review = when.day, re.match(r"[^，。；]{0,8}(?:复查|检查|回访|核查)", window[when.end :]) is not None
    if due is None or own is None:
        return None
    if own <= due:
        return "责令期限内改正"
    return None if review else "逾期改正"
