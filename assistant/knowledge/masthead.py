"""What stands above a text and in its last article: title, issuer, number, kind, region and dates.

Only what the file says is read; what it does not say stays unknown and is named in `Masthead.doubts`.
"""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple, get_args

from assistant.knowledge.instrument import Cut, squeeze
from assistant.knowledge.readers.document import Document
from assistant.knowledge.titles import AT_ONCE, CASE_TITLE, DATE, DOCUMENT_NO, FILE_DATE
from assistant.numerals import to_int
from assistant.schema import InstrumentKind

KINDS: tuple[str, ...] = get_args(InstrumentKind)

_ISSUED = re.compile(
    r"^\s*(?:由|经)?(.{2,40}?)(?:令|公告)?\s*(?:第.{1,8}号)?\s*(?:令)?\s*(?:公布|发布|印发|修订发布|公告)"
)

PROVINCES = tuple(
    f"{name}{rank}"
    for rank, names in {
        "市": ("北京", "天津", "上海", "重庆"),
        "省": (
            *("河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南"),
            *("湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾"),
        ),
        "自治区": ("内蒙古", "广西壮族", "西藏", "宁夏回族", "新疆维吾尔"),
    }.items()
    for name in names
)
"""Provinces by their full names."""
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,9}?(?:自治州|自治县|自治旗|市|盟|县|区|州))(?:第.{1,4}届)?(?:人民代表大会|人民政府|人大常委会)"
)
_LOCAL_KINDS = ("地方性法规", "地方政府规章", "规范性文件")
_FOLDER_WORDS = {
    "规章": "部门规章",
    "规范性文件": "规范性文件",
    "地方法规": "地方性法规",
    "案例": "案例",
    "复议决定": "案例",
    "复议案例": "案例",
}


class Event(NamedTuple):
    day: dt.date
    what: str  # 通过 | 修改 | 公布 | 施行
    words: str


class Masthead(NamedTuple):
    """What is known of a text; None is unknown. `doubts` names, in Chinese, the fields that are not certain."""

    title: str
    kind: InstrumentKind | None = None
    issuer: str | None = None
    document_no: str | None = None
    region: str | None = None
    passed: dt.date | None = None
    published: dt.date | None = None
    commenced: dt.date | None = None
    effective: dt.date | None = None
    lines: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def version_day(self) -> dt.date | None:
        """The day that names the version: passed, else published, else in force."""
        return self.passed or self.published or self.effective


def read_date(match: re.Match[str]) -> dt.date | None:
    """A day out of a match of the date pattern; None when there is no such day."""
    year, month, day = (match[i] or match[i + 3] for i in (1, 2, 3))
    try:
        return dt.date(*(to_int(part.replace("○", "〇")) for part in (year, month, day)))
    except ValueError:
        return None


def name_date(name: str) -> dt.date | None:
    """The date at the end of a file's name: `…条例(2023-12-11).md`. Mostly the day of passing."""
    match = FILE_DATE.search(PurePath(name).stem)
    if not match:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def events(lines: Sequence[str]) -> list[Event]:
    """The dated events of a masthead, in its order."""
    found: list[Event] = []
    text = "\n".join(lines)
    matches = list(DATE.finditer(text))
    for at, match in enumerate(matches):
        day = read_date(match)
        if day is None:
            continue
        end = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        words = re.sub(r"《[^》]*》", "", text[match.end() : end])
        before = text[max(0, match.start() - 1) : match.start()]
        if re.match(r"\s*起?\s*(?:施行|执行|实施|实行|生效)", words) or (before == "自" and "起" in words[:2]):
            what = "施行"
        elif named := re.search(r"(修订|修正|修改)|(公布|发布|印发|公告)|(通过|批准|审议)", words):
            changed = re.search(r"修订|修正|修改", re.split("公布|发布", words)[0])
            what = "修改" if named[1] or changed else "公布" if named[2] else "通过"
        elif "令" in words or not words.strip("（）() \n\u3000"):  # an order, or a day alone under the title
            what = "公布"
        else:
            continue
        found.append(Event(day, what, " ".join(text[match.end() : end].split())))
    return found


def commencement(cut: Cut) -> dt.date | str | None:
    """What the closing article says of commencement: a day, `公布之日`, or None when it says neither."""
    numbered = [p for p in cut.pieces if p.number is not None]
    for piece in reversed(numbered[-3:] or list(cut.pieces[-2:])):
        for sentence in re.split(r"(?<=[。；\n])", piece.text):
            found = re.search(r"[自从于](.{0,30}?)(?:起)?(?:正式)?(?:施行|执行|生效|实施|实行)", sentence)
            if (
                not found
                or "废止" in sentence[: found.start()]
                or "《" in sentence[: found.start()].replace("《中华人民共和国", "")
            ):
                continue
            if day := DATE.search(found[1]):
                return read_date(day)
            if re.search(r"(?:公布|发布|印发|批准|颁布)之日|即日", found[1]):
                return "公布之日"
        if re.search(r"由[^。；，]{2,20}(?:公布|发布)施行", piece.text):
            return "公布之日"
    return None


