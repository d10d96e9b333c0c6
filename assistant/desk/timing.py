"""Whether a text is in force, since when, until when and what rules instead: said from the spans of its versions."""

import datetime as dt
import re
from collections.abc import Sequence

from assistant.desk.question import Reading
from assistant.law.library import Library
from assistant.schema import Citation, LawVersion

_NEW = re.compile(r"新(?=修|版|的|法|《)|修(订|正|改)(后|过|的|版|了|，|案)?|(新|最新)\S{0,12}法")
_OF_YEAR = re.compile(
    r"(20\d\d|19\d\d)\s*年?\s*(?:\d{1,2}月\s*)?(?:\d{1,2}[日号]\s*)?(?:新?修|通过|公布|版|文本|的?新)"
)
LENIENT = Citation(law="中华人民共和国行政处罚法", article="第三十七条")


def asked_version(library: Library, law: str, text: str, as_of: dt.date) -> LawVersion | None:
    """The text of a law that a question means: of the year it names, the coming one if it says so, else the day's."""
    versions = library.versions(law)
    year = _OF_YEAR.search(text)
    if year:
        of_year = [v for v in versions if v.version_date and v.version_date.year == int(year[1])]
        if of_year:
            return of_year[-1]
    current = library.version_on(law, as_of)
    if _NEW.search(text):
        coming = [v for v in versions if v.status_on(as_of) == "尚未施行"]
        if coming:
            return coming[0]
    return current


def in_force(library: Library, reading: Reading, law: str, subject: str | None, as_of: dt.date) -> str:
    """Whether it is law on `as_of`, since when, until when, what then. `subject` is a provision, if one is meant."""
    version = asked_version(library, law, reading.text, as_of)
    if version is None:
        return f"语料中没有《{law}》可以确定时间的文本，效力待核。"
    name = subject or f"《{law}》"
    status = version.status_on(as_of)
    if status == "已废止":
        return _repealed(name, law, version)
    if status == "尚未施行":
        return _coming(library, name, law, version, as_of)
    if status == "待核":
        return f"{name}的效力待核：{(version.note or '现有数据不足以确定').rstrip('。')}。"
    if status == "已修改":
        current = library.version_on(law, as_of)
        now = f"{day(as_of)}应看{day(current.version_date)}的文本。" if current and current is not version else ""
        text = f"{name}{day(version.version_date)}的文本{_since(version)}{_until(version)}"
        return f"{text}，已被修改，不再是现行文本。{now}"
    return _current(library, name, law, version, as_of)


def on_day(texts: Sequence[LawVersion], conduct: dt.date, words: str) -> str:
    """Which text ruled on the day of conduct; any in its year when the words say no more than a year."""
    whole_year = not re.search(r"月", words)
    begin, end = (dt.date(conduct.year, 1, 1), dt.date(conduct.year, 12, 31)) if whole_year else (conduct, conduct)
    held = [v for v in texts if any(v.status_on(d) == "现行有效" for d in (begin, conduct, end))]
    label = words or day(conduct)
    if not held:
        return f"{label}施行的文本不在语料中（现有文本见下表），该时段的行为须另查当时的文本。"
    if len(held) == 1:
        return f"{label}施行的是{day(held[0].version_date)}的文本（自{day(held[0].span.from_)}起施行）。"
    listed = "、".join(f"{day(v.version_date)}的文本（自{day(v.span.from_)}起）" for v in held)
    return f"{label}先后施行{listed}，按行为发生的日期确定。"


def _repealed(name: str, law: str, version: LawVersion) -> str:
    end = version.span.to + dt.timedelta(days=1) if version.span.to else None
    by = f"由{version.ended_by}" if version.ended_by else ""
    since = f"自{day(end)}起{by}废止" if end else f"已经{by}废止，废止日待核"
    subject = f"《{law}》" if name != f"《{law}》" else "该法"
    text = f"{name}不能再作为现行依据：{subject}{since}。"
    before = f"{day(end)}以前" if end else "废止以前"
    if law.endswith(("刑法", "民法典", "宪法")):
        return text + f"{before}发生的事实，适用当时的规定。"
    return text + (
        f"{before}发生的违法行为，仍适用行为时的规定；新的规定处罚较轻或者不认为违法的，适用新的规定（{LENIENT}）。"
    )


def _coming(library: Library, name: str, law: str, version: LawVersion, as_of: dt.date) -> str:
    start = f"自{day(version.span.from_)}起施行" if version.span.from_ else "施行日待核"
    passed = f"（{day(version.version_date)}通过的文本）" if version.version_date else ""
    text = f"{name}{passed}{start}，截至{day(as_of)}尚未施行，不能作为现在处理案件的依据。"
    current = library.version_on(law, as_of)
    if current is None or current.id == version.id:
        return text
    return text + f"在此之前适用{day(current.version_date)}的文本（{_since(current).lstrip('，')}{_until(current)}）。"


def _current(library: Library, name: str, law: str, version: LawVersion, as_of: dt.date) -> str:
    first = version.commenced
    original = (
        f"（该法最初自{day(first)}起施行）" if first and version.span.from_ and first < version.span.from_ else ""
    )
    dated = f"{day(version.version_date)}的文本" if version.version_date else "现有文本"
    text = f"{name}在{day(as_of)}现行有效，适用{dated}{_since(version)}{original}。"
    coming = [v for v in library.versions(law) if v.status_on(as_of) == "尚未施行"]
    if coming:
        passed, start = day(coming[0].version_date), day(coming[0].span.from_)
        text += f"{passed}通过的新文本自{start}起施行，尚未施行，到那时才取代现行文本。"
    return text


def _since(version: LawVersion) -> str:
    if version.span.from_ is None:
        return "，施行日待核"
    return f"，自{day(version.span.from_)}起施行" + ("" if version.start_certain else "（施行日待核）")


def _until(version: LawVersion) -> str:
    return f"，至{day(version.span.to)}止" if version.span.to else ""


def day(date: dt.date | None) -> str:
    return f"{date.year}年{date.month}月{date.day}日" if date else "（日期不详）"
