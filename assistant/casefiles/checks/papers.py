"""Checks of the file as such: which documents are there, how listed, ordered, numbered, filled in and signed."""

import re
from collections.abc import Iterator

from assistant.casefiles.cutting import Paper
from assistant.casefiles.fields import fields
from assistant.casefiles.intake import Line
from assistant.casefiles.numbers import Number, number_of, numbers_in
from assistant.casefiles.outcome import Fault, Outcome, defect, missing, ok, unknown, weighed
from assistant.casefiles.people import OFFICERS, PARTIES, is_name, names_in, parties
from assistant.casefiles.surnames import has_surname
from assistant.casefiles.volume import DECISIONS, NOTICE, RECORDS, Volume
from assistant.schema import FilePlace

_ORDER = {"立案": 1, "调查": 2, "审查": 3, "告知": 3, "决定": 4, "送达": 5, "执行": 6, "结案": 7}
_ANYWHERE = ("整改复查意见书", "送达地址确认书", "责令改正通知书", "涉嫌犯罪案件移送书")
"""Papers that may be made at several stages."""
_BLANK = re.compile(
    r"[_＿]{3,}|(?<![0-9〇零一二三四五六七八九十])年月日|(?<![0-9A-Za-z×*])[×XＸ]{3,}(?![0-9A-Za-z×*])|[〔\[（(](?:20)?[〕\])）]第?号|某年某月某日"
)
_PAGED = re.compile(r"\d{1,4}(?:[-—–~至]+\d{1,4})?(?:页|[）)])*(?:\|.{0,12})?[。|]*$")
_SIGNED = re.compile(r"签名|签字|签章|盖章|印章|签收|手印|指印|收件人|见证人")
_UNSEALED = re.compile(
    r"(?:未|没有|未见|缺|无)(?:加盖|盖有?|任何)?(?:机关|单位|行政处罚)?(?:印章|公章|专用章|章)|印章(?:处)?(?:缺失|空缺|空白|未盖)"
)
_APPROVED = re.compile(r"(?<!不)同意|批准(?!日期|时间|人)|准予|予以立案|决定立案")
_FILLED = ("当事人", "案由", "住所", "地址", "法定代表人", "检查时间", "检查地点", "询问时间", "询问地点", "案情摘要",
           "送达方式", "送达地点", "案件来源")  # fmt: skip
_SIGNATURE = re.compile(
    r"(?<!被)(?:检查人|询问人|执法人员|勘验人|办案人员|记录人)[^：:|]{0,10}(?:签名|签字)[^：:|]{0,8}[：:](.*)"
)


def absent(volume: Volume, name: str) -> Outcome | None:
    """What to say of a kind of document that is not there; None when it is, readable or not.

    Only a file that is whole and was read whole is missing something; all else is unknown.
    """
    if volume.has(name):
        return None
    listed = volume.listed(name)
    if listed is not None and volume.listing is not None:
        return unknown(f"卷内目录列有{name}，交来的文件里没有，可能漏传", volume.place(volume.listing, listed))
    if volume.unreadable:
        return unknown(f"没有找到{name}；有文件没有读出来，待人工核对", *volume.unreadable[:3])
    alike = [p for p in volume.unknown if any(t in p.tight[:400] for t in volume.titles.by_name[name].titles)]
    if alike:
        return unknown(f"没有找到{name}；“{alike[0].title}”可能是，待人工核对", volume.place(alike[0]))
    inside = next((place for paper in volume.papers if (place := _inside(volume, paper, name))), None)
    if inside is not None:
        return unknown(f"没有找到{name}；这里的文字像是它，可能是标题没有认出来，待人工核对", inside)
    if not volume.whole:
        return unknown(f"没有交来{name}；交来的不像一个完整的案卷，不能认定缺少")
    shows = volume.listing or volume.decision
    return missing(f"案卷里没有{name}", volume.place(shows) if shows is not None else None)


def _inside(volume: Volume, paper: Paper, name: str) -> FilePlace | None:
    """Where another paper holds a line that is a title of this kind and what such a paper says: it was not cut off."""
    kind = volume.titles.by_name[name]
    if not paper.readable or paper.stage == "卷首" or paper.kind is None:
        return None
    for at, line in enumerate(paper.lines[1:], start=1):
        below = "\n".join(one.tight for one in paper.lines[at : at + 40])
        titled = len(line.tight) <= 30 and any(line.tight.endswith(title) for title in kind.titles)
        if titled and any(all(mark in below for mark in marks) for marks in kind.content):
            return volume.place(paper, line)
    return None


