"""Which text was the law on which day: the corpus' traps by name, and the rules on texts made for them."""

import datetime as dt
from collections import Counter

import pytest

from assistant.errors import KnowledgeError
from assistant.knowledge.corpus import read_corpus
from assistant.law.amendments import amended_law, changed_articles
from assistant.law.library import Library
from assistant.law.validity import WINDOW, Correction, commencement, settle
from assistant.numerals import to_chinese
from assistant.schema import Article, LawVersion, Source, Span

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
TEN = ["环境保护法", "环境影响评价法", "海洋环境保护法", "大气污染防治法", "水污染防治法", "土壤污染防治法",
       "固体废物污染环境防治法", "噪声污染防治法", "放射性污染防治法", "清洁生产促进法"]  # fmt: skip


@pytest.fixture(scope="module")
def computed() -> Library:
    """The corpus as the texts alone settle it, without anybody's corrections."""
    return Library(*settle(*read_corpus()))


def _newest(library: Library, short: str) -> LawVersion:
    return library.versions(f"中华人民共和国{short}")[-1]


# ---- the corpus, trap by trap


@pytest.mark.parametrize("short", ["商标法", "农业法", "医疗保障法", "耕地保护和质量提升法"])
def test_trap_1_marked_in_force_but_not_yet_effective(computed: Library, short: str) -> None:
    newest = _newest(computed, short)
    assert newest.span.from_ == dt.date(2027, 1, 1)
    assert newest.status_on(TODAY) == "尚未施行"
    assert newest.status_on(dt.date(2027, 1, 1)) == "现行有效"
    assert newest.id not in {a.version_id for a in computed.in_force(TODAY)}


@pytest.mark.parametrize("short", ["商标法", "农业法"])
def test_trap_1_the_historical_text_is_law_until_the_new_one_commences(computed: Library, short: str) -> None:
    older, newer = computed.versions(f"中华人民共和国{short}")
    assert older.status_on(TODAY) == "现行有效"
    assert older.status_on(dt.date(2026, 12, 31)) == "现行有效"
    assert older.status_on(dt.date(2027, 1, 1)) == "已修改"
    assert computed.version_on(older.title, TODAY) == older
    assert computed.version_on(older.title, dt.date(2027, 1, 1)) == newer


@pytest.mark.parametrize(
    ("short", "start"),
    [
        ("食品安全法", dt.date(2025, 12, 1)),
        ("网络安全法", dt.date(2026, 1, 1)),
        ("村民委员会组织法", dt.date(2026, 1, 1)),
        ("环境保护税法", dt.date(2025, 10, 28)),
        ("刑法", dt.date(2021, 3, 1)),
    ],
)
def test_trap_2_the_amending_decision_gives_the_day(computed: Library, short: str, start: dt.date) -> None:
    version = _newest(computed, short)
    assert (version.span.from_, version.start_certain) == (start, True)
    assert version.note is not None
    assert "修正" in version.note
    assert version.status_on(start) == "现行有效"
    assert version.version_date is not None
    if version.version_date < start:
        assert version.status_on(start - DAY) == "尚未施行"


def test_trap_2_an_amended_law_without_its_decision_is_open_for_a_year(computed: Library) -> None:
    version = _newest(computed, "注册会计师法")
    passed = dt.date(2026, 6, 26)
    assert (version.span.from_, version.start_certain) == (passed, False)
    assert "修正决定不在库中，施行日待核" in (version.note or "")
    assert version.status_on(TODAY) == "待核"
    assert version.status_on(passed + WINDOW - DAY) == "待核"
    assert version.status_on(passed + WINDOW) == "现行有效"
    older = computed.versions(version.title)[0]
    assert older.status_on(passed - DAY) == "现行有效"
    assert older.status_on(TODAY) == "待核", "which of the two rules is not known"
    assert older.status_on(passed + WINDOW) == "已修改"
    assert version.id not in {a.version_id for a in computed.in_force(TODAY)}


