"""What a question asks for, read from its words alone: the shape of its answer, and what it names."""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.numerals import NUMERAL, article_number, to_int
from assistant.schema import Citation
from assistant.search.mode import punishing


class Shape(StrEnum):
    """What the answer has to look like."""

    ARTICLE = "article"  # what a named provision says
    TIME = "time"  # which text rules when, whether one is in force
    PENALTY = "penalty"  # which provision punishes an act, and with what
    VERDICT = "verdict"  # whether somebody goes unpunished: shown what must be examined
    METRIC = "metric"  # a figure of the office's work
    DEFINITION = "definition"
    LIMIT = "limit"  # how long, by when
    AUTHORITY = "authority"  # who decides, where to turn
    CONDITIONS = "conditions"  # a list of conditions, cases, papers
    GENERAL = "general"


_METRIC = re.compile(
    r"履责率|人均执法量|案均|结案率|办结率|检查率|纠错率|败诉率|满意率|按期答复率|覆盖率|整改率|立案数|案件数|"
    r"(多少|几)(件|起|宗|次|户次|名|人次|家次)|(件|案|次|户|人)数(是|有)?多少|(同比|环比)(增|减|涨|下降|上升|多少)?|占比(是)?多少|"
    r"(罚没|罚款)(总额|金额)(一共|合计|总共)?(是)?多少"
)
_METRIC_CONTEXT = re.compile(
    r"率(是|有|到|达到)?多少|去年|今年|上半年|下半年|季度|年底|月底|全年|20\d\d\s*年|开发区|经开区|泰达|滨海新区|同比|环比|总(数|量|额)|一共|合计|部门|我局|我区"
)
_VERDICT = re.compile(
    r"免罚|免予?处罚|免于(行政)?处罚|不予(行政)?处罚|(可以|能|能不能|能否|是否|可否|是不是|应不应该|应当)不(予处|处)?罚|不罚(行不行|可以)?|"
    r"首违不罚|从轻|减轻处罚|不(用|必|需要?|再)(行政)?(处罚|罚款)|能不能(不|免)|(要不要|该不该|应不应该|用不用|需不需要)(被)?(行政)?(处罚|罚款|罚)|轻微(违法)?"
)
_PENALTY = re.compile(
    r"(怎么|怎样|如何|咋)(被)?(行政)?(处罚|罚|惩罚|处理|定性|量罚)|罚(多少|款多少|几|款金额|款标准|款幅度|则)|处罚(标准|幅度|依据|是什么|条款)|"
    r"(处|受|面临|承担|有|负)(什么|哪些|何种|多少|怎样的?|多大)(样的)?(行政)?(处罚|罚款|责任|法律责任|后果|惩罚)|什么(行政)?(处罚|法律责任|责任|后果)|"
    r"(会不会|会|要|可以|能|能不能|是否|是不是|需要)(被|受到?|给予)?(行政)?(处罚|罚款|拘留|吊销|罚)|(判|拘留|关)(多久|多少天|几天|几年)|"
    r"(哪|那)(一)?(条|个条文|个条款|部法|个法).{0,6}(处罚|罚)|(处罚|罚款|罚没|拘留|吊销|没收)\s*[？?。]?$|法律责任|违法(吗|么|嘛|不)|犯法(吗|么|不)|是否违法"
)
_ACT = re.compile(
    r"^(未|没有|没|无证|擅自|非法|违法|违规|违反|拒不|拒绝|逾期|不按|不依法|不履行|伪造|变造|冒用|虚假|超范围|超限|私自|随意)"
)
_TIME = re.compile(
    r"(新|旧)法(还|，|,|、)?(是|或|或者)?.{0,4}(新|旧)法|(适用|用|按|按照|依照|依)(哪|新|旧)(一?个|部|的)?(版本|法|规定|条例)|(什么时候|何时|哪天|几号|哪年|多会儿)(开始)?(生效|施行|实施|废止|失效|修订|修正|修改|出台|通过|公布|起)|"
    r"(现在|目前|今天|当前|还|是否|是不是|已经|仍然?)(是否|是不是)?(还)?(有效|生效|失效|废止|施行|作废|实施|在用)|(生效|施行|实施|废止|失效|修订|修改|公布|通过)(了)?(吗|没有|没|时间|日期|是什么时候|了没)|(效力|时效)状态|溯及|从旧兼从轻|"
    r"(哪些|几个|什么|多少个?)(版本|修订|修正)|(法|条例|办法|规定|细则|[条款项])》?(.{0,6})?(现在|目前|今天|如今|当前|还)[^，。]{0,4}(能|可以|可否)[^，。]{0,4}(用|适用|引用|援引|依据)|(适用|用|按照?|依照?)[^，。？]{0,16}哪(一?个|一?部|份)(版本|文本|法)|(最新|现行)(的)?(版本|文本)|修(订|正|改)过(几次|吗)|新旧(法|条文|规定)"
)
_DEFINITION = re.compile(
    r"(是|所称|称|叫|指的?是|的意思是)(什么|啥)(意思|概念)?[？?。]?$|什么(是|叫做?|算是?)|何谓|是指|的(定义|概念|含义|意思)|定义是|如何(理解|界定|定义|认定)|怎么(理解|界定|认定)|指哪些"
)
_LIMIT = re.compile(
    r"(超过|过了|已经|都)(一|二|两|三|五|十|\d+)(年|个月).{0,12}(还|才|能)|多长时间|多久|几(天|日|个月|年|个工作日|小时)(内|之内|以内)?|多少(天|日|个月|年|个?工作日|小时)|期限|时限|时效|什么时候(之前|以前|前)|何时(之前|前)|最(迟|晚|长)"
)
_AUTHORITY = re.compile(
    r"(哪|那)(个|一个|些|家|级)?(部门|机关|单位|机构|主管|地方|里)|(归|由|找|向|该)(谁|哪)|谁(来)?(管|负责|处罚|批准|审批|决定|执法|管辖|主管)|有权(处罚|管辖)的?是|管辖权|去哪"
)
_CONDITIONS = re.compile(
    r"(哪些|什么|何种|那些|哪几种|几种)(条件|情形|情况|材料|手续|要求|程序|步骤|行为|事项|内容|种类|权利|义务|措施|方式|原则|要件|证据)|条件是|(条件|材料|种类|情形|程序|步骤|流程|要求|手续)(是什么|有哪些|包括|有什么|[？?]?$)|包括(哪些|什么)|有(哪些|哪几种|几种)|怎么(办理|申请|走程序)|如何(办理|申请)|(什么|怎样)的?程序|都有(什么|哪些)"
)
_YEAR = re.compile(
    r"(?<![\d〔\[（(])((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?(?!\s*[）)]?\s*(?:修订|修正|版))"
)
_RELATIVE_YEAR = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}