def read(document: Document, cut: Cut, title: str, lines: tuple[str, ...], folders: Sequence[str] = ()) -> Masthead:
    """The masthead of a document. `folders` are the names of the folders it lies in, the nearest first."""
    kind = folder_kind(folders) or guess_kind(title, lines)
    doubts: list[str] = []
    notes: list[str] = []
    history = events(lines)
    filed = name_date(document.name)
    closing = commencement(cut) or ("公布之日" if any(AT_ONCE.search(line) for line in lines) else None)
    dates = {"passed": filed} if kind == "案例" else _dates(history, filed, closing, doubts, notes)
    number = _document_no(lines, history)
    issuer = _issuer(kind, lines, history, title)
    if kind is None:
        doubts.append("类别")
    if issuer is None and kind != "案例":
        doubts.append("发文机关")
        if kind == "行政法规":
            issuer = "国务院"  # by 立法法; who published it the file does not say
    return Masthead(
        title=title,
        kind=kind,
        issuer=issuer,
        document_no=number,
        region=_region(kind, title, issuer, lines),
        lines=lines,
        doubts=tuple(doubts),
        notes=tuple(notes),
        **dates,
    )


def _dates(
    history: list[Event], filed: dt.date | None, closing: dt.date | str | None, doubts: list[str], notes: list[str]
) -> dict[str, dt.date | None]:
    made = [e for e in history if e.what != "施行"]
    starts = [e.day for e in history if e.what == "施行"]
    latest = max((e.day for e in made), default=None)
    first_public = min((e.day for e in made if e.what == "公布"), default=None)
    changes = [e for e in made if e.what == "修改" and (first_public is None or e.day > first_public)]
    amended = bool(changes)
    passed = published = None
    if latest is not None and (filed is None or filed <= latest or filed in starts or filed == closing):
        near = [e for e in made if (latest - e.day).days <= 400]
        published = max((e.day for e in near if e.what in ("公布", "修改")), default=None)
        passed = max((e.day for e in near if e.what in ("通过", "修改")), default=None)
        if passed is not None and changes and passed < changes[-1].day:
            passed = changes[-1].day
        if passed is None and filed is not None and published and 0 <= (published - filed).days <= 400:
            passed = filed
    elif (
        filed is not None
        and any(e.day == latest and re.search("通过|批准", e.words) for e in made)
        and _near(filed, latest)
    ):
        passed, published = latest, filed
    elif filed is not None:
        passed = filed
        if latest is None:
            notes.append("文内没有题注，日期取自文件名，一般是通过日期")
        else:
            amended = True
            notes.append(f"题注止于{latest.isoformat()}，文件名所载日期为{filed.isoformat()}，按后者列为本文本的日期")
    day = passed or published
    said = closing if isinstance(closing, dt.date) else None
    first = said or min(starts, default=None) or (first_public if closing == "公布之日" else None)
    effective = commenced = None
    if said is not None and passed is not None and said < passed - dt.timedelta(days=365):
        amended = True  # a text of this day that commenced years before: amended, though the masthead does not say so
    if not amended:
        effective = said or max(starts, default=None)
        if effective is None and closing == "公布之日":
            effective = published
        commenced = effective
    else:
        later = [s for s in (*starts, *([said] if said else [])) if day is not None and s >= day]
        effective = min(later, default=None)
        commenced = first or effective
    if effective is None:
        doubts.append("施行日期")
    if day is None and effective is None:
        doubts.append("通过日期")
    return {
        "passed": passed,
        "published": published,
        "commenced": commenced,
        "effective": effective,
    }


def _near(day: dt.date, before: dt.date | None) -> bool:
    """Whether a text passed on one day was likely published on the other."""
    return before is not None and 0 <= (day - before).days <= 400


def folder_kind(folders: Sequence[str]) -> InstrumentKind | None:
    """The kind a person sorted the file under: the nearest folder whose name ends with a kind."""
    for folder in folders:
        for kind in sorted(KINDS, key=len, reverse=True):
            if folder.endswith(kind):
                return kind  # type: ignore[return-value]
        for words, kind in _FOLDER_WORDS.items():
            if folder.endswith(words):
                return kind  # type: ignore[return-value]
    return None