def test_trap_2_first_commencement_is_kept_and_rules_nothing(computed: Library) -> None:
    version = _newest(computed, "种子法")  # text of 2021, first in force 2016
    assert version.commenced == dt.date(2016, 1, 1)
    assert version.status_on(dt.date(2015, 12, 31)) == "尚未施行"
    assert version.status_on(dt.date(2019, 1, 1)) == "待核", "another text of the law ruled, and it is not held"
    assert version.status_on(TODAY) == "现行有效"


def test_trap_2_published_is_not_commenced_when_an_older_text_existed(computed: Library) -> None:
    """民事诉讼法 (2023) still ends 本法自公布之日起施行, which was 1991."""
    version = _newest(computed, "民事诉讼法")
    assert not version.start_certain
    assert version.status_on(dt.date(2023, 10, 1)) == "待核"
    assert version.status_on(TODAY) == "现行有效"
    assert _newest(computed, "缔结条约程序法").start_certain, "never amended: the day of publication is right"


def test_trap_3_older_texts_end_where_the_next_begins(computed: Library) -> None:
    pairs = [computed.versions(t) for t in computed.titles if len(computed.versions(t)) > 1]
    assert len(pairs) == 11
    for older, newer in pairs:
        assert older.span.to is not None
        assert newer.span.from_ is not None
        assert older.span.to == newer.span.from_ - DAY
        assert older.end == "已修改"
        assert older.ended_by is not None


@pytest.mark.parametrize("short", TEN)
def test_trap_4_repealed_by_the_code(computed: Library, short: str) -> None:
    version = _newest(computed, short)
    assert version.span.to == dt.date(2026, 8, 14)
    assert (version.end, version.ended_by) == ("已废止", "《中华人民共和国生态环境法典》第一千二百四十二条")
    assert version.status_on(dt.date(2026, 8, 14)) == "现行有效"
    assert version.status_on(dt.date(2026, 8, 15)) == "已废止"


@pytest.mark.parametrize("short", ["农村土地承包法", "乡镇企业法"])
def test_trap_4_said_to_be_repealed_without_a_repealing_text(computed: Library, short: str) -> None:
    version = _newest(computed, short)
    assert version.doubtful
    assert "库中没有废止它的文本" in (version.note or "")
    assert {version.status_on(day) for day in (dt.date(2020, 1, 1), TODAY)} == {"待核"}


def test_a_law_does_not_repeal_itself_by_repealing_its_namesake(computed: Library) -> None:
    """工会法: 1950年…颁布的《中华人民共和国工会法》同时废止."""
    assert _newest(computed, "工会法").status_on(TODAY) == "现行有效"


def test_trap_5_articles_overtaken_by_an_amendment_that_is_not_merged(computed: Library) -> None:
    numbers = [165, 166, 169, 387, 390, 391, 393]
    stale = [a for a in computed.all_articles if a.version_id == "刑法@2020-12-26" and a.stale_from]
    assert [a.number for a in stale] == [f"第{to_chinese(n)}条" for n in numbers]
    for article in stale:
        assert article.stale_from == dt.date(2024, 3, 1)
        assert computed.status(article, dt.date(2024, 2, 29)) == "现行有效"
        assert computed.status(article, TODAY) == "已修改"
        assert computed.span(article).to == dt.date(2024, 2, 29)
        assert "刑法修正案（十二）" in (computed.note(article) or "")
    in_force = {a.id for a in computed.in_force(TODAY)}
    assert not in_force & {a.id for a in stale}
    assert "刑法@2020-12-26#第三百八十六条" in in_force
    assert _newest(computed, "刑法").status_on(TODAY) == "现行有效"


