"""Officers, their numbers, and parties, out of the fields of a form."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from assistant.casefiles.fields import Field, fields
from assistant.casefiles.intake import Line
from assistant.casefiles.surnames import has_surname

_OFFICERS = """
检查人员 检查人 勘验人员 勘验人 勘查人员 勘查人 询问人员 询问人 查问人员 查问人 调查人员 调查人 执法人员
行政执法人员 办案人员 办案人 办案民警 主办人员 主办人 协办人员 协办人 承办人员 承办人 案件承办人 监督检查人员
监督人员 稽查人员 监察员 监督员 卫生监督员 执法员 取证人员 取证人 抽样人员 抽样人 记录人员 记录人 记录员
送达人员 送达人
"""
OFFICERS = tuple(_OFFICERS.split())
KEEPERS = ("记录人", "记录人员", "记录员")
"""Labels of who wrote a record down: alone they do not show who acted."""
_PARTIES = """
当事人姓名或名称 当事人名称或姓名 当事人名称 当事人姓名 当事人 案件当事人 被处罚人 被处罚人姓名或名称
被处罚人名称 被处罚单位 被处罚单位名称 被处罚对象 被检查（勘验）人 被检查人 被检查单位 被检查对象 被勘验单位
受送达人 受送达单位（个人） 受送达单位 违法行为人 违法嫌疑人 违法单位 行政相对人 被告知人 被告知单位
被告知单位名称
"""
PARTIES = tuple(_PARTIES.split())
_CODE_OF = r"[A-Za-z\u4e00-\u9fff]{0,5}[\-－]?[\d×*＊][\dA-Za-z×*＊\-－]{3,19}"
"""An officer's number, masked or not: 02010001, 鲁K0××117, XF-990011."""
_NUMBER = re.compile(_CODE_OF)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_PARTED = re.compile(
    r"[、,，;；/|]|(?<=[\u4e00-\u9fff×*＊])(?:和|与|及)(?=[\u4e00-\u9fff]{1,3}[某×*＊xX\u4e00-\u9fff])|\s{2,}|\u3000"
)
_MASK = "某×✕╳*＊xXｘＸ○□"
_NAME = re.compile(
    rf"[\u4e00-\u9fff]{{2,4}}(?:[·•][\u4e00-\u9fff]{{2,8}})*|[\u4e00-\u9fff]{{1,2}}[{_MASK}]{{1,2}}[\u4e00-\u9fff]?"
)
_NO_NAME = re.compile(
    r"签名|签字|签章|盖章|印章|年月|月日|执法|检查|询问|记录|单位|公司|人员|有限|以上|以下|如下|出示|表明|身份|依法|到场|大队|中队|支队"
    r"|工作|证号|证件|编号|手印|拒绝|同意|见证|姓名|名称|分局|支局|科室|所长|局长|队长|主任|科长|在场|无异议|属实|本人|同上|其他|监督员|时间|地点"
)
_LOOSELY_NO_NAME = re.compile(r"[年月日时分证号对的无未空见上局名盖章签及和]")
_RUN_ON = re.compile(rf"([\u4e00-\u9fff]{{1,2}}[{_MASK}]{{1,2}}|[\u4e00-\u9fff]{{2,4}}?)(?=已|均|并|向|出示|告知|代表)")
_ORDINAL = re.compile(r"^(?:甲|乙)?[0-9①②③一二]?[.．、:：)）]?")
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_STAFF = r"(?:(?:行政)?执法|检查|办案|调查|监督|监督检查|稽查|监察|工作|卫生监督)(?:人员|员)|民警"
_PERSON = rf"[\u4e00-\u9fff]{{1,2}}(?:[\u4e00-\u9fff]{{1,2}}|[{_MASK}]{{1,2}})"
_COUNTED = re.compile(rf"(?:两|二|2|三|3)(?:名|位|个)[^，。；]{{0,10}}?(?:{_STAFF})")
_NARRATED = re.compile(
    rf"(?:{_STAFF})(?:（[^（）]{{0,8}}）)?(?P<first>{_PERSON})(?:[（(][^（）()]*[）)])?(?:[、,，和与及])(?P<second>{_PERSON})"
)
_CARD = r"(?:行政)?(?:执法|检查|监督|稽查|监察|工作|警)?(?:证|证件|证书|警号)(?:的)?(?:编号|号码|号)?"
_CODE_BESIDE = r"[A-Za-z\u4e00-\u9fff]{0,5}[\-－]?[\d×*＊][\dA-Za-z×*＊\-－]{3,15}"
_NAMED = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=人员)|(?<=[察督查]员))"
    rf"(?P<name>[\u4e00-\u9fff]{{2,4}}|[\u4e00-\u9fff][{_MASK}]{{1,2}})"
)
_BESIDE = re.compile(
    rf"{_NAMED}\s*[（(|，,：:]*\s*{_CARD}\s*[）)]?\s*[：:|]?\s*(?:第|№|NO\.?)?"
    rf"\s*(?P<number>{_CODE_BESIDE})(?!\d)"
)
_BRACKETED = re.compile(
    rf"{_NAMED}\s*[（(]\s*(?P<number>[A-Za-z\u4e00-\u9fff]{{0,6}}\s?[A-Za-z]?[\-－]?[\d×*＊][\dA-Za-z×*＊\-－]{{3,15}})\s*[）)]"
)
_ROW = re.compile(_CODE_BESIDE)
_ALONE = re.compile(
    rf"^\s*(?:[0-9①②]+[.．、])?\s*(?P<name>{_PERSON})\s*[（(\s：:，,、]\s*(?P<number>[A-Za-z]{{0,3}}[\-－]?\d[\dA-Za-z\-－]{{3,15}})[）)]?\s*$"
)