_PARTIES = (
    ("个体工商户", re.compile(r"个体(工商)?户")),
    ("企业", re.compile(r"公司|企业|厂(?!内)|合作社")),
    ("其他组织", re.compile(r"(事业单位|社会团体|学校|医院)")),
    ("自然人", re.compile(r"(?<![每各])个人(?!信息|所得|隐私|资料|账户|数据)|自然人|公民")),
)


_SURELY = 0.75  # of `punishing`, from which a question that asks nothing in words asks for a penalty
_ASKS_LIST = re.compile(
    r"(情形|条件|种类|情节)(有|是|包括|都)|(哪些|什么|哪几种|何种)(情形|情况|条件|情节|时候)|(是什么意思|指什么|区别)"
)


@dataclass(frozen=True)
class Reading:
    """One question, read. `query` is what search is asked; `day` the day of conduct it speaks of, as far as it says."""

    text: str
    query: str
    shape: Shape
    day: dt.date | None = None
    day_words: str | None = None
    party: str | None = None
    party_words: str | None = None
    law_hint: str | None = None  # a law a follow-up speaks of without naming it
    articles: tuple[str, ...] = ()  # ids of articles that a follow-up points to
    paragraph: int | None = None
    item: int | None = None
    follows: bool = False
    topics: tuple[tuple[Citation, int], ...] = ()  # what the subject index opens for it, and how surely
    extra: tuple[str, ...] = field(default=())  # further searches, from the model's reading


def shape_of(text: str, *, names_article: bool = False) -> Shape:
    """The shape of the answer a question wants. `names_article`: it names a provision such as 行政处罚法第三十三条."""
    text = " ".join(text.split())
    if _METRIC.search(text) and _METRIC_CONTEXT.search(text):
        return Shape.METRIC
    if _TIME.search(text):
        return Shape.TIME
    asks_content = re.search(
        r"(规定|内容|原文|全文|条文|讲|说)(了|的)?(是)?(什么|啥|哪些)?|怎么(规定|写|说)|是什么|什么内容|[条款项]\s*[？?。]?$",
        text,
    )
    if names_article and asks_content and not _PENALTY.search(text):
        return Shape.ARTICLE
    if _VERDICT.search(text) and not _ASKS_LIST.search(text):
        return Shape.VERDICT
    if _AUTHORITY.search(text):
        return Shape.AUTHORITY
    if _LIMIT.search(text) and not re.search(r"(拘留|判|关)(多久|几)", text):
        return Shape.LIMIT
    if _PENALTY.search(text):
        return Shape.PENALTY
    if names_article:
        return Shape.ARTICLE
    if _DEFINITION.search(text):
        return Shape.DEFINITION
    if _CONDITIONS.search(text):
        return Shape.CONDITIONS
    if _ACT.search(text) and len(text) < 80 and not re.search(r"[吗？?]", text):
        return Shape.PENALTY
    return Shape.PENALTY if punishing(text) >= _SURELY else Shape.GENERAL


