"""Which messages put a case and ask for a decision on it. By rules alone; never by a model.

A question of law (什么情况下可以不予处罚) is answered from the provisions; a case (餐馆没办健康证，罚不罚) is decided.
The two use the same words. What tells them apart is conduct: when the words of the statute, of asking, and the names
of people who might act are taken out of a question of law, nothing is left; of a case, what somebody did is left.
"""

import datetime as dt
import re
from enum import StrEnum

from assistant.rules.facts import read
from assistant.rules.proposals import Proposal


class Deciding(StrEnum):
    """What is to be decided of a case."""

    EXEMPTION = "exemption"
    PROPORTIONALITY = "proportionality"


_SPARES = re.compile(
    r"免罚|免处罚|免予|免于|免除|免不免|首违|轻罚|从轻|减轻|从宽|宽大|网开一面|放一马|只(?:警告|教育|批评)|以教代罚|下不为例|放过|不追究|(?:教育|批评|提醒|警告)(?:一下|几句)?(?:就)?(?:算了|行了|得了|可以了|够了)"
    r"|不予(?:行政)?处罚|不予追究|轻微违法|轻微不罚"
    r"|(?<![罚处])(?:能|可|可以|应|应当|应该|该|要|用|必|需要?|是否|可否|能否|是不是)(?:不能|不可以|不)?(?:不|免|别)(?:要|用|再|必|给|被)?(?:行政)?(?:处罚|罚)"
    r"|不罚|不处罚|不用罚|用不用罚|有(?:没有)?必要(?:处)?罚|罚不罚|处不处罚"
)
"""Words that ask whether a penalty falls away or is lighter."""
_PUNISHES = re.compile(
    r"(?:要不要|该不该|用不用|需不需要|会不会|能不能|是否|是不是|应不应该?|还能|还要|还会|还得|还|再|要|会|能|该|得|应该|应当|需要|可以)"
    r"(?:再|被|给|给予|立案|进行|对\S{1,8})*(?:行政)?(?:处罚|罚款|罚|立案)(?:他|她|它|款|我|我们|掉|了)*(?:吗|么|嘛|不|呢)?(?:[？?。，,]|$)"
    r"|(?:怎么|怎样|如何|咋)(?:处理|办|处置|处罚|罚|定|考虑|弄|看)"
)
"""Words that ask whether to punish, or what to do: a case only where circumstances that spare are told."""
_HOW_MUCH = re.compile(r"(?:怎么|怎样|如何|咋)(?:处罚|罚)|罚(?:多少|几)|(?:什么|哪些|何种)(?:行政)?处罚")
_ASKS_LAW = re.compile(
    r"(?:什么|哪些|哪种|哪几种|何种|啥)(?:样的?)?(?:情况|情形|条件|时候|行为|标准|要件|材料|程序|手续|内容|区别|意思|依据|规定)"
    r"|(?:情形|条件|标准|区别|内容|要件)(?:有|是|包括)(?:什么|哪些|啥)?|是什么(?:意思|规定|原则|概念)?[？?]?$|指什么|什么叫|什么是|何谓"
    r"|(?:怎么|如何|怎样)(?:规定|理解|认定|区分|判断|计算|算|写|界定|把握)|有没有(?:统一|具体|明确)?(?:的)?(?:标准|规定)|区别|定义"
    r"|(?:有没有|有无|是否有|哪里有|在哪)[^，。？?]{0,10}(?:清单|目录|标准|规定|办法|文件)|由谁|哪个部门|谁(?:来)?(?:制定|管|负责)|哪(?:一)?(?:条|部|款|个法)|多长时间|多久|几(?:天|日|个月|年)|期限|上限|下限(?!了)"
    r"|(?:要不要|需不需要|需要|要|是否)(?:经过|进行|举行|组织)?(?:听证|法制审核|集体讨论|送达|公示|公开|备案|告知|教育|审批|写|报)"
)
"""Words that ask what the law says, whatever else is told."""
_FITS = re.compile(
    r"合适|合不合适|适当|妥当|恰当|得当|合理|合法|公正|公平|相当|过罚|适不适当|妥不妥|合不合理"
    r"|[太过偏](?:重|轻|高|低|多|少|狠)|(?:多|少|重|轻|高|低|狠)了(?:点|些)?(?:吧|吗|么|呢|啊)?(?:[？?。，,]|$)|是不是(?:多|少|重|轻|高|低|狠)|匹配|重不重|轻不轻|高不高|多不多|(?:罚|判|处)(?:得)?(?:重|轻|多|少|高|低)了|过分|太狠|离谱"
    r"|幅度|(?:超|越|出)(?:过|出|了)?(?:法定|规定)?(?:上限|标准|范围)|裁量|行不行|行吗|可不可以|可以吗|对不对|对吗|有(?:没有)?问题|没问题|站得住|能行"
    r"|(?:怎么样|咋样|如何)[？?]?$"
)
"""Words that ask whether a penalty fits."""
_PROPOSES = re.compile(
    r"拟|打算|准备|想(?:要|给|对|罚)|计划|建议|考虑|决定|要罚|罚他|罚她|罚我|罚这|罚了|罚款|处罚款|给予|改(?:成|为)罚|罚"
)