class Officers(NamedTuple):
    """The officers that a paper names, in order, the numbers beside them, and the lines that say so."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    lines: tuple[Line, ...]
    blanks: tuple[Field, ...]  # a field for an officer that was left empty
    acting: tuple[str, ...] = ()  # those named as more than the keeper of the record


def officers(lines: Iterable[Line], labels: tuple[str, ...] = OFFICERS) -> Officers:
    """Who acted, by the fields of the form and by the numbers beside names. A person named twice counts once."""
    kept = list(lines)
    names: dict[str, None] = {}
    acting: dict[str, None] = {}
    numbers: dict[str, None] = {}
    where: dict[int, Line] = {}
    blanks = []
    for field in fields(kept, labels):
        found = names_in(field.value)
        names.update(dict.fromkeys(found))
        if field.label not in KEEPERS:
            acting.update(dict.fromkeys(found))
        numbers.update(dict.fromkeys(numbers_in(field.value)))
        if found:
            where.setdefault(id(field.line), field.line)
        elif not re.sub(r"[\s_＿—\-/（）()年月日时分:：]", "", field.value):
            blanks.append(field)
    for field in fields(kept, CARDS):
        numbers.update(dict.fromkeys(numbers_in(field.value)))
        if numbers_in(field.value):
            where.setdefault(id(field.line), field.line)
    for name, number, line in _numbered(kept, {id(line) for line in where.values()}):
        names.setdefault(name)
        acting.setdefault(name)
        numbers.setdefault(number)
        where.setdefault(id(line), line)
    return Officers(tuple(names), tuple(numbers), tuple(where.values()), tuple(blanks), tuple(acting))


CARDS = (
    "执法证号", "执法证件号", "执法证件编号", "执法证编号", "执法证号码", "执法证件号码", "证件编号", "证件号", "证号",
    "行政执法证号", "行政执法证件号", "监察证号", "检查证号", "执法证",
)  # fmt: skip


def _numbered(lines: list[Line], named: set[int]) -> Iterator[tuple[str, str, Line]]:
    """Names with an officer's number beside them, whatever stands before: in brackets, in the next cell, on the line
    below a field for officers."""
    for at, line in enumerate(lines):
        for match in (*_BESIDE.finditer(line.text), *_BRACKETED.finditer(line.text)):
            if is_name(match["name"]) and _figures(match["number"]):
                yield match["name"], match["number"], line
        cells = [cell.strip() for cell in line.text.split(" | ")]
        for cell, after in pairwise(cells):
            bare = re.sub(r"\s", "", cell)
            if is_name(bare) and has_surname(bare) and _ROW.fullmatch(re.sub(r"\s", "", after)):
                yield bare, re.sub(r"\s", "", after), line
        below = at > 0 and id(lines[at - 1]) in named
        if below and (alone := _ALONE.match(line.text)) and is_name(alone["name"]):
            yield alone["name"], alone["number"], line


def named_with_numbers(lines: Iterable[Line]) -> set[str]:
    """Those beside whose name their number stands."""
    return {name for name, _, _ in _numbered(list(lines), set())}


def says_two(tight: str) -> bool:
    """Whether a text tells of two officers in its own words, whatever its fields hold."""
    if _COUNTED.search(tight):
        return True
    for match in _NARRATED.finditer(tight):
        # The second name may have run into the verb: 李华到达.
        if all(has_surname(one) and (is_name(one) or is_name(one[:2])) for one in (match["first"], match["second"])):
            return True
    return False


def keeper_of(tight: str) -> str | None:
    """Who kept a record, where the form broke the label over two lines: 记录 / 人：李某."""
    if re.search("记录[人员]", tight):
        return None
    match = re.search(rf"记录(?:人|员)(?:员)?[：:]?({_PERSON})", re.sub(r"[\n○\s]", "", tight))
    return match[1] if match and is_name(match[1]) else None


def is_name(word: str) -> bool:
    """Whether a word is a person's name: by its surname, else by holding nothing that names do not hold."""
    if not _NAME.fullmatch(word) or _NO_NAME.search(word):
        return False
    return has_surname(word) or not _LOOSELY_NO_NAME.search(word)


