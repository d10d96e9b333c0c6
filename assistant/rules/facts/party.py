"""Who the party is: kind, age at the conduct, state of mind."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.dates import When
from assistant.rules.facts.mentions import Mention
from assistant.rules.facts.numbers import NUMBER, whole

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚"
    "邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓单洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封储靳段焦巴弓"
    "牧隗山谷车侯全班仰秋仲伊宫宁仇栾甘祖武符刘景詹龙叶幸司黎白蒲卓蔺屠池乔胥闻党翟谭贡姬申扶冉雍桑桂牛燕尚农温柴瞿阎连习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广东欧利师巩聂晁勾敖融冷辛阚简饶曾关岳齐"
    "欧阳覃兰"
)
_SHOPKEEPER = re.compile(r"个体工商户|个体户|个体经营(?:者|户)")
_ORGANISATION = re.compile(
    r"(?:当事人(?:系|为|是|：)?[^，。；]{0,8}|我们(?:是|这)[^，。]{0,4}|某|该|本|(?:单位|被处罚人)(?:性质)?(?:属于?|系|为|是))(?P<what>民办非企业单位|社会团体|基金会|业主委员会|业委会"
    r"|居民委员会|村民委员会|居委会|村委会|事业单位)"
)
_COMPANY_TAIL = r"(?!员工|职工|所得税|信用|信息|异常|法人|登记|标准|[长区房名址家]|负责人)"
_OWN_COMPANY = re.compile(
    rf"(?:(?:该|本|我们?|你|贵|涉事|涉案|这家|来电人称其)(?P<what>公司|企业|集团|厂)|(?:该|涉事|涉案|这家)[^，。；□的、]{{1,8}}?(?:公司|企业|集团)|(?:(?<!部)我|本)司(?!机|法)){_COMPANY_TAIL}"
)
_NAMED_COMPANY = re.compile(
    rf"(?P<head>(?:^|(?<=[，,。；：:\n]))[^，,。；：:\n□]{{0,30}}?)(?P<what>(?:[某甲乙丙丁][^，,。；：:、\s□的以经属为对从与被在由向和是]{{0,16}}?(?:公司|集团|企业|厂)|[^，,。；：:、\s□的以经属为对从与被在由向和是托]{{4,24}}?有限(?:责任)?公司)){_COMPANY_TAIL}"
)
_COMPANY_HEAD = re.compile(
    r"^\s*(?:经查明?|现(?:已)?查明|查明|你单位|\d[^，]{4,12}[日号]|.{0,4}(?:举报|反映|投诉|发现)|我局[^，]{0,6}|.{0,12}(?:对"
    r"|发现)(?:位于[^，]{2,12}的)?|(?:某|本)?[市区县]){0,3}$"
)
_PARTY_COMPANY = re.compile(
    rf"当事人(?:[：:]|系|为|是)?(?P<what>(?:(?<=[系为是])[^，。；□]{{0,30}}?"
    rf"|[^，,。；：、□的以经属为对从与被在由向和是]{{0,24}}?)(?:公司|集团|企业|(?<![车工分])厂)){_COMPANY_TAIL}"
)
_BARE_COMPANY = re.compile(
    r"(?:^|(?<=[，。；：\n]))(?:但|而|后|其后)?(?P<what>企业|公司)(?=被|于|已|在|两|曾|自|按|立即|主动|逾|未|拒|存在|违|提|称|当|没|因|漏|忘|把|将|从|用|超|擅|无|有|刚|一直|接到|收到|发现)"
    r"|是(?P<is>企业)(?=[，。；\n]|$)"
)
_IS_COMPANY = re.compile(
    rf"(?:我们?|本单位|咱们?)(?:公司|厂|单位|这)?(?:是|系|为)(?:一?家)?(?:[^，。；□]{{0,14}})(?P<what>公司|企业|工厂|集团){_COMPANY_TAIL}"
)
_VISITED = re.compile(
    r"(?:检查|抽查|巡查|走访|抽检|来到|进入|查处|调查)(?:了|的)?(?:辖区(?:内)?(?:的)?|位于[^，。；]{2,16}的)?(?:某|一家|该)?(?P<what>[^，。；□、的]{0,14}(?:公司|(?<![出])厂|集团))"
    r"(?=[，。；：]|时|进行|开展|检查|现场|后|过程)"
)
_STRANGER = re.compile(
    r"检举|举报|揭发|投诉|指认|开设的|对比|冒用|购进|供货|供应|委托|签订|从[^，]{0,10}$|向[^，]{0,10}$"
)
_PERSON = re.compile(
    rf"(?:^|(?<=[，。；：:\n系为是])|(?<=当事人)|(?<=被处罚人)|(?<=申请人)|(?<=违法行为人)|(?<=行为人)|(?<=嫌疑人)|(?<=相对人)|(?<=司机)|(?<=车主)|(?<=男子)|(?<=女子)|(?<=业主)|(?<=居民)|(?<=村民)|(?<=市民)|(?<=被鉴定人))(?:[{_SURNAMES}]某{{1,2}})(?=，|,"
    rf"|系|在|于|曾|因|身份证|作案|实施|患|\d|[一二三]?十|案发|当时|（|违法|驾驶|酒后|受)"
)
_GENDER = re.compile(r"(?:，|,)(?:男|女)(?=，|,|。)")
_ADULT = re.compile(r"(?:当事人|其)(?:系|是|为)成年人")
_BUSINESS = re.compile(r"店|超市|商户|字号|经营者|法定代表人|负责人|饭馆|餐馆|酒店|网吧|厂|公司|企业")
_AGE = re.compile(
    rf"(?P<n>{NUMBER})\s*(?P<full>周)?岁(?!以上|以下|的?(?:人|未成年人|以内|左右)|[^，。；]{{0,6}}的(?:父|母|爸|妈|家长|儿子|女儿|妻子|丈夫|监护人))(?!左右|多|上下)"
)
_AGE_BEFORE_BAD = re.compile(
    r"(?:未满|不满|(?<!刚)满|年满(?=1[48]|十)|至|—|-|约|大约|大概|近|不到|超过|多|几|以|或)\s*$|十[一二三四五六七八九]$"
)
_NOT_HIM = re.compile(
    r"(?:接纳|容留|招用|雇用|雇佣|聘用|录用|使用|向|让|允许|卖给|出售给|给|骚扰|殴打|撞伤|受害|被害|致|伤者|死者|店内有|员工|老人|学徒|顾客|乘客|受伤|学生家长"
    r"|服务员|儿子|女儿|妻子|丈夫|母亲|父亲|店主|法定代表人|负责人|爸|妈|爷爷|奶奶|婆婆|公公|退休)[^，。；]{0,8}$"
)
_INSANE = re.compile(
    r"(?<!未)(?<!全)(?<!有)(?:不能|无法|丧失|完全丧失|没有|已无|不具有|不具备|(?<!有)无)(?:了)?(?:对自己行为的)?(?:辨认|控制)(?:和|或者?|、|与)?(?:控制"
    r"|辨认)?(?:自己)?(?:行为)?|精神病发作期"
)
_PARTIAL = re.compile(
    r"(?:尚未|未|没有|并未)完全丧失[^，。；]{0,6}?(?:辨认|控制)|部分丧失[^，。；]{0,6}?(?:辨认|控制)|限定(?:刑事|行政)?责任能力"
)
_INTERMITTENT = re.compile(r"间歇性(?:的)?精神病")
_SANE = re.compile(
    r"精神(?:状态|状况)?(?:均)?正常(?!经营)|(?:具有|具备|有)(?:完全)?(?:的)?(?:刑事|行政)?(?:责任能力|辨认和?控制(?:自己行为的)?能力|完全辨认)"
    r"|(?:没有|不患有|未患|无)精神(?:病|疾病|障碍)"
)


def read(telling: Telling, births: Sequence[When], conduct: dt.date | None, today: dt.date) -> Iterator[Mention]:
    """party_type, age (at the conduct), mental_state."""
    ages = list(_ages(telling, births, conduct, today))
    yield from ages
    yield from _kind(telling, bool(ages) or bool(births))
    yield from _mind(telling)


def _kind(telling: Telling, has_age: bool) -> Iterator[Mention]:
    text = telling.alleged
    if match := _SHOPKEEPER.search(text):
        yield Mention("party_type", "个体工商户", match.start(), match.end())
        return
    for match in _ORGANISATION.finditer(text):
        yield Mention("party_type", "其他组织", match.start("what"), match.end("what"))
        return
    company = _company(text)
    person = _person(telling, has_age)
    if company and not person:
        yield company
    elif person and not company:
        yield person


def _company(text: str) -> Mention | None:
    """The party as a company: called so outright, or by a name that stands where the party stands."""
    named = [m for m in _NAMED_COMPANY.finditer(text) if _COMPANY_HEAD.match(m["head"])]
    if (match := _PARTY_COMPANY.search(text)) and not _STRANGER.search(match["what"]):
        return Mention("party_type", "企业", match.start("what"), match.end("what"))
    if (match := _OWN_COMPANY.search(text)) and len({m["what"] for m in named}) < 2:
        return Mention("party_type", "企业", match.start(), match.end())
    if named and ("当事人" not in text[: named[0].start()] or named[0]["head"].endswith("当事人")):
        return Mention("party_type", "企业", named[0].start("what"), named[0].end("what"))
    for pattern in (_IS_COMPANY, _VISITED):
        if (match := pattern.search(text)) and not _STRANGER.search(match["what"]):
            return Mention("party_type", "企业", match.start("what"), match.end("what"))
    if match := _BARE_COMPANY.search(text):
        group = "what" if match["what"] else "is"
        return Mention("party_type", "企业", match.start(group), match.end(group))
    return None


def _person(telling: Telling, has_age: bool) -> Mention | None:
    text = telling.asserted
    for pattern in (_ADULT, _GENDER):
        if match := pattern.search(text):
            return Mention("party_type", "自然人", match.start(), match.end())
    if (
        (match := _PERSON.search(text))
        and not _BUSINESS.search(text[match.end() : match.end() + 8])
        and not _BUSINESS.search(text[max(0, match.start() - 8) : match.start()])
    ):
        return Mention("party_type", "自然人", match.start(), match.end())
    if has_age and (match := re.search(r"周?岁|出生|(?<!发)生于", text)):
        number = re.search(rf"{NUMBER}\s*周?岁", text)
        return (
            Mention("party_type", "自然人", number.start(), number.end())
            if number
            else Mention("party_type", "自然人", match.start(), match.end())
        )
    return None


def _ages(telling: Telling, births: Sequence[When], conduct: dt.date | None, today: dt.date) -> Iterator[Mention]:
    text = telling.asserted
    for match in _AGE.finditer(text):
        age = whole(match["n"])
        before = re.split(r"[，。；：\n□]", text[max(0, match.start() - 14) : match.start()])[-1]
        if age is None or not 3 <= age <= 110 or _AGE_BEFORE_BAD.search(before) or _NOT_HIM.search(before):
            continue
        if re.search(
            r"[十百][余多几]|几|多|十[一二三四五六七八九]{2}$|^[一二三四五六七八九]{2}$|[一二三四五六七八九]十?[一二三四五六七八九][一二三四五六七八九]$",
            match["n"],
        ):
            continue
        if conduct and (today - conduct).days > 365 and not re.search(r"时年|当时|行为时", before):
            continue
        yield Mention("age", age, match.start(), match.end())
    if conduct and len({b.day for b in births}) == 1 and (born := births[0].day) and born < conduct:
        yield Mention("age", _years(born, conduct), births[0].start, births[0].end)


def _years(born: dt.date, day: dt.date) -> int:
    """Full years of age: one is complete on the day after the birthday, as the courts count 周岁."""
    return day.year - born.year - ((day.month, day.day) <= (born.month, born.day))


def _mind(telling: Telling) -> Iterator[Mention]:
    text = telling.asserted
    intermittent = _INTERMITTENT.search(text)
    partial = list(_PARTIAL.finditer(text))
    for match in partial:
        yield Mention("mental_state", "部分丧失", match.start(), match.end())
    for match in _INSANE.finditer(text):
        if any(m.start() <= match.start() < m.end() + 2 or match.start() <= m.start() < match.end() for m in partial):
            continue
        if re.search(r"(?:未|没有|并非|不是|尚)$", text[max(0, match.start() - 3) : match.start()]):
            continue
        yield Mention("mental_state", "不能辨认", match.start(), match.end())
    for match in _SANE.finditer(text):
        if any(m.start() - 4 <= match.start() < m.end() for m in partial) or re.search(
            r"(?:不|没|未)$", text[max(0, match.start() - 2) : match.start()]
        ):
            continue
        yield Mention("mental_state", "间歇性正常" if intermittent else "正常", match.start(), match.end())
