"""The suite `facts`: what the reader of descriptions states against what they state, precision first."""

import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import Field

from assistant.rules.facts import Reading
from assistant.schema import Noun
from evals.reading import AS_OF
from evals.results import Figure, Miss, Result
from evals.suites import attempt

SUITE = "facts"


class FactCase(Noun):
    """A description, the day it is read on, and every fact that it states (`other.<name>` for one of those).

    `between` are dates or spans stated roughly, `contradictions` the fields it contradicts itself on, `open` those
    that may be read or not; `violation` is held against the phrase read where it is given.
    """

    id: str
    style: str
    text: str
    today: dt.date = AS_OF
    facts: dict[str, bool | int | float | str | dt.date] = Field(default_factory=dict)
    between: dict[str, tuple[dt.date | int, dt.date | int]] = Field(default_factory=dict)
    contradictions: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    violation: str | None = None

    @property
    def held_out(self) -> bool:
        return zlib.crc32(self.id.encode()) % 3 == 0


class Score(Noun):
    """Facts read rightly and wrongly, facts not read, and what else is wrong with one reading."""

    right: int
    wrong: int
    left: int
    problems: tuple[str, ...]


def judge(case: FactCase, reading: Reading) -> Score:
    """A fact counts as right when the case states it with that value; its quote must stand in the description."""
    known = reading.facts.known()
    got: dict[str, Any] = {name: fact.value for name, fact in known.items() if name != "violation"}
    problems = [f"“{fact.quote}”不在原文里" for fact in known.values() if fact.quote not in case.text or not fact.quote]
    asked = {name: value for name, value in case.facts.items() if name not in case.open}
    given = {name: value for name, value in got.items() if name not in case.open}
    wrong = [name for name, value in given.items() if name not in asked or asked[name] != value]
    left = [name for name, value in asked.items() if given.get(name) != value]
    problems += [f"读成 {name}={given[name]}（“{known[name].quote}”）" for name in wrong]
    problems += [f"没读出 {name}={asked[name]}" for name in left]
    rough = {one.field: (one.least, one.most) for one in reading.approximate if one.field not in case.open}
    if rough != case.between:
        problems.append(f"约数读成 {rough}，应为 {case.between}")
    if (disputed := {one.field for one in reading.contradictions}) != set(case.contradictions):
        problems.append(f"矛盾读成 {sorted(disputed)}，应为 {list(case.contradictions)}")
    if case.violation is not None:
        phrase = str(known["violation"].value) if "violation" in known else ""
        if not phrase or not (phrase in case.violation or case.violation in phrase):
            problems.append(f"违法行为读成“{phrase}”，应为“{case.violation}”")
    return Score(right=len(given) - len(wrong), wrong=len(wrong), left=len(left), problems=tuple(problems))


def facts(cases: Sequence[FactCase], read: Callable[[str, dt.date], Reading]) -> Result:
    """Precision and recall over single facts, and the share of descriptions read without any fault (× 100)."""
    came, broken = attempt(SUITE, cases, lambda c: read(c.text, c.today), "案情事实")
    scored = [(case, judge(case, reading)) for case, reading in came]
    parts: dict[str, Callable[[FactCase], bool]] = {
        "全部": lambda c: True,
        "调整时可见": lambda c: not c.held_out,
        "留出": lambda c: c.held_out,
        "陷阱": lambda c: c.style == "陷阱",
    }
    lost = {one.id for one in broken}
    figures: list[Figure] = []
    for part, among in parts.items():
        mine = [score for case, score in scored if among(case)]
        gone = sum(case.id in lost for case in cases if among(case))
        figures += _figures(part, mine, gone)
    misses = [
        Miss(suite=SUITE, id=case.id, asked=case.text, problems=score.problems)
        for case, score in scored
        if score.problems
    ]
    return Result(figures=tuple(figures), misses=tuple(misses), unscored=broken)


def _figures(part: str, scores: Sequence[Score], lost: int) -> Iterable[Figure]:
    right = sum(s.right for s in scores)
    ratios = {
        "精确率": (right, right + sum(s.wrong for s in scores)),
        "召回率": (right, right + sum(s.left for s in scores)),
        "全对": (sum(not s.problems for s in scores), len(scores)),
    }
    for metric, (of, total) in ratios.items():
        if total:
            value = round(100 * of / total, 2)
            yield Figure(suite=SUITE, part=part, metric=metric, value=value, scored=len(scores), unscored=lost)