def day_of(text: str, today: dt.date) -> tuple[dt.date | None, str | None]:
    """The day a question speaks of and its words: the first of a month, the middle of a year when it says no more."""
    match = _YEAR.search(text)
    if match:
        try:
            return dt.date(int(match[1]), int(match[2] or 6), int(match[3] or (1 if match[2] else 30))), match[0]
        except ValueError:
            return None, None
    for word, offset in _RELATIVE_YEAR.items():
        if word in text and offset:
            return dt.date(today.year + offset, 6, 30), word
    return None, None


def party_of(text: str) -> tuple[str | None, str | None]:
    """Who acted, when the question says one kind only (contract's `party_type`), and its words."""
    found = [(name, match[0]) for name, pattern in _PARTIES if (match := pattern.search(text))]
    return found[0] if len(found) == 1 else (None, None)


_PARAGRAPH = re.compile(rf"第\s*({NUMERAL})\s*款")
_ITEM = re.compile(rf"第\s*[（(]?\s*({NUMERAL})\s*[）)]?\s*项")
_ARTICLE = re.compile(rf"(?:第\s*{NUMERAL}|[0-9]+)\s*条(?:\s*之\s*{NUMERAL})?")
_NEXT = re.compile(r"(下|后)(面)?(一|那)?(条|个条文)")
_BEFORE = re.compile(r"(上|前)(面)?(一|那)?(条|个条文)")
_THIS = re.compile(r"(这|该|那|此|本|上述)(一)?(条|款|项|部法|部法律|个法|法|条例|规定|个规定|条文)|^(它|其)")
_ELLIPTIC = re.compile(
    r"^(那|那么|那如果|如果|要是|假如|假设|若|换成|换做|换作|还有|另外|以及|再|然后|可是|但|但是|对方|他|她|它|其)|[呢]\s*[？?]?$|"
    r"^(怎么罚|罚多少|罚款多少|怎么处罚|处罚依据.{0,4}|依据(是什么|呢)?|有(没有)?例外.{0,3}|有什么(例外|程序|条件|依据).{0,3}|谁来?(管|罚|处罚).{0,3}|为什么|多久.{0,4}|哪个部门.{0,6}|什么时候.{0,8})[？?]?$"
)
_BARE = re.compile(
    r"(那)?(这样|这种情况|他|她|我|我们)?(还)?(能不能|可不可以|可以|能|会不会|会|要不要|要|该|应该|是否|需要)?(不)?"
    r"(免罚|免予处罚|免于处罚|不罚|不予处罚|减轻处罚|减轻|从轻|处罚|被罚|罚款|罚|拘留|吊销|申诉|复议|听证|公示)(吗|么|不|了吗|多少|多少钱)?[？?]?"
)
_TURN = re.compile(
    r"^(那么|那|如果|要是|假如|假设|若|换成|换做|换作|还有|另外|以及|再|然后|可是|但是|但)+|[呢吗啊？?。！!]+$|的话"
)


@dataclass(frozen=True)
class Pointer:
    """What a follow-up points to in the last answer."""

    number: str | None = None
    paragraph: int | None = None
    item: int | None = None
    step: int = 0  # -1 the article before, 1 the one after
    this: bool = False


def pointer_of(text: str) -> Pointer | None:
    """`那第二款呢`, `上一条呢`, `第三十四条呢`, `这条什么时候生效`; None when nothing is pointed at."""
    paragraph = _PARAGRAPH.search(text)
    item = _ITEM.search(text)
    step = 1 if _NEXT.search(text) else -1 if _BEFORE.search(text) else 0
    article = _ARTICLE.search(text) if not step else None
    this = bool(_THIS.search(text))
    if not (paragraph or item or article or step or this):
        return None
    return Pointer(
        number=article_number(article[0]) if article else None,
        paragraph=to_int(paragraph[1]) if paragraph else None,
        item=to_int(item[1]) if item else None,
        step=step,
        this=this,
    )


def is_elliptic(text: str) -> bool:
    """Whether a question makes sense only after another one (short, and it leans on something)."""
    text = text.strip()
    if len(text) > 24:
        return False
    if _BARE.fullmatch(text):
        return True
    own = (
        re.match(r"(那|那么|再|另外|还有)", text) and len(turn_of(text)) >= 6 and not text.rstrip("？?").endswith("呢")
    )
    return bool(_ELLIPTIC.search(text)) and not own


def turn_of(text: str) -> str:
    """The new words of a follow-up, without the words that lean."""
    previous = None
    while previous != text:
        previous, text = text, _TURN.sub("", text.strip())
    return text
