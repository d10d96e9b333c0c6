"""Who is punished: 对…, the actor that a violation is described of, and what kind of person that is."""

import re

from assistant.schema import SubjectKind

CHARGED = (
    r"(?:责任人员|(?:直接|其他|主要)责任人|(?<!污染)责任者|主管人员|负责人|法定代表人|领导人员|领导成员|责任船员|船长"
    r"|机长|轮机长|主任|厂长|经理|校长|园长|院长)"
)
UNIT = (
    r"(?:单位|企业|机构|公司|组织|银行|学校|医院|团体|协会|商会|机关|事务所|法人|经营场所|交易场所"
    r"|交易所|基金会|合作社|旅行社|门诊部|诊所|中心|院校|幼儿园|工厂|企业事业单位|电影院|电台|电视台|出版社|报社|卫生院|场所|场馆"
    r"|社会服务机构|保险人|仓库|信用社|大学|研究院|养殖小区|委员会"
    r"|[商机农养殖宰渔林牧猪车赛剧](?<!市)场|[饭酒药商书]店|(?:[旅宾餐茶]|博物|图书|文化|体育|美术|展览)馆|(?<![广车出])[加煤药钢电水造工]厂|矿山|煤矿"
    r"|(?:加油|加气|血|浆|检测|检验|监测|中转|收购|批发)站|(?:检验|研究|监测|鉴定)所|(?:代表|办事|服务)处|营业部|(?:实验|医务|化验|诊疗)室|拍卖行|典当行|网吧)"
)
PERSON = (
    r"(?:个人|公民|自然人|人员|外国人|医生|护士|公证员|(?:驾驶|监护|乘车|骑车)人|(?<![发执])行人|责任的人|居民|职工|学生|旅客|乘客|船员"
    r"|(?:律|医|教|技|药|工程|会计|评估|造价|建造|规划|监理|设计|拍卖|测绘|验光|兽医|按摩|美容|厨)师|司机|渔民|牧民|员工"
    r"|导游|领队|运动员|从业者本人|领导|代表人|仲裁员|鉴定人|评估专家|考生"
    r"|高级管理人员|征集对象|农民|村民|(?<=[\u4e00-\u9fff])员(?![会工单]))"
)
ANYONE = r"(?:(?<![或再])者|(?<![他无])人|股东|方|商|户|主体)"
_NOUN = re.compile(rf"(?:{CHARGED}|{UNIT}|{PERSON}|{ANYONE})(?:员工)?$")
_PUNISHED = re.compile(
    r"，?(?:可以|并|单|应当|由[^，]{2,20})*(?:处以?(?!理|置|分)|给予(?!处分|行政处分|政务处分)"
    r"|予以警告|予以罚款)"
)
_THING = re.compile(
    r"(?:行为|活动|物品|产品|船舶|车辆|程序|财物|货物|物|设施|设备|工具|场地|部分|情形|情况"
    r"|违法所得|材料|项目|信息|规定|事故|损害|损失|的)$"
)
PARTY = rf"(?:{CHARGED}|{UNIT}|{PERSON}|{ANYONE})"
"""A noun for someone who can be punished."""

_PARTS = re.compile(r"、|，|和|或者|以及|及其|及|与|或")
_PEOPLE_OF_UNITS = re.compile(rf"{UNIT}(?:的|内部)?(?:从业|工作|管理|有关|相关)?{PERSON}$")
_JOINED = re.compile(r"和|或者|以及|及其|及|与|或")
_BY = re.compile(
    r"(?<![相针面绝应])对(?!于|应|外)(?P<who>[^，。；：]{1,90}?)"
    r"(?=(?:，|,|还|也|并|均|都|应当|可以|可|依法|依照|分别|处以|单处|处|给予|予以|没收|吊销|暂扣"
    r"|责令|由|按|取消|禁止|实施|作出"
    r"|除|追究|终身|撤销|取消|暂停|停止|中止|限制|降低|从重|根据|一并|同时|进行|课以|罚款(?!数额)|警告|通报|五年|十年|三年|采取)|$)"
)


def subject_kind(who: str) -> SubjectKind:
    """单位, 责任人员 or 个人 by the nouns that `who` ends its members with; 行为人 when they differ or say neither."""
    kinds: set[SubjectKind] = set()
    parts = _PARTS.split(who)
    if _PEOPLE_OF_UNITS.search(parts[-1]) and not _JOINED.search(who):
        parts = parts[-1:]  # 邮政企业、快递企业从业人员: the people of both
    for part in parts:
        part = part.removesuffix("等").removesuffix("的")
        if re.search(rf"{CHARGED}$", part) or re.search(r"直接责任(?!单位)|直接负责", part):
            kinds.add("责任人员")
        elif re.search(rf"{PERSON}$", part):
            kinds.add("个人")
        elif re.search(rf"{UNIT}$", part):
            kinds.add("单位")
        elif re.search(rf"{ANYONE}$", part):
            kinds.add("行为人")
    if "责任人员" in kinds:
        return "责任人员"
    return kinds.pop() if len(kinds) == 1 else "行为人"


def is_party(who: str) -> bool:
    """Whether a phrase ends in a noun for someone who can be punished."""
    return bool(_NOUN.search(who.removesuffix("等")))


def subjects_in(text: str) -> list[tuple[int, str]]:
    """Everyone a piece of a sentence punishes by 对…: where that is said, and who."""
    found = []
    for match in _BY.finditer(text):
        who = match["who"]
        punished = _PUNISHED.match(text, match.end()) is not None and not _THING.search(who)
        if (is_party(who) or punished) and "罚款数额" not in who:
            found.append((match.start(), who))
    return found
