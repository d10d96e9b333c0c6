"""Who is punished: 对…, the actor that a violation is described of, and what kind of person that is."""

import re

from assistant.schema import SubjectKind

_CHARGED = (
    r"(?:责任人员?|责任者|主管人员|负责人|法定代表人|领导人员|领导成员|主要责任人|责任船员|船长"
    r"|机长|轮机长|主任|厂长|经理|校长|园长|院长)"
)
_UNIT = (
    r"(?:单位|企业|机构|公司|组织|银行|学校|医院|团体|协会|商会|机关|事务所|法人|经营场所|交易场所"
    r"|交易所|基金会|合作社|农场"
    r"|旅行社|门诊部|诊所|商场|机场|中心|院校|幼儿园|工厂|企业事业单位|饭店|卫生院|场所|场馆"
    r"|社会服务机构|保险人|仓库|信用社|大学|研究院)"
)
_PERSON = (
    r"(?:个人|公民|自然人|人员|外国人|律师|医师|教师|护士|会计师|评估师|公证员|驾驶人|驾驶员"
    r"|监护人|责任的人|居民|职工|学生|旅客|乘客|船员"
    r"|导游|领队|运动员|技师|药师|从业者本人|领导|代表人|仲裁员|鉴定人|评估专家|考生|公务员"
    r"|高级管理人员|征集对象|教练员|裁判员|农民|村民)"
)
_ANYONE = r"(?:(?<![或再])者|人|股东|方|商|户|主体)"
_NOUN = re.compile(rf"(?:{_CHARGED}|{_UNIT}|{_PERSON}|{_ANYONE})(?:员工)?$")
_PUNISHED = re.compile(
    r"，?(?:可以|并|单|应当|由[^，]{2,20})*(?:处以?(?!理|置|分)|给予(?!处分|行政处分|政务处分)"
    r"|予以警告|予以罚款)"
)
_THING = re.compile(
    r"(?:行为|活动|物品|产品|船舶|车辆|程序|财物|货物|物|设施|设备|工具|场地|部分|情形|情况"
    r"|违法所得|材料|项目|信息|规定|事故|损害|损失|的)$"
)
_LAST = re.compile(rf"(?:{_CHARGED}|{_UNIT}|{_PERSON}|{_ANYONE})$")
_PARTS = re.compile(r"、|，|和|或者|以及|及其|及|与|或")
_BY = re.compile(
    r"(?<![相针面绝应])对(?!于|应|外)(?P<who>[^，。；：]{1,90}?)"
    r"(?=(?:，|,|还|也|并|均|都|应当|可以|可|依法|依照|分别|处以|单处|处|给予|予以|没收|吊销|暂扣"
    r"|责令|由|按|取消|禁止|实施|作出"
    r"|除|追究|终身|从重|根据|一并|同时|进行|课以|罚款(?!数额)|警告|通报|五年|十年|三年|采取)|$)"
)
_HEAD = re.compile(
    rf"^(?:有关|任何|所有|依法)?(?P<who>[^，。；：]{{0,60}}?(?:{_CHARGED}|{_UNIT}|{_PERSON}|{_ANYONE}))(?:等|均)?"
    r"(?=违反|违章|违规|未|不|有|无|拒|擅自|非法|在|从事|使用|为|以|将|因|利用|明知|经|对|采取"
    r"|发生|生产|销售|提供|应用|聘用|聘请|实施|携带|泄露"
    r"|出具|伪造|变造|弄虚|虚报|隐瞒|故意|逾期|达成|滥用|组织|与|向|没有|发现|出租|出借|转让|涂改"
    r"|买卖|冒用|接受|委托|超|进行|侵|玩忽|徇私|挪用|截留"
    r"|扣押|妨碍|阻碍|阻挠|骗取|违法|强行|强迫|串通|造成|导致|以及|停止|停业|知道|受到|被|辞|提交"
    r"|出售|收购|运输|购买|丢失|遗失|开展|设立|变更|允许"
    r"|容留|存在|收受|索取|谎报|迟报|瞒报|漏报|偷|抗|编造|私自|参加|参与|工作失职|严重|及其|行为"
    r"|建设|违背|仍|既|依照|私|挪|诋毁|发布|转包|允|让|新建|安排|签订|按|采用|单方|进出|办理|公布"
    r"|要求|散布|干扰|直接|履行|自处|自行|自)"
)
_VERBS = re.compile(
    r"组织(?!$|、|的)|委托|进行|应当|介绍|强迫|提供|使用|购买|伪造|擅自|冒用|招用|聘用|雇用|非法"
    r"|阻碍|阻挠|煽动|教唆|引诱|胁迫|虐待|侮辱|未经|销售|违反|规定|不服从|拒"
)
_VERB_START = re.compile(
    r"未|不|没有|如果|[向为对在以将从因由与明按]|经(?!营)|当(?!事)|非(?!法人|银行|经营)|被(?!申请"
    r"|监护|许可|审)|使用|生产|销售|进口|购买|违反|发布|参加|组织|容留|利用|盗|雇|收"
)


def subject_kind(who: str) -> SubjectKind:
    """单位, 责任人员 or 个人 by the nouns that `who` ends its members with; 行为人 when they differ or say neither."""
    kinds: set[SubjectKind] = set()
    for part in _PARTS.split(who):
        part = part.removesuffix("等").removesuffix("的")
        if re.search(rf"{_CHARGED}$", part) or re.search(r"直接责任|直接负责", part):
            kinds.add("责任人员")
        elif re.search(rf"{_PERSON}$", part):
            kinds.add("个人")
        elif re.search(rf"{_UNIT}$", part):
            kinds.add("单位")
        elif re.search(rf"{_ANYONE}$", part):
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


_BEING = re.compile(
    r"(?:为|是|系|属于)(?P<who>个人|自然人|公民|单位|法人|企业|企业法人|法人或者其他组织"
    r"|个体工商户)的?$"
)


def actor(pieces: list[str]) -> str | None:
    """Whom a violation is described of: 建设单位 in 违反本法规定，建设单位未…的; None when it names nobody."""
    being = _BEING.search(pieces[-1])
    if being is not None:
        return being["who"]
    for piece in pieces:
        match = _HEAD.match(re.sub(r"^(?:或者|以及|并且)", "", piece))
        if match is None:
            continue
        who = match["who"]
        of = re.search(rf"的[^，的]{{0,12}}(?:{_UNIT}|{_PERSON}|{_CHARGED})$", who)
        if of is None and (_VERB_START.match(who) or _VERBS.search(_LAST.sub("", who))):
            continue
        beside = re.search(
            rf"、(?P<who>[^，、]{{1,20}}?(?:{_UNIT}|{_PERSON}|{_ANYONE}))违反", piece[match.end("who") :]
        )
        return f"{who}、{beside['who']}" if beside else who
    return None
