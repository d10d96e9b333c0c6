"""Which day a document bears, and on which it was served."""

import re
from typing import NamedTuple

from assistant.casefiles.cutting import Paper
from assistant.casefiles.days import Found, find_days
from assistant.casefiles.fields import fields
from assistant.casefiles.intake import Line

import datetime as dt  # isort: skip

_RECEIVED = re.compile(r"签收|收到|收件|签名|签字|送达|当事人(?:确认|意见)|被(?:检查|询问)人")
_SEALED = re.compile(r"[（(][^（）()]{0,8}(?:印章|公章|盖章|章)[）)]$")
_FOOT = re.compile(r"^(?:[\u4e00-\u9fff（）()、·|:：]{0,60}?)$")
_AFTER = re.compile(r"^(?:[（(][^（）()]{0,12}[）)]|[时分0-9:：\s|]|止|印章|公章|盖章|印发|制作|填发)*$")
_OTHER_DAY = re.compile(r"(?:出生|成立|注册|登记|检查|询问|立案|打印|发照|有效期)(?:日期|时间|年月|于|至|限)?[：:|]?$")
_APPROVED = re.compile(r"同意|批准|负责人|审批|签发|意见")


class Dated(NamedTuple):
    """A day, with the document and line that tell it."""

    day: dt.date
    paper: Paper
    line: Line
    words: str
    sure: bool = True  # after a label, or alone at the foot; else the best that was found


def impossible_days(paper: Paper) -> list[tuple[Line, Found]]:
    """Days written that no calendar has."""
    return [(line, found) for line in paper.lines for found in find_days(line.tight) if found.day is None]


def day_of(paper: Paper) -> Dated | None:
    """The day of a document: after one of its kind's labels, else at its foot. None when it bears none."""
    if not paper.lines:
        return None
    labels = paper.kind.dated if paper.kind is not None else ()
    for label in labels:  # in the order of the data: the label that says most comes first
        for field in fields(paper.lines, (label,)):
            days = [found for found in find_days(re.sub(r"\s+", "", field.value)) if found.day]
            if days and days[0].day is not None:
                return Dated(days[0].day, paper, field.line, days[0].text)
    if paper.kind is not None and paper.kind.name == "送达回证" and (found := received(paper)) is not None:
        return found
    return _at_foot(paper)


def _at_foot(paper: Paper) -> Dated | None:
    """The last day that stands alone, or after the organ's name, apart from where somebody signed for receipt."""
    spare: Dated | None = None
    for at in range(len(paper.lines) - 1, -1, -1):
        line = paper.lines[at]
        if line.margin:
            continue
        for found in reversed(find_days(line.tight)):
            if found.day is None:
                continue
            here = Dated(found.day, paper, line, found.text)
            before, after = line.tight[: found.start], line.tight[found.end :]
            sealed = _SEALED.search(before) is not None
            alone = sealed or (_FOOT.match(before) is not None and _AFTER.match(after) is not None)
            signed = (not sealed and _RECEIVED.search(before) is not None) or (
                not before and at > 0 and _RECEIVED.search(paper.lines[at - 1].tight[-24:]) is not None
                and not find_days(paper.lines[at - 1].tight)
            )  # fmt: skip
            if _OTHER_DAY.search(before[-12:]):
                continue
            if alone and not signed:
                return here
            if spare is None and (alone or _APPROVED.search(before)):
                spare = here._replace(sure=False)
    return spare


def received(paper: Paper) -> Dated | None:
    """The day on which the party signed for a document, where the document itself bears it."""
    receipt = paper.kind is not None and paper.kind.name == "送达回证"
    for line in reversed(paper.lines):
        for found in find_days(line.tight):
            if found.day is None:
                continue
            before, after = line.tight[: found.start], line.tight[found.end : found.end + 3]
            if re.search(r"签收|收到|收件人|当事人签", before) or after.startswith("签收"):
                return Dated(found.day, paper, line, found.text)
            if receipt and re.search(r"回[证执][：:]", before):
                return Dated(found.day, paper, line, found.text)
    return None
