"""The words of penalties within one piece of a sentence: fines with their amounts, other kinds, references."""

import re
from dataclasses import dataclass

from assistant.law.penalties.amounts import Amount
from assistant.schema import PenaltyKind

_FINE = re.compile(
    r"(?<!加处)(?<!缴纳)(?<!收缴)(?<!交纳)(?<!加收)罚款(?!数额(?!为)|处罚|决定|收入|收据"
    r"|的数额(?!为)|的标准|总额|、罚金|或者罚金|额的|的收缴|的设定|票据|的决定|的处罚)"
)
_FINE_VERB = re.compile(
    r"(?:处以?|给予|予以|科以|课以|判处)(?:警告|训诫|责令具结悔过|通报批评|没收[^，、]{0,20}|拘留"
    r"|[\u4e00-\u9fff]{0,4}的)?[、或者和并以及处单]*$"
)
_LISTED = re.compile(r"(?:警告|通报批评|没收[^，]{1,20}|停业整顿|拘留|处以)[、或者和并以及处单]*$")
_VERB = re.compile(
    r"(?:单处或者并处|并处或者单处|并处以|单处以|并处|单处|处以|处罚|处|按照|按"
    r"|以(?![上下前后内外及])|给予|予以|罚(?![款金]))(?![理置分方长境])"
)
_BETWEEN = re.compile(
    r"(?:的|标准|数额|以?处以?|给予|予以|或者|和|及|、|，|且|但|并|可以|总额|不(?:得)?超过|最高"
    r"|计算|对[^，。；]{1,40}|由[^，]{2,30}|的?幅度|单处|以内)*"
)
_PER = re.compile(
    r"每[^，。；一二两三四五六七八九十]{0,8}?一?(?P<of>平方米|立方米|公顷|亩|株|人|件|台|辆|吨|部"
    r"|张|套|起|处|次|日|天|户|头|只|艘|米|份|枚|批|条|册|间|公里"
    r"|千克|公斤|项|例|栋|门|月|年|支|发|副|具|个|瓶|盒|箱|场|本|枝|部分)|按(?P<by>日|次|件|人|户"
    r"|台|宗)(?=处|连续|计)"
)
_MAY = re.compile(r"可以|可(?=并|处|责|吊|暂|对|视|根)|有权")
_MUST = re.compile(r"应当|必须")
_TERM_WORDS = (
    r"(?:[一二两三四五六七八九十\d]+(?:至[一二两三四五六七八九十\d]+)?(?:个月|年|日)(?:以上|至|到"
    r"|或者)?)+(?:以下)?(?:内|以内|期限内|的期限内)?(?:或者|直至|至)?(?:终身|永久)?"
    r"|一定(?:期限|年限|时期)内?(?:或者|直至|至)?(?:终身|永久)?|终身|终生|永久"
)
_TERM = re.compile(rf"(?P<term>{_TERM_WORDS})")
_INCOME = re.compile(r"(?:所得|收入|报酬|费用|价款|款项|货款|售款|金额|利益|收益|款|佣金|费)$")
_VERB_ONLY = re.compile(
    r"(?:其|全部|非法|违法|用于)*(?:储存|运输|生产|销售|经营|买卖|制造|进口|加工|收取|使用|收购"
    r"|非法|违法)*"
)