_CIRCUMSTANCES = re.compile(
    r"第一次|首次|初次|头一[次回]|从没|以前没|没(?:有)?(?:被)?罚过|当场|马上|立刻|立即|立马|当天|及时|主动|自行|自己(?:改|整改|拆|停)|已经?(?:改|整改|拆|停|补|修|换|撤)"
    r"|(?:改|整改|拆|修|补|撤|换|盖|停|收|清|挂)(?:正|好|掉|完|办|上)?了|责令后|教育后|劝导|没(?:有)?造成|未造成|没(?:有)?(?:影响|伤|危害|后果|人)|无(?:危害|后果)|不知(?:道|情)|没(?:有)?过错"
    r"|胁迫|诱骗|立功|供述|交代|交待|坦白|认错|配合|轻微|未满|不满|\d+岁|[一二三四五六七八九十]+岁|精神|鉴定|过了?(?:两|二|2|五|5)年"
)
"""Circumstances that may spare a penalty, as people tell them."""
_SOMEBODY = re.compile(
    r"某|一(?:个|家|名|位|户|辆|处|间|所)|有(?:个|家|人|一)|我们?(?:店|家|公司|厂|单位|小区|局|队|辖区)|这(?:家|个|户|名)|那(?:家|个|户|名)|该"
)
"""Somebody in particular acted: a case rather than a kind of case."""
_COUNTS = re.compile(
    r"(?:多少|几)(?:件|起|宗|家|次|户|例|人次|个案)|占比|比例|同比|环比|增长|总数|总量|率(?:是|有)?多少"
)
_SPARING_FACTS = frozenset(
    ("age", "mental_state", "conduct_date", "conduct_end_date", "first_violation", "prior_violations", "harm",
     "corrected", "no_fault_proof", "coerced", "confessed_unknown", "merit", "reduced_harm", "duration_days",
     "commitment_signed")
)  # fmt: skip

