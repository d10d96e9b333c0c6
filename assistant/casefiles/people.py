"""Officers, their numbers, and parties, out of the fields of a form."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from assistant.casefiles.fields import Field, fields
from assistant.casefiles.intake import Line

_OFFICERS = """
检查人员 检查人 勘验人员 勘验人 询问人 调查人员 调查人 执法人员
办案人员 办案人 承办人员 承办人 案件承办人 记录人 送达人员 送达人
"""
OFFICERS = tuple(_OFFICERS.split())
_PARTIES = """
当事人姓名或名称 当事人名称 当事人姓名 当事人 被处罚人 被处罚单位 被处罚对象
被检查（勘验）人 被检查人 被检查单位 被勘验单位 受送达人 受送达单位（个人） 受送达单位
"""
PARTIES = tuple(_PARTIES.split())
_NUMBER = re.compile(r"[A-Za-z\u4e00-\u9fff]{0,4}[\-－]?\d[\dA-Za-z\-－]{3,19}")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_PARTED = re.compile(r"[、,，;；/]|和(?=[\u4e00-\u9fff]{2})|\s{2,}|\u3000")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,6})?")
_NO_NAME = re.compile(
    r"签|名|盖|章|年|月|日|时|分|证|号|执法|检查|询问|记录|单位|公司|人员|有限|以上|如下|出示|表明|身份|依法|到场|对|的|无|未|空|见|上|局|大队|工作"
)
_ORDINAL = re.compile(r"^(?:甲|乙)?[0-9①②一二]?[.．、:：]?")
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_NARRATED = re.compile(r"(?:两|二|2|三|3)名(?:行政)?执法人员|执法人员[\u4e00-\u9fff]{2,3}[、和][\u4e00-\u9fff]{2,3}")


class Officers(NamedTuple):
    """The officers that a paper names, in order, the numbers beside them, and the lines that say so."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    lines: tuple[Line, ...]
    blanks: tuple[Field, ...]  # a field for an officer that was left empty
    acting: tuple[str, ...] = ()  # those named as more than the keeper of the record


def officers(lines: Iterable[Line], labels: tuple[str, ...] = OFFICERS) -> Officers:
    """Who acted, by the fields of the form. A person named twice counts once."""
    kept = list(lines)
    names: dict[str, None] = {}
    acting: dict[str, None] = {}
    numbers: dict[str, None] = {}
    where: dict[int, Line] = {}
    blanks = []
    for field in fields(kept, labels):
        found = names_in(field.value)
        names.update(dict.fromkeys(found))
        if field.label != "记录人":
            acting.update(dict.fromkeys(found))
        numbers.update(dict.fromkeys(numbers_in(field.value)))
        if found:
            where.setdefault(id(field.line), field.line)
        elif not re.sub(r"[\s_＿—\-/（）()年月日时分:：]", "", field.value):
            blanks.append(field)
    for field in fields(
        kept, ("执法证号", "执法证件号", "执法证件编号", "执法证编号", "执法证号码", "执法证件号码", "证件编号", "证号")
    ):
        numbers.update(dict.fromkeys(numbers_in(field.value)))
        if numbers_in(field.value):
            where.setdefault(id(field.line), field.line)
    return Officers(tuple(names), tuple(numbers), tuple(where.values()), tuple(blanks), tuple(acting))


def says_two(tight: str) -> bool:
    """Whether a text tells of two officers in its own words, whatever its fields hold."""
    return _NARRATED.search(tight) is not None


def names_in(value: str) -> list[str]:
    """Names of people in a field: 张三（120001）、李四; 张 三 、李 四; 张三 李四."""
    bare = _BRACKETS.sub("、", value)
    found = []
    for part in _PARTED.split(bare):
        words = [w for w in part.split() if w]
        if len(words) > 1 and all(len(w) == 1 for w in words):  # 王 小 明, or 张 三 李 四
            words = ["".join(words)] if len(words) < 4 else ["".join(words[i : i + 2]) for i in range(0, len(words), 2)]
        for word in words:
            word = _ORDINAL.sub("", word).strip(":：。.")
            if _NAME.fullmatch(word) and not _NO_NAME.search(word):
                found.append(word)
    return list(dict.fromkeys(found))


def numbers_in(value: str) -> list[str]:
    """Numbers of identity as an officer in a field."""
    return [match[0] for match in _NUMBER.finditer(value) if not re.fullmatch(r"(?:19|20)\d{2}", match[0])]


class Party(NamedTuple):
    """The party as one paper names it; `code` is its credit code or identity number, where given."""

    name: str
    code: str | None
    line: Line


def parties(lines: Iterable[Line], labels: tuple[str, ...] = PARTIES) -> list[Party]:
    """Whom a paper is about, by its fields, with the number that stands near."""
    kept = list(lines)
    found = []
    for field in fields(kept, labels):
        name = party_name(field.value)
        if name is None and not field.value:
            continue
        if name is None or re.fullmatch(r"(?:姓名|名称|单位名称|姓名或名称|字号)(?:或者?名称)?", name):
            inner = next(iter(fields([field.line], ("名称", "姓名", "姓名或名称", "单位名称"))), None)
            name = party_name(inner.value) if inner is not None else None
        if name:
            at = kept.index(field.line)
            found.append(Party(name, code_near(kept, at), field.line))
    return found


def party_name(value: str) -> str | None:
    """The name in a field, without brackets and what follows; None when it holds none."""
    value = re.split(
        r"统一社会信用代码|身份证|（以下|\(以下|[，,；;。|]|法定代表人|住所|地址|性别|经营者|联系电话", value
    )[0]
    words = re.sub(r"[_＿\s:：]", "", value)
    words = re.sub(r"(?<=.{2})[（(](?:签名|签字|盖章|章|个体工商户|印章).*$", "", words)
    if not 2 <= len(words) <= 50 or not re.search(r"[\u4e00-\u9fff]", words) or re.search(r"[？?！!]", words):
        return None
    if re.search(r"陈述|申辩|是否|应当|权利|可以|依法|违反|逾期|签名|签收|拒绝|不在|无异议|意见|情况|如下", words):
        return None
    return words.rstrip("：:")


def code_near(lines: list[Line], at: int) -> str | None:
    """A credit code or identity number on the line of a field or the three after it."""
    for line in lines[at : at + 4]:
        match = _CODE.search(line.tight) or _IDENTITY.search(line.tight)
        if match:
            return match[0]
    return None


_UNQUALIFIED = re.compile(r"协管|辅助人员|辅警|实习|见习|临时工|临聘|工勤|劳务派遣|未取得|无执法证")


def unqualified(lines: Iterable[Line]) -> list[tuple[str, Line]]:
    """Those named in an officer's field whose own bracket says that they are none: 李四（协管员）."""
    found = []
    for field in fields(list(lines), OFFICERS):
        for match in re.finditer(r"([\u4e00-\u9fff]{2,4})\s*[（(]([^（）()]*)[）)]", field.value):
            if _UNQUALIFIED.search(match[2]) and (names := names_in(match[1])):
                found.append((names[-1], field.line))
    return found
