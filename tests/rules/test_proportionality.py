"""Proportionality and procedure: the cases of evals/cases/proportionality.yaml, and what must never happen."""

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import pytest
import yaml

from assistant.errors import InputError, KnowledgeError
from assistant.knowledge.discretion import load_discretion
from assistant.law.library import Library
from assistant.rules.procedure import additional_fine, after_working_days
from assistant.rules.proportionality import Proportionality
from assistant.schema import ProportionalityAnswer
from assistant.settings import ROOT

TODAY = dt.date(2026, 11, 23)
CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "evals" / "cases" / "proportionality.yaml").read_text(encoding="utf-8")
)
FOOD = "《食品安全法》第一百二十四条第一款"


@pytest.fixture(scope="module")
def engine(library: Library) -> Proportionality:
    return Proportionality(library, load_discretion(ROOT / "knowledge_base" / "discretion", library, TODAY))


def _check(engine: Proportionality, case: dict[str, Any]) -> ProportionalityAnswer:
    return engine.check(
        case.get("description"), case.get("facts"), case["basis"], case["proposed"], case.get("as_of", TODAY)
    )


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(engine: Proportionality, case: dict[str, Any]) -> None:
    answer = _check(engine, case)
    assert answer.verdict == case["verdict"], answer.text
    if "range" in case:
        assert answer.range is not None, answer.text
        assert [answer.range.min, answer.range.max] == case["range"]
    codes = {finding.code for finding in answer.findings}
    assert codes >= set(case.get("finds", ())), answer.text
    assert not codes & set(case.get("not_finds", ())), answer.text
    assert {one.fact for one in answer.missing} >= set(case.get("asks", ())), answer.missing
    status: dict[str, str] = {step.code: step.status for step in answer.procedure}
    assert {code: status[code] for code in case.get("procedure", {})} == case.get("procedure", {})
    assert len(answer.procedure) == 10
    assert answer.tier is None
    assert all(index < len(answer.statutory) for index in answer.applicable)
    bad = [c for c in answer.citations if c.verdict not in ("verified", "repealed", "superseded", "not_yet_effective")]
    assert not bad, bad
