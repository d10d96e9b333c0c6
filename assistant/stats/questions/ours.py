"""Whether a question with a word of the metrics asks for a figure, or is a question of law."""

import re

from assistant.stats.measures import COUNTS
from assistant.stats.questions.chunks import SIGNS, Arg
from assistant.stats.questions.reader import Reading
from assistant.stats.questions.words import POLITE
from assistant.stats.spelling import spell

LAW_HARD = re.compile(
    r"《|第[零一二三四五六七八九十百千\d]+条|法律(?!文书|顾问)|法规|条例|规定|违法行为|违反|涉嫌|某[^些]|"
    r"当事人|应当|应该|应罚|应如何|该怎么|该罚|怎么罚|如何罚|怎么处|如何处|怎样处|可否|还能不能|能处罚|能罚|"
    r"能不能罚|可以罚|会被罚|会罚|要罚|期限|时效|几日|出示|亮证|可以.{1,8}吗|多少日|多少年|可以被|能被|会被|几天|多少天|多长时间|多久|几个工作日|工作日|上限|"
    r"下限|以上|以下|至少|不得|不少于|免罚|免予|不予处罚|不予行政处罚|从轻|减轻|从重|首违|初次|情形|情节|送达|"
    r"答辩|后果|生效|要件|要不要|什么要求|何要求|需要|必须|是否需要|需不需要|怎么写|如何写|格式|模板|范本|写一份|写个|起草|"
    r"拟一份|代写|资格怎么|怎么办|如何办|怎么提高|如何提高|怎么提升|如何提升|怎么改进|怎样提高|怎样提升|"
    r"怎么降低|如何降低|怎么加强|如何加强|建议|货值|加处罚款|逾期|缴纳|不缴|申辩|陈述|听证权|权利|义务|哪些程序|"
    r"流程|步骤|合法|违法吗|是否违法|犯罪|刑事|最高可|最高罚|罚款最高|最低罚|最多罚|最多可|最高处|处罚标准|"
    r"罚款标准|裁量|罚款幅度|处罚幅度|从旧|诉讼时效|怎么申请|如何申请|申请条件|条件是|哪些条件|什么条件|"
    r"哪些内容|哪些材料|哪些标准|哪些职责|由谁|归谁|谁负责|谁来|管辖|主管|是什么意思啊|能不能复议|可以复议|"
    r"可以起诉|能否复议|能复议|能起诉|怎么认定|如何认定|认定标准|构成违法|构成犯罪|是否构成|构不构成|算不算|"
    r"属不属于|是否属于|是否过重|过重|过轻|合不合适|是否适当|是否合法|有效吗|我公司|我店|我司|我家|我被|我厂|"
    r"我单位|本公司|你公司|你单位|该公司|该单位|该企业|种类|有几种|能(?:开|罚|处|要求)|修改|新法|能(?!对|算|说|查|给|告诉)[^不否]{1,8}吗|能不能(?:执法|处罚|罚|检查|开)|"
    r"(?:处罚|复议|许可|强制|诉讼|劳动|安全生产|管理|监督)法(?!制|定|治|律文书|院|律顾问)|"
    r"收入.{0,8}罚|罚.{0,4}收入|"
    r"最[多少高低](?:可以|能|可|不超过)?(?:罚|处|几|多少)|老板|邻居|房东|商家|超市|饭店|工厂"
)
"""Words of a legal question: with one of these a question is not about figures, whatever numbers it holds."""

LAW_SOFT = re.compile(r"标准|没收|许可证|营业执照|执照|申请|罚则|依据|适用|法院|起诉|怎么")
"""Words that are more at home in a legal question, unless year and place are both named."""

