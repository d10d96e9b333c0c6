"""What kind of question is asked: an ordinary one, or "which provision punishes this act".

Looks at the words of the question alone. Somebody who describes a violation wants the article that punishes it, which
stands far from the article that forbids it and shares fewer words with the description; somebody who asks a question
wants the rule itself. Where the words do not settle it, the answer lies between, and the two rankings mix.
"""

import math
import re

_ASKING = re.compile(
    r"[?？]|吗|呢|怎么|怎样|怎办|如何|什么|啥|哪|多少|多久|多长|为何|几[天日年月个次岁]|谁|"
    r"能不能|可不可|该不该|会不会|算不算|是不是|有没有|要不要|用不用|行不行|合不合|包不包|请问|咨询|想问|想知道"
)
_WHETHER = re.compile(r"是否|能否|可否|有无")  # asks, unless a finished sentence tells of somebody who did not check
_FINISHED = re.compile(r"[。；;]\s*$")
_TOPIC = re.compile(
    r"(条件|程序|情形|权限|范围|标准|期限|请求|义务|职责|管辖|适用|决定|区别|定义|原则|时限|要求|方式|边界|种类)$"
)
_ASKING_PENALTY = re.compile(
    r"罚款?多少|罚多|[怎咋]么罚|罚则|"
    r"(怎么|如何|怎样|什么|哪些|哪种|何种|会|要|被|受到|面临|应|给予|处以)[^，。；？]{0,12}"
    r"(处罚|惩罚|罚款|处分|罚|法律责任|行政责任|拘留|制裁|后果)|"
    r"(处罚|罚款|法律责任|行政责任)(的)?(额度|幅度|上限|下限|基准|标准|依据|对象|规定|多少|是|有|吗)|"
    r"的(处罚|法律责任|行政责任|后果)$|违反(了)?(哪|什么)|会怎样|[怎咋]么(处理|办他)|如何(处理|查处|处置)"
)
_CONDUCT = re.compile(
    r"擅自|私自|未经|未按|未取得|未办理|未依|未及时|未履行|未建立|未公示|未制定|未报|未向|未在|未为|未对|未进行|未如实|未提供|未采取|未设|未悬挂|未标|未[\u4e00-\u9fff]|"
    r"无证|无照|无[\u4e00-\u9fff]{0,6}(许可|执照|证)|没有?(办理?|取得|获得|按|依法|经过?)|拒不|拒绝|逃避|伪造|变造|冒用|冒充|涂改|虚假|虚报|虚开|隐瞒|瞒报|谎报|"
    r"违规|违法|违章|违反|违建|超标|超限|超过|超载|超速|超出|超范围|不按|不符合|不合格|不执行|不履行|不办理|不缴|不签|不建立|不真实|"
    r"过期|变质|非法|故意|遮挡|酒后|醉酒|饮酒|强迫|强制|欺诈|假冒|掺|串通|转让.{0,6}证|出借|出租.{0,6}证|挪用|侵占|截留|克扣|拖欠|"
    r"阻碍|妨碍|损毁|毁坏|破坏|倾倒|乱|偷|盗|骗|赌|毒|殴打|侮辱|扰乱|逾期|占用|占道|非法|重复|贿|逃税|漏税|偷税"
)
_CASE = re.compile(
    r"当事人|你(单位|公司|店|厂|户)|你于|经查|查明|查获|查处|执法人员|执法检查|现场检查|监督检查|抽检|检查(时)?发现|涉案|案发|违法行为|违法事实|的行为|"
    r"本机关|我局|民警|立案|货值|违法所得|处罚决定"
)
_CIVIL = re.compile(
    r"赔偿|合同|离婚|继承|抚养|债|借款|租|彩礼|工伤|股权|起诉|诉讼|仲裁|上诉|判决|法院|管辖|时效|权利|维权|效力|有效|无效"
)


def punishing(question: str) -> float:
    """How surely the question asks for the provision that punishes an act: 0 an ordinary question, 1 surely."""
    asking = bool(_ASKING.search(question) or (_WHETHER.search(question) and not _FINISHED.search(question)))
    penalty = bool(_ASKING_PENALTY.search(question))
    conduct = len({m[0] for m in _CONDUCT.finditer(question)})
    case = len({m[0] for m in _CASE.finditer(question)})
    civil = len({m[0] for m in _CIVIL.finditer(question)})
    weight = (
        0.4
        - 4.0 * asking
        - 2.0 * bool(_TOPIC.search(question))
        + 3.4 * penalty
        + 0.9 * min(conduct, 2)
        + 1.2 * min(case, 3)
        - 0.7 * min(civil, 2)
    )
    return 1 / (1 + math.exp(-weight))