def names_in(value: str) -> list[str]:
    """Names of people in a field: 张三（120001）、李四; 张 三 、李 四; 张三 李四; 张某、李×."""
    bare = _BRACKETS.sub("、", value)
    found = []
    for part in _PARTED.split(bare):
        words = [w for w in (part or "").split() if w]
        if len(words) > 1 and all(len(w) == 1 for w in words):  # 王 小 明, or 张 三 李 四
            words = ["".join(words)] if len(words) < 4 else ["".join(words[i : i + 2]) for i in range(0, len(words), 2)]
        for word in words:
            word = _ORDINAL.sub("", word).strip(":：。.")
            word = re.sub(r"(?<=[\u4e00-\u9fff×*＊])[A-Za-z]{0,3}[\-－]?\d{4,}.*$", "", word)
            run_on = None if is_name(word) else _RUN_ON.match(word)
            if is_name(word) or (run_on and is_name(run_on[1])):
                found.append(run_on[1] if run_on else word)
    return list(dict.fromkeys(found))


def numbers_in(value: str) -> list[str]:
    """Numbers of identity as an officer in a field."""
    found = [match[0] for match in _NUMBER.finditer(value)]
    return [one for one in found if _figures(one) and not re.fullmatch(r"(?:19|20)\d{2}", one)]


def _figures(number: str) -> bool:
    """Whether a number holds figures at all: what is nothing but × was masked whole, or is no number."""
    return sum(c.isdecimal() for c in number) >= 2


class Party(NamedTuple):
    """The party as one paper names it; `code` is its credit code or identity number, where given."""

    name: str
    code: str | None
    line: Line


def parties(lines: Iterable[Line], labels: tuple[str, ...] = PARTIES) -> list[Party]:
    """Whom a paper is about: by its fields, else by whom it addresses; with the number that stands near."""
    kept = list(lines)
    found: list[Party] = []
    for field in fields(kept, labels):
        name = party_name(field.value)
        at = kept.index(field.line)
        if name is None:  # 当事人 | 单位 | 名称 | 某某公司; or the name on one of the lines below
            near = kept[at : at + (4 if not field.value or _HEADING.fullmatch(field.value) else 1)]
            inner = fields(near, ("名称", "姓名", "姓名或名称", "名称或姓名", "单位名称", "字号", "字号名称"))
            name = next((inside for one in inner if (inside := party_name(one.value))), None)
        if name:
            found += [Party(one, code_near(kept, at), field.line) for one in _each(name)]
    if not found:
        for at, line in enumerate(kept[:12]):
            match = _ADDRESSED.match(line.tight)
            name = party_name(match[1]) if match else None
            if name is None and at + 1 < len(kept) and _ABOVE_ITS_CODE.match(kept[at + 1].tight):
                name = party_name(line.tight) if _BUSINESS.search(line.tight) and len(line.tight) <= 40 else None
            if name and (_BUSINESS.search(name) or (is_name(name) and has_surname(name))):
                found.append(Party(name, code_near(kept, at), line))
                break
    return found