_STATUTE = (
    # 行政处罚法第二十八条至第三十六条 and what is said of them
    "不满|未满|已满|十四|十八|周岁|未成年人?|精神病人?|智力残疾人?|间歇性|辨认|控制|能力|自己|行为人?|违法|违反|当事人|初次|首次|第一次|轻微|及时|改正|整改|纠正|造成|危害|后果|主观|过错|故意|过失|证据|证明|足以"
    "|他人|别人|受|胁迫|诱骗|实施|参与|主动|消除|减轻|从轻|从重|从宽|立功|表现|配合|行政机关|机关|查处|供述|尚未|掌握|超过|两年|二年|五年|以内|发现|追究|时效|情节|情形|性质|社会|程度|事实"
    "|不予|免予|免于|免除|免罚|首违|首违不罚|处罚|处理|处|罚款|罚金|罚|行政|教育|批评|警告|责令|决定书?|告知书?|清单|事项|目录|法律|法规|规章|规定|依据|依法|依照|根据|按照?|适用|标准|基准|裁量|原则|过罚相当|制度|政策"
    # procedure
    "|听证|法制审核|集体讨论|送达|立案|复议|诉讼|公示|公开|备案|审批|程序|普通|简易|当场|期限|案件|案子|案|执法人?员?|部门|领导|会议|签字|承诺书?"
    # measures and money
    "|没收|违法所得|吊销|许可证|执照|责令停产停业|停业|拘留|幅度|上限|下限|数额|金额|元|块钱?|万|千|百|倍|较大|重|轻|高|低|多|少"
)
_ASKING = (
    "能不能|可不可以|是不是|会不会|要不要|该不该|用不用|有没有|需不需要|应不应该|属不属于|算不算|适不适用|合不合适|行不行|免不免|处不处"
    "|能否|可否|是否|可以|应当|应该|需要|必要|必须|是否|怎么样?|怎样|如何|什么|哪些|哪种|哪个|多久|多少|几|为什么|吗|么|嘛|呢|吧|啊|呀|请问|问一下|想问|问问|咨询|帮我|帮忙|看看|审一下|审查|判断|认定|认为|考虑"
    "|天津|滨海新区|经开区|开发区|泰达|辖区|我区|我市|本市|全国|外地|省|市|区|县|时候|情况|条件|意思|区别|统一|具体|明确|内容|进行|经过|给予|属于|符合|构成|满足|算|算是|还是|或者|以及|并且|而且|因为|所以|如果|的话|同一个?|两次|多次|一次|再次|不止|以外|另外|比较|最|很|太|过|非常"
    "|合适|适当|妥当|合理|合法|相当|拟|打算|准备|建议|对|错|给|把|被|让|叫|就|都|也|还|只|才|又|再|在|里|上|中|内|外|后|前|时|的|地|得|了|着|过|是|有|无|没有|没|未|不|要|会|能|该|可|和|与|及|或|而|且|但|则|其|之|以|于|为|由|从|向|到|至|等|这|那|此|本|该|某|个|些|种|次|家|位|名|条|款|项|第|一|二|两|三|四|五|六|七|八|九|十|零|点|下|起|呢|写|用|办|做|来|去|说|讲|知道|清楚|可能|到底|究竟|现在|目前|今天|我们?|你们?|他们?|她|它|咱|人|者|您|谁"
)
_PEOPLE = (
    "企业|公司|小微企业|个体工商户|个体户|商户|商家|店家|店主|老板|经营者|经营主体|单位|个人|公民|法人|组织|自然人|老人|老年人"
    "|孕妇|残疾人|聋哑人|盲人|学生|小孩|孩子|少年|外国人|军人|公务员|群众|市民|居民|百姓|相对人|负责人|主管人员|责任人员?|法定代表人"
)
_ABSTRACT = re.compile(
    "|".join(sorted({*_STATUTE.split("|"), *_ASKING.split("|"), *_PEOPLE.split("|")}, key=len, reverse=True))
)
_CITATION = re.compile(
    r"《[^》]*》|[一-鿿]{2,14}(?:法|条例|办法|规定)(?=第?[零一二三四五六七八九十百\d])|第?[零一二三四五六七八九十百\d]+条(?:之[一二三])?(?:第[一二三四五六七八九十]+款)?(?:第?[（(]?[一二三四五六七八九十]+[)）]?项)?"
)
_HAN = re.compile(r"[一-鿿]")
_ENOUGH = 2  # characters of conduct that make a case

