"""Whom a violation is described of: 建设单位 in 违反本法规定，建设单位未…的."""

import re

from assistant.law.penalties.subjects import ANYONE, PARTY, PERSON, UNIT

_BEFORE = r"^(?:或者|以及|并且|有关|任何|所有|依法(?!必须)|其他|其中的?|因(?=监护人))*"
# What may follow a subject: negations and modals, prepositions, the verbs that statutes open a violation with.
_AFTER = (
    r"(?:违反|违章|违规|违法|违背|未|不|有(?!关)|无|没有|拒|擅自|非法|私自|故意|恶意|明知|知道|已|仍|既|可以|应当|能够"
    rf"|在(?![^，。；]{{1,12}}(?:设立|设置|开办|成立)的[^，的]{{0,12}}(?:{UNIT}|{PERSON}))|从(?!业)|以(?!及)|将|把|用(?=欺骗|虚假|不正当|伪造|所|其)|因|为|对|向|与|按|依照|根据|利用|通过|采取|采用|使用|经|由|自|被|受|给|超|逾期|同时|再次|继续|直接|单方"
    r"|工作时|值勤|成立后|属于|无正当|存在|发生|发现|出现|造成|导致|达成|滥用|实施|从事|组织|进行|开展|参加|参与|设立"
    r"|变更|转产|停止|停业|停产|终止|暂停|注销|转移|转让|转包|承销|承揽|承包|承运|施工|开工|新建|改建|扩建|建设(?!工程|项目)|生产|销售"
    r"|提供|应用|聘用|聘请|聘任|招用|雇|携带|泄露|出具|伪造|变造|编造|虚|隐|弄虚|篡改|毁|谎报|迟报|瞒报|漏报|骗|欺|诱|强"
    r"|胁|串通|操纵|诋毁|侵|玩忽|徇私|挪用|截留|扣押|妨碍|阻碍|阻挠|干扰|出租|出借|出售|出让|倒卖|买卖|购买|收购|收寄|收取"
    r"|收受|索取|接受|给予|派遣|委托|运输|载运|燃|排放|倾倒|处理|处置|贮存|储存|占|损|破坏|污染|丢失|遗失|允许|允|容留|让"
    r"|安排|签订|办理|公布|发布|散布|要求|履行|提交|冒用|涂改|偷|抗|辞|推诿|延迟|拖延|推|租借|采购|主动|证明|行为|严重"
    r"|私自|假借|借用|套取|窃取|盗用|滥用|克扣|拖欠|拆|堆放|丢弃|弃置|屠宰|加工|制造|维修|检验|检测|评估|审核|授意|降低|提高|挪用|分包|签发|投标|中标|串标|驾驶|航行|停泊|跨|私设|私分|留存|制作|复制|印制|印刷|刊登|播放|传播|拍摄|开设|开办|设置|设立|举办|经办|经营(?!者|单位|企业|场所|主体|机构)|代理(?!人|机构)|配备|建立"
    r"|依法(?=应当|必须|须|不)|欠缴|逃避|收受|承储|调整|修改|操作|指使|强令|明示|暗示|授意|报送|托运|登记事项|的(?=[^，。；]{1,24}(?:不符合|不具备|有虚假))|进出|捕|猎|采|种植|养殖|私|召集|谋|变相|故|缺|冒|另)"
)
_HEAD = re.compile(rf"{_BEFORE}(?P<who>[^，。；：]{{0,60}}?{PARTY})(?:等|均)?(?:(?={_AFTER})|(?P<stop>$))")
_BESIDE = re.compile(rf"、(?P<who>[^，、]{{1,20}}?(?:{UNIT}|{PERSON}|{ANYONE}))违反")
_BEING = re.compile(
    r"(?:为|是|系|属于)(?P<who>个人|自然人|公民|单位|法人|企业|企业法人|法人或者其他组织|个体工商户)的?$"
)
_LAST = re.compile(rf"{PARTY}$")
_OF = re.compile(rf"的[^，的]{{0,16}}{PARTY}$")
# 使用单位, 生产、销售企业: the verb only says what kind of unit it is.
_ATTRIBUTE = re.compile(
    r"(?:(?:生产|经营|使用|销售|进口|出口|收购|发行|检查|提供|购买|委托|建设|检验|检测|采购|储存|运输|处置|收集|制造|参加"
    r"|组织|承担|非法人|收件|收货|发货)(?:、|和|或者)?)+"
    rf"(?=[^，、的]{{0,4}}(?:{PARTY}))"
)
_VERBS = re.compile(
    r"组织(?!$|、|的|或者|和)|委托|进行|应当|介绍|强迫|提供|使用|购买|伪造|擅自|冒用|招用|聘用|雇用|非法(?!人)"
    r"|阻碍|阻挠|煽动|教唆|引诱|胁迫|虐待|侮辱|未经|销售|违反|规定|不服从|拒|向|给|致使|导致|造成|发生|通过|获得|取得|骗取|虚报|隐瞒|处罚|相互|结束"
)
_OPENS = re.compile(
    r"未|不|没有|如果|一经|(?:兴办|开办|举办)(?!者|人|单位|机构)|[向为对在以将从因由与明按给把]|经(?!营)|当(?!事)|非(?!法人|银行|经营|机动)"
    r"|被(?!申请|监护|许可|审|检查|稽查)|使用|生产|销售|进口|购买|违反|发布|参加|组织|容留|利用|盗|雇|收(?!购|货|件)|致使|导致"
    r"|造成|免除|协助|安排|提交|授意|认为|核查|出借|出租(?!人|车|方|单位)|无偿|有证据|侵犯|操纵|需要|冒充|假冒|冒用|骗取|损害"
)
_NEVER = re.compile(
    r"[向给将把]|为(?!从事)|以|致使|导致|造成|免除|协助|安排|提交|授意|认为|核查|违反|伪造|冒用|擅自|勘查|使用(?=[未无不])"
)
_DECIDING = re.compile(r"作出[^，]{0,12}决定的")
_AUTHORITY = re.compile(
    r"行政机关|公安机关|人民法院|主管部门|监督管理(?:部门|机构)|海关|税务机关|派出机构|检察机关|司法机关|部门及其工作人员"
)


def _nominal(who: str) -> bool:
    """Whether words that end in a party are one name, and no verb with its object."""
    name = who.rsplit("的", 1)[-1]
    if _DECIDING.search(who) or ((found := _AUTHORITY.search(name)) and "工作人员" not in name.replace(found[0], "")):
        return False
    if _OF.search(who):
        return _NEVER.match(who) is None
    bare = _ATTRIBUTE.sub("", who)
    return _OPENS.match(bare) is None and _VERBS.search(_LAST.sub("", bare)) is None


def actor(pieces: list[str]) -> str | None:
    """Whom a violation, given in its pieces, is described of; None when it names nobody."""
    being = _BEING.search(pieces[-1])
    if being is not None:
        return being["who"]
    for at, piece in enumerate(pieces):
        match = _HEAD.match(piece)
        if match is None or (match["stop"] is not None and at == len(pieces) - 1):
            continue
        who = match["who"]
        if not _nominal(who):
            continue
        beside = _BESIDE.search(piece, match.end("who")) if piece.startswith("违反", match.end("who")) else None
        return f"{who}、{beside['who']}" if beside else who
    return None
