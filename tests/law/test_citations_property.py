"""What holds of citations in any text whatever."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.law.citations import annotate, check, parse, summary
from assistant.law.library import Library
from assistant.numerals import to_chinese

TODAY = dt.date(2026, 11, 23)
PIECES = [
    *"《》〈〉“”（）()第条款项目之一、至和，。*",
    *(
        "三十三",
        "33",
        "３３",
        "\n",
        "\n\n",
        " ",
        "\xa0",
        "\u200b",
        "\x00",
        "\ud800",
        "😀",
        "……",
        "根据",
        "违反",
        "天津市",
    ),
    *("本法", "该法", "同法", "前款", "前条", "同条", "以下简称", "2021修订", "条例", "规定", "办法", "规定："),
    *("行政处罚法", "中华人民共和国", "食品安全法", "食品安全法实施条例", "刑法", "民法典"),
    *("第三十三条", "第一款", "第（一）项", "违法行为轻微并及时改正", "不予行政处罚"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)
quiet = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)


@quiet
@given(text=TEXTS)
def test_offsets_always_lead_to_the_words(text: str, library: Library) -> None:
    found = check(text, library, TODAY)
    assert all(text[c.start : c.end] == c.text and c.text for c in found)
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert annotate(text, found, lambda words, _: words) == text  # spans are the same or apart
    assert summary(found).total == len(found)
    assert all(c.detail for c in found)


@quiet
@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_is_taken(text: str, library: Library) -> None:
    check(text, library, TODAY)
    parse(text, library)


@quiet
@given(
    number=st.integers(1, 86),
    paragraph=st.none() | st.integers(1, 9),
    arabic=st.booleans(),
    brackets=st.booleans(),
    space=st.sampled_from(["", " ", "　", "\n"]),
)
def test_every_way_to_write_a_provision_means_the_same(
    number: int, paragraph: int | None, arabic: bool, brackets: bool, space: str, library: Library
) -> None:
    def figure(n: int) -> str:
        return str(n) if arabic else to_chinese(n)

    name = "《行政处罚法》" if brackets else "行政处罚法"
    words = f"{name}{space}第{space}{figure(number)}{space}条" + (f"第{figure(paragraph)}款" if paragraph else "")
    (found,) = check(f"依据{words}处罚", library, TODAY)
    assert (found.text, found.law, found.paragraph) == (words, "中华人民共和国行政处罚法", paragraph)
    assert found.article == f"第{to_chinese(number)}条"