def main_documents(volume: Volume) -> Outcome:
    """Filing, notice, decision, as the procedure needs them."""
    wanted = [kind.name for kind in volume.titles.by_name.values() if volume.procedure in kind.required]
    if volume.decision is not None and volume.procedure != "不予处罚":
        wanted = [name for name in wanted if name not in DECISIONS]
    found = {name: lost for name in wanted if (lost := absent(volume, name)) is not None}
    gone = [Fault(lost.text, lost.places) for lost in found.values() if lost.status == "missing"]
    open_ = [Fault(lost.text, lost.places) for lost in found.values() if lost.status != "missing"]
    unread = [p for p in volume.papers if p.name in wanted and not p.readable]
    open_ += [Fault(f"{p.name}是扫描件，未识别，待人工核对", (volume.place(p),)) for p in unread]
    return weighed(gone, open_, ok(f"{'、'.join(wanted) or '决定书'}都在卷内"), status="missing")


def evidence(volume: Volume) -> Outcome:
    """Something that proves the facts; and what the decision says it rests on is in the file."""
    held = [p for p in volume.papers if p.kind is not None and p.kind.evidence]
    named = {kind.name: kind for kind in volume.titles.by_name.values() if kind.evidence and kind.name != "其他证据"}
    if not held:
        if volume.listing is not None and any(volume.listed(name) for name in named):
            return unknown("卷内目录列有证据，交来的文件里没有，可能漏传", volume.place(volume.listing))
        if volume.unreadable:
            return unknown("没有读到证据材料；有文件没有读出来，待人工核对", *volume.unreadable[:3])
        if not volume.whole or volume.unknown:
            return unknown("没有交来证据材料，不能认定证据不足")
        shows = volume.decision
        return missing("案卷里没有任何笔录、书证、鉴定等证据", volume.place(shows) if shows else None)
    unheard = _unheard(volume)
    if unheard is not None:
        return unheard
    if volume.decision is not None and not volume.unreadable:
        body = volume.decision.tight
        for name, kind in named.items():
            title = next((t for t in sorted(kind.titles, key=len, reverse=True) if f"《{t}》" in body), None)
            if title and not volume.has(name):
                text = f"决定书列举了《{title}》，卷内没有，待人工核对"
                return unknown(text, volume.find(volume.decision, re.compile(re.escape(title))))
    kinds = "、".join(dict.fromkeys(p.name for p in held))
    return ok(f"卷内有{kinds}；证明力由人判断")


def _unheard(volume: Volume) -> Outcome | None:
    """Of several people punished in one file, one whom nobody questioned and who signed no record."""
    decisions = volume.of(*DECISIONS)
    if len(decisions) < 2 or volume.unreadable or not volume.has("询问笔录"):
        return None
    for paper in decisions:
        named = parties(paper.lines)
        if not named or not (is_name(named[0].name) and has_surname(named[0].name)):
            continue
        name = named[0].name
        records = volume.of(*RECORDS, "陈述申辩书", "听证笔录")
        labels = (*PARTIES, "被询问人", "被调查人", "在场人", "陈述人")
        heard = any(name in field.value for record in records for field in fields(record.lines, labels)) or any(
            line.tight.startswith(name) for record in records for line in record.lines
        )
        if not heard:
            text = f"决定处罚“{name}”，卷内没有对他的询问，也没有他签名的笔录"
            return defect(text, volume.place(paper, named[0].line), volume.place(records[0]))
    return None


def contents(volume: Volume) -> Outcome:
    """The list of contents against what is there."""
    listing = volume.listing
    if listing is None:
        return absent(volume, "卷内目录") or unknown("卷内目录没有读出来，待人工核对", *volume.unreadable[:1])
    rows = volume.rows
    entries = volume.entries
    held = {p.name: p for p in volume.papers if p.kind is not None and p.stage != "卷首" and p.name != "备考表"}
    faults = [
        Fault(f"目录没有列{name}", (volume.place(paper),))
        for name, paper in held.items()
        if name not in entries and not paper.attached and not any(paper.title in line.tight for line in listing.lines)
    ]
    lost = [
        Fault(f"目录列有{name}，交来的文件里没有", (volume.place(listing, line),))
        for name, line in entries.items()
        if name not in held
        and not any(
            name in names and held.keys() & set(names) - {"送达回证"} for names, _ in rows if name != "送达回证"
        )
        and volume.titles.by_name[name].stage != "卷首"
        and not any(p.kind is None and len(p.title) >= 4 and p.title in line.tight for p in volume.papers)
        and name not in ("备考表", "其他证据")
    ]
    if not any(_PAGED.search(item) for line in listing.lines for item in re.split("[；;]", line.tight)):
        faults.append(Fault("目录没有页码", (volume.place(listing),)))
    open_ = lost if volume.unreadable else []
    return weighed(faults if volume.unreadable else faults + lost, open_, ok("目录与文书相符", volume.place(listing)))


