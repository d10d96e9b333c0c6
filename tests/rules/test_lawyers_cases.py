"""Cases a lawyer can write: facts by their Chinese names, the conclusion, and what must be asked."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.knowledge.conditions import FACT_NAMES
from assistant.knowledge.lists import Lists, load_lists
from assistant.law.library import Library
from assistant.rules.exemption import Exemption
from assistant.settings import ROOT

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 23)
VERDICTS = {
    "应当不罚": "must_not_punish",
    "可以不罚": "may_not_punish",
    "没有罚则": "no_penalty_provision",
    "从轻减轻": "mitigate",
    "不免": "no_exemption",
    "待查": "needs_facts",
}
KEYS = {"案", "事实", "描述", "日期", "结论", "依据", "满足", "不满足", "先问", "问", "不问", "矛盾", "其余"}


def _cases() -> list[Any]:
    cases = []
    for file in sorted(HERE.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            assert set(case) <= KEYS, f"{file.name}: {case['案']}: {set(case) - KEYS}"
            cases.append(pytest.param(case, id=f"{file.stem}-{case['案']}"))
    return cases


def _field(name: str) -> str:
    return f"other.{name[3:]}" if name.startswith("其他.") else FACT_NAMES[name]


def _rest(facts: dict[str, Any]) -> dict[str, Any]:
    """`其余: 没有`: every circumstance that the case does not name is known to be absent."""
    person = facts.keys() & {"age", "mental_state"}
    rest: dict[str, Any] = (
        {"party_type": "自然人", "age": 35, "mental_state": "正常"} if person else {"party_type": "企业"}
    )
    if not any(name.endswith("_date") for name in facts):
        rest |= {"conduct_date": dt.date(2026, 10, 10), "discovered_date": dt.date(2026, 10, 20)}
    if not facts.keys() & {"first_violation", "prior_violations", "repeated"}:
        rest["first_violation"] = False
    absent = ("no_fault_proof", "coerced", "confessed_unknown", "merit", "reduced_harm", "concerns_life_or_finance")
    return rest | dict.fromkeys(absent, False) | facts


def _facts(case: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"other": {}}
    for name, value in case.get("事实", {}).items():
        plain = {"是": True, "否": False}.get(value, value) if isinstance(value, str) else value
        field = _field(name)
        if field.startswith("other."):
            facts["other"][field[6:]] = plain
        else:
            facts[field] = plain
    return _rest(facts) if case.get("其余") == "没有" else facts


@pytest.fixture(scope="module")
def engine(library: Library) -> Exemption:
    """The lists of the product, and made-up ones that may conclude."""
    lists: Lists = load_lists((ROOT / "knowledge_base" / "lists", HERE / "lists"), library)
    return Exemption(library, lists)


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 60


@pytest.mark.parametrize("case", _cases())
def test_case(engine: Exemption, case: dict[str, Any]) -> None:
    answer = engine.check(case.get("描述"), _facts(case), case.get("日期", TODAY))
    status = {ground.id: ground.status for ground in answer.grounds}
    assert answer.verdict == VERDICTS[case["结论"]], answer.text
    if "依据" in case:
        assert case["依据"] in answer.text.split("\n")[0]
    for ground in case.get("满足", ()):
        assert status[ground] == "met"
    for ground in case.get("不满足", ()):
        assert status[ground] == "unmet"
    asked = [one.fact for one in answer.missing]
    if "先问" in case:
        assert asked[:1] == [_field(case["先问"])]
    if "问" in case:
        assert set(asked[: len(case["问"])]) == {_field(name) for name in case["问"]}
    assert not set(asked) & {_field(name) for name in case.get("不问", ())}
    if "矛盾" in case:
        assert any(case["矛盾"] in one for one in answer.contradictions)
        assert answer.measures == ()
    assert all(c.verdict in ("verified", "out_of_scope") for c in answer.citations), answer.citations