_LICENCE = re.compile(
    r"(?:吊销|收回并?吊销|(?<!申请)撤销(?=[^，。；]{0,14}(?:资格|业务许可|执业证|经营许可"
    r"|执业许可))|取消(?=[^，。；参投任从执担承申一二三四五]{1,14}资格))"
)
_OTHERS: tuple[tuple[PenaltyKind, re.Pattern[str]], ...] = (
    (
        "警告",
        re.compile(
            r"警告(?!牌|制止|标志|标识|信息|线|处分|、记过|或者记过|、严重|并|标牌|语|，记|的处分|或者处分"
            r"|无效)|警告(?=并处)"
        ),
    ),
    ("通报批评", re.compile(r"通报批评")),
    (
        "暂扣许可证件",
        re.compile(
            r"(?<!被)(?:暂扣|(?<!的)扣留[^，]{0,6}(?=驾驶证)|中止[^，]{0,6}许可证)(?!期间|船舶|车辆|财物"
            r"|物品|的)"
        ),
    ),
    ("吊销许可证件", re.compile(rf"(?<!被){_LICENCE.pattern}")),
    ("降低资质等级", re.compile(r"(?<!被)降低[^，]{0,8}(?:资质|等级|资格等级)")),
    (
        "责令停产停业",
        re.compile(
            r"(?<!被)(?:停产停业(?!期间)|停业整顿|停产整顿|停产整治|停工整顿|停业整治|停产、停业"
            r"|责令[^，；]{0,6}停业(?!整)|责令[^，；]{0,4}停产(?![停整、])|责令停止营业|停业、关闭"
            r"|责令停止执业活动|责令停止执业(?!活动))"
        ),
    ),
    (
        "责令关闭",
        re.compile(
            r"(?<!被)(?:(?:责令|予以|依法|决定|停业、|停业或者|停产、|停产或者)[^，；、网]{0,6}关闭(?!的"
            r"|网站|[^，]{0,6}(?:网站|账号|服务|群组|应用)))"
        ),
    ),
    (
        "限制开展生产经营活动",
        re.compile(
            r"(?:暂停|停止|中止|限制|终止)(?!违法|侵权|侵害)(?!其?(?:执行业务"
            r"|执业))[^，；。违]{0,14}?(?:业务(?!许可|资格)|[^违法]服务)(?!费|合同|许可)|责令暂停(?:销售"
            r"|经营|生产|使用)|限制生产(?!经营|者)|限制开展生产经营活动"
            r"|关闭[^，；。、]{0,10}网站|限制业务活动|取消[^，；。]{0,24}(?:投标|参加|申报|参与|承担"
            r"|代理)[^，；。]{0,24}资格"
        ),
    ),
    (
        "限制从业",
        re.compile(
            r"取消[^，；。]{0,30}?(?:任职|从业|执业|任教|教师|考评|裁判|评标专家|担任[^，；。]{0,16})资格"
            r"|市场禁入|停止执业(?!活动)(?=[^，；。]{0,10}[月年日])|暂停[^，；。]{0,14}(?:执业"
            r"|执行业务)[^，；。]{0,3}(?![证])|限制从业|解除[^，]{0,4}聘任"
        ),
    ),
    ("其他", re.compile(r"驱逐出境|限期出境|禁止参加[^，；。]{0,12}考试")),
)
_SIGNS: dict[PenaltyKind, tuple[str, ...]] = {
    "警告": ("警告",),
    "通报批评": ("通报",),
    "暂扣许可证件": ("暂扣", "扣留", "中止"),
    "吊销许可证件": ("吊销", "撤销", "取消"),
    "降低资质等级": ("降低",),
    "责令停产停业": ("停",),
    "责令关闭": ("关闭",),
    "限制开展生产经营活动": ("停", "止", "限制", "关闭", "取消"),
    "限制从业": ("取消", "禁入", "执", "限制", "解除"),
    "其他": ("出境", "考试"),
}
_FORBIDDEN = re.compile(
    rf"(?P<pre>[^，；。]*?)(?P<term>{_TERM_WORDS})(?:内|，)?(?:不得|禁止|不准"
    rf"|限制)其?(?:再次?)?(?P<what>从事|担任|开展|参加|参与|举办|承担|代理|执业|任|经营|进行|承接"
    rf"|在[^，；。]{{0,20}}(?:从事|担任)|申请从事|成为|发行|组织|为)[^，；。]*"
    rf"|禁止其?(?:在)?(?P<term2>{_TERM_WORDS})(?:的?期限内|内)?(?:[^，；。]{{0,4}}?)(?P<what2>从事"
    rf"|担任|开展|参加|参与|承担|代理|进入|举办)[^，；。]*"
    rf"|禁止(?P<whom>[^，；。]{{2,40}}?)(?:在)?(?P<term3>{_TERM_WORDS})(?:的?期限内"
    rf"|内)?(?P<what3>从事|担任|参加|参与|承担|代理)[^，；。]*"
)
_OCCUPATION = re.compile(r"从业|担任|执业|职务|任职|工作|高级管理人员|从事[^，；。]{0,12}(?:教学|医疗|执业)")
_REFERENCE = re.compile(
    r"(?<!除)(?:(?:依照|按照|依据|根据|比照|参照|适用|按)(?P<ref>(?:《[^》]*》|[^，；。《》]){1,60}?)"
    r"(?P<act>(?:的?(?:有关|相关)?规定)?(?:从重|从轻|给予|予以|进行|一并|并|依法|分别|同样"
    r"|由[^，]{2,20})*(?:行政|治安管理)?(?:处罚|处理、处罚|处以罚款|给予罚款|予以罚款)(?!法|款"
    r"|条例|数额|决定|外|种类|程序|的))"
    r"|(?:依照|按照|适用)(?P<as>[^，；。《》]{0,24}?(?:前款|前两款|前条"
    r"|第[一二三四五六七八九十百]+[款条])[^，；。《》]{0,40}?)(?:的?规定)(?:予以|给予"
    r"|进行)?(?:处理|执行)?$"
    r"|适用(?P<only>前[一二两三]?[款条])规定$)"
)
_NO_REFERENCE = re.compile(
    r"另有|较重|其规定|违法行为|情节|职责|权限|本法处罚$|原处罚|以下|以上|分工|下列|处罚$|程序"
    r"|幅度|种类|计算"
)