def _each(name: str) -> list[str]:
    """葛某、迟某 are two parties; a company whose name holds a mark is one."""
    parts = [re.sub(r"[（(].*$", "", part) for part in name.split("、")]
    return parts if len(parts) > 1 and all(is_name(part) and has_surname(part) for part in parts) else [name]


_HEADING = re.compile(r"[\s|：:]*(?:基本情况|情况|单位|个人|法人或其他组织)?[\s|：:]*")
_ADDRESSED = re.compile(
    r"^([^：:，。；|]{2,40})[：:](?=$|经|你|因|您|我|本|根据|依据|依照|现|请|鉴于|关于|兹|[\u4e00-\u9fff]{2,12}〔)"
)
_ABOVE_ITS_CODE = re.compile(r"统一社会信用代码|身份证|营业执照|法定代表人|住所|地址|经营场所")
_BUSINESS = re.compile(
    r"(?:公司|厂|店|部|行|社|中心|院|站|馆|所|场|室|坊|园|会|铺|户|超市|酒楼|饭店|宾馆|学校|集团)(?:（[^（）]{1,20}）)?$"
)
_NO_PARTY = re.compile(
    r"陈述|申辩|是否|应当|权利|可以|依法|违反|逾期|签名|签收|拒绝|不在|无异议|意见|情况|如下|[☑□√☒✓]|基本信息|法定代表|详见|同上|本案|提交的|材料|我(?:局|队|单位)"
)
_NO_PARTY_WORDS = frozenset(
    ["单位", "个人", "法人", "公民", "自然人", "其他组织", "企业", "个体工商户", "姓名", "名称", "性别", "同前", "不详",
     "姓名或名称", "名称或姓名", "单位名称", "字号", "名称姓名", "单位个人", "法人或其他组织", "有关单位", "当事人"]
)  # fmt: skip


def party_name(value: str) -> str | None:
    """The name in a field, without brackets and what follows; None when it holds none."""
    value = re.split(
        r"统一社会信用代码|身份证|（以下|\(以下|[，,；;。|]|法定代表人|住所|地址|性别|经营者|联系电话", value
    )[0]
    if (said := re.match(r"\s*([^：:\s]{2,4})[：:]\S", value)) and is_name(said[1]) and has_surname(said[1]):
        value = said[1]  # 车某：是我放的
    words = re.sub(r"[_＿\s:：]", "", value)
    words = re.sub(r"^[\u4e00-\u9fff（）()]{2,12}〔20\d{2}〕[^号]{0,8}号", "", words)
    words = re.sub(r"(?<=.{2})[（(](?:签名|签字|盖章|章|个体工商户|印章).*$", "", words)
    words = re.sub(r"^(?:单位|个人)?(?:姓名或名称|名称或姓名|单位名称|名称|姓名)(?=.{2})", "", words)
    if not 2 <= len(words) <= 50 or not re.search(r"[\u4e00-\u9fff]", words) or re.search(r"[？?！!]", words):
        return None
    if _NO_PARTY.search(words) or words in _NO_PARTY_WORDS:
        return None
    return words.rstrip("：:")


def code_near(lines: list[Line], at: int) -> str | None:
    """A credit code or identity number on the line of a field or the three after it."""
    for line in lines[at : at + 4]:
        match = _CODE.search(line.tight) or _IDENTITY.search(line.tight)
        if match:
            return match[0]
    return None


_UNQUALIFIED = re.compile(
    r"协管|辅助人员|辅警|协警|实习|见习|临时工|临聘|工勤|劳务派遣|编外|未取得|无执法|没有执法|无证|尚无|未办理|证件?(?:已)?(?:过期|失效|注销|到期)"
)


def unqualified(lines: Iterable[Line]) -> list[tuple[str, Line]]:
    """Those named in an officer's field whose own bracket says that they are none: 李四（协管员）."""
    found = []
    for field in fields(list(lines), OFFICERS):
        for match in re.finditer(rf"({_PERSON}|[\u4e00-\u9fff]{{2,4}})\s*[（(]([^（）()]*)[）)]", field.value):
            if _UNQUALIFIED.search(match[2]) and (names := names_in(match[1])):
                found.append((names[-1], field.line))
    return found
