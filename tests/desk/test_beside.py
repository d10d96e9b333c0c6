"""Lists and like decisions in the chat: evidence with numbers of its own, apart from law, and never its ground."""

import datetime as dt
from collections.abc import Iterator

import pytest

from assistant.desk import Desk, open_desk
from assistant.schema import DoneEvent, EvidenceEvent, Passage, ProportionalityFinding
from assistant.settings import Settings

DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The product as it is opened, without an embedder."""
    opened = open_desk(Settings(home=tmp_path_factory.mktemp("home"), embedder="none", _env_file=None))
    yield opened
    opened.close()


def _ask(desk: Desk, question: str) -> tuple[DoneEvent, EvidenceEvent]:
    events = list(desk.advise(question, as_of=DAY))
    done = events[-1]
    assert isinstance(done, DoneEvent)
    (found,) = [one for one in events if isinstance(one, EvidenceEvent)]
    return done, found


def _others(done: DoneEvent) -> list[Passage]:
    return [hit for hit in done.hits if hit.kind != "law"]


def test_a_list_item_is_evidence_after_the_law_and_in_a_paragraph_of_its_own(whole: Desk) -> None:
    done, found = _ask(whole, "环评没批就开工建设怎么处罚")
    assert done.hits == found.hits
    assert [hit.rank for hit in done.hits] == list(range(1, len(done.hits) + 1))
    first = _others(done)[0]
    assert first.kind == "list"
    assert first.rank == len(done.hits) - len(_others(done)) + 1
    law, beside = done.answer.split("### 清单与类似决定（不是现行法律，只供参考）")
    assert f"[{first.rank}] 清单事项：" in beside
    assert "未批先建" not in law
    assert "清单" not in done.conclusion


def test_a_list_of_another_region_informs_and_the_conclusion_stays_the_laws(whole: Desk) -> None:
    done, _ = _ask(whole, "公司楼道里灭火器坏了，第一次被查，当场换了新的，能不能不罚？")
    (item,) = [hit for hit in _others(done) if hit.kind == "list"]
    assert "上海市的清单，对经开区只作参考" in (item.note or "")
    assert "清单" not in done.conclusion
    assert "上海市的清单，对经开区只作参考" in done.answer


def test_a_like_decision_is_shown_with_what_it_is_worth(whole: Desk) -> None:
    done, _ = _ask(whole, "超市卖过期食品怎么处罚")
    (decision,) = _others(done)
    assert (decision.kind, decision.id, decision.source.nature) == ("decision", "复议案例-01", "待核")
    assert "案例供参考，不是法律依据" in done.answer
    assert all(one.verdict == "verified" for one in done.citations)


def test_a_proposed_penalty_has_like_decisions_in_its_finding_and_beside(whole: Desk) -> None:
    done, _ = _ask(whole, "小超市卖过期牛奶三袋，货值42元，初次，拟依据食品安全法第一百二十四条罚五万元，重不重？")
    (finding,) = done.findings
    assert isinstance(finding, ProportionalityFinding)
    assert finding.answer is not None
    assert finding.answer.similar[0].id == "复议案例-01"
    assert [hit.id for hit in _others(done)] == ["复议案例-01"]


@pytest.mark.parametrize(
    "question",
    [
        "行政处罚法第三十三条怎么规定",
        "食品安全法什么时候开始施行",
        "听证申请要在几天内提出",
        "没买工伤保险，受伤了谁赔",
        "2024年履责率是多少",
        "你好",
    ],
)
def test_where_no_matter_is_told_nothing_is_put_beside(whole: Desk, question: str) -> None:
    done, _ = _ask(whole, question)
    assert _others(done) == []
    assert "清单与类似决定" not in done.answer
