"""Who stands in a decision, and the same paper without their names.

An office keeps its name: whose act was reviewed is what a decision is about. A person becomes 王某, a company
某商贸公司; numbers, addresses and whatever else `assistant.masking` knows go too. Names that nothing marks as names
cannot be found by rules: the preview says so, and a person reads the paper before it is used.
"""

import re
from typing import NamedTuple

from assistant.masking import is_name, mask
from assistant.precedents.reading.paper import Line, Paper

_OFFICE = re.compile(
    r"(?:人民政府|管理委员会|管委会|委员会|[局厅部院署]|街道办事处|办事处|办公室|执法(?:总队|支队|大队|队)|支队|大队|派出所|分局"
    r"|服务中心|管理中心|海关|指挥部)(?:[\u4e00-\u9fff]{0,8}分局)?$"
)
_PRIVATE = re.compile(r"医院|学院|书院|电影院|剧院|养老院|福利院|事务所$|(?:小卖|经营|门市|服务|俱乐|营业|销售)部$")
_COMPANY = re.compile(
    r"(?:(?:股份|有限|责任|合伙|集团)[\u4e00-\u9fff]{0,6})?(?:公司|企业|合作社|事务所|中心|集团)(?:[\u4e00-\u9fff]{0,8}分公司)?$"
)
_SHOP = re.compile(
    r"(便利店|小卖部|超市|商店|商行|饭店|餐厅|餐馆|酒楼|酒店|宾馆|旅馆|民宿|药店|药房|诊所|医院|门诊部|网吧|理发店|美容院|小吃店|早点铺|面馆"
    r"|烧烤店|火锅店|奶茶店|蛋糕店|水果店|蔬菜店|肉铺|菜市场|市场|加油站|洗车行|修理厂|汽修厂|加工厂|幼儿园|学校|培训学校|养殖场|农场|经营部"
    r"|服务部|门市部|商铺|摊位|店|铺|厂|行|部|坊|馆|院|站)$"
)
_TRADES = (
    *("食品", "餐饮", "商贸", "贸易", "超市", "科技", "信息", "网络", "吊装", "建筑", "工程", "建设", "物流", "运输"),
    *("化工", "医药", "医疗", "教育", "培训", "物业", "房地产", "环保", "能源", "电力", "燃气", "机械", "制造", "电子"),
    *(
        "汽车",
        "人力资源",
        "劳务",
        "保安",
        "旅游",
        "酒店",
        "广告",
        "文化",
        "传媒",
        "农业",
        "渔业",
        "船舶",
        "仓储",
        "咨询",
    ),
    *("管理", "投资", "置业", "装饰", "纺织", "服装", "印刷"),
)
_LABEL = re.compile(
    r"^(?P<label>(?:复议)?申请人|被申请人|第三人|当事人|被处罚(?:人|单位)|原告|被告|上诉人|被上诉人|法定代表人|负责人|经营者"
    r"|委托(?:诉讼)?代理人|投资人|主要负责人)(?:（[^）]{1,24}）)?[：:\s\u3000]*(?P<name>[^，,。；;（(\s：:]{2,50})"
)
_ALSO = re.compile(
    r"(?:，|、|；|。|^)(?P<label>法定代表人|负责人|经营者|委托(?:诉讼)?代理人|投资人)[：:\s为是]*(?P<name>[\u4e00-\u9fff·]{2,12})"
)
_SHORT = re.compile(r"[（(](?:以下|下)(?:均)?简称[：:]?[“\"《]?(?P<name>[^）)”\"》]{2,20})[”\"》]?[）)]")
_OFFICERS = re.compile(
    r"(?:执法人员|办案人员|工作人员|证人|见证人|案外人|举报人|投诉人|复议申请人|员工|职工|店长|经理|厂长|主任|司机|驾驶员)"
    r"(?P<names>[\u4e00-\u9fff]{2,3}(?:[、和与][\u4e00-\u9fff]{2,3}){0,4})(?=对|于|在|到|向|的|，|。|、|（|等|（执法)"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "尉迟", "公孙", "慕容", "令狐")