def one_case(volume: Volume) -> Outcome:
    """One decision and one filing in one file."""
    if not volume.papers:
        return unknown("没有认出文书")
    for names in (DECISIONS, ("立案审批表",)):
        found = volume.of(*names)
        numbers = {number_of(p).serial for p in found if number_of(p) is not None}  # type: ignore[union-attr]
        if len(found) > 1 and len(numbers) > 1:
            return defect(
                f"卷内有{len(found)}份{found[0].name}，文号不同：{'、'.join(sorted(numbers))}",
                *(volume.place(p) for p in found),
            )
    return ok("卷内是一个案件的材料")


def order(volume: Volume) -> Outcome:
    """Filing, investigation, review and notice, decision, service, execution, closing; the decision may come first."""
    papers = [p for p in volume.papers if p.stage in _ORDER]
    if len(papers) < 3:
        return unknown("文书太少，看不出排列顺序")
    names = list(dict.fromkeys(p.sheet for p in papers))
    if len(names) > 1 and not all(re.search(r"(?:^|/)[（(]?\d", name) for name in names):
        return unknown("文件名没有编号，排列顺序待人工核对")
    rest = list(papers)
    while rest and rest[0].stage in ("决定", "送达"):  # an order that many rules of archives prescribe
        rest.pop(0)
    faults = []
    reached, last = 0, None
    for paper in rest:
        if paper.stage == "送达" and not any(p is paper and set(k) & set(DECISIONS) for p, k in volume.receipts):
            continue
        if paper.name in _ANYWHERE or paper.attached:
            continue
        rank = _ORDER[paper.stage]
        if rank < reached and last is not None:
            faults.append(Fault(f"{paper.name}排在{last.name}之后", (volume.place(paper),)))
        elif rank > reached:
            reached, last = rank, paper
    return weighed(faults, [], ok("按办案的先后排列"))


def blanks(volume: Volume) -> Outcome:
    """Fields left empty and words of the form that nobody replaced; empty signatures are another item's."""
    faults = []
    for paper in volume.papers:
        if not paper.readable or paper.stage == "卷首":
            continue
        where = _blank_in(paper)
        if where is not None:
            line, what = where
            faults.append(Fault(f"{paper.name}：{what}", (volume.place(paper, line, what),)))
    return weighed(faults, [], ok("没有看到空白的栏目") if volume.papers else unknown("没有认出文书"))


def _blank_in(paper: Paper) -> tuple[Line, str] | None:
    for at, line in enumerate(paper.lines):
        before = paper.lines[at - 1].tight if at else ""
        match = _BLANK.search(line.tight)
        if match and not _SIGNED.search(line.tight) and not _SIGNED.search(before[-20:]):
            return line, f"“{line.tight[max(0, match.start() - 8) : match.end() + 4]}”没有填写"
    for field in fields(paper.lines, _FILLED):
        if not re.sub(r"[\s:：|]", "", field.value) and re.search(r"[:：|]\s*$|\|", field.line.text):
            following = paper.lines[paper.lines.index(field.line) + 1 : paper.lines.index(field.line) + 2]
            if " | " in field.line.text or not following or re.match(r"^.{2,10}[:：]", following[0].tight):
                return field.line, f"“{field.label}”没有填写"
    return None


def numbering(volume: Volume) -> Outcome:
    """The decision's number: there, in its form, of its year, and the same wherever later papers give it."""
    decision = volume.decision
    if decision is None:
        return unknown("没有处罚决定书，无从核对文号")
    number = number_of(decision)
    if number is None:
        return defect("决定书没有文号", volume.place(decision))
    faults: list[Fault] = []
    if not number.regular:
        faults.append(Fault(f"文号“{number.text}”的年份应当用六角括号〔〕", (volume.place(decision, number.line),)))
    dated = volume.decided
    if dated is not None and number.year != dated.day.year:
        text = f"文号的年份{number.year}与决定日期{dated.day}不符"
        faults.append(Fault(text, (volume.place(decision, number.line), volume.at(dated))))
    faults += list(_other_numbers(volume, number))
    return weighed(faults, [], ok(f"文号{number.text}", volume.place(decision, number.line)))