@dataclass(frozen=True)
class Word:
    """One penalty found in a piece. `start` and `end` are offsets in the piece."""

    kind: PenaltyKind
    start: int
    end: int
    amount: Amount | None = None
    base: str | None = None
    per: str | None = None
    cap: float | None = None
    term: str | None = None
    refers_to: str | None = None
    mode: str | None = None
    occupation: bool | None = None
    owner: str | None = None
    bare: bool = False  # 予以没收 without its object
    ceasing: bool = False  # 责令停止…业务


def _window(text: str, begin: int, end: int) -> str:
    """What stands between the last verb and an amount: 违法所得, 每人, or nothing."""
    part = text[begin:end]
    last = None
    for last in _VERB.finditer(part):
        pass
    return part[last.end() :] if last else part.lstrip("或者、和并及，")


def _base(text: str, begin: int, amount: Amount) -> tuple[str | None, str | None]:
    """The base and the unit of an amount: (`违法所得`, None), (`fixed`, `人`)."""
    before = text[begin : amount.start]
    per = None
    for per_match in _PER.finditer(before):
        per = per_match["of"] or per_match["by"]
    per = "日" if per == "天" else per
    if amount.unit == "元":
        return "fixed", per
    if amount.unit == "日":
        return "日", None
    phrase = re.sub(r"[（(][^）)]*[）)]", "", _window(text, begin, amount.start))
    phrase = (
        re.sub(
            r"^(?:其|该|所|对|相当于|等于|当事人|违法者|或者|并|可以|，|照|计算的|按日|相应的"
            r"|由[^，]{2,20}处)+(?=.)",
            "",
            phrase,
        )
        if phrase[:2] not in ("所获", "所得")
        else phrase
    )
    phrase = re.sub(r"(?:的|计算|部分的|部分)$", "", phrase)
    for known in ("违法所得", "货值金额", "违法经营额"):
        if phrase.endswith(known):
            phrase = known
    phrase = {
        "非法所得": "违法所得",
        "违法所得金额": "违法所得",
        "违法所得数额": "违法所得",
        "非法经营额": "违法经营额",
    }.get(phrase, phrase)
    return phrase or None, per


