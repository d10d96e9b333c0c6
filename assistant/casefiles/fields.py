"""What stands after a label of a form: `当事人：某某公司`, `执 法 人 员：张 三、李 四`, a row `当事人 | 某某公司`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.casefiles.intake import Line

_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAIL = (
    r"(?:\s*[1-3一二①②](?=\s*[：:（(]|$))?(?:\s*[（(][^（）()]{0,16}[）)])?(?:\s*(?:签名|签字|姓名|名称))?"
    r"(?:\s*(?:或者?|、|/)\s*(?:名称|盖章|签字))?(?:\s*[及和、]\s*(?:执法)?证件?(?:编号|号码|号))?"
)
_LABELS = """
当事人姓名或名称 当事人名称 当事人姓名 当事人 被处罚人 被处罚单位 被处罚对象 被检查人 被检查单位
被检查（勘验）人 被询问人 被调查人 被勘验单位 受送达人 受送达单位 受送达单位（个人） 单位名称 姓名或名称 名称
姓名 字号 统一社会信用代码 身份证号码 身份证号 身份证件号码 公民身份号码 证件号码 营业执照号 法定代表人
委托代理人 代理人 负责人 经营者 住所 住址 地址 经营场所 联系电话 电话 联系方式 检查地点 询问地点 地点 性别 年龄
民族 职务 工作单位 职业 检查人员 检查人 勘验人 勘验人员 询问人 调查人 调查人员 执法人员 办案人员 办案人 承办人
承办人员 记录人 送达人 送达人员 案件承办人 执法证号 执法证件号 执法证件编号 执法证编号 执法证号码 证件编号 证号
执法证件号码 案由 案件名称 案件来源 案号 文号 案情摘要 见证人 主持人 听证主持人 听证员 出席人员 参加人员
列席人员 检查时间 询问时间 立案日期 批准日期 送达时间 送达日期 送达地点 送达方式 收件人 收件人签名 签收日期
送达文书 送达文书名称 备注 处罚内容 处罚依据 拟处罚内容 送达机关 当事人名称或姓名 名称或姓名 案件当事人
被检查对象 违法行为人 违法嫌疑人 违法单位 行政相对人 被告知人 被告知单位 被告知单位名称 勘查人员 勘查人 询问人员
查问人员 查问人 行政执法人员 办案民警 主办人员 主办人 协办人员 协办人 监督检查人员 监督人员 稽查人员 监察员
监督员 卫生监督员 执法员 取证人员 取证人 抽样人员 抽样人 记录人员 记录员 证件号 行政执法证号 行政执法证件号
监察证号 执法证 检查证号 检查日期 询问日期 现场负责人 在场人 陪同人 告知人 邮政编码 邮编 出生日期 出生年月
文化程度 户籍 现住址 检查情况 检查内容 现场情况 签收人 代收人 受送达人签名 送达人签名
"""
_SOME_LABEL = re.compile(r"[\u3000\t]\s*[\u4e00-\u9fff]{2,8}\s*[：:]|\s[\u4e00-\u9fff]{2,6}[：:]")
"""After a gap, a label that is not among those known ends a value just as well: 类型：个体工商户."""
LABELS = tuple(_LABELS.split())
"""Labels at which the value before them ends."""


class Field(NamedTuple):
    """A value with its label and the line it stands on. The value may be empty: the form was left blank."""

    label: str
    value: str
    line: Line


@lru_cache(maxsize=512)
def _pattern(label: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(map(re.escape, label)) + _TAIL)


@lru_cache(maxsize=1)
def _any_label() -> re.Pattern[str]:
    ordered = sorted(LABELS, key=len, reverse=True)
    return re.compile(
        "(?:" + "|".join(r"\s*".join(map(re.escape, label)) for label in ordered) + ")" + _TAIL + r"\s*[:：]"
    )


def fields(lines: Iterable[Line], labels: Sequence[str]) -> Iterator[Field]:
    """Every value of one of the labels, in the order of the lines; the longest label of a place counts."""
    ordered = sorted(labels, key=len, reverse=True)
    for line in lines:
        cells = [cell.strip() for cell in line.text.split(" | ")]
        if len(cells) > 1:
            yield from _of_row(cells, ordered, line)
        else:
            yield from _of_text(line.text, ordered, line)


def _of_row(cells: list[str], labels: Sequence[str], line: Line) -> Iterator[Field]:
    for at, cell in enumerate(cells):
        bare = re.sub(r"[\s:：]", "", cell)
        label = next((name for name in labels if _pattern(name).fullmatch(bare)), None)
        if label is None:
            yield from _of_text(cell, labels, line)
            continue
        value = cells[at + 1] if at + 1 < len(cells) else ""
        # The cell that follows may be the next label: then this one was left blank.
        yield Field(label, "" if re.sub(r"[\s:：]", "", value) in LABELS else value, line)


def _of_text(text: str, labels: Sequence[str], line: Line) -> Iterator[Field]:
    done = 0
    found: list[tuple[int, int, str]] = []
    for label in labels:
        for match in _pattern(label).finditer(text):
            if _stands_alone(text, match.start(), match[0]) and not any(a <= match.start() < b for a, b, _ in found):
                found.append((match.start(), match.end(), label))
    for start, end, label in sorted(found):
        if start < done:
            continue
        rest = text[end:]
        colon = re.match(r"\s*[:：]\s*", rest)
        if colon is None and not (start == 0 and re.match(r"\s+\S", rest)):
            continue
        value = rest[colon.end() :] if colon else rest.strip()
        stops = [m.start() for m in _any_label().finditer(value) if _ends(value, m)]
        stops += [m.start() for m in _SOME_LABEL.finditer(value) if not _inside_brackets(value, m.start())]
        stop = min(stops, default=None)
        done = end
        yield Field(label, (value if stop is None else value[:stop]).strip(), line)


def _ends(value: str, label: re.Match[str]) -> bool:
    """Whether a label ends the value before it: 执法证号 in brackets after a name belongs to the value."""
    return not _inside_brackets(value, label.start()) and _stands_alone(value, label.start(), label[0])


def _inside_brackets(value: str, at: int) -> bool:
    before = value[:at]
    return max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))


def _stands_alone(text: str, start: int, matched: str) -> bool:
    """Not the tail of a longer label: 检查人 in 被检查人. A label written with gaps may follow only a wide gap."""
    before = text[:start]
    bare = before.rstrip()
    if not bare or not _HAN.match(bare[-1]):
        return True
    gap = sum(2 if c in "\u3000\t" else 1 for c in before[len(bare) :])
    return gap >= (2 if re.search(r"\s", matched.strip()) else 1)