def test_trap_5_the_eleventh_amendment_is_merged(computed: Library) -> None:
    merged = computed.get("刑法@2020-12-26#第一百三十三条之二")
    assert merged is not None
    assert "行驶中的公共交通工具" in merged.text
    points = computed.articles_of("刑法修正案（十一）@2020-12-26")
    assert any(merged.text.split("\n")[0] in p.text for p in points)


def test_trap_6_amending_instruments_stay_out_of_the_law_they_amend(computed: Library) -> None:
    for version in computed.all_versions:
        if version.kind in ("修正案", "修改决定", "立法解释"):
            assert computed.versions(version.title) == (version,)
    laws = [v for v in computed.all_versions if v.title == "中华人民共和国刑法"]
    assert [v.id for v in laws] == ["刑法@2020-12-26"]


def test_the_constitution_of_1982_knows_its_amendments(computed: Library) -> None:
    article = computed.get("宪法@1982-12-04#第十一条")
    assert article is not None
    assert article.stale_from == dt.date(1988, 4, 12), "the first of three amendments"
    assert computed.status(article, dt.date(1990, 1, 1)) == "已修改"
    untouched = computed.get("宪法@1982-12-04#第二条")
    assert untouched is not None
    assert computed.status(untouched, dt.date(1990, 1, 1)) == "现行有效"


def test_every_text_has_one_status_today_and_the_counts_are_known(computed: Library, library: Library) -> None:
    counts = Counter(v.status_on(TODAY) for v in computed.all_versions)
    assert counts == {"现行有效": 350, "已废止": 10, "已修改": 8, "待核": 6, "尚未施行": 4}
    assert sum(v.start_certain for v in library.all_versions) > sum(v.start_certain for v in computed.all_versions)
    for version in computed.all_versions:
        assert version.span.from_ is not None, version.id
        assert version.start_certain or version.note, version.id
        assert version.span.to is None or version.span.from_ <= version.span.to, version.id


def test_never_two_texts_of_one_law_in_force_on_a_day(library: Library) -> None:
    for title in library.titles:
        texts = library.versions(title)
        for year in range(1980, 2029):
            for day in (dt.date(year, 1, 1), dt.date(year, 7, 15)):
                assert sum(v.status_on(day) == "现行有效" for v in texts) <= 1, (title, day)


# ---- the rules, on texts made for them


def _law(title: str, passed: str, last: str, **fields: object) -> tuple[LawVersion, list[Article]]:
    day = dt.date.fromisoformat(passed)
    version = LawVersion(id=f"{title}@{passed}", title=title, version_date=day, source=Source(title="测试"), **fields)
    texts = ["为了测试，制定本法。", last]
    articles = [
        Article(id=f"{version.id}#第{n}条", version_id=version.id, law=title, number=f"第{n}条", label=f"第{n}条",
                text=text, position=at)
        for at, (n, text) in enumerate(zip("一二", texts, strict=True))
    ]  # fmt: skip
    return version, articles


def _settle(*laws: tuple[LawVersion, list[Article]], corrections: list[Correction] | None = None) -> Library:
    return Library(*settle([v for v, _ in laws], [a for _, members in laws for a in members], corrections or []))


def _correction(law: str, passed: str, **fields: object) -> Correction:
    return Correction(
        law=law, passed=dt.date.fromisoformat(passed), reason="测试理由", basis="测试依据", checked_by="某人",
        checked_on=TODAY, where="有效性更正.yaml:3", **fields,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "day", "on_publication"),
    [
        ("本法自2026年8月15日起施行。", dt.date(2026, 8, 15), False),
        ("本条例自 2026年 8月 15日起实施。", dt.date(2026, 8, 15), False),
        ("本办法自二〇一五年十月一日起施行。", dt.date(2015, 10, 1), False),
        ("本规定自发布之日起施行。", dt.date(2000, 5, 1), True),
        ("本法由全国人民代表大会通过，自1984年10月1日起施行。", dt.date(1984, 10, 1), False),
        ("本法（原称《某条例》）自1989年1月1日起施行。", dt.date(1989, 1, 1), False),
        ("依照本法，规划报国务院批准后公布施行。", None, False),
    ],
)
def test_commencement_clauses(clause: str, day: dt.date | None, on_publication: bool) -> None:
    _, articles = _law("甲法", "2000-04-30", clause)
    assert commencement(articles, dt.date(2000, 5, 1)) == (day, on_publication)


