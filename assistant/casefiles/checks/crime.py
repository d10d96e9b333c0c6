"""A suspected crime handed over: what the file calls one, and facts that may be one by themselves."""

import re

from assistant.casefiles.amounts import find_amounts
from assistant.casefiles.checks.counsel import Counsel
from assistant.casefiles.cutting import Paper
from assistant.casefiles.outcome import Outcome, defect, ok, unknown
from assistant.casefiles.volume import DECISIONS, Volume
from assistant.schema import CrimeSign, FilePlace

_CRIME = re.compile(
    r"涉嫌(?:构成)?犯罪(?!的|，?应当依法)|涉嫌[^，。；\n]{1,14}罪(?!名|的)|(?:达到|已达|符合)[^。；\n]{0,14}追诉标准|(?:应当?|建议)[^。；\n]{0,6}移送(?:公安|司法)机关"
)
_NOT = re.compile(r"(?:不|未|没有|尚未|并未|无|是否|如果?|若|不存在|未发现|未达)[^，。；\n]{0,10}$")
_ANSWER = re.compile(r"^[：:|？?]*(?:是否)?(?:否|不|无|未)")
_HANDED = "涉嫌犯罪案件移送书"
_FOUND = (*DECISIONS, "调查终结报告")
"""Papers in which the organ says what it found; elsewhere somebody may only have said it."""
_POLICE_SAID = re.compile(
    r"(?:公安|检察|司法)(?:机关|部门|局|院)[^。；\n]{0,24}(?:不予立案|决定不|不起诉|退回|撤销案件|没有犯罪事实|不构成犯罪|已立案|受理)"
    r"|未达到?(?:刑事)?(?:追诉|立案)标准|(?:已|已经|依法)(?:向[^。；]{2,16})?移送(?:至|给)?[^。；]{0,12}公安"
)
_TONS = re.compile(r"(\d+(?:\.\d+)?)(?:吨|t(?![a-z]))")


def handed_over(volume: Volume, counsel: Counsel) -> Outcome:
    """Where the file says that a crime is suspected, or finds what may be one, the case was handed over."""
    for paper in volume.papers:
        if paper.readable and paper.name not in (_HANDED, "卷内目录"):
            match = _called(paper.tight)
            if match is not None:
                place = volume.place(paper, paper.line_of(match[0]), match[0])
                return _judged(volume, f"{paper.name}写到“{match[0]}”", place)
    hints = []
    for sign in counsel.signs:
        for paper in volume.of(*_FOUND, "询问笔录", "现场检查笔录", "检验鉴定报告"):
            words = _tells(paper, sign)
            if words is None:
                continue
            place = volume.place(paper, paper.line_of(words[:16]), words[:16])
            said = f"{paper.name}写到“{words}”：{sign.name}，可能涉及{sign.basis}（线索性质：{sign.nature}）"
            if sign.veto and paper.name in _FOUND and not _police_said(volume):
                return _judged(volume, said, place)
            hints.append((f"{said}，是否移送待人工核对", place))
    if hints and not volume.has(_HANDED):
        return unknown("；".join(dict.fromkeys(text for text, _ in hints[:2])), *(place for _, place in hints[:2]))
    return ok("卷内没有写到涉嫌犯罪；追诉标准不在库中，数额、后果较大的由人对照")


def _called(text: str) -> re.Match[str] | None:
    """Where a text itself speaks of a crime, but to say that there is none, or what the law says."""
    for match in _CRIME.finditer(text):
        if _NOT.search(text[: match.start()]) or _ANSWER.match(text[match.end() :]):
            continue
        if re.match(r"[^。；\n]{0,30}(?:依法追究|的，)", text[match.end() :]) and match[0] == "涉嫌犯罪":
            continue
        return match
    return None


def _judged(volume: Volume, said: str, place: FilePlace) -> Outcome:
    if volume.has(_HANDED):
        return ok("已经移送", place)
    if volume.unreadable or not volume.whole:
        return unknown(f"{said}，没有看到移送的文书，待人工核对", place)
    return defect(f"{said}，卷内没有移送司法机关的文书", place)


def _police_said(volume: Volume) -> bool:
    return any(_POLICE_SAID.search(paper.tight) for paper in volume.papers if paper.readable)


def _tells(paper: Paper, sign: CrimeSign) -> str | None:
    """The sentence of a paper that holds the words of a sign; None when none does."""
    for sentence in re.split("[。；;\n]", paper.tight):
        if not all(any(word in sentence for word in group) for group in sign.together):
            continue
        if any(word in sentence for word in sign.unless) or re.search(
            r"不得|禁止|严禁|《[^》]{4,}》[^，]{0,12}规定", sentence
        ):
            continue
        if sign.unit == "元" and not any(a.value >= (sign.least or 0) for a in find_amounts(sentence) if not a.bound):
            continue
        if sign.unit == "吨" and not any(float(n) >= (sign.least or 0) for n in _TONS.findall(sentence)):
            continue
        return sentence[:80]
    return None