WEAK = re.compile(
    r"^(?:"
    r"一?罚|处罚|行政处罚$|行政处罚决定$|检查$|行政检查$|查|维持|撤销|终止|驳回|注销|停工|隐患$|意见$|应诉$|"
    r"复议|行政复议$|简易|普通程序|一般程序|责令|约谈|问责|线索|文书|措施$|面积|员工|工程$|培训|抽检|受理|办结|"
    r"结案|履行|履责$|不合格|不涉企|没|未|不|确认违法|现场处理|质量|安全|被告|案前|案中|调解|和解|一门|"
    r"执法主体|执法人员|执法检查|立案|案件|建材|建筑材料|企业登记|工商登记|社保业务|咨询|被|重点企业|大检查|"
    r"考查|责任人|普法|试点|文件|出台|覆盖|惠及|指导|接待|收|督|挂牌|权责|整改|限期|工单|巡查|责成|监督|"
    r"安全检查|生产经营单位|法律文书|公检法|重大"
    r")"
)
"""Terms at home in legal questions too: alone, they make a question about figures only with a count, time or scope."""

_SIGNALS = frozenset(
    """
        share fraction proportion times doubled versus minus plus over except beyond short growth decline yoy
        mom sum each trend check rank max min departments place parts_of average per outside difference both
        defined parts numerator denominator source pertime
    """.split()  # noqa: SIM905
)
_STRONG = ("率", "总数", "总额", "总量", "占比", "人均", "归集", "合计", "人次", "人数", "权责", "办件", "数")
_RATES = ("率", "量", "天数", "比例", "年龄", "时长", "次数", "人数")
_FIELDS = re.compile(r"安全|劳动|建筑|复议|仲裁|热线|建设|政务|应诉|大厅|领域|方面")
_COUNT_NOUN = re.compile(r"(?:数|数量|总数|总量|金额)[?。]*$")
_OFFICES = (
    *"部门 局 机关 机构 院 区 街 街道 泰达 teda 管委会 我委 大厅 委 口 中心".split(),  # noqa: SIM905
)  # fmt: skip


def may_be_ours(question: str) -> bool:
    """The quick look: without the words of a legal question."""
    return bool(question.strip()) and not LAW_HARD.search(POLITE.sub("", spell(question)))


def ours(question: str, reading: Reading) -> bool:
    """Whether a question asks for a figure; it is left to the law where that is the likelier reading."""
    told = _Told(question, reading)
    return told.with_metric() if told.args else told.without_metric()


