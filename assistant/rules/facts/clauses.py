"""Who says what: a description cut into clauses, each with its voice.

Only what the text itself puts forward as the case is read for facts. A claim of the party, a doubt, a supposition, a
question, an order, words of a statute, another's case and an instruction to the reader are not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Voice = Literal["fact", "claim", "doubt", "supposed", "question", "law", "other"]

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?")
_COMMA = re.compile(r"，|,(?!\d{3}(?!\d))")
_QUOTED = re.compile(r"“[^”]{0,2000}”|「[^」]{0,2000}」|\"[^\"\n]{0,2000}\"")

_SUPPOSED = re.compile(
    r"(?:通知书?|决定书?|告知书?|意见书|文书|合同|条款|公告)(?:上|中|里)?(?:载明|写明|写着|记载|要求|内容|规定|注明)|^(?:整改|改正|处理|下一步)?(?:要求|建议|措施|计划|方案|打算)[：:]|如果|要是|假如|假设|倘若|若(?!干)|(?<![例比诸譬犹])如(?=.{0,6}(?:不|拒|未|逾|再|有|系|属|是|能|当事人|你)|(?=其|该|在|于|由))|一旦|的话|万一|只要|除非"
)
_QUESTION = re.compile(
    r"吗|呢[？?]?$|能不能|可不可以|是不是|会不会|是否|有没有(?!造)|要不要|该不该|可否|能否|怎么|哪里|哪儿|什么时候|为什么|如何|[？?]$"
)
_LAW_HEAD = re.compile(
    r"《[^》]{2,40}》[^，。]{0,30}?(?:规定|明确)|(?:按照|根据|依照|符合|属于)[^，。]{0,12}(?:清单|基准)|条件须|法条|条文[^，。]{0,4}(?:说|讲|规定|写)|法律[^，。]{0,4}(?:说|讲|规定)的|^(?:处罚|罚款|量罚|裁量)?(?:幅度|依据|标准|条款|罚则|基准|清单|规定)[^，。]{0,8}[：:]|^所谓|是指|指的是|应当同时满足|的(?:前提|条件"
    r"|要件|标准)(?:是|为|包括)|(?:须|需|必须|应当?)同时(?:满足|具备|符合)"
)
_CLASS = re.compile(r"(?:^|[：:])对(?:于)?[^，。；]{2,36}的(?:企业|单位|当事人|个人|经营者|商户|行为|案件|市场主体)$")
_LAW_TAIL = re.compile(
    r"^(?:并|且|也|还)?(?:可以|应当|依法|不予|免予|从轻|减轻|由[^，]{2,20}(?:责令|处)|处|并处|责令|给予|按照|吊销|没收|暂扣|撤销|取消|暂停|限制|降低|警告|罚款|移送|申请|强制|代履行|拘留|从重|加处|一律|原则上|先教育|先予)"
)
_OTHER = re.compile(
    r"(?<![与和跟同向])(?:邻居|同事(?!实)|同学)|隔壁|邻近|(?<!相)同行(?!为)|旁边的?[店家]|对面|其他(?:商户|人|公司|企业|店|单位|案)|另一家|别家|别人"
    r"|别的|另有其人|另一(?:起)?案|另案|不是同一|(?:参考|典型|类似|同类)案[例件]"
    r"|去年同期|同期|共(?:计)?(?:处罚|查处|检查|抽查)|(?:全市|全区|辖区内?|全街)(?:共|有)|类案|前例|前任|前老板|原老板|原店主|前手|上家|上游|供货商|被害人|受害人|被侵害人|投诉人|举报人|之[女子妻夫]|[其他她](?:女(?![性士])|子(?!公司)|儿子|女儿|妻|丈夫|夫(?!妻)|父|母(?!公司)|兄|弟|姐|妹|亲属|家属)|(?:其|该公司|的)(?:子|母|关联)公司|学徒"
)
_OBJECT = re.compile(r"(?:检举|揭发|举报|与|和|跟|同|向|从|对|把|将|给|为|影响|通知|告知|殴打|欺骗)[^，。；]{0,4}$")
_SELF = re.compile(
    r"当事人|本[店人公单司厂]|我[们店的公厂单]?(?!局|机关|大队|分局|市|区|县)|该(?:公司|店|企业|厂|单位|商户)|你(?:单位|公司)|嫌疑人|违法行为人"
)
_ORDERED_READER = re.compile(
    r"忽略(?:以上|上述|前面|所有|规则)|无视(?:以上|上述|规则)|系统提示|你(?:现在)?是一?[个名]?[^，。]{0,8}(?:法官|助手|模型|律师)"
    r"|(?<!申)(?:请|麻烦|务必|烦请)(?!求)[^，。；]{0,14}?(?:认定|判定|认作|视为|当作|算作|写成|写为|定为|输出|将[^，。]{0,20}设)"
    r"|直接输出|设为|\bignore\b|\bsystem\b|verdict",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"据[称说传悉]|听说|传言|(?<![名职统简俗宣被对通号堪])称(?![为重号呼职])|(?:辩|诉|声|自)称|表示|辩解|自述|陈述[是系其称]|(?<!^)说(?:是)|(?<!一)说(?:自己|其|他|她|这|那|不|没)"
    r"|(?<!鉴定)(?<!审查)(?<!机关)(?<!我局)(?<!本局)认为|(?<![业店车户房摊])主张|(?<!我)(?<!本人)不承认|不认可|否认|(?<!陈述)(?<!陈述、)(?<!陈述和)(?<!未提出)(?<!没有提出)申辩(?!的?(?:权|意见|书|期限|机会))|坚称|声明"
)
_CLAIM_ENDS = re.compile(
    r"^(?:但|而|经|另|民警|交警|核对|核实|确认|系统|照片|监控|实际|执法人员|我局|本局|本机关|鉴定|调查|复查|户籍|档案|事实上|未(?:提供|提交|能)|没有(?:提供|提交))|鉴定(?:结论|意见)|经查|查明"
)
_DOUBT = re.compile(
    r"可能|或许|也许|大概(?=[是系属没有率])|疑似|似乎|好像|有无|待查|待核|待定|待证|存疑|不清楚|不知道是|不确定|不详|无法(?:确认|确定|查清|核实|计算)|难以(?:认定|确定)|不能(?:认定|确定)"
    r"|不排除|有待|的说法|无证据(?!足)|证据不足(?!以)|没有证据|未见(?!.{0,5}(?:改|动作|行动|变化|好转))|尚在|有没有"
)
_DOUBT_AFTER = re.compile(
    r"^(?:但|且)?(?:[^，。]{0,12}?)(?:尚未|还未|还没有?|没有|未经?|有待|待)(?:进一步|最终)?(?:核实|查实|核查|查证|确认|鉴定|调查)|^(?:待查"
    r"|待核|存疑|真伪不明|具体[^，]{0,6}待查)"
)
_FIRST_PERSON = re.compile(r"(?:我|本人|我们)(?:也)?(?:说|称|承认|认为|表示)")


@dataclass(frozen=True)
class Clause:
    """Words between commas. `start` is their offset in the description, `text` has what is quoted masked."""

    text: str
    start: int
    sentence: int
    voice: Voice

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Telling:
    """A description as clauses with voices. `original` is as given; every offset is one in it."""

    def __init__(self, description: str) -> None:
        self.original = description
        self.masked = _mask_quotes(description)
        self.clauses = tuple(self._cut())
        self._starts = [clause.start for clause in self.clauses]
        self.asserted = self._only({"fact"})
        """The description with everything but the case itself blanked out; offsets are those of the original."""
        self.alleged = self._only({"fact", "claim", "question"})
        """The same with what is claimed and asked: who the party is can be read there too."""

    def clause_at(self, offset: int) -> Clause:
        return self.clauses[max(0, bisect_right(self._starts, offset) - 1)]

    def sentence_before(self, offset: int, reach: int = 80) -> str:
        """What the case says before `offset`, in this sentence and the end of the one before."""
        return self.asserted[max(0, offset - reach) : offset]

    def _only(self, voices: set[Voice]) -> str:
        out = []
        at = 0
        for clause in self.clauses:
            out.append(self.masked[at : clause.start])
            out.append(clause.text if clause.voice in voices else "□" * len(clause.text))
            at = clause.end
        out.append(self.masked[at:])
        return "".join(out)

    def _cut(self) -> Iterator[Clause]:
        for number, match in enumerate(_SENTENCE.finditer(self.masked)):
            if match[0].strip():
                yield from _voiced(match[0], match.start(), number)


def _mask_quotes(text: str) -> str:
    """Quoted words are blanked: they are a statute's, a name or somebody's; quotes around the whole are not."""
    stripped = text.strip()
    if len(stripped) > 1 and stripped[0] in '“"「' and stripped[-1] in '”"」' and stripped.count(stripped[-1]) <= 2:
        return text
    return _QUOTED.sub(lambda m: m[0][0] + "□" * (len(m[0]) - 2) + m[0][-1], text)


def _voiced(sentence: str, offset: int, number: int) -> Iterator[Clause]:
    pieces: list[tuple[int, str]] = []
    at = 0
    for comma in _COMMA.finditer(sentence):
        pieces.append((at, sentence[at : comma.start()]))
        at = comma.end()
    pieces.append((at, sentence[at:]))
    voices = _voices([text for _, text in pieces], sentence)
    for (start, text), voice in zip(pieces, voices, strict=True):
        yield Clause(text, offset + start, number, voice)


def _voices(pieces: list[str], sentence: str) -> list[Voice]:
    if _ORDERED_READER.search(sentence):
        return ["other"] * len(pieces)
    voices: list[Voice] = []
    carried: Voice = "fact"
    for at, piece in enumerate(pieces):
        text = piece.strip("。；;！!\n ")
        if carried == "claim" and _CLAIM_ENDS.search(text):
            carried = "fact"
        if carried == "other" and _SELF.search(text) and not _about_another(text):
            carried = "fact"
        if _SUPPOSED.search(text):
            carried = "supposed"
        elif _LAW_HEAD.search(text) and not text.startswith(("违反", "其行为违反", "当事人的上述行为违反")):
            carried = "law"
        elif carried in ("fact", "claim") and _about_another(text):
            carried = "other"
        elif carried == "fact" and _CLAIM.search(text) and not _FIRST_PERSON.search(text):
            carried = "claim"
        voice = carried
        if voice == "fact" and _QUESTION.search(text + ("？" if piece.rstrip().endswith(("？", "?")) else "")):
            voice = "question"
        if voice == "fact" and _DOUBT.search(text):
            voice = "doubt"
        if (
            (text.endswith("的") or _CLASS.search(text))
            and at + 1 < len(pieces)
            and _LAW_TAIL.match(pieces[at + 1].strip())
        ):
            voice = "law"
        if voices and voices[-1] == "fact" and voice != "other" and _DOUBT_AFTER.match(text):
            voices[-1] = "doubt"
        if voices and voices[-1] == "law" and _LAW_TAIL.match(text):
            voice = "law"
        voices.append(voice)
    return _generic(pieces, voices)


def _about_another(text: str) -> bool:
    """Whether the clause speaks of somebody else: one is named, and not merely as the object of what the party does."""
    return any(
        not _OBJECT.search(text[: match.start()])
        and (match.start() <= 8 or text[match.start() - 1] in "的系是因为由：:称说")
        for match in _OTHER.finditer(text)
    )


def _generic(pieces: list[str], voices: list[Voice]) -> list[Voice]:
    """A clause that ends in 的 before a legal consequence is a rule; so are the conditions that lead to it."""
    for at in range(len(pieces) - 2, -1, -1):
        if voices[at + 1] == "law" and pieces[at].strip().endswith(("的", "并", "且")):
            voices[at] = "law"
    return voices