def guess_kind(title: str, lines: Sequence[str]) -> InstrumentKind | None:
    """The kind by what the masthead says; None when it says nothing."""
    head = "\n".join(lines)
    if CASE_TITLE.search(squeeze(title)):
        return "案例"
    if re.search(r"全国人民代表大会|主席令", head):
        if title.startswith("全国人民代表大会") and title.endswith("决定"):
            return "修改决定"
        return "法律"
    local = any(p in head or title.startswith(p) for p in PROVINCES) or _PLACE.search(head)
    if re.search(r"国务院(?:、中华人民共和国中央军事委员会|、中央军事委员会|、中央军委)?令", head) and not local:
        return "行政法规"
    if local:
        if re.search(r"人民代表大会|人大常委会", head):
            return "地方性法规"
        if re.search(r"人民政府令|人民政府第\s*\S+\s*号令|政府令", head):
            return "地方政府规章"
        if DOCUMENT_NO.search(head):
            return "规范性文件"
        return None
    if re.search(r"国务院(?:发布|公布|批准)", head):
        return "行政法规"
    if re.search(r"(?:部|委员会|总局|局|署|银行|办公室|会)\s*(?:令|公告)\s*第?", head):
        return "部门规章"
    if DOCUMENT_NO.search(head):
        return "规范性文件"
    return None


def _document_no(lines: Sequence[str], history: Sequence[Event]) -> str | None:
    """The number of the latest order named, else of the document."""
    for event in reversed(history):
        if found := re.search(
            r"([\u4e00-\u9fff、]{2,40}令\s*第\s*\S{1,8}?\s*号)|([\u4e00-\u9fff、]{2,40}第\s*\d+\s*号令)", event.words
        ):
            return squeeze(found[0])
    text = "\n".join(lines)
    if found := DOCUMENT_NO.search(text):
        return squeeze(found[0])
    if found := re.search(
        r"([\u4e00-\u9fff、]{2,40}(?:令|公告))\s*[（(]?\s*(第?\s*[一二三四五六七八九十百〇零0-9]+\s*号)", text
    ):
        return squeeze(found[1] + found[2])
    return None


def _issuer(kind: str | None, lines: Sequence[str], history: Sequence[Event], title: str) -> str | None:
    """Who issued the text, as the masthead writes it."""
    named: str | None = None
    for event in history:
        if event.what in ("公布", "修改") and (found := _ISSUED.match(re.sub(r"《[^》]*》", "", event.words))):
            words = re.sub(r"令?第[一二三四五六七八九十百〇零0-9]+号|令$", "", squeeze(found[1]))
            if re.search(r"(?:院|部|委|会|局|署|厅|政府|行|军委|办|社|大会)$", words):
                named = words.removeprefix("中华人民共和国").replace("、中华人民共和国", "、").replace("主席", "")
                break
    if named is None:
        text = DATE.sub("\n", "\n".join(lines))
        if found := re.search(
            r"([\u4e00-\u9fff、]{2,30}(?:代表大会常务委员会|代表大会|人民政府|部|委员会|局|署))(?:令|公告|文件)", text
        ):
            named = found[1].removeprefix("中华人民共和国")
        elif found := re.search(r"([\u4e00-\u9fff]{2,20}(?:代表大会常务委员会|代表大会))", text):
            named = found[1]
    if named is None:
        meetings = (
            re.match(
                r"\s*(?:经)?([\u4e00-\u9fff]{2,20}?)(?:\d{4}年)?第?\s*\S{0,4}次?(?:室务|部务|局务|委务|署务)", e.words
            )
            for e in history
        )
        named = next((m[1] for m in meetings if m), None)
    if named is None and kind in ("规范性文件", None):
        for words in (*lines, title):  # 某局关于……的通知
            if found := re.match(
                r"([\u4e00-\u9fff]{2,30}?(?:[局委部院厅署]|政府|委员会|办公室|总局))关于", squeeze(words)
            ):
                named = found[1]
                break
    if named is None and kind == "行政法规" and (title.startswith("国务院") or re.search("国务院", "\n".join(lines))):
        named = "国务院"
    if kind == "法律" and (found := re.search(r"全国人民代表大会(?:常务委员会)?", "\n".join(lines))):
        named = found[0]
    return re.sub(r"第[一二三四五六七八九十]+届", "", named) if named else None


def _region(kind: str | None, title: str, issuer: str | None, lines: Sequence[str]) -> str | None:
    """The place a local text is law in; None for national ones."""
    if kind is not None and kind not in _LOCAL_KINDS:
        return None
    for words in (title, issuer or ""):
        for place in PROVINCES:
            if words.startswith(place):
                return place
    for words in (issuer or "", *lines):
        if found := _PLACE.search(words):
            return found[1]
    return None
