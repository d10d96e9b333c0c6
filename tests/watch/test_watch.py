"""What an answer rests on changes: it is found, with what changed and since when; what did not change is left alone."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from assistant.desk import Desk
from assistant.law.library import Library
from assistant.schema import Citation, ListSource, RuleList, Span
from assistant.watch import Resting, Watch

SECURITY = "中华人民共和国治安管理处罚法"
AIR = "中华人民共和国大气污染防治法"
CODE = "中华人民共和国生态环境法典"
TRADEMARK = "中华人民共和国商标法"
PENALTY = "中华人民共和国行政处罚法"
TODAY = dt.date(2026, 11, 24)


class Kept:
    """Things kept, as a source."""

    def __init__(self, *kept: Resting) -> None:
        self.kept = kept

    def resting(self) -> Iterable[Resting]:
        return self.kept


def resting(name: str, day: dt.date, *cited: Citation, **more: object) -> Resting:
    return Resting("answer", name, name, "王律师", day, cited, **more)  # type: ignore[arg-type]


def test_a_repealed_law_is_found_with_its_day_and_what_took_its_place(library: Library) -> None:
    air = resting("air", dt.date(2026, 8, 1), Citation(law=AIR, article="第一百一十七条"))
    still = resting("still", dt.date(2026, 8, 1), Citation(law=PENALTY, article="第三十三条"))
    after = resting("after", dt.date(2026, 9, 1), Citation(law=CODE, article="第一千一百三十二条"))
    found = Watch(library, {}, [Kept(air, still, after)]).scan(TODAY)
    assert [one.id for one in found] == ["air"]
    (change,) = found[0].changes
    assert change.kind == "已废止"
    assert change.since == dt.date(2026, 8, 15)
    assert "生态环境法典" in change.text
    assert change.then is not None
    assert not change.to_come


def test_what_is_to_come_is_said_before_it_comes(library: Library) -> None:
    kept = Kept(resting("mark", TODAY, Citation(law=TRADEMARK, article="第五十七条")))
    watch = Watch(library, {}, [kept])
    assert watch.scan(TODAY, ahead=10) == ()
    (found,) = watch.scan(TODAY, ahead=60)
    (change,) = found.changes
    assert change.to_come
    assert change.since == dt.date(2027, 1, 1)
    (later,) = watch.scan(dt.date(2027, 1, 2))
    assert not later.changes[0].to_come


def test_a_new_text_with_the_same_words_is_no_change(library: Library) -> None:
    """Of all laws held in two texts, the articles that a new text took over word for word."""
    kept: list[Resting] = []
    for title in library.titles:
        for old, new in pairwise(library.versions(title)):
            day = new.span.from_
            if day is None or library.version_on(title, day) != new:
                continue
            eve = day - dt.timedelta(days=1)
            if library.version_on(title, eve) != old or old.status_on(eve) != "现行有效":
                continue
            for article in library.articles_of(old.id):
                later = library.article(new.id, article.number) if article.number else None
                if later is not None and later.text == article.text and later.stale_from is None:
                    kept.append(resting(article.id, eve, article.citation))
    assert len(kept) > 50
    assert Watch(library, {}, [Kept(*kept)]).scan(dt.date(2027, 6, 1)) == ()


def _list(end: dt.date) -> RuleList:
    return RuleList(
        id="甲",
        title="甲清单",
        issuer=None,
        region="天津市",
        category="不予处罚",
        in_force=Span(to=end),
        nature="示例",
        source=ListSource(title="示例"),
    )


def test_a_list_that_lapsed_and_one_that_is_gone(library: Library) -> None:
    kept = Kept(resting("list", dt.date(2026, 6, 1), lists=("甲", "乙")))
    (found,) = Watch(library, {"甲": _list(dt.date(2026, 7, 31))}, [kept]).scan(TODAY)
    assert {(c.kind, c.since) for c in found.changes} == {("清单到期", dt.date(2026, 8, 1)), ("清单变动", None)}
    (coming,) = Watch(library, {"甲": _list(dt.date(2026, 12, 31)), "乙": _list(dt.date(2030, 1, 1))}, [kept]).scan(
        TODAY
    )
    assert [c.kind for c in coming.changes] == ["清单将到期"]


def test_a_conclusion_that_is_another_today_stands_first(library: Library) -> None:
    cited = Citation(law=AIR, article="第一百一十七条")
    day = dt.date(2026, 8, 1)
    same = resting("same", dt.date(2026, 8, 2), cited, conclusion="可以", again=lambda _: "可以")
    other = resting("other", day, cited, conclusion="可以", again=lambda on: f"{on}不可以")
    found = Watch(library, {}, [Kept(same, other)]).scan(TODAY)
    assert [(one.id, one.differs) for one in found] == [("other", True), ("same", False)]
    assert found[0].recomputed == "2026-11-24不可以"


def test_answers_of_the_chat_are_watched(desk: Desk, tmp_path: Path) -> None:
    for _ in desk.advise("大气污染防治法第一百一十七条怎么规定的", as_of=dt.date(2026, 8, 1), who="观察者"):
        pass
    found = [one for one in desk.watch.scan(TODAY) if one.owner == "观察者"]
    assert any("第一百一十七条" in change.about for one in found for change in one.changes)


def test_a_case_of_the_chat_is_concluded_anew(desk: Desk) -> None:
    """Told while 环境影响评价法 was law; it is repealed since, and the engines look at the same facts again."""
    told = "依据环境影响评价法第三十一条，某厂未批先建，初次违法，已经及时改正，危害后果轻微，能不能免罚？"
    for _ in desk.advise(told, as_of=dt.date(2026, 7, 1), who="再算"):
        pass
    found = [one for one in desk.watch.scan(TODAY) if one.owner == "再算"]
    assert found
    assert all(one.recomputed is not None for one in found)
