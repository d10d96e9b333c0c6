"""Warnings, confiscations, licences, closures and restrictions in a piece of a sentence."""

import re

from assistant.law.penalties.words import Word
from assistant.schema import PenaltyKind

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
    r"(?:吊销|收回并?吊销|(?<!申请)撤销(?=[^，。；]{0,14}(?:资格|资质|业务许可|执业证|经营许可"
    r"|执业许可))|取消(?=[^，。；参投任从执担承申代一二三四五]{1,14}资格))"
)
_LICENSEE = re.compile(r"(?:或者吊销|其|相关)?(?P<who>[^，；。]{2,30}?)(?:的|(?=执业证|从业证))")
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
            r"(?<!被)(?:暂扣|暂停(?=或者吊销|或者撤销|、吊销|、撤销)|(?<!的)扣留[^，]{0,6}(?=驾驶证)|中止[^，]{0,6}许可证)(?!期间|船舶|车辆|财物"
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
            r"|执业|任职|从业))[^，；。违]{0,14}?(?:业务(?!许可|资格)|发行[^，；。]{0,6}资格|[^违法]服务)(?!费|合同|许可)|责令暂停(?:销售"
            r"|经营|生产|使用)|限制生产(?!经营|者)|限制开展生产经营活动"
            r"|关闭[^，；。、]{0,10}网站|限制业务活动|取消[^，；。]{0,24}(?:投标|参加|申报|参与|承担"
            r"|代理)[^，；。]{0,24}资格"
        ),
    ),
    (
        "限制从业",
        re.compile(
            r"取消[^，；。]{0,30}?(?:任职|从业|执业|任教|教师|考评|裁判|评标专家|担任[^，；。]{0,16})资格"
            r"|市场禁入|停止执业(?!活动)(?=[^，；。]{0,10}[月年日])|(?<=[月年])(?:以下)?(?:的)?停止执业(?!活动)|暂停[^，；。]{0,14}(?:执业"
            r"|执行业务)[^，；。]{0,3}(?![证])|限制从业|解除[^，]{0,4}聘任"
        ),
    ),
    ("其他", re.compile(r"驱逐出境|限期出境|禁止参加[^，；。]{0,12}考试")),
)
_SIGNS: dict[PenaltyKind, tuple[str, ...]] = {
    "警告": ("警告",),
    "通报批评": ("通报",),
    "暂扣许可证件": ("暂扣", "暂停", "扣留", "中止"),
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
                named = _LICENSEE.match(text, match.end())
                owner = named["who"] if named else None
            if kind == "责令停产停业":
                named = re.search(r"责令(?P<who>[^，；。]{2,20})$", text[: match.start()])
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
        how_long = match["term"] or match["term2"] or match["term3"]
        occupation = bool(_OCCUPATION.search(text[start : match.end()])) or what == "执业"
        if any(w.kind == "其他" and start <= w.start < match.end() for w in words):
            continue
        words.append(
            Word(
                "限制从业" if occupation else "限制开展生产经营活动", start, match.end(),
                term=how_long, occupation=occupation, owner=match["whom"] or match["pre"],
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
