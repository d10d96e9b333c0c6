"""A run: crashes counted, bars held, outside folders read, the exit status."""

import json
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.schema import FailedEvent
from evals import suites
from evals.reading import AnswerCase, RefusalCase, RetrievalCase, load_outside, load_yaml
from evals.results import Bars, Report, Result, load_bars
from evals.runner import report, run
from tests.evals.fakes import DAY, QueueDesk, citation, done, passage


def question(name: str, article: str = "第一条", **more: object) -> RetrievalCase:
    return RetrievalCase.model_validate(
        {"id": name, "query": f"问{name}", "gold": [{"law": "甲法", "article": article}], **more}
    )


def figures(result: Result) -> dict[tuple[str, str], float]:
    return {(f.part, f.metric): f.value for f in result.figures}


def test_a_crash_is_unscored_not_zero_not_dropped(desk: QueueDesk) -> None:
    desk.hits = [[passage("甲法", "第一条")], RuntimeError("炸了"), [passage("甲法", "第一条")]]
    cases = [question(name, style="群众") for name in "abc"]
    result = suites.retrieval(desk, cases, DAY, suites.own_parts, "retrieval")
    first = result.figures[0]
    assert (first.value, first.scored, first.unscored) == (100, 2, 1)
    assert [(u.id, u.error) for u in result.unscored] == [("b", "RuntimeError: 炸了")]


def test_an_answer_that_fails_is_unscored(desk: QueueDesk) -> None:
    desk.events = [[FailedEvent(where="索引", problem="坏了")], [], [done("好", refused=True)]]
    cases = [RefusalCase(id=n, kind="闲聊", message="你好", expect="refused") for n in "abc"]
    result = suites.refusals(desk, cases, DAY)
    assert {u.id for u in result.unscored} == {"a", "b"}
    assert figures(result) == {("全部", "对"): 100, ("闲聊", "对"): 100}


def test_parts_by_style_and_misses_by_name(desk: QueueDesk) -> None:
    desk.hits = [[passage("甲法", "第一条")], [passage("乙法", "第一条")]]
    cases = [question("a", style="群众"), question("b", style="办案")]
    result = suites.retrieval(desk, cases, DAY, suites.own_parts, "retrieval")
    got = figures(result)
    assert (got["全部", "nDCG@10"], got["群众", "nDCG@10"], got["办案", "nDCG@10"]) == (50, 100, 0)
    assert [m.id for m in result.misses] == ["b"]


def test_an_answer_is_asked_on_its_own_day(desk: QueueDesk) -> None:
    desk.events = [[done("尚未施行")], [done("有", citations=(citation("甲法", "第一条", "superseded"),))]]
    cases = [
        AnswerCase.model_validate({"id": "a", "question": "甲", "as_of": "2025-01-01", "must": ["尚未施行"]}),
        AnswerCase(id="b", question="乙"),
    ]
    result = suites.answers(desk, cases, DAY)
    assert [str(day) for _, day in desk.asked] == ["2025-01-01", "2026-11-23"]
    assert figures(result) == {("全部", "对"): 50, ("全部", "引文无误"): 50}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [question("a", admin=True), question("b", admin=False)]
    (tmp_path / "people.jsonl").write_text("\n".join(row.model_dump_json() for row in rows) + "\n", encoding="utf-8")
    return tmp_path


def test_an_outside_folder_by_file_and_its_administrative_part(desk: QueueDesk, folder: Path) -> None:
    desk.hits = [[passage("甲法", "第一条")], []]
    got = figures(run(desk, (), folder, DAY))
    assert (got["people", "nDCG@10"], got["people-admin", "nDCG@10"]) == (50, 100)


def test_a_file_of_one_kind_has_no_second_part(desk: QueueDesk, folder: Path) -> None:
    (folder / "people.jsonl").write_text(question("a").model_dump_json(), encoding="utf-8")
    desk.hits = [[]]
    assert {part for part, _ in figures(run(desk, (), folder, DAY))} == {"people"}


def _report(desk: QueueDesk, folder: Path, bar: float, **more: object) -> Report:
    bars = Bars.model_validate({"least": {"outside": {"people": {"nDCG@10": bar}}}, **more})
    return report(desk, {"code": "c"}, (), folder=folder, bars=bars)


@pytest.mark.parametrize(("bar", "passed"), [(50.0, True), (50.1, False)])
def test_the_bar(desk: QueueDesk, folder: Path, bar: float, passed: bool) -> None:
    desk.hits = [[passage("甲法", "第一条")], []]
    assert _report(desk, folder, bar).passed is passed


def test_more_unscored_than_allowed_fails_however_good_the_rest(desk: QueueDesk, folder: Path) -> None:
    for allowed, passed in ((0, False), (1, True)):
        desk.hits = [[passage("甲法", "第一条")], ValueError()]
        assert _report(desk, folder, 1, unscored=allowed).passed is passed


def test_a_bar_to_which_no_figure_came_fails(desk: QueueDesk, folder: Path) -> None:
    desk.hits = [[passage("甲法", "第一条")], []]
    bars = Bars(least={"outside": {"renamed": {"nDCG@10": 1}}, "answers": {"全部": {"对": 1}}})
    made = report(desk, {}, (), folder=folder, bars=bars)
    assert not made.passed
    assert [f.part for f in made.result.figures if not f.passed] == ["renamed"], "suites that did not run are not held"


def test_unknown_suites_and_unusable_cases_are_named(desk: QueueDesk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个套件"):
        run(desk, ("poems",), None, DAY)
    with pytest.raises(InputError, match=r"没有 \.jsonl"):
        load_outside(tmp_path)
    (tmp_path / "x.jsonl").write_text('{"id": "a"}\nnot json', encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.jsonl:2"):
        load_outside(tmp_path)
    (tmp_path / "x.jsonl").write_text(json.dumps({"id": "a", "query": "？", "gold": [], "more": 1}), encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.jsonl:1 more"):
        load_outside(tmp_path)
    (tmp_path / "x.yaml").write_text("- {id: a, kind: 闲聊, message: 你好, expect: maybe}\n" * 2, encoding="utf-8")
    with pytest.raises(InputError, match=r"第1个 expect.*第2个 expect"):
        load_yaml(RefusalCase, tmp_path / "x.yaml")


def test_the_bars_kept_can_be_read() -> None:
    bars = load_bars()
    assert bars.of("outside", "layperson", "nDCG@10") == 50
    assert bars.of("outside", "layperson", "nDCG@99") is None