def fines(text: str, found: list[Amount], *, lenient: bool) -> list[Word]:
    """The fines of a piece. `found` are its amounts; `lenient`: a bare 罚款 after a list of kinds counts."""
    words: list[Word] = []
    begin = 0
    taken: set[int] = set()
    for match in _FINE.finditer(text):
        mine = [a for a in found if begin <= a.start and a.end <= match.start() and a.unit != "日"]
        chain: list[Amount] = []
        after = match.start()
        for amount in reversed(mine):
            if not _connected(text, amount.end, after, after < match.start()):
                break
            chain.insert(0, amount)
            after = amount.start
        if not chain:
            later = re.match(
                r"(?:的)?(?:数额|金额|额度|幅度|标准)?(?:为|是|按)?(?:[^，；。]{0,6})", text[match.end() :]
            )
            behind = [
                a for a in found if a.start == match.end() or (later and match.end() < a.start <= match.end() + 6)
            ]
            behind = [
                a
                for a in behind
                if a.unit == "元"
                and re.fullmatch(r"(?:的|数额|金额|额度|标准|为|是|人民币)*", text[match.end() : a.start])
            ]
            if behind:
                amount = behind[0]
                words.append(
                    Word(
                        "罚款",
                        _verb_start(text, begin, match.start()),
                        amount.end,
                        amount,
                        "fixed",
                        mode=f"罚款…{amount.form}",
                    )
                )
                begin = amount.end
                continue
            head = text[begin : match.start()]
            if (_FINE_VERB.search(head) or (lenient and _LISTED.search(head))) and not re.match(
                r"[的]?，?(?:、摊派)", text[match.end() :]
            ):
                words.append(Word("罚款", _verb_start(text, begin, match.start()), match.end(), mode="处罚款"))
            begin = match.end()
            continue
        cap = next(
            (a.max for a in chain[1:] if text[a.start :].startswith(("不超过", "不得超过")) and a.unit == "元"), None
        )
        rest = [a for a in chain if not (cap is not None and a.max == cap and a is not chain[0])]
        start = begin
        for amount in rest:
            base, per = _base(text, start, amount)
            verb = text[_verb_start(text, begin, amount.start) : amount.start]
            words.append(
                Word(
                    "罚款", _verb_start(text, begin, amount.start), match.end(), amount, base, per, cap,
                    mode=f"{_verb_of(verb)}…{amount.form}",
                )
            )  # fmt: skip
            taken.add(amount.start)
            start = amount.end
        begin = match.end()
    for amount in found:  # 可以在规定的罚款数额的二倍以上五倍以下确定罚款数额
        multiple = amount.unit == "倍" and amount.start not in taken
        if (
            multiple
            and re.search(r"罚款数额的?$", text[: amount.start])
            and re.match(r"[^，。；]{0,4}确定", text[amount.end :])
        ):
            words.append(Word("罚款", amount.start, len(text), amount, "罚款数额", mode=f"罚款数额…{amount.form}"))
    for match in re.finditer(r"按照原处罚数额按日连续处罚", text):
        words.append(Word("罚款", match.start(), match.end(), None, "原处罚数额", "日", mode="按日连续处罚"))
    return words


def _verb_of(text: str) -> str:
    match = _VERB.match(text)
    return match[0] if match else "处"


def _connected(text: str, end: int, to: int, chained: bool) -> bool:
    """Whether the words after an amount lead on to 罚款, or to the next amount: 或者上一年度营业额."""
    if chained and re.fullmatch(r"(?:或者|和|、)[^，。；]{0,24}", text[end:to]):
        return True
    return _BETWEEN.fullmatch(text[end:to]) is not None


def _verb_start(text: str, begin: int, at: int) -> int:
    """Where the words of a fine begin: its verb, with 可以 before it."""
    starts = [
        m.start() for m in re.finditer(r"单处或者并处|并处|单处|处以|处(?![理置分所方长罚])|给予|予以", text[begin:at])
    ]
    start = begin + (starts[-1] if starts else 0)
    if not starts:
        start = at if begin == 0 else begin
        start = min(start, at)
    kinds = list(re.finditer(r"(?:警告|通报批评|拘留|训诫)(?:并处)?(?:或者|、|和|及)", text[start:at]))
    if kinds:
        start += kinds[-1].end()
    for lead in ("单处或者", "并处或者", "可以", "可"):
        if text[:start].endswith(lead):
            start -= len(lead)
    return start


def detentions(text: str, found: list[Amount]) -> list[Word]:
    """Detention with its days, or without where a court decides."""
    words = [
        Word(
            "行政拘留",
            _verb_start(text, text.rfind("罚款", 0, a.start) + 1, a.start),
            a.end,
            a,
            "日",
            mode=f"处…{a.form}",
        )
        for a in found
        if a.unit == "日"
    ]
    for match in re.finditer(
        r"(?:予以|给予|处以?)(?:训诫|责令具结悔过|警告|罚款|、|或者)*(?:行政)?拘留(?!的|期|所|决定"
        r"|或者|场)",
        text,
    ):
        if not any(w.start <= match.end() and match.end() <= w.end for w in words):
            words.append(Word("行政拘留", match.start(), match.end()))
    return words


