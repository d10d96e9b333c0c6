"""Which text was the law on which day, computed from the texts themselves.

What a source says of a text (one date of commencement, one status) does not answer for a day: it holds the first
commencement, whatever was amended since. So the days are read out of the texts: the article that says when the law
commences, the amending decision where it is held, the clause that repeals another instrument, the next text of the
same law. What the texts do not settle stays 待核 and says why; a correction, made by a person with a reason and a
basis, wins over all of it.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.errors import KnowledgeError
from assistant.law.amendments import Amendment, amended_law, changed_articles
from assistant.numerals import to_int
from assistant.schema import Article, LawVersion, Span

WINDOW = dt.timedelta(days=365)
"""How long after its passing an amended text of unknown commencement stays 待核.

Amending decisions take effect at once or within months; the longest interval among national laws known to us is that
of 慈善法 (passed 2023-12-29, in force 2024-09-01: 247 days), and those held in the corpus take 0 to 80 days. A year
covers them with room to spare; after it the text is taken to be in force.
"""

_ITSELF = r"本(?:法|条例|规定|办法|决定|规则|细则|修正案|解释|通则|标准|目录|意见|通知)"
_DAY = r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
_CHINESE_DAY = re.compile(
    r"([一二三四五六七八九〇零○]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_COMMENCES = re.compile(
    rf"{_ITSELF}[^。\n]{{0,40}}?自\s*(?:{_DAY}|(?P<published>(?:公布|发布|颁布|印发|通过)之日))起?"
    r"\s*(?:正式)?(?:施行|实施|生效|执行)"
)
_REPEALS = re.compile(r"[^。\n]*(?:同时废止|即行废止|予以废止|(?:同时|即行)失效)")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_PART_OF_IT = re.compile(r"(?:（[^（）]*）|\([^()]*\))?(?:中|第|的|有关|关于)")  # 《某条例》中有关看守所的规定即行废止
_AMENDING = ("修正案", "修改决定", "立法解释")
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Correction:
    """What a person found out about one text and the computation cannot know. The texts given are Chinese.

    `law` is the full title and `passed` the day the text was passed; of the other fields those that are set win over
    what was computed. `where` is the file and line it was written at.
    """

    law: str
    passed: dt.date
    reason: str
    basis: str
    checked_by: str
    checked_on: dt.date
    start: dt.date | None = None
    last_day: dt.date | None = None
    end: str | None = None
    ended_by: str | None = None
    doubtful: bool | None = None
    first_commenced: dt.date | None = None
    stale_articles: tuple[str, ...] = ()
    stale_from: dt.date | None = None
    where: str = ""

    @property
    def note(self) -> str:
        return f"{self.reason}（依据：{self.basis}）"


@dataclass(frozen=True)
class _Start:
    day: dt.date | None
    certain: bool
    first: dt.date | None  # first commencement of the instrument, where known
    note: str | None = None


@dataclass(frozen=True)
class _Repeal:
    day: dt.date
    provision: str
    whole: bool  # of the instrument, not of some provisions in it


def commencement(articles: Sequence[Article], published: dt.date | None) -> tuple[dt.date | None, bool]:
    """The day the last articles say the text commences, and whether that is the day of its publication.

    (None, False) when they do not say.
    """
    for article in reversed(articles):
        if article.label.startswith(("附", "引文")):
            continue
        matches = list(_COMMENCES.finditer(_arabic_days(article.text)))
        if matches:
            match = matches[-1]
            if match["published"]:
                return published, True
            return dt.date(int(match["y"]), int(match["m"]), int(match["d"])), False
    return None, False


def _arabic_days(text: str) -> str:
    """二〇一五年十月一日 as 2015年10月1日."""

    def arabic(match: re.Match[str]) -> str:
        year = "".join(str("零一二三四五六七八九".index(c)) if c not in "〇○" else "0" for c in match[1])
        return f"{year}年{to_int(match[2])}月{to_int(match[3])}日"

    return _CHINESE_DAY.sub(arabic, text)


def _starts_of(
    version: LawVersion, articles: Sequence[Article], amendments: Sequence[Amendment], older: bool
) -> _Start:
    """When a text commenced. `older`: another text shows that the instrument existed before this one was passed."""
    passed = version.version_date
    stated, on_publication = commencement(articles[-6:], version.published or passed)
    first = min((d for d in (stated, version.commenced) if d is not None), default=None)
    given = version.span.from_
    if version.kind == "案例" or (
        given is not None and version.start_certain and (passed is None or given >= passed)
    ):  # the reader was told the day of this very text
        return _Start(given, version.start_certain, version.commenced, version.note)
    decision = next((a for a in amendments if a.passed == passed and a.commences is not None), None)
    if decision is not None:
        note = f"本文本根据{_shown(decision.version)}修正，自{_shown_day(decision.commences)}起施行"
        known = None if first == passed else first
        return _Start(decision.commences, True, known, _joined(version.note, note))
    day = stated or version.commenced
    if day is None or passed is None:
        note = "文本没有写明施行日期，施行日待核" if day is None else "文本没有通过或者公布日期，施行日待核"
        return _Start(day or passed, False, first, _joined(version.note, note))
    older = older or (given is not None and not version.start_certain)  # its reader saw that the text was amended
    amended = day < passed or (older and (on_publication or stated is None) and day == passed)
    if not amended:
        return _Start(day, True, day, version.note)
    if day < passed:
        note = f"现行文本系{_shown_day(passed)}修正，修正决定不在库中，施行日待核；{_shown_day(day)}是最初施行日"
        return _Start(passed, False, day, _joined(version.note, note))
    note = (
        f"现行文本{_shown_day(passed)}通过，此前已有文本；“自公布之日起施行”可能指最初公布，"
        "修正决定不在库中，施行日待核"
    )
    return _Start(passed, False, None, _joined(version.note, note))


def _amendments(
    versions: Iterable[LawVersion], articles: Mapping[str, Sequence[Article]]
) -> dict[str, list[Amendment]]:
    found: dict[str, list[Amendment]] = defaultdict(list)
    for version in versions:
        law = amended_law(version.title)
        if law is None or version.version_date is None:
            continue
        points = articles[version.id]
        published = version.published or version.version_date
        day = version.span.from_ or commencement(points[-6:], published)[0] or version.commenced
        found[law].append(Amendment(version, law, version.version_date, day, changed_articles(points)))
    return found


def _named_before(versions: Sequence[LawVersion], articles: Mapping[str, Sequence[Article]]) -> set[str]:
    """Ids of texts whose instrument an older text already names, or replaced: there was an earlier text of it."""
    first_named: dict[str, dt.date] = {}
    for version in versions:
        passed = version.version_date
        if passed is None:
            continue
        names = {version.title, *_TITLE.findall(version.title)}
        for article in articles[version.id]:
            # Annexes are brought up to date without a new text, so what they name proves nothing.
            if "《" in article.text and not article.label.startswith("附"):
                names.update(_TITLE.findall(article.text))
        for name in names:
            first_named[name] = min(passed, first_named.get(name, passed))
    return {
        v.id
        for v in versions
        if v.version_date is not None
        and v.kind not in _AMENDING
        and v.commenced in (None, v.version_date)
        and (first_named[v.title] < v.version_date or _replaces_namesake(v, articles[v.id]))
    }


def _replaces_namesake(version: LawVersion, articles: Sequence[Article]) -> bool:
    """1950年…颁布的《中华人民共和国工会法》同时废止, in the 工会法 itself."""
    mark = f"《{version.title}》"
    return any(
        mark in clause for article in articles if mark in article.text for clause in _REPEALS.findall(article.text)
    )


def _repeals(versions: Iterable[LawVersion], articles: Mapping[str, Sequence[Article]]) -> dict[str, list[_Repeal]]:
    """Every "…同时废止" of every text, by the title of what it repeals."""
    found: dict[str, list[_Repeal]] = defaultdict(list)
    for version in versions:
        members = articles[version.id]
        for article in members:
            if "废止" not in article.text and "失效" not in article.text:
                continue
            for clause in _REPEALS.findall(article.text):
                titles = list(_TITLE.finditer(clause))
                if not titles:
                    continue
                day = commencement([article], version.published or version.version_date)[0]
                day = day or commencement(members[-6:], version.published or version.version_date)[0]
                day = day or version.span.from_ or version.commenced
                if day is None:
                    continue
                provision = f"{_shown(version)}{article.number or article.label}"
                for title in titles:
                    if title[1] != version.title:
                        whole = _PART_OF_IT.match(clause, title.end()) is None
                        found[title[1]].append(_Repeal(day, provision, whole))
    return found


def settle(
    versions: Iterable[LawVersion], articles: Iterable[Article], corrections: Iterable[Correction] = ()
) -> tuple[list[LawVersion], list[Article]]:
    """All texts with the days they were or are the law, computed over everything held together.

    The order of what is given is kept. KnowledgeError when a correction names a text or an article that is not held.
    """
    versions, articles = list(versions), list(articles)
    members: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        members[article.version_id].append(article)
    by_correction = {(c.law, c.passed): c for c in corrections}
    _refuse_unknown(by_correction.values(), versions, articles)
    amendments = _amendments(versions, members)
    older = _named_before(versions, members)

    starts: dict[str, _Start] = {}
    for version in versions:
        start = _starts_of(version, members[version.id], amendments.get(version.title, ()), version.id in older)
        correction = by_correction.get((version.title, version.version_date)) if version.version_date else None
        if correction is not None and correction.first_commenced is not None:
            start = replace(start, first=correction.first_commenced)
        if correction is not None and correction.start is not None:
            start = replace(start, day=correction.start, certain=True, note=correction.note)
        starts[version.id] = start

    settled = {v.id: _begun(v, starts[v.id], v.id in older) for v in versions}
    by_title: dict[str, list[LawVersion]] = defaultdict(list)
    for version in versions:
        by_title[version.title].append(version)
    for texts in by_title.values():
        texts.sort(key=lambda v: (starts[v.id].day or dt.date.min, v.version_date or dt.date.min))
        first = texts[0]
        settled[first.id] = _unknown_before(settled[first.id], starts[first.id], first.id in older)
        for earlier, later in pairwise(texts):
            settled[earlier.id] = _followed(settled[earlier.id], later, starts[later.id])
    repeals = _repeals(versions, members)
    for version in versions:
        settled[version.id] = _repealed(settled[version.id], repeals.get(version.title, ()))
        correction = by_correction.get((version.title, version.version_date)) if version.version_date else None
        if correction is not None:
            settled[version.id] = _corrected(settled[version.id], correction)

    stale: dict[str, tuple[dt.date, str]] = {}
    for law, instruments in amendments.items():
        for amendment in instruments:
            _overtake(amendment, by_title.get(law, ()), members, settled, stale)
    for correction in by_correction.values():
        for version in by_title.get(correction.law, ()):
            if version.version_date == correction.passed and correction.stale_from is not None:
                for number in correction.stale_articles:
                    stale[f"{version.id}#{number}"] = (correction.stale_from, correction.note)
    return [settled[v.id] for v in versions], [_stale(a, stale.get(a.id)) for a in articles]


def _refuse_unknown(
    corrections: Iterable[Correction], versions: Sequence[LawVersion], articles: Sequence[Article]
) -> None:
    held = {(v.title, v.version_date): v.id for v in versions}
    ids = {a.id for a in articles}
    problems = []
    for correction in corrections:
        version_id = held.get((correction.law, correction.passed))
        if version_id is None:
            problems.append(f"{correction.where}：库中没有《{correction.law}》{correction.passed}通过的文本")
            continue
        missing = [n for n in correction.stale_articles if f"{version_id}#{n}" not in ids]
        problems.extend(f"{correction.where}：《{correction.law}》没有{number}" for number in missing)
    if problems:
        raise KnowledgeError("法律有效性更正", "\n".join(problems), "核对法律全称、文本通过日期和条号后重新加载")


def _begun(version: LawVersion, start: _Start, older: bool) -> LawVersion:
    doubt: tuple[Span, ...] = ()
    if not start.certain and version.version_date is not None:
        doubt = (Span(from_=version.version_date, to=version.version_date + WINDOW - _ONE_DAY),)
    first = start.first
    if first is not None and start.day is not None and first > start.day:
        first = start.day
    if first is None and start.certain and not older:
        first = start.day
    return version.model_copy(
        update={
            "span": Span(from_=start.day, to=version.span.to),
            "start_certain": start.certain,
            "commenced": first,
            "doubt": doubt,
            "note": start.note,
        }
    )


def _unknown_before(version: LawVersion, start: _Start, older: bool) -> LawVersion:
    """Before an amended text was passed another text of the law ruled; where it is not held those days are open."""
    passed = version.version_date
    if passed is None or start.day is None:
        return version
    if start.first is not None and start.first < passed:
        before = Span(from_=start.first, to=passed - _ONE_DAY)
    elif start.first is None and older:
        before = Span(to=passed - _ONE_DAY)
    else:
        return version
    said = f"{_shown_day(passed)}以前的文本不在库中"
    return version.model_copy(update={"doubt": (before, *version.doubt), "note": _joined(version.note, said)})


def _followed(version: LawVersion, later: LawVersion, start: _Start) -> LawVersion:
    """The text until the next one of the same law took over."""
    if start.day is None:
        return version
    update: dict[str, object] = {}
    last = start.day - _ONE_DAY
    if version.span.to is None or last < version.span.to:
        update["span"] = Span(from_=version.span.from_, to=last)
        update["end"] = "已修改"
        update["ended_by"] = f"{_shown(later)}（{_shown_day(later.version_date)}通过的文本）"
    if not start.certain:
        window = Span(from_=start.day, to=start.day + WINDOW - _ONE_DAY)
        update["doubt"] = (*version.doubt, window)
        update["note"] = _joined(version.note, f"后一文本{_shown_day(start.day)}通过，施行日待核")
    return version.model_copy(update=update)


def _repealed(version: LawVersion, repeals: Sequence[_Repeal]) -> LawVersion:
    passed = version.version_date
    for partial in (r for r in repeals if not r.whole and (passed is None or passed < r.day)):
        said = f"部分规定由{partial.provision}废止（{_shown_day(partial.day)}起）"
        version = version.model_copy(update={"note": _joined(version.note, said)})
    ending = [r for r in repeals if r.whole and (passed is None or passed < r.day)]
    if ending:
        first = min(ending, key=lambda r: r.day)
        last = first.day - _ONE_DAY
        if version.span.to is None or last < version.span.to:
            said = f"由{first.provision}废止，{_shown_day(first.day)}起失效"
            return version.model_copy(
                update={
                    "span": Span(from_=version.span.from_, to=last),
                    "end": "已废止",
                    "ended_by": first.provision,
                    "note": _joined(version.note, said),
                }
            )
    if version.end == "已废止" and version.span.to is None:
        said = f"来源（{version.source.title}）标为已废止，库中没有废止它的文本，失效日待核"
        return version.model_copy(update={"doubtful": True, "note": _joined(version.note, said)})
    return version


def _corrected(version: LawVersion, correction: Correction) -> LawVersion:
    update: dict[str, object] = {}
    if correction.last_day is not None:
        update |= {
            "span": Span(from_=version.span.from_, to=correction.last_day),
            "end": correction.end,
            "ended_by": correction.ended_by or correction.basis,
            "doubtful": False,
        }
    if correction.doubtful is not None:
        update["doubtful"] = correction.doubtful
    if update:
        update["note"] = correction.note if correction.start is None else version.note
    return version.model_copy(update=update)


def _overtake(
    amendment: Amendment,
    texts: Sequence[LawVersion],
    articles: Mapping[str, Sequence[Article]],
    settled: dict[str, LawVersion],
    stale: dict[str, tuple[dt.date, str]],
) -> None:
    """Mark what an amendment changed in the text that it found and that does not contain it."""
    passed, day = amendment.passed, amendment.commences
    if passed is None or day is None or any(v.version_date == passed for v in texts):
        return
    found = [v for v in texts if v.version_date is not None and v.version_date < passed]
    if not found:
        return
    text = max(found, key=lambda v: v.version_date or dt.date.min)
    if (last := settled[text.id].span.to) is not None and last < day:
        return
    held = [a for a in articles[text.id] if a.number in amendment.changed]
    name = _shown(amendment.version)
    for article in held:
        if article.id not in stale or day < stale[article.id][0]:
            said = f"本条已被{name}修改，{_shown_day(day)}起施行；本文本没有并入，现行规定以该文件为准"
            stale[article.id] = (day, said)
    numbers = "、".join(a.number or "" for a in held)
    # The law is named again: bare numbers after the amendment's name would be read as the amendment's own.
    said = f"{name}（{_shown_day(day)}起施行）没有并入本文本" + (f"，涉及{_shown(text)}{numbers}" if numbers else "")
    settled[text.id] = settled[text.id].model_copy(update={"note": _joined(settled[text.id].note, said)})


def _stale(article: Article, overtaken: tuple[dt.date, str] | None) -> Article:
    if overtaken is None:
        return article
    day, said = overtaken
    return article.model_copy(update={"stale_from": day, "note": _joined(article.note, said)})


def _joined(*notes: str | None) -> str:
    """Notes as one, none said twice."""
    return "；".join(dict.fromkeys(n for n in notes if n))


def _shown(version: LawVersion) -> str:
    return version.title if "《" in version.title else f"《{version.title}》"


def _shown_day(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "（日期不详）"
