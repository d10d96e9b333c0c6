"""Citations: found, resolved, verified as of a day, marked."""

import datetime as dt
import time
from pathlib import Path

import pytest
import yaml

from assistant.law.citations import annotate, check, find, parse, summary
from assistant.law.library import Library
from assistant.schema import CheckedCitation, Citation

TODAY = dt.date(2026, 11, 23)
CASES = yaml.safe_load((Path(__file__).parents[2] / "evals/cases/citations.yaml").read_text("utf-8"))
LEVELS = ("law", "article", "paragraph", "item", "subitem", "verdict")


def misses(case: dict[str, object], found: tuple[CheckedCitation, ...]) -> list[str]:
    """What an answer to a case of `evals/cases/citations.yaml` got wrong, line by line; empty when all is right."""
    expected = [tuple(e.get(level) for level in LEVELS) for e in case["expect"]]  # type: ignore[attr-defined]
    got = [tuple(getattr(c, level) for level in LEVELS) for c in found]
    wrong = [f"{case['id']}: expected {e}, got {g}" for e, g in zip(expected, got, strict=False) if e != g]
    if len(expected) != len(got):
        wrong.append(f"{case['id']}: {len(got)} citations, expected {len(expected)}: {got}")
    return wrong


def one(text: str, library: Library, as_of: dt.date = TODAY) -> CheckedCitation:
    (found,) = check(text, library, as_of)
    return found


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, object], library: Library) -> None:
    text, as_of = str(case["text"]), case["as_of"]
    assert isinstance(as_of, dt.date)
    found = check(text, library, as_of)
    assert not misses(case, found)
    assert all(text[c.start : c.end] == c.text for c in found)


def test_the_cases_are_many_and_named_once() -> None:
    assert len(CASES) >= 100
    assert len({c["id"] for c in CASES}) == len(CASES)


def test_offsets_are_those_of_the_original_text(library: Library) -> None:
    text = "😀\ud83d\n依据《中华人民共和国\n行政处罚法》\xa0第　３３ 条、第\t三十四条。"
    first, second = check(text, library, TODAY)
    assert first.text == "《中华人民共和国\n行政处罚法》\xa0第　３３ 条"
    assert (second.text, text[second.start : second.end]) == ("第\t三十四条", "第\t三十四条")
    assert second.article == "第三十四条"


def test_members_of_a_range_share_its_words(library: Library) -> None:
    found = check("见《行政处罚法》第三十三条至第三十五条。", library, TODAY)
    assert {c.text for c in found} == {"《行政处罚法》第三十三条至第三十五条"}


def test_a_detail_says_how_many_there_are(library: Library) -> None:
    assert "共三款" in one("《行政处罚法》第三十三条第五款", library).detail
    assert "共五项" in one("《行政处罚法》第三十二条第六项", library).detail
    assert "第八十六条" in one("《行政处罚法》第一百条", library).detail


def test_a_quotation_in_the_wrong_place_is_told_its_place(library: Library) -> None:
    quote = "“当事人有证据足以证明没有主观过错的，不予行政处罚”"
    assert "第三十三条第二款" in one(f"《行政处罚法》第三十三条第一款规定{quote}", library).detail
    assert "第三十三条" in one(f"《行政处罚法》第三十四条规定{quote}", library).detail


def test_a_changed_word_is_shown_beside_the_word_of_the_law(library: Library) -> None:
    found = one("《行政处罚法》第三十六条规定“违法行为在三年内未被发现的，不再给予行政处罚”", library)
    assert "在三年内" in found.detail
    assert "在二年内" in found.detail


def test_a_repealed_law_names_what_ended_it_and_where_to_look(library: Library) -> None:
    found = one("《大气污染防治法》第九十九条", library)
    assert found.current == "《中华人民共和国生态环境法典》"
    assert "2026年8月15日" in found.detail
    assert "第一千二百四十二条" in found.detail
    assert "线索（待核）" in found.detail
    assert found.article_id == "大气污染防治法@2018-10-26#第九十九条"


def test_a_dissimilar_article_is_offered_as_no_clue(library: Library) -> None:
    assert "线索" not in one("《大气污染防治法》第一百二十九条", library).detail


def test_a_law_to_come_says_when_and_what_rules_today(library: Library) -> None:
    found = one("《商标法》（2026年修订）第一条", library)
    assert found.verdict == "not_yet_effective"
    assert "2027年1月1日" in found.detail
    assert "2019年4月23日" in found.detail


def test_doubtful_validity_is_not_hidden(library: Library) -> None:
    found = one("《乡镇企业法》第二条", library)
    assert found.verdict == "verified"
    assert "待核" in found.detail


def test_a_text_older_than_those_held_is_said_to_be_missing(library: Library) -> None:
    found = one("《食品安全法》第三十四条", library, dt.date(2022, 6, 1))
    assert found.verdict == "verified"
    assert "待核" in found.detail
    assert "未收录" in found.detail


