"""款, 项 and 目: on real articles, and by properties over every article of the corpus."""

import time

import pytest

from assistant.law.library import Library
from assistant.law.structure import item_text, paragraph_text, parse_paragraphs, provision_text


def _text(library: Library, article_id: str) -> str:
    article = library.get(article_id)
    assert article is not None, article_id
    return article.text


@pytest.mark.parametrize(
    ("article_id", "items"),
    [
        ("行政处罚法@2021-01-22#第三十三条", [0, 0, 0]),
        ("行政处罚法@2021-01-22#第五十八条", [4, 0]),
        ("行政处罚法@2021-01-22#第六十三条", [6, 0]),
        ("食品安全法@2025-09-12#第一百二十四条", [9, 0, 0]),
        ("治安管理处罚法@2025-06-27#第二十条", [6]),
        ("道路交通安全法@2021-04-29#第九十一条", [0, 0, 0, 0, 0]),
        ("行政处罚法@2021-01-22#第三十七条", [0]),
        ("会计法@2024-06-28#第四十八条", [0, 0, 0]),  # 用语的含义：, in lines without a mark
        ("价格法@1997-12-29#第三十四条", [4]),  # the list follows a semicolon
    ],
)
def test_paragraphs_and_items_of_real_articles(library: Library, article_id: str, items: list[int]) -> None:
    assert [len(p.items) for p in parse_paragraphs(_text(library, article_id))] == items


def test_subitems(library: Library) -> None:
    first, *rest = parse_paragraphs(_text(library, "海商法@2025-10-28#第二百一十九条"))
    assert [[s.number for s in i.subitems] for i in first.items] == [[1, 2], [1, 2], [], [], []]
    assert len(rest) == 2
    text = _text(library, "海商法@2025-10-28#第二百一十九条")
    assert (provision_text(text, 1, 2, 1) or "").startswith("1.300总吨")
    assert provision_text(text, 1, 2, 3) is None
    assert provision_text(text, 1, None, 1) is None


def test_an_item_may_run_over_several_lines(library: Library) -> None:
    only = parse_paragraphs(_text(library, "国歌法@2017-09-01#第四条"))
    first = only[0].items[0].text.split("\n")
    assert [line[:10] for line in first] == ["（一）全国人民代表大", "中国人民政治协商会议"]


def test_a_mark_inside_a_sentence_is_no_item() -> None:
    one = parse_paragraphs("有本条例第三条第（一）项、第（二）项情形的，（一）律从重。\n另一款。")
    assert [len(p.items) for p in one] == [0, 0]


def test_a_list_that_starts_again_belongs_to_the_next_paragraph() -> None:
    text = "甲：\n（一）一；\n（二）二。\n乙：\n（一）三；\n（二）四。\n丙。"
    parsed = parse_paragraphs(text)
    assert [(p.number, [i.text for i in p.items]) for p in parsed] == [
        (1, ["（一）一；", "（二）二。"]),
        (2, ["（一）三；", "（二）四。"]),
        (3, []),
    ]
    assert provision_text(text, 2, 1) == "（一）三；"
    assert provision_text(text, item=1) is None, "which paragraph's item is meant is not guessed"
    assert provision_text("甲：\n（一）一；\n（二）二。\n乙。", item=2) == "（二）二。"


def test_arabic_lists_and_circled_subitems() -> None:
    parsed = parse_paragraphs("甲：\n1.一；\n2.二：\n①子；\n②丑；\n3.三。")
    assert [i.number for i in parsed[0].items] == [1, 2, 3]
    assert [s.text for s in parsed[0].items[1].subitems] == ["①子；", "②丑；"]


def test_provision_text_names_what_is_there_and_only_that(library: Library) -> None:
    text = _text(library, "行政处罚法@2021-01-22#第三十三条")
    assert provision_text(text) == text
    assert (provision_text(text, 2) or "").startswith("当事人有证据足以证明")
    assert provision_text(text, 4) is None
    assert provision_text(text, 1, 1) is None
    hearing = _text(library, "行政处罚法@2021-01-22#第六十三条")
    assert provision_text(hearing, 1, 1) == "（一）较大数额罚款；"
    assert provision_text(hearing, 1) == hearing.rsplit("\n", 1)[0]
    assert provision_text(hearing, 2) == hearing.rsplit("\n", 1)[1]


def test_every_article_reassembles_and_counts_from_one(library: Library) -> None:
    begun = time.process_time()
    for article in library.all_articles:
        parsed = parse_paragraphs(article.text)
        assert "\n".join(paragraph_text(p) for p in parsed) == article.text, article.id
        assert [p.number for p in parsed] == list(range(1, len(parsed) + 1))
        for paragraph in parsed:
            assert [i.number for i in paragraph.items] == list(range(1, len(paragraph.items) + 1)), article.id
            for item in paragraph.items:
                assert [s.number for s in item.subitems] == list(range(1, len(item.subitems) + 1)), article.id
                assert item_text(item) in article.text
    assert time.process_time() - begun < 5


def test_no_numbered_article_begins_a_paragraph_with_an_item_mark(library: Library) -> None:
    loose = [
        article.id
        for article in library.all_articles
        if article.number is not None
        for paragraph in parse_paragraphs(article.text)
        if paragraph.text.startswith(("（一）", "（二）", "（三）"))
    ]
    assert loose == []
