"""What an answer rests on changes: it is found, with what changed and since when; what did not change is left alone."""

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from assistant.clock import today
from assistant.desk import Desk
from assistant.desk.opinions import Signer
from assistant.drafting import Judging, load_forms
from assistant.knowledge.discretion import load_discretion
from assistant.knowledge.lists import load_lists
from assistant.law.library import Library
from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.schema import (
    Citation,
    ListSource,
    Provenance,
    RestingKind,
    RuleList,
    Sight,
    Span,
)
from assistant.settings import ROOT
from assistant.watch import Resting, Watch
from assistant.watch.again import Anew, paper_anew

SECURITY = "中华人民共和国治安管理处罚法"
AIR = "中华人民共和国大气污染防治法"
CODE = "中华人民共和国生态环境法典"
TRADEMARK = "中华人民共和国商标法"
PENALTY = "中华人民共和国行政处罚法"
TODAY = dt.date(2026, 11, 24)


EVERYBODY = Sight(who=None, everything=True)


class Kept:
    """Things kept, as a source."""

    kind: RestingKind = "answer"

    def __init__(self, *kept: Resting) -> None:
        self.kept = kept

    def resting(self, sight: Sight) -> Iterable[Resting]:
        return [one for one in self.kept if sight.everything or one.owner == sight.who]


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
    same = resting("same", dt.date(2026, 8, 2), cited, conclusion="可以", again=lambda _: Anew("可以", ()))
    other = resting("other", day, cited, conclusion="可以", again=lambda on: Anew(f"{on}不可以", ("免罚：……",)))
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


def test_only_what_is_in_sight_is_told(library: Library) -> None:
    air = Citation(law=AIR, article="第一百一十七条")
    mine, theirs = resting("mine", dt.date(2026, 8, 1), air), replace(resting("theirs", dt.date(2026, 8, 1), air))
    watch = Watch(library, {}, [Kept(mine, replace(theirs, owner="李律师"))])
    assert {one.id for one in watch.scan(TODAY)} == {"mine", "theirs"}
    assert [one.id for one in watch.scan(TODAY, sights={"answer": Sight(who="王律师")})] == ["mine"]
    assert watch.scan(TODAY, sights={"opinion": EVERYBODY}) == ()


def test_what_was_made_on_other_knowledge_is_concluded_anew(library: Library) -> None:
    """A threshold or a list that changed says nothing in the texts of the law: only computing again tells."""
    then, now = (Provenance(code="1", knowledge=k, prompts="p") for k in ("then", "now"))
    asked: list[str] = []

    def again(name: str, *points: str) -> Callable[[dt.date], Anew]:
        def conclude(_: dt.date) -> Anew:
            asked.append(name)
            return Anew("过罚相当：拟处罚在法定幅度内", points)

        return conclude

    law = Citation(law=PENALTY, article="第六十三条")
    kept = Kept(
        resting("other", TODAY, law, again=again("other", "听证：当时“不需要”，现在“应当”"), made=then),
        resting("alike", TODAY, law, again=again("alike"), made=then),
        resting("fresh", TODAY, law, again=again("fresh", "不该算"), made=now),
    )
    watch = Watch(library, {}, [kept], now)
    (found,) = watch.scan(TODAY)
    assert found.id == "other"
    assert found.differs
    assert [change.kind for change in found.changes] == ["知识库更新"]
    assert found.unlike == ("听证：当时“不需要”，现在“应当”",)
    watch.scan(TODAY)
    assert asked == ["other", "alike"], "what was drawn anew is not computed twice, and the fresh not at all"
    (program,) = Watch(library, {}, [kept], now.model_copy(update={"code": "2"})).scan(TODAY)[-1].changes
    assert program.kind == "程序更新"


def test_the_proportionality_of_a_paper_is_weighed_anew(desk: Desk, tmp_path: Path) -> None:
    """A threshold for hearings settles after a paper was made: the step it calls for is said to be another."""
    made = desk.opinions.create(
        "legality_review",
        Signer("门槛", "门槛"),
        description="某商店销售商品不明码标价，当事人为企业，初次违法，已改正。",
        fields={"basis": "《中华人民共和国价格法》第四十二条", "fine": 4000},
    )
    before = desk.opinions.get(made.id, EVERYBODY)
    assert before is not None
    assert before.verdicts["proportionality"] == "within"
    assert before.verdicts["procedure.hearing"] == "needs_facts", "Tianjin's amount is not held"
    knowledge = tmp_path / "discretion"
    shutil.copytree(ROOT / "knowledge_base" / "discretion", knowledge)
    thresholds = knowledge / "门槛.yaml"
    line = next(one for one in thresholds.read_text().splitlines() if "听证" in one and "天津市" in one)
    settled = line.replace("公民: null, 组织: null", "公民: 1000, 组织: 3000").replace("待确认", "核对", 1)
    settled = re.sub("来源: .*", "来源: 本单位确认的文件（示例）}", settled)
    thresholds.write_text(thresholds.read_text().replace(line, settled))
    library = desk.library
    judging = Judging(
        library,
        Exemption(library, load_lists((ROOT / "knowledge_base" / "lists",), library)),
        Proportionality(library, load_discretion(knowledge, library, TODAY)),
    )
    anew = paper_anew(before, load_forms(ROOT / "knowledge_base" / "templates", library, TODAY), judging, today())
    assert "听证：当时“待查”，现在“应当”" in anew.unlike
    assert "法制审核：当时“待查”，现在“应当”" in anew.unlike, "a hearing calls for it"
    assert len(anew.unlike) == 2
    assert "过罚相当：拟处罚在法定幅度内" in anew.conclusion