def test_an_imported_older_text_takes_its_place_and_the_later_one_loses_its_doubt() -> None:
    new = _law("甲法", "2025-06-27", "本法自2006年3月1日起施行。", commenced=dt.date(2006, 3, 1))
    alone = _settle(new)
    assert alone.versions("甲法")[0].status_on(dt.date(2020, 1, 1)) == "待核"
    old = _law("甲法", "2012-10-26", "本法自2006年3月1日起施行。", commenced=dt.date(2006, 3, 1))
    both = _settle(new, old)
    first, second = both.versions("甲法")
    assert (first.version_date, second.version_date) == (dt.date(2012, 10, 26), dt.date(2025, 6, 27))
    assert both.version_on("甲法", dt.date(2020, 1, 1)) == first
    assert first.status_on(dt.date(2020, 1, 1)) == "现行有效"
    assert second.status_on(dt.date(2020, 1, 1)) == "尚未施行"
    assert second.status_on(dt.date(2025, 7, 1)) == "待核"


def test_a_day_that_the_reader_was_told_is_kept() -> None:
    law = _law("甲办法", "2018-12-29", "本办法自2015年1月1日起施行。", span=Span(from_=dt.date(2019, 2, 1)))
    version = _settle(law).versions("甲办法")[0]
    assert (version.span.from_, version.start_certain) == (dt.date(2019, 2, 1), True)


def test_a_decision_that_is_held_gives_the_day_of_the_text_it_made() -> None:
    law = _law("甲法", "2024-03-01", "本法自2001年1月1日起施行。")
    decision = _law("某会关于修改《甲法》的决定", "2024-03-01", "本决定自2024年9月1日起施行。", kind="修改决定")
    version = _settle(law, decision).versions("甲法")[0]
    assert (version.span.from_, version.start_certain, version.commenced) == (
        dt.date(2024, 9, 1),
        True,
        dt.date(2001, 1, 1),
    )


def test_a_decision_later_than_the_text_overtakes_the_articles_it_names() -> None:
    law = _law("甲法", "2020-03-01", "本法自2020年5月1日起施行。")
    decision = _law("某会关于修改《甲法》的决定", "2024-03-01", "本决定自2024年9月1日起施行。", kind="修改决定")
    decision[1][0] = decision[1][0].model_copy(update={"text": "将第一条修改为：“为了第二条，制定本法。”"})
    library = _settle(law, decision)
    first, second = library.articles_of("甲法@2020-03-01")
    assert first.stale_from == dt.date(2024, 9, 1)
    assert second.stale_from is None, "第二条 stands only in the new wording"


def test_repeal_clauses_of_any_text_end_what_they_name() -> None:
    old = _law("甲条例", "1990-01-01", "本条例自1990年2月1日起施行。", kind="行政法规")
    other = _law("甲条例实施细则", "1990-01-01", "本细则自1990年2月1日起施行。", kind="行政法规")
    new = _law("乙法", "2000-01-01", "本法自2000年7月1日起施行。1990年1月1日国务院发布的《甲条例》同时废止。")
    library = _settle(old, other, new)
    ended = library.versions("甲条例")[0]
    assert (ended.span.to, ended.end, ended.ended_by) == (dt.date(2000, 6, 30), "已废止", "《乙法》第二条")
    assert library.versions("甲条例实施细则")[0].span.to is None


