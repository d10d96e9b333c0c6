"""Names, versions, neighbours, who cites whom, and boilerplate."""

import datetime as dt
import time

import pytest

from assistant.law.library import Library
from assistant.law.references import named_articles
from assistant.schema import Article

TODAY = dt.date(2026, 11, 23)


def _article(library: Library, article_id: str) -> Article:
    article = library.get(article_id)
    assert article is not None, article_id
    return article


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("中华人民共和国行政处罚法", "行政处罚法"),
        ("行政处罚法", "行政处罚法"),
        ("《行政处罚法》", "行政处罚法"),
        ("《中华人民共和国行政处罚法》", "行政处罚法"),
        ("〈中华人民共和国行政处罚法〉", "行政处罚法"),
        ("行政处罚法（2021修订）", "行政处罚法"),
        ("《行政处罚法》(2021年修正)", "行政处罚法"),
        ("中华人民共和国行政处罚法（2021年1月22日修订）", "行政处罚法"),
        ("民诉法", "民事诉讼法"),
        ("行诉法", "行政诉讼法"),
        ("食安法", "食品安全法"),
        ("治安处罚法", "治安管理处罚法"),
        ("道交法", "道路交通安全法"),
        ("环保法", "环境保护法"),
        ("固废法", "固体废物污染环境防治法"),
        ("个保法", "个人信息保护法"),
    ],
)
def test_names_of_a_law(library: Library, name: str, short: str) -> None:
    assert library.resolve_title(name) == f"中华人民共和国{short}"


@pytest.mark.parametrize("name", ["处罚法", "诉讼法", "组织法", "食品安全法实施条例", "某某法", "", "《》", "法"])
def test_names_that_mean_nothing_held_or_several_things_are_not_guessed(library: Library, name: str) -> None:
    assert library.resolve_title(name) is None


def test_brackets_that_belong_to_a_title_stay(library: Library) -> None:
    assert library.resolve_title("宪法修正案（2018年）") == "中华人民共和国宪法修正案（2018年）"
    assert library.resolve_title("刑法修正案（十二）") == "中华人民共和国刑法修正案（十二）"
    assert library.resolve_title("刑法修正案（十三）") is None


def test_a_year_in_brackets_names_a_text(library: Library) -> None:
    named = library.resolve_version("《商标法》（2019修正）", TODAY)
    assert named is not None
    assert named.id == "商标法@2019-04-23"
    later = library.resolve_version("商标法（2026修订）", TODAY)
    assert later is not None
    assert later.id == "商标法@2026-06-26"
    assert library.resolve_version("商标法（2001修正）", TODAY) is None
    assert library.resolve_version("没有的法", TODAY) is None


def test_an_alias_never_takes_the_name_of_a_law(library: Library) -> None:
    for name, title in library.names.items():
        assert name == title or name not in library.titles


def test_version_on_is_the_text_that_speaks_for_the_day(library: Library) -> None:
    title = "中华人民共和国仲裁法"
    assert [library.version_on(title, day).id for day in (dt.date(1990, 1, 1), dt.date(2026, 2, 28))] == [  # type: ignore[union-attr]
        "仲裁法@2017-09-01"
    ] * 2
    assert library.version_on(title, dt.date(2026, 3, 1)).id == "仲裁法@2025-09-12"  # type: ignore[union-attr]
    assert library.version_on("没有的法", TODAY) is None


def test_in_force_holds_only_what_is_law_that_day_and_is_fast(library: Library) -> None:
    begun = time.process_time()
    today = list(library.in_force(TODAY))
    assert time.process_time() - begun < 0.3
    assert {library.status(a, TODAY) for a in today} == {"现行有效"}
    laws = {a.law for a in today}
    assert "中华人民共和国生态环境法典" in laws
    assert not laws & {"中华人民共和国环境保护法", "中华人民共和国医疗保障法", "中华人民共和国注册会计师法"}
    before = {a.law for a in library.in_force(dt.date(2026, 8, 14))}
    assert "中华人民共和国环境保护法" in before
    assert "中华人民共和国生态环境法典" not in before


def test_neighbours(library: Library) -> None:
    first = _article(library, "行政处罚法@2021-01-22#第一条")
    assert library.neighbours(first)[0] is None
    middle = _article(library, "刑法@2020-12-26#第一百二十条之一")
    assert [n and n.number for n in library.neighbours(middle)] == ["第一百二十条", "第一百二十条之二"]


def test_named_articles_reads_lists_ranges_and_titles() -> None:
    text = "依照本法第三十三条第一款、第三十五条至第三十七条和《甲法》第一百二十条之一第二款处理，适用第九条。"
    assert named_articles(text) == [
        (None, "第三十三条"),
        (None, "第三十五条"),
        (None, "第三十六条"),
        (None, "第三十七条"),
        ("甲法", "第一百二十条之一"),
    ]
    text = "违反本法第十条第一款第（二）项、第（三）项、第十一条规定"
    assert named_articles(text) == [(None, "第十条"), (None, "第十一条")]


def test_who_cites_an_article(library: Library) -> None:
    begun = time.process_time()
    cited = library.cited_by(_article(library, "食品安全法@2025-09-12#第三十四条"))
    assert time.process_time() - begun < 3
    assert [a.id for a in cited] == ["食品安全法@2025-09-12#第五十五条"]
    across = library.cited_by(_article(library, "刑事诉讼法@2018-10-26#第二百九十二条"))
    assert any(a.law != "中华人民共和国刑事诉讼法" for a in across)
    assert all(a.id != "食品安全法@2025-09-12#第一百二十三条" for a in cited)


def test_citations_found_are_in_the_text(library: Library) -> None:
    """本法第…条 of one text never points into another text."""
    for number in range(1, 87):
        article = library.article("行政处罚法@2021-01-22", f"第{_chinese(number)}条")
        assert article is not None
        for citing in library.cited_by(article):
            named = [n for title, n in named_articles(citing.text)]
            assert article.number in named, (article.id, citing.id)
            assert citing.id != article.id


def _chinese(number: int) -> str:
    from assistant.numerals import to_chinese

    return to_chinese(number)


def test_trap_8_identical_boilerplate_is_grouped(library: Library) -> None:
    groups: dict[str, list[Article]] = {}
    for article in library.in_force(TODAY):
        key = library.boilerplate_key(article)
        if key is not None:
            groups.setdefault(key, []).append(article)
    largest = max(groups.values(), key=len)
    assert len(largest) > 40
    assert {a.text for a in largest} == {"违反本法规定，构成犯罪的，依法追究刑事责任。"}
    assert sum(len({a.law for a in members}) > 1 for members in groups.values()) >= 42
    assert library.boilerplate_key(_article(library, "行政处罚法@2021-01-22#第三十三条")) is None


def test_two_texts_of_one_law_are_no_boilerplate(library: Library) -> None:
    older = _article(library, "商标法@2019-04-23#第一条")
    assert library.boilerplate_key(older) is None


def test_the_digest_tells_contents_apart(library: Library) -> None:
    versions, articles = list(library.all_versions), list(library.all_articles)
    same = Library(reversed(versions), reversed(articles), library.names)
    assert same.digest == library.digest
    changed = [articles[0].model_copy(update={"text": articles[0].text + "。"}), *articles[1:]]
    assert Library(versions, changed, library.names).digest != library.digest
    ended = [versions[0].model_copy(update={"end": "已废止"}), *versions[1:]]
    assert Library(ended, articles, library.names).digest != library.digest