def confiscations(text: str) -> list[Word]:
    """没收 with its objects: illegal gains apart from goods."""
    words: list[Word] = []
    for match in re.finditer(r"(?<!被)没收(?!的|财产|保证金)", text):
        rest = text[match.end() :]
        stop = re.search(
            r"，|；|。|、(?=处以|处|并处|罚款|责令|吊销|暂扣|停业|警告)|(?:并|或者|和)?(?=处以|单处|可以"
            r"|责令|吊销|给予)|并处|、罚款|或者罚款",
            rest,
        )
        what = rest[: stop.start()] if stop else rest
        end = match.end() + len(what)
        parts = [p for p in re.split(r"、|以及|或者|及其|及|和|并", what) if p]
        income = [p for p in parts if _INCOME.search(p)]
        goods = [p for p in parts if not _INCOME.search(p) and not _VERB_ONLY.fullmatch(p)]
        if not parts:
            goods = [what or "财物"]
        if income and not (goods and len(parts) == len(goods)):
            words.append(Word("没收违法所得", match.start(), end))
        if goods:
            words.append(Word("没收非法财物", match.start(), end, bare=not parts))
    return words


def others(text: str) -> list[Word]:
    """Warnings, licences, closures and restrictions named in a piece."""
    words: list[Word] = []
    for kind, pattern in _OTHERS:
        if not any(sign in text for sign in _SIGNS[kind]):
            continue
        for match in pattern.finditer(text):
            end = match.end()
            owner = None
            if kind in ("吊销许可证件", "暂扣许可证件"):
                tail = re.match(r"[^，；。]*?(?:或者(?=吊销)|、(?=吊销)|(?=并处)|(?=直至)|$)", text[match.end() :])
                end = match.end() + (len(tail[0].removesuffix("或者").removesuffix("、")) if tail else 0)
                named = re.match(r"(?P<who>[^，；。]{2,30}?)的", text[match.end() :])
                owner = named["who"] if named else None
            if match[0].startswith("取消"):
                named = re.match(
                    r"取消(?P<who>[^，；。]{2,60}?)(?=一定|[一二三四五六七八九十]+年|的任职|从事|终身)", match[0]
                )
                owner = named["who"] if named else None
            term = (
                _TERM.search(text[match.start() : end + 16])
                if kind in ("暂扣许可证件", "限制从业", "限制开展生产经营活动")
                else None
            )
            words.append(
                Word(
                    kind,
                    match.start(),
                    end,
                    term=term["term"] if term else None,
                    owner=owner,
                    ceasing=match[0].startswith("停止"),
                )
            )
    for match in _FORBIDDEN.finditer(text):
        what = match["what"] or match["what2"] or match["what3"]
        start = match.start("term") if match["term"] else match.start()
        term = match["term"] or match["term2"] or match["term3"]
        occupation = bool(_OCCUPATION.search(text[start : match.end()])) or what == "执业"
        if any(w.kind == "其他" and start <= w.start < match.end() for w in words):
            continue
        words.append(
            Word(
                "限制从业" if occupation else "限制开展生产经营活动", start, match.end(),
                term=term, occupation=occupation, owner=match["whom"] or match["pre"],
            )
        )  # fmt: skip
    for match in re.finditer(r"禁止其?(?:在)?(?:一定期限内)?(?:从事|担任)[^，；。]*|并可以决定禁止[^，；。]*", text):
        if not any(w.kind.startswith("限制") and w.start < match.end() and match.start() < w.end for w in words):
            words.append(
                Word(
                    "限制从业" if _OCCUPATION.search(match[0]) else "限制开展生产经营活动",
                    match.start(),
                    match.end(),
                    occupation=bool(_OCCUPATION.search(match[0])),
                )
            )
    return words


def references(text: str) -> list[Word]:
    """依照…的规定处罚: the provision whose penalties apply."""
    words = []
    for match in _REFERENCE.finditer(text):
        ref = match["ref"] or match["as"] or match["only"]
        if _NO_REFERENCE.search(ref) or "罚款数额" in ref:
            continue
        if text[max(0, match.start() - 12) : match.start()].find("除") >= 0:
            continue
        ref = re.sub(r"(?:的?(?:有关|相关)?规定(?:按日连续)?|的)$", "", ref)
        kind: PenaltyKind = "罚款" if (match["act"] or "").endswith("罚款") else "援引"
        per = "日" if "按日连续" in match[0] else None
        words.append(Word(kind, match.start(), match.end(), per=per, refers_to=ref))
    return words


def may(text: str) -> bool:
    """Whether a piece up to a penalty leaves it to the authority: 可以, and no 应当 after it."""
    last_may = max((m.start() for m in _MAY.finditer(text)), default=-1)
    last_must = max((m.start() for m in _MUST.finditer(text)), default=-1)
    return last_may > last_must
