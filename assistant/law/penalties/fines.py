"""Fines and detention in a piece of a sentence, with their amounts and what those are multiples of."""

import re
from dataclasses import replace

from assistant.law.penalties.amounts import Amount
from assistant.law.penalties.words import Word

_FINE = re.compile(
    r"(?<!加处)(?<!缴纳)(?<!收缴)(?<!交纳)(?<!加收)罚款(?!数额(?!为|最高)|处罚|决定|收入|收据"
    r"|的数额(?!为)|总额|、罚金|或者罚金|额的|的收缴|的设定|票据|的决定|的处罚)"
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
    r"(?:的|标准|数额|以?处以?|给予|予以|或者|和|及|、|，|金额|且|但|并|可以|总额|不(?:得)?超过|最高"
    r"|计算|对[^，。；]{1,40}|由[^，]{2,30}|的?幅度|单处|以内)*"
)
_PER = re.compile(
    r"每[^，。；一二两三四五六七八九十]{0,8}?一?(?P<of>平方米|立方米|公顷|亩|株|人|件|台|辆|吨|部"
    r"|张|套|起|处|次|日|天|户|头|只|艘|米|份|枚|批|条|册|间|公里"
    r"|千克|公斤|项|例|栋|门|月|年|支|发|副|具|个|瓶|盒|箱|场|本|枝|部分)|按(?P<by>日|次|件|人|户"
    r"|台|宗)(?=处|连续|计)"
)
_DAILY = re.compile(r"按照?原(?:处罚|罚款)(?:数额|额)?按日连续处罚")
_NAMED = re.compile(
    r"(?:的|，)*(?P<top>最高)?(?:数额|金额|额度|额|幅度|标准)?(?P<is>为|是)?(?:人民币|[^，。；]{0,24})(?<!以上)(?<!以下)"
)
_LIKE = re.compile(r"相当于(?P<base>[^，。；]{2,20})以下的?罚款")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_LEAD_IN = re.compile(
    r"^(?:其|该|对|相当于|等于|当事人|违法者|或者|并|可以|，|照|计算的|按日|相应的|由[^，]{2,20}处)+(?=.)"
)
_BASES = ("违法所得", "货值金额", "违法经营额")
_BASE_NAMES = {
    "非法所得": "违法所得",
    "违法所得金额": "违法所得",
    "违法所得数额": "违法所得",
    "非法经营额": "违法经营额",
}


def _window(text: str, begin: int, end: int) -> str:
    """What stands between the last verb and an amount: 违法所得, 每人, or nothing."""
    part = text[begin:end]
    verbs = list(_VERB.finditer(part))
    return part[verbs[-1].end() :] if verbs else part.lstrip("或者、和并及，")


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
    phrase = _BRACKETS.sub("", _window(text, begin, amount.start))
    if not phrase.startswith(("所获", "所得")):
        phrase = _LEAD_IN.sub("", phrase)
    phrase = re.sub(r"(?:的|计算|部分的|部分)$", "", phrase)
    phrase = next((known for known in _BASES if phrase.endswith(known)), _BASE_NAMES.get(phrase, phrase))
    return phrase or None, per


def fines(text: str, found: list[Amount]) -> list[Word]:
    """The fines of a piece; `found` are the amounts in it, with offsets in it."""
    words: list[Word] = []
    begin = 0
    for match in _FINE.finditer(text):
        chain = _leading(
            text, [a for a in found if begin <= a.start and a.end <= match.start() and a.unit != "日"], match
        )
        behind = None if chain else _following(text, found, match.end())
        verb = _verb_start(text, begin, match.start())
        if chain:
            words += _with_amounts(text, begin, match.end(), chain)
        elif behind is not None:
            amount, base, per = behind
            words.append(Word("罚款", verb, amount.end, amount, base, per, mode=f"罚款…{amount.form}"))
        elif (like := _LIKE.search(text, begin, match.end())) is not None:
            once = Amount(like.start(), like.end(), like[0], "倍", 0.0, 1.0, "以下")
            words.append(Word("罚款", verb, match.end(), once, like["base"], mode="处…以下"))
        elif (
            _FINE_VERB.search(text[begin : match.start()]) or _LISTED.search(text[begin : match.start()])
        ) and not text[match.end() :].startswith("、摊派"):
            words.append(Word("罚款", verb, match.end(), mode="处罚款"))
        begin = behind[0].end if behind is not None else match.end()
    taken = {word.amount.start for word in words if word.amount is not None}
    for amount in found:  # 可以在规定的罚款数额的二倍以上五倍以下确定罚款数额
        if (
            amount.unit == "倍"
            and amount.start not in taken
            and re.search(r"罚款数额的?$", text[: amount.start])
            and (
                re.match(r"[^，。；]{0,4}确定", text[amount.end :]) or re.search(r"处以?[^，]*$", text[: amount.start])
            )
        ):
            words.append(Word("罚款", amount.start, len(text), amount, "罚款数额", mode=f"罚款数额…{amount.form}"))
    for match in _DAILY.finditer(text):
        words.append(Word("罚款", match.start(), match.end(), None, "原处罚数额", "日", mode="按日连续处罚"))
    return words


def _leading(text: str, before: list[Amount], fine: re.Match[str]) -> list[Amount]:
    """The amounts that lead up to 罚款 without a break: 五千万元以下或者上一年度营业额百分之五以下罚款."""
    chain: list[Amount] = []
    after = fine.start()
    for amount in reversed(before):
        if not _connected(text, amount.end, after, chained=bool(chain)):
            break
        chain.insert(0, amount)
        after = amount.start
    return chain


def _following(text: str, found: list[Amount], at: int) -> tuple[Amount, str | None, str | None] | None:
    """The amount after the word, its base and unit: 罚款五千元, 罚款额为违法所得的10%以上50%以下."""
    for amount in found:
        if amount.start < at or amount.unit == "日" or amount.text.startswith(("不低", "不少", "不得低", "不得少")):
            continue
        match = _NAMED.fullmatch(text[at : amount.start])
        if match is None or (amount.unit == "倍" and not match["is"]):
            return None
        if match["top"] and amount.form == "定额":
            amount = replace(amount, min=0.0)
        base, per = _base(text, match.end("is") + at if match["is"] else at, amount)
        return amount, base, per
    return None


def _with_amounts(text: str, begin: int, end: int, chain: list[Amount]) -> list[Word]:
    """A fine for each amount; 总额不超过… is the cap of the one before it and none of its own."""
    over = next((a for a in chain[1:] if a.unit == "元" and a.text.startswith(("不超过", "不得超过"))), None)
    least = next((a for a in chain[1:] if a.unit == "元" and a.text.startswith("不") and a.form == "以上"), None)
    words = []
    start = begin
    for amount in chain:
        if amount is over or amount is least:
            continue
        base, per = _base(text, start, amount)
        verb = _verb_start(text, begin, amount.start)
        mode = f"{_verb_of(text[verb : amount.start])}…{amount.form}"
        words.append(Word("罚款", verb, end, amount, base, per, over, least, mode=mode))
        start = amount.end
    return words


def _verb_of(text: str) -> str:
    match = _VERB.match(text)
    return match[0] if match else "处"


def _connected(text: str, end: int, to: int, *, chained: bool) -> bool:
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
