"""A decision as a paper of parts: who, what is asked, what was found, what the office holds, what it orders.

Parts are opened by the words that officials open them with, or by headings of published cases. What a party says is
kept apart from what the deciding office says: only the latter tells why a decision came out as it did.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from assistant.knowledge.readers import Document

PartName = Literal[
    "题头", "当事人", "经过", "请求", "申请人称", "被申请人称", "焦点", "查明", "认为", "主文", "意义", "结尾",
]  # fmt: skip


class Line(NamedTuple):
    """One paragraph, where it stands, and the part it belongs to."""

    part: PartName
    text: str
    place: str  # 第2页第5段


_COURT = r"[\u4e00-\u9fff]{2,24}(?:法院|政府)(?:一审|二审|再审)?"
_DECIDER = (
    r"(?:本机关|本府|本局|本委|本院|本厅|本部门|本单位|我局|我委|我机关|复议机关"
    rf"|{_COURT})"
)
_ASKS = r"(?:(?:复议)?申请人|原告|上诉人|当事人)"
_ANSWERS = r"(?:被申请人|被告|被上诉人|第三人)"
_ORDERS = re.compile(
    rf"(?:{_DECIDER})?(?:遂|依法|特|经研究|现)?(?:作出|给予(?:当事人|你单位|你公司)?)?(?:以下|如下)?"
    r"(?:行政)?(?:复议|处罚|赔偿|调解)?(?:决定|判决|裁定|协议|处理)如下(?:[：:]|行政处罚[：:])?"
    rf"|{_DECIDER}(?:遂|依法|现|经研究)?(?:决定|判决|裁定)[：:]?(?!书|认定|认为|作出|是否|的)"
    r"|(?:自愿)?达成(?:如下|以下)(?:调解|和解)?协议[：:]?"
    rf"|{_DECIDER}遂(?=驳回|撤销|维持|确认|责令|变更|判令)"
    r"|(?<![撤维确])(?:一审|二审|再审)(?:法院)?(?:遂|依法)?(?:判决|裁定)(?=驳回|撤销|维持|确认|责令|变更|改判)"
    r"|决定(?:对[^，。；]{1,20})?(?=(?:不予|免予)行政处罚)"
)
"""After these words stands what is ordered."""
_OPENINGS: tuple[tuple[PartName, re.Pattern[str]], ...] = (
    (
        "结尾",
        re.compile(
            rf"^(?:(?:{_ASKS}|你(?:单位|公司)?|各方)[^。，]{{0,12}})?(?:如|若)(?:不服|对本)"
            rf"|^(?:{_ASKS})?[^。]{{0,8}}对本[^。]{{0,12}}(?:决定|判决|裁定)[^。]{{0,4}}不服"
            r"|^审\s*判\s*(?:长|员)|^书\s*记\s*员"
        ),
    ),
    (
        "当事人",
        re.compile(
            rf"^(?:{_ASKS}|{_ANSWERS}|被处罚(?:人|单位))(?:（[^）]{{1,20}}）)?[：:\s\u3000]"
            rf"|^(?:第三人|原告|被告|上诉人|被上诉人)(?:（[^）]{{1,20}}）)?"
            r"(?!.{0,50}(?:不服|诉称|述称|辩称|答辩|认为|主张|请求|因))[\u4e00-\u9fff（）()·]{2,50}[，,。]"
            r"|^(?:法定代表人|负责人|经营者|委托(?:诉讼)?代理人|统一社会信用代码|住所地?|住址|身份证|联系电话|类型|性别)"
        ),
    ),
    ("经过", re.compile(rf"^{_ASKS}[^。]{{0,60}}(?:不服|因)[^。]{{0,120}}(?:申请行政复议|提起|诉至|向本)")),
    (
        "请求",
        re.compile(rf"^{_ASKS}?(?:的)?(?:行政)?(?:复议|诉讼|上诉)?请求(?:事项)?(?:[：:是为]|撤销|确认|变更|责令)"),
    ),
    ("申请人称", re.compile(rf"^{_ASKS}[^。，]{{0,30}}?(?:诉称|述称|称|认为|主张)[：:，,]")),
    ("被申请人称", re.compile(rf"^{_ANSWERS}[^。，]{{0,30}}?(?:答复称|答辩称|辩称|答复|述称|称|认为)[：:，,]")),
    ("焦点", re.compile(r"^(?:本案|综合各方)?[^。]{0,20}争议(?:的)?焦点")),
    (
        "查明",
        re.compile(
            rf"^(?:(?:{_DECIDER})?(?:经|现)?(?:审理|复议|依法|调查|开庭|公开)?(?:审理|审查|调查)?(?:现已)?查明"
            r"|经查|现查明|违法事实|经过?调查)"
        ),
    ),
    (
        "认为",
        re.compile(
            rf"^(?:综上)?[，,]?{_DECIDER}(?:经(?:审理|审查|复议))?(?:后)?认为"
            r"|^[\u4e00-\u9fff]{2,24}法院(?:一审|二审|再审)(?:认为|判决)"
        ),
    ),
)
_HEADINGS: tuple[tuple[PartName, re.Pattern[str]], ...] = (
    ("查明", re.compile(r"^(?:基本案情|案情简介|案件事实|查明事实|违法事实|主要事实|事实)$")),
    (
        "认为",
        re.compile(
            r"^(?:裁判结果|裁判理由|处理结果|复议结果|复议决定|审理结果|办理结果|复议处理|焦点问题评析|裁判要旨)$"
        ),
    ),
    ("意义", re.compile(r"^(?:典型意义|案例意义|评析|案例评析|指导意义|启示)$")),
)
_HEADING_MARKS = re.compile(
    r"^(?:[一二三四五六七八九十]+[、．.]|（[一二三四五六七八九十]+）|[【\[]|\d+[、．.])?\s*|[】\]：:。]$"
)
_DATE_LINE = re.compile(r"^[（(]?(?:\d{4}|[二〇○零一二三四五六七八九]{4})\s*年[^，。]{2,12}日[）)]?$")


class Paper(NamedTuple):
    """The paragraphs of a decision, each in its part."""

    lines: tuple[Line, ...]

    def of(self, *parts: PartName) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.part in parts)

    def text(self, *parts: PartName) -> str:
        """The paragraphs of some parts as one text; of all where none is named."""
        return "\n".join(line.text for line in (self.of(*parts) if parts else self.lines))


def read_paper(document: Document) -> Paper:
    """A document cut into parts. What no opening tells apart belongs to the part above it."""
    lines: list[Line] = []
    part: PartName = "题头"
    number, page = 0, None
    for block in document.blocks:
        text = block.text.strip()
        if not text:
            continue
        number = number + 1 if block.page == page else 1
        page = block.page
        place = f"第{block.page}页第{number}段" if block.page else f"第{number}段"
        named = _heading(text)
        if named is not None:
            part = named
            continue
        part = _part(text, part)
        lines += _ordered(text, part, place)
        part = lines[-1].part
    return Paper(tuple(lines))


def _heading(text: str) -> PartName | None:
    bare = _HEADING_MARKS.sub("", text)
    return next((name for name, pattern in _HEADINGS if len(bare) <= 12 and pattern.match(bare)), None)


def _part(text: str, before: PartName) -> PartName:
    if _DATE_LINE.match(text):
        return "结尾"
    if before == "意义":
        return before
    for name, pattern in _OPENINGS:
        if pattern.search(text):
            return name
    if before == "当事人":
        return "经过"
    return before


def _ordered(text: str, part: PartName, place: str) -> Iterable[Line]:
    """A paragraph, divided where it goes over from what is held to what is ordered; a report of two courts, twice."""
    found = list(_ORDERS.finditer(text)) if part in ("认为", "查明", "经过", "主文", "题头") else []
    if not found:
        yield Line(part, text, place)
        return
    begun = 0
    for at, match in enumerate(found):
        yield Line("认为" if part != "经过" else part, text[begun : match.end()].strip(), place)
        stop = text.find("。", match.end()) + 1 if at + 1 < len(found) else len(text)
        begun = stop or len(text)
        yield Line(
            "主文", text[match.end() : begun].strip(), place
        )  # empty where the orders are paragraphs of their own


def sentences(lines: Sequence[Line]) -> Iterable[tuple[str, str]]:
    """(sentence, place) of paragraphs, without their full stops."""
    for line in lines:
        for sentence in re.split(r"[。；;]", line.text):
            if sentence.strip():
                yield sentence.strip(), line.place