def test_a_repeal_of_some_provisions_leaves_the_rest_in_force() -> None:
    old = _law("甲条例", "1990-01-01", "本条例自1990年2月1日起施行。", kind="行政法规")
    new = _law("乙条例", "2000-01-01", "本条例自2000年7月1日起施行。《甲条例》中有关看守所的规定即行废止。")
    version = _settle(old, new).versions("甲条例")[0]
    assert version.status_on(TODAY) == "现行有效"
    assert "部分规定由《乙条例》第二条废止" in (version.note or "")


def test_corrections_win_over_what_is_computed() -> None:
    law = _law("甲法", "2018-12-29", "本法自2001年1月1日起施行。")
    fixed = _settle(law, corrections=[_correction("甲法", "2018-12-29", start=dt.date(2019, 1, 1))])
    version = fixed.versions("甲法")[0]
    assert (version.span.from_, version.start_certain) == (dt.date(2019, 1, 1), True)
    assert "测试理由" in (version.note or "")
    ended = _settle(
        law,
        corrections=[
            _correction("甲法", "2018-12-29", last_day=dt.date(2024, 6, 30), end="已废止", ended_by="《乙法》第九条")
        ],
    ).versions("甲法")[0]
    assert ended.status_on(TODAY) == "已废止"
    assert ended.ended_by == "《乙法》第九条"
    doubted = _settle(law, corrections=[_correction("甲法", "2018-12-29", doubtful=True)]).versions("甲法")[0]
    assert doubted.status_on(TODAY) == "待核"
    stale = _settle(
        law,
        corrections=[_correction("甲法", "2018-12-29", stale_articles=("第一条",), stale_from=dt.date(2024, 3, 1))],
    )
    article = stale.get("甲法@2018-12-29#第一条")
    assert article is not None
    assert stale.status(article, TODAY) == "已修改"


def test_corrections_of_what_is_not_held_are_refused_together() -> None:
    law = _law("甲法", "2018-12-29", "本法自2001年1月1日起施行。")
    wrong = [
        _correction("乙法", "2018-12-29", doubtful=True),
        _correction("甲法", "2018-12-29", stale_articles=("第九条",), stale_from=TODAY),
    ]
    with pytest.raises(KnowledgeError) as refused:
        _settle(law, corrections=wrong)
    assert "《乙法》2018-12-29通过的文本" in refused.value.problem
    assert "没有第九条" in refused.value.problem
    assert "有效性更正.yaml:3" in refused.value.problem


@pytest.mark.parametrize(
    ("title", "law"),
    [
        ("中华人民共和国刑法修正案（十二）", "中华人民共和国刑法"),
        ("中华人民共和国刑法修正案", "中华人民共和国刑法"),
        ("中华人民共和国宪法修正案（2004年）", "中华人民共和国宪法"),
        ("全国人民代表大会常务委员会关于修改《中华人民共和国食品安全法》的决定", "中华人民共和国食品安全法"),
        ("中华人民共和国刑法", None),
        ("全国人民代表大会常务委员会关于《中华人民共和国刑法》第三十条的解释", None),
    ],
)
def test_what_an_instrument_amends(title: str, law: str | None) -> None:
    assert amended_law(title) == law


def test_changed_articles_are_those_of_the_old_count() -> None:
    def point(text: str) -> Article:
        return Article(id="x", version_id="v", law="决定", number=None, label="条目一", text=text)

    assert changed_articles([point("将第十八条改为第十九条，删去第二款。")]) == {"第十八条"}
    assert changed_articles([point("增加一条，作为第二十七条：“国务院……依照第九条。\n“另一款第三条。”")]) == set()
    assert changed_articles([point("第一百六十二条后增加一条，作为第一百六十二条之一：“隐匿……”")]) == set()
    assert changed_articles([point("在第八十一条、第八十二条中的“乳粉”后增加“液态乳”。")]) == {
        "第八十一条",
        "第八十二条",
    }
    assert changed_articles([point("本决定自公布之日起施行。")]) == set()
