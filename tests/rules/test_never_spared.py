"""No mixture of known facts spares a penalty that the law does not spare: the one error that counts ten."""

import datetime as dt
from itertools import product
from typing import Any

import pytest

from assistant.knowledge.conditions import TIMELY
from assistant.knowledge.lists import Lists
from assistant.law.library import Library
from assistant.rules.exemption import Exemption

TODAY = dt.date(2026, 11, 23)
SPARED = {"must_not_punish", "may_not_punish", "no_penalty_provision"}
HARMS = (None, "无", "轻微", "一般", "严重")
CORRECTIONS = (None, "发现前主动改正", "责令期限内改正", "逾期改正", "拒不改正", "未改正")


@pytest.fixture(scope="module")
def engine(library: Library) -> Exemption:
    return Exemption(library, Lists({}, ()))


def test_the_grid_of_the_first_paragraph(engine: Exemption) -> None:
    for harm, corrected, first, repeated in product(HARMS, CORRECTIONS, (None, True, False), (None, True, False)):
        known: dict[str, Any] = {"harm": harm, "corrected": corrected, "first_violation": first, "repeated": repeated}
        facts = {name: value for name, value in known.items() if value is not None}
        if not facts:
            continue
        verdict = engine.check(None, facts, TODAY).verdict
        minor = harm == "无" and corrected in TIMELY and not repeated
        initial = first and not repeated and harm in ("无", "轻微") and corrected in TIMELY
        if first and repeated:
            assert verdict == "needs_facts"
        elif minor:
            assert verdict == "must_not_punish", facts
        elif initial:
            assert verdict == "may_not_punish", facts
        else:
            assert verdict not in SPARED, facts


@pytest.mark.parametrize(
    "bar",
    [{"obstructed": True}, {"repeated": True}, {"prior_violations": 2}, {"harm": "较大"}, {"violation": "生产假药"}],
)
def test_one_bar_is_enough(engine: Exemption, bar: dict[str, Any]) -> None:
    good = {"harm": "无", "corrected": "责令期限内改正"}
    assert engine.check(None, good, TODAY).verdict == "must_not_punish"
    assert engine.check(None, good | bar, TODAY).verdict not in SPARED