def test_an_amended_article_leads_to_its_amendment(library: Library) -> None:
    found = one("《刑法》第一百六十五条", library)
    assert found.current == "《中华人民共和国刑法修正案（十二）》"
    assert one("《刑法》第一百六十五条", library, dt.date(2024, 2, 29)).current is None


def test_a_name_inside_a_longer_one_is_pointed_out(library: Library) -> None:
    found = one("《食品安全法实施条例》第三条", library)
    assert "不是《中华人民共和国食品安全法》" in found.detail


def test_every_member_of_a_long_range_is_kept_within_reason(library: Library) -> None:
    assert len(check("《民法典》第一条至第九千九百条", library, TODAY)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "《食品安全法》第一百二十四条第一款第（一）项",
        "食品安全法124条1款1项",
        " 中华人民共和国食品安全法第124条第1款第1项 ",
    ],
)
def test_parse_reads_one_provision(text: str, library: Library) -> None:
    expected = Citation(law="中华人民共和国食品安全法", article="第一百二十四条", paragraph=1, item=1)
    assert parse(text, library) == expected


def test_parse_keeps_a_name_that_is_not_held(library: Library) -> None:
    assert parse("《食品安全法实施条例》第六十七条", library) == Citation(
        law="食品安全法实施条例", article="第六十七条"
    )
    assert parse("《食品安全法》第三条") == Citation(law="食品安全法", article="第三条")


@pytest.mark.parametrize("text", ["", "第三条", "没有引用", "《价格法》第一条、第二条"])
def test_parse_takes_nothing_but_one_provision(text: str, library: Library) -> None:
    assert parse(text, library) is None


def test_find_needs_no_library() -> None:
    found = find("依据《行政处罚法》第三十三条和工伤保险条例第十四条")
    assert [(m.name, m.article) for m in found] == [("行政处罚法", "第三十三条"), ("工伤保险条例", "第十四条")]


def test_annotate_wraps_each_span_once(library: Library) -> None:
    text = "按《行政处罚法》第三十二条至第三十三条、第九十九条。"
    marked = annotate(
        text, check(text, library, TODAY), lambda words, found: f"[{words}|{','.join(c.verdict for c in found)}]"
    )
    assert marked == "按[《行政处罚法》第三十二条至第三十三条|verified,verified]、[第九十九条|no_such_provision]。"


def test_annotate_refuses_citations_of_another_text(library: Library) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        annotate("别的文字", check("《行政处罚法》第三十二条", library, TODAY), lambda words, _: words)


def test_summary_counts_and_says_so(library: Library) -> None:
    told = summary(check("《行政处罚法》第三十二条、第九十九条；《食品安全法实施条例》第三条。", library, TODAY))
    assert (told.total, told.verified) == (3, 1)
    assert told.by_verdict == {"verified": 1, "no_such_provision": 1, "out_of_scope": 1}
    assert told.text == "共3处法律引用：核实1处，没有该条款1处，语料未收录1处。"
    assert summary(()).text == "没有找到法律引用。"


ORDINANCE = """# 某某市野餐管理条例

第一条 根据《中华人民共和国行政处罚法》第九条，制定本条例。

第二条 违反本条例第一条的，依照食品安全法第三条处理；情节轻微的，适用本条第二款。
"""


def test_a_text_that_is_an_instrument_speaks_of_itself(library: Library) -> None:
    found = [(c.law, c.article, c.paragraph) for c in check(ORDINANCE, library, TODAY)]
    assert found == [
        ("中华人民共和国行政处罚法", "第九条", None),
        ("某某市野餐管理条例", "第一条", None),
        ("中华人民共和国食品安全法", "第三条", None),
        ("某某市野餐管理条例", "第二条", 2),
    ]


def test_a_megabyte_is_read_in_two_seconds(library: Library) -> None:
    pieces = (f"《{a.law}》{a.label}规定：“{a.text}”" for a in library.all_articles)
    text = ""
    chosen: list[str] = []
    size = 0
    for piece in pieces:
        chosen.append(piece)
        size += len(piece.encode())
        if size > 1_000_000:
            break
    text = "\n".join(chosen)
    before = time.process_time()
    found = check(text, library, TODAY)
    assert time.process_time() - before < 2
    assert len(found) > 1000


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "第",
            "第一、",
            "一、",
            "《",
            "《法》(",
            "“",
            "”第一条",
            "法",
            "规定",
            "第一条、",
            "前款",
            " \n",
            "1",
            "条第一款",
        ),
        *("中华人民共和国", "(以下简称", "第一条之一、之二", "某某某条例第三条", "《食品安全法》本条例第三条"),
        "《行政处罚法》第三十三条规定：“违法行为轻微",
    ],
)
def test_repetition_does_not_slow_it_down(unit: str, library: Library) -> None:
    text = unit * (100_000 // len(unit))
    before = time.process_time()
    check(text, library, TODAY)
    assert time.process_time() - before < 3