def _other_numbers(volume: Volume, number: Number) -> Iterator[Fault]:
    for paper in volume.papers:
        if paper.stage not in ("送达", "执行", "结案") or not paper.readable:
            continue
        for other in numbers_in(paper):
            same = other.prefix[-2:] == number.prefix[-2:]
            if same and (other.year, other.serial) != (number.year, number.serial):
                text = f"{paper.name}写的决定书文号是{other.text}，决定书是{number.text}"
                yield Fault(
                    text, (volume.place(paper, other.line), volume.place(volume.decision or paper, number.line))
                )
                break


def signatures(volume: Volume) -> Outcome:
    """Who signed cannot be seen in a text; a record that shows only one officer's signature can."""
    faults, empty = [], []
    for paper in volume.of(*RECORDS):
        signed: dict[str, None] = {}
        places: list[FilePlace] = []
        for line in paper.lines:
            for match in _SIGNATURE.finditer(line.text):
                signed.update(dict.fromkeys(names_in(match[1])))
                places.append(volume.place(paper, line))
        named = [name for field in fields(paper.lines, OFFICERS) for name in names_in(field.value)]
        if len(signed) == 1 and len(set(named)) > 1:
            faults.append(Fault(f"{paper.name}只有一名执法人员签名（{next(iter(signed))}）", tuple(places)))
    for paper in volume.papers:
        for line in paper.lines if paper.readable else ():
            if re.search(r"(?:签名|签字|签章)[^：:]{0,8}[：:][_＿/\s]*(?:年月日|$|[|（(])", line.tight):
                empty.append(volume.place(paper, line))
    said = f"；{len(empty)}处签名栏在文字版中是空白" if empty else ""
    return weighed(faults, [], unknown(f"签名、盖章在文字里看不见，待人工核对{said}", *empty[:5]))


def seal(volume: Volume) -> Outcome:
    """A seal is never seen in a text."""
    outward = [p for p in volume.papers if p.name in (NOTICE, *DECISIONS)]
    if not outward:
        return unknown("没有对外的文书")
    bare = [
        volume.place(p, line, found[0])
        for p in outward
        if p.readable
        for line in p.lines[-10:]
        if (found := _UNSEALED.search(line.tight))
    ]
    if bare:
        return defect("对外的文书写明没有盖章", *bare)
    places = [
        volume.find(p, re.compile(r"[（(](?:印章|公章|盖章)[^）)]{0,4}[）)]")) or volume.place(p) for p in outward
    ]
    return unknown("文字里看不见印章 → 待人工核对", *places)


def filing(volume: Volume) -> Outcome:
    """The filing form with an approval and its day."""
    lost = absent(volume, "立案审批表")
    if lost is not None:
        return lost
    form = volume.first("立案审批表")
    if form is None:
        return unknown("立案审批表是扫描件，未识别 → 待人工核对", *volume.unreadable[:1])
    faults = []
    if not _APPROVED.search(form.tight):
        faults.append(Fault("立案审批表没有负责人的批准意见", (volume.place(form),)))
    if volume.filed is None:
        faults.append(Fault("立案审批表没有批准日期", (volume.place(form),)))
        return weighed(faults, [], ok(""))
    return weighed(faults, [], ok(f"{volume.filed.day}批准立案", volume.at(volume.filed)))


def closing(volume: Volume) -> Outcome:
    """The closing form."""
    lost = absent(volume, "结案审批表")
    if lost is not None:
        return lost
    form = volume.first("结案审批表")
    if form is None:
        return unknown("结案审批表是扫描件，未识别 → 待人工核对", *volume.unreadable[:1])
    if not _APPROVED.search(form.tight):
        return defect("结案审批表没有负责人的批准意见", volume.place(form))
    return ok("有结案审批", volume.place(form))


def concealed(volume: Volume) -> Outcome:
    """Words that nobody sees on the page."""
    places = hidden_places(volume)
    if not places:
        return ok("没有看不见的文字")
    said = "；".join(f"“{place.words[:40]}”" for place in places[:3])
    return defect(f"有{len(places)}处看不见的文字（{said}），没有当作卷宗内容，其中的话也没有照办", *places)


def hidden_places(volume: Volume) -> tuple[FilePlace, ...]:
    """Where hidden words stand, after which paragraph."""
    return tuple(
        FilePlace(
            file=sheet.name,
            document=hidden.why,
            page=hidden.page,
            paragraph=hidden.after or None,
            words=hidden.text[:200],
        )
        for sheet in volume.sheets
        for hidden in sheet.hidden
    )
