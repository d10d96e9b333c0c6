"""The suite `penalties`: clauses read out of articles against hand-made labels, and whether any amount was lost."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.law.penalties import coverage, penalty_clauses
from assistant.schema import Article, Noun, PenaltyClause
from evals.results import Figure, Miss, Result
from evals.suites import attempt

SUITE = "penalties"

Label = tuple[str, float | None, float | None, str | None, str, str]
"""Kind, minimum, maximum, base (`fixed/人`: for each), subject and condition, as `cases/penalties.yaml` has them."""


class PenaltyCase(Noun):
    """An article of the corpus by its id and every penalty that it provides; a label may end in 可以."""

    id: str
    shape: str
    held_out: bool
    clauses: tuple[tuple[str | float | None, ...], ...]

    @property
    def labels(self) -> Counter[Label]:
        return Counter(_label(row) for row in self.clauses)


def _label(row: Sequence[str | float | None]) -> Label:
    low, high = (None if v is None else float(v) for v in row[1:3])
    base = None if row[3] is None else str(row[3])
    return str(row[0]), low, high, base, str(row[4]), str(row[5] or "")


def condition_label(clause: PenaltyClause) -> str:
    """The condition of a clause as labels write it: 情节严重+违法所得<50000; empty where there is none."""
    parts: list[str] = []
    if clause.condition_kind != "base" and not clause.condition_kind.endswith("区间"):
        parts.append(clause.condition_kind)
    bound = clause.applies_if
    if bound is not None and bound.min is None and bound.max is None:
        parts.append("无法计算")
    elif bound is not None:
        quantity = re.sub(r".*(?=销售额$)", "", bound.quantity)
        if bound.max == 0:
            parts.append(f"{quantity}=0")
        elif bound.min_open:
            parts.append(f"{quantity}>{bound.min or 0:.0f}")
        elif bound.min is not None:
            parts.append(f"{quantity}>={bound.min:.0f}")
        if bound.max:
            parts.append(f"{quantity}<{bound.max:.0f}")
    return "+".join(dict.fromkeys(parts))


def clause_label(clause: PenaltyClause) -> Label:
    """What is compared of a clause."""
    base = f"{clause.base}/{clause.per}" if clause.base and clause.per else clause.base
    return clause.kind, clause.min, clause.max, base, clause.subject_kind, condition_label(clause)


def penalties(cases: Sequence[PenaltyCase], articles: Iterable[Article]) -> Result:
    """F1 over clauses and the share of articles read without an error; and amounts accounted for over all articles."""
    held = [article for article in articles if "罚款" in article.text]
    texts = {article.id: article.text for article in held}
    read, broken = attempt(
        SUITE, cases, lambda c: Counter(clause_label(p) for p in penalty_clauses(texts[c.id])), "罚则解析"
    )
    misses = []
    for case, got in read:
        wrong = [f"缺：{label}" for label in (case.labels - got).elements()]
        wrong += [f"多：{label}" for label in (got - case.labels).elements()]
        if wrong:
            misses.append(Miss(suite=SUITE, id=case.id, asked=case.id, problems=tuple(wrong)))
    figures = []
    for part in ("全部", "调整时可见", "留出"):
        mine = [(c, got) for c, got in read if part == "全部" or c.held_out == (part == "留出")]
        right = sum((case.labels & got).total() for case, got in mine)
        all_ = sum(case.labels.total() + got.total() for case, got in mine)
        exact = sum(case.labels == got for case, got in mine)
        figures.append(_figure(part, "罚则F1", 200 * right, all_, len(mine), len(broken)))
        figures.append(_figure(part, "条文全对", 100 * exact, len(mine), len(mine), len(broken)))
    reports = [(article, coverage(article.text)) for article in held]
    total = sum(len(report.amounts) for _, report in reports)
    lost = [(article, amount) for article, report in reports for amount in report.lost]
    figures.append(_figure("语料", "金额有着落", 100 * (total - len(lost)), total, len(held), 0))
    misses += [
        Miss(suite=SUITE, id=article.id, asked=amount.text, problems=("这一金额没有读进任何罚则，也没有别的解释",))
        for article, amount in lost
    ]
    return Result(figures=tuple(figures), misses=tuple(misses), unscored=broken)


def _figure(part: str, metric: str, of: float, total: float, scored: int, lost: int) -> Figure:
    value = round(of / total, 2) if total else 0.0
    return Figure(suite=SUITE, part=part, metric=metric, value=value, scored=scored, unscored=lost)
