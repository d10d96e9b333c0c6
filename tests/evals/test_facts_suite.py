"""The suites of facts and exemptions score as they say, on answers made by hand."""

import datetime as dt
from typing import Any

import pytest

from assistant.errors import InputError
from assistant.rules.facts import Contradiction, Reading
from assistant.schema import CaseFacts, ExemptionAnswer, Ground
from evals.exemptions import GROUNDS, ExemptionCase, exemptions
from evals.exemptions import judge as judge_exemption
from evals.facts import FactCase, facts
from evals.facts import judge as judge_facts
from evals.reading import AS_OF, FOLDER, load_yaml

CASES = load_yaml(ExemptionCase, FOLDER / "exemptions.yaml")


def reading(*contradictions: str, **known: tuple[Any, str]) -> Reading:
    return Reading(
        facts=CaseFacts.model_validate({name: {"value": v, "quote": q} for name, (v, q) in known.items()}),
        contradictions=tuple(Contradiction(field=f, quotes=()) for f in contradictions),
    )


def answer(verdict: str, *met: str, asked: tuple[str, ...] = ()) -> ExemptionAnswer:
    grounds = [
        Ground(id=one, kind="statute", title=one, effect="", status="met", conditions=(), basis=()) for one in met
    ]
    return ExemptionAnswer.model_validate(
        {"as_of": AS_OF, "verdict": verdict, "label": "", "grounds": grounds, "facts": {}, "citations": (), "text": ""}
        | {"missing": [{"fact": one, "question": "？"} for one in asked]}
    )


def test_facts_are_counted_one_by_one() -> None:
    case = FactCase(
        id="a", style="笔录", text="首次违法，17岁，后果轻微", facts={"first_violation": True, "harm": "轻微"}
    )
    score = judge_facts(case, reading(first_violation=(True, "首次违法"), age=(17, "17岁")))
    assert (score.right, score.wrong, score.left) == (1, 1, 1)
    opened = case.model_copy(update={"open": ("age", "harm")})
    assert judge_facts(opened, reading(first_violation=(True, "首次违法"), age=(17, "17岁"))).problems == ()


def test_a_quote_that_is_not_there_and_a_contradiction_not_told_are_faults() -> None:
    case = FactCase(id="a", style="笔录", text="首次违法", facts={"first_violation": True}, contradictions=("harm",))
    assert len(judge_facts(case, reading(first_violation=(True, "第一次"))).problems) == 2
    assert not judge_facts(case, reading("harm", first_violation=(True, "首次违法"))).problems


def test_a_reader_that_breaks_is_unscored() -> None:
    def broken(text: str, today: dt.date) -> Reading:
        raise ZeroDivisionError

    result = facts((FactCase(id="a", style="笔录", text="无"),), broken)
    assert [one.id for one in result.unscored] == ["a"]


def test_a_false_sparing_counts_ten() -> None:
    cases = tuple(ExemptionCase(id=str(n), kind="无", verdict="no_exemption") for n in range(20))
    verdicts = iter(["must_not_punish"] + ["no_exemption"] * 19)
    result = exemptions(cases, lambda description, facts, *, as_of: answer(next(verdicts)))
    figures = {f.metric: f.value for f in result.figures}
    assert figures["结论"] == 95
    assert figures["结论（错放十倍）"] == 50
    assert figures["没有错放"] == 95


def test_grounds_and_questions_are_held_against_the_case() -> None:
    case = ExemptionCase(
        id="a", kind="第三十条", verdict="mitigate", met=("第三十条·从轻减轻",), not_met=("第三十六条",), asked=("age",)
    )
    assert not judge_exemption(case, answer("mitigate", "apl-30-youth", asked=("age",)))
    assert len(judge_exemption(case, answer("needs_facts", "apl-36"))) == 4


def test_a_refusal_is_right_only_where_the_input_contradicts_itself() -> None:
    def refuse(description: str | None, facts: object, *, as_of: dt.date) -> ExemptionAnswer:
        raise InputError("事实", "矛盾")

    plain = ExemptionCase(id="a", kind="矛盾", verdict="needs_facts")
    assert exemptions((plain,), refuse).figures[0].value == 0
    assert exemptions((plain.model_copy(update={"invalid": True}),), refuse).figures[0].value == 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_cases_can_be_put(case: ExemptionCase) -> None:
    CaseFacts.model_validate(case.facts)
    assert case.description or case.facts
    assert {*case.met, *case.not_met} <= GROUNDS.keys()
    assert not set(case.met) & set(case.not_met)
    assert set(case.asked) <= CaseFacts.model_fields.keys()


def test_there_are_enough_exemption_cases() -> None:
    assert len(CASES) >= 130
    assert len({case.kind for case in CASES}) >= 10