_INSIDE = re.compile(
    r"(?:系|是|为|对|由|向|与|和)(?P<shop>[\u4e00-\u9fff（）()]{3,24}?(?:店|部|铺|超市|餐厅|宾馆|诊所|药房))(?:的)?(?:经营者|负责人|业主)"
    r"|(?P<company>[\u4e00-\u9fff（）()]{2,20}?有限(?:责任)?公司)"
)
_BEFORE = re.compile(
    r"^.*(?:系|是|为|对|由|向|与|和|被申请人|申请人|第三人|当事人|被上诉人|上诉人|原告|被告|认定|发现|检查|属于|通知)"
)
_NUMBERED = re.compile(
    r"(?P<what>身份证(?:号码?|件号)?|统一社会信用代码|(?:联系)?电话|手机号?码?)(?P<sep>[：:为是\s]{0,3})[0-9A-Za-z*\-]{7,20}"
)
_MASKED = re.compile(r"某")


class Parties(NamedTuple):
    """What the heads of a paper say, masked; `office` is whose act was reviewed, or who punished."""

    applicant: str | None
    office: str | None
    decided_by: str | None
    names: tuple[tuple[str, str], ...]  # (as written, masked), the longest first
    found: tuple[tuple[str, Line], ...]  # 当事人, 机关 → where read

    def hide(self, text: str) -> str:
        """A text without the names, then without whatever else is personal data."""
        for written, masked in self.names:
            text = text.replace(written, masked)
        # A number that is named as such goes even where its check digits are wrong.
        return _NUMBERED.sub(lambda m: f"{m['what']}{m['sep']}〔{m['what']}〕", mask(text).text)


def is_office(name: str) -> bool:
    """Whether a name is that of an authority, and not of a hospital or an academy."""
    return bool(_OFFICE.search(name)) and not _PRIVATE.search(name) and not _COMPANY.search(name)


def read_parties(paper: Paper) -> Parties:
    """Parties by their labels; who decided by the head of the paper; further persons by the word before them."""
    names: dict[str, str] = {}
    found: dict[str, Line] = {}
    applicant = office = None
    for line in paper.of("当事人"):
        head = _LABEL.match(line.text)
        if head is not None:
            label, name = head["label"], head["name"].strip()
            if label in ("被申请人", "被告", "被上诉人") and is_office(name):
                office = office or name
                found.setdefault("被申请人", line)
            elif not is_office(name):
                names.setdefault(name, _hidden(name, names))
                if label in ("申请人", "复议申请人", "原告", "当事人", "被处罚人", "被处罚单位", "上诉人"):
                    applicant = applicant or names[name]
                    found.setdefault("当事人", line)
                if (short := _SHORT.search(line.text)) and not is_office(short["name"]):
                    names.setdefault(short["name"], _hidden(short["name"], names))
        for more in _ALSO.finditer(line.text):
            if _person(more["name"]):
                names.setdefault(more["name"], _hidden(more["name"], names))
    for line in paper.lines:
        for match in _INSIDE.finditer(line.text):
            name = _BEFORE.sub("", match["shop"] or match["company"])
            if len(name) > 3 and not is_office(name) and not any(known in name for known in names):
                names.setdefault(name, _hidden(name, names))
        for match in _OFFICERS.finditer(line.text):
            for name in re.split("[、和与]", match["names"]):
                if _person(name):
                    names.setdefault(name, _hidden(name, names))
    decided_by = next((line.text for line in paper.of("题头")[:3] if is_office(line.text) or "法院" in line.text), None)
    ordered = sorted(((w, m) for w, m in names.items() if w != m), key=lambda pair: -len(pair[0]))
    return Parties(applicant, office or None, decided_by, tuple(ordered), tuple(found.items()))


def _person(name: str) -> bool:
    return is_name(name) and not re.search(r"某|先生|女士|同志|等人|如实|本人|对|于|在", name)


def _hidden(name: str, taken: dict[str, str]) -> str:
    """A name as it may stand in a decision that others read; two that come out alike are told apart."""
    if _MASKED.search(name):
        return name
    if _person(name):
        masked = f"{name[:2] if name.startswith(_COMPOUND) else name[0]}某"
    elif name.endswith("公司") or _COMPANY.search(name):
        trade = next((one for one in _TRADES if one in name), "")
        kind = "有限公司" if "有限" in name else "公司" if name.endswith("公司") else _COMPANY.search(name)[0]  # type: ignore[index]
        masked = f"某{trade}{kind}"
    elif shop := _SHOP.search(name):
        masked = f"某{shop[1]}"
    else:
        masked = f"{name[0]}某" if len(name) <= 4 else "某当事人"
    if masked in taken.values():
        masked += next(mark for mark in "甲乙丙丁戊己庚辛壬癸" if f"{masked}{mark}" not in taken.values())
    return masked