class _Told:
    """What speaks for either side."""

    def __init__(self, question: str, reading: Reading) -> None:
        self.text = POLITE.sub("", spell(question))
        self.chunks = reading.cut.chunks
        self.read = bool(reading.queries)
        self.strange = [w.text for w in reading.cut.strange]
        self.unknown = sum(map(len, self.strange))
        letters = {c.letter for c in self.chunks}
        self.signs = {name for name, letter in SIGNS.items() if letter in letters}
        self.args: list[Arg] = [c.arg for c in self.chunks if c.arg is not None and c.arg.options]
        found = [w for c in self.chunks for w in (c.arg.words if c.arg is not None else (c.word,))]
        words = list({(w.start, w.end): w for w in found if w.senses}.values())
        self.asks = [w for w in words if w.sense("ask")]
        kinds = {w.sense("ask").names[0] for w in self.asks}  # type: ignore[union-attr]
        self.quantity = any(
            w.text.lstrip("还尚仍有").startswith(("多少", "几", "多大", "百分之", "第几")) for w in self.asks
        )
        self.quantity = self.quantity or bool(_COUNT_NOUN.search(self.text))
        self.counted = bool(kinds & COUNTS)
        times = [t for c in self.chunks if c.arg is not None for t in c.arg.times]
        self.timed = any(t.kind != "latest" for t in times)
        scopes = [w.text for w in words if w.sense("scope", "unheld")]
        self.placed = any(word.endswith(_OFFICES) for word in scopes)
        self.near = bool(scopes)
        self.office = any(w.sense("unheld") or not _FIELDS.search(w.text) for w in words if w.sense("scope", "unheld"))
        fined = not self.counted and (
            any(w.text.startswith("罚") for w in words if w.sense("metric"))
            or ([a.text for a in self.args] == ["处罚"] and not self.signs & {"up", "down", "change"})
        )
        self.money = "元" in kinds or fined or any(a.options[0] == "安全处罚金额" for a in self.args)
        self.strong = any(_strong(a) for a in self.args)
        self.weak = all(_weak(a) for a in self.args)

    def soft(self) -> bool:
        """Whether what is left beside metrics and signs is at home in the law."""
        text = self.text
        for chunk in self.chunks:
            if chunk.letter in ("A", "@"):
                for word in chunk.arg.words if chunk.arg is not None else ():
                    text = text.replace(word.text, " ")
            elif chunk.letter not in "#":
                text = text.replace(chunk.word.text, " ")
        return bool(LAW_SOFT.search(text))

    def with_metric(self) -> bool:
        signs = self.signs
        if self.unknown > 10:
            return False  # a story with a number in it
        if self.strange and "defined" in signs and not self.quantity:
            return False  # 行政强制措施是什么意思
        if self.soft() and not (self.strong or (self.placed and self.timed)):
            return False
        if signs & {"listing", "parts_of"} and not self.quantity and not self.read and "numerator" not in signs:
            return False
        if self.text.rstrip("?").endswith(("呢", "=")) and not self.strange:
            return not self.weak or len(self.text) <= 14
        if "怎么" in self.text and not signs & {"defined", "trend", "why", "parts_of"} and "怎么样" not in self.text:
            return False
        signal = bool(signs & _SIGNALS) or ("yesno" in signs and any(a.numbers for a in self.args))
        signal = signal or ("than" in signs and (len(self.args) > 1 or self.timed))
        signal = signal or (bool(signs & {"more", "less"}) and "and" in signs and len(self.args) > 1)
        signal = signal or (bool(signs & {"which"}) and (len(self.args) > 1 or self.near))
        if (
            any(word.endswith(_RATES) for word in self.strange) or self.text.rstrip("?").endswith(_RATES)
        ) and not self.money:
            return True
        asked = (
            bool(self.asks)
            or self.text.rstrip("?").endswith("呢")
            or signal
            or bool(signs & {"yesno", "why", "source", "up", "down", "change", "which"})
        )
        if self.strange and not self.strong and not (self.placed or self.timed):
            few = self.unknown <= (6 if self.counted else 4)
            if (self.money and not (self.office and self.unknown <= 2)) or not (
                few and (self.counted or self.quantity or signal)
            ):
                return False
        if not self.quantity and not signal and self.strange:
            return False
        if "why" in signs and signs & {"up", "down", "more", "less", "change"}:
            return True
        if self.strong or not self.weak:
            return asked or not self.strange
        if self.placed or self.timed or (self.near and not self.strange):
            return asked or not self.strange
        if self.office and self.unknown <= 2 and len(self.text) <= 12:
            return asked
        return signal or (self.quantity and not self.money)

    def without_metric(self) -> bool:
        signs = self.signs
        if "check" in signs and any(w in self.text for w in ("报告", "数据", "数字", "指标", "统计")):
            return self.unknown <= 2
        if not self.strange or (self.soft() and not (self.timed and self.placed)):
            return False
        rate = any(
            w.endswith(("率", "量", "数", "额", "比例", "度", "龄")) for w in (*self.strange, self.text.rstrip("?"))
        )
        quantity = [w for w in self.asks if w.text.lstrip("还尚仍有").startswith(("多少", "几"))]
        if not quantity and not (rate and len(self.text) <= 12):
            return False
        money = any(w.sense("ask").names[0] == "元" for w in self.asks)  # type: ignore[union-attr]
        counted = self.counted or money
        if self.unknown > 10:
            return False
        return (
            (self.timed and self.placed)
            or (self.near and (rate or "average" in signs))
            or (self.near and counted and not money)
            or (self.placed and counted)
            or (self.timed and (counted or len(self.text) <= 14))
        )


def _strong(arg: Arg) -> bool:
    return arg.named is not None and arg.named.own and any(mark in arg.text for mark in _STRONG)


def _weak(arg: Arg) -> bool:
    return arg.named is None or not arg.named.own or (bool(WEAK.match(arg.text)) and not _strong(arg))