_LEANS = re.compile(
    r"^(?:那么?|如果|要是|假如|假设|若|换成|改成|改为|再|另外|还有|而且|不过|但是?|他|她|它|对方|说错了|不对|更正|补充)"
    r"|刚才|上面|前面|上述|前述|(?:这|那|该|此|本)(?:个|家|种|案|样|店|人|公司|企业|单位|情况|件|起|次)|他们?(?:还|也|又|是|没|这)"
)
_ANOTHER = re.compile(r"另(?:外)?(?:有)?一?(?:个|起|件|家|案)|换(?:一)?个|新的?案|再问一个|下一个")
_BARE = re.compile(
    r"[这那]?(?:个|种|样|情况|案子?|家|事)*(?:到底|究竟|还|又)?"
    r"(?:能不能|可不可以|是不是可以|可以|能|能否|可否|是否|要不要|用不用|该不该|该|要|符不符合|符合|算不算|算|属不属于|属于)*(?:不|免|从轻|减轻)*"
    r"(?:免罚|免予处罚|免于处罚|不罚|不予处罚|不予行政处罚|处罚|罚|从轻|减轻|首违不罚|轻微违法|罚款)+(?:处罚)?(?:吗|么|不|呢|吧|嘛|条件|清单)*[？?。！!]*"
)


def conduct_in(text: str) -> str:
    """What is left of a message when the words of the statute, of asking and of who acts are taken out."""
    rest = _CITATION.sub(" ", text)
    return "".join(_HAN.findall(_ABSTRACT.sub(" ", rest)))


def without_circumstances(text: str) -> str:
    """A message without what is told to spare a penalty and without its question: what a penalty would be for."""
    for pattern in (_SPARES, _PUNISHES, _FITS, _CIRCUMSTANCES):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def tells_conduct(text: str) -> bool:
    """Whether a message tells what somebody did or left undone."""
    return len(conduct_in(text)) >= _ENOUGH


def leans(text: str) -> bool:
    """Whether a message speaks of the case before it: 这家店, 那如果, 说错了."""
    return bool(_LEANS.search(text)) and not _ANOTHER.search(text)


def bare(text: str) -> bool:
    """Whether a message only asks for the decision: 这个能不能免罚？"""
    words = "".join(text.split())
    return bool(_BARE.fullmatch(words)) and bool(re.search(r"免|不|从轻|减轻|首违|轻微|[要该能会].*罚.*[吗么]", words))


def deciding(text: str, proposal: Proposal, today: dt.date, *, open_case: bool = False) -> Deciding | None:
    """What a message asks to have decided; None: it is for the law, or for another desk.

    `proposal` is what the message proposes. `open_case`: a case was told before, which a message without conduct of its
    own may be about.
    """
    if _COUNTS.search(text):
        return None
    about = tells_conduct(text) or bool(proposal.basis) or open_case
    if proposal.fine is None and proposal.fine_person is None:
        proposes = bool(re.search(r"拟|打算|准备", text) and proposal.basis and re.search(r"罚|处", text))
    else:
        proposes = True
    if proposes and about and _FITS.search(text) and _PROPOSES.search(text):
        return Deciding.PROPORTIONALITY
    if bare(text):
        return Deciding.EXEMPTION
    if not (tells_conduct(text) or (open_case and leans(text))) or _ASKS_LAW.search(text):
        return None
    if _SPARES.search(text):
        return Deciding.EXEMPTION
    told = _circumstances(text, today) + bool(_SOMEBODY.search(text))
    needed = 2 if _HOW_MUCH.search(text) else 1
    if _PUNISHES.search(text):
        return Deciding.EXEMPTION if told >= needed else None
    asks = bool(re.search(r"[？?]|吗|呢|怎么|什么|多少|哪|谁|如何", text))
    return Deciding.EXEMPTION if told > 2 and not asks else None


def _circumstances(text: str, today: dt.date) -> int:
    """How many circumstances that may spare a penalty the message tells."""
    known = read(text, today=today).facts.known()
    said = {match[0] for match in _CIRCUMSTANCES.finditer(text)}
    return max(len(_SPARING_FACTS & set(known)), len(said))
