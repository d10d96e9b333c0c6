"""One fine held against all clauses that may carry it: where it lies, or which facts decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.rules.proportionality.applying import Standing
from assistant.rules.proportionality.ranges import Outcome, outcomes
from assistant.schema import CaseFacts, FineRange

FineVerdict = Literal[
    "within", "below", "above", "omitted", "undecided", "no_clause", "condition_unmet", "subject_mismatch"
]
PARAGRAPH = "basis"
"""The fact asked for when the provision was cited without the 款 that decides."""


@dataclass(frozen=True)
class FineJudged:
    """Where a fine lies. `range` is that of the clause that applies, None while it is open; `asks` would settle it."""

    verdict: FineVerdict
    outcomes: tuple[Outcome, ...] = ()
    asks: tuple[str, ...] = ()
    graver: tuple[Outcome, ...] = ()  # clauses of a gravity that nothing in the case speaks of

    @property
    def range(self) -> FineRange | None:
        """The range, when all that may apply come to the same."""
        ranges = [o.reckoned.range for o in self.outcomes]
        first = ranges[0] if ranges else None
        if first is None or any(r is None or (r.min, r.max) != (first.min, first.max) for r in ranges):
            return None
        return first


def judge_fine(
    standings: Sequence[Standing], fine: float | None, facts: CaseFacts, text: str, articles: Sequence[str]
) -> FineJudged:
    """A fine on one kind of subject; `articles` are the texts of its 款, by which words choose among them."""
    fines = [s for s in standings if s.clause.kind == "罚款" and s.clause.refers_to is None and not s.clause.judicial]
    if not fines:
        return FineJudged("no_clause" if fine else "within")
    found = _by_conduct(_by_words(outcomes(fines, fine, facts), text, articles), text)
    if not found:
        if not fine:
            return FineJudged("within")
        subject = all(s.atoms[0].status == "unmet" for s in fines)
        return FineJudged("subject_mismatch" if subject else "condition_unmet")
    likely = tuple(o for o in found if o.standing.raised) or found
    graver = tuple(o for o in found if not o.standing.raised and o not in likely)
    places = {o.place for o in likely}
    asks = tuple(dict.fromkeys(fact for o in likely for fact in o.asks))
    if len({(o.standing.clause.paragraph, o.standing.clause.conduct) for o in likely}) > 1 and not _certain(likely):
        asks = (PARAGRAPH, *asks)
    perhaps_none = not any(o.standing.status == "met" or o.standing.certain_of_kind for o in likely)
    if perhaps_none and places == {"omitted"}:
        return FineJudged("within", likely, asks, graver)
    if perhaps_none and fine and places != {"above"}:
        return FineJudged("undecided", likely, asks, graver)
    if len(places) > 1 or places == {"unknown"}:
        return FineJudged("undecided", likely, asks, graver)
    (only,) = places
    rescued = tuple(o for o in graver if only == "above" and o.place in ("within", "unknown"))
    if rescued:
        return FineJudged("undecided", likely, tuple(fact for o in rescued for fact in o.asks), graver)
    verdicts: dict[str, FineVerdict] = {"within": "within", "below": "below", "above": "above", "omitted": "omitted"}
    return FineJudged(verdicts[only], likely, asks if any(o.reckoned.range is None for o in likely) else (), graver)


def _by_words(found: tuple[Outcome, ...], text: str, paragraphs: Sequence[str]) -> tuple[Outcome, ...]:
    """Where several 款 may apply, the one whose words the description plainly shares; all when none stands out."""
    numbers = sorted({o.standing.clause.paragraph for o in found})
    grams = _grams(text)
    if len(numbers) < 2 or len(grams) < 4:
        return found
    shared = {n: len(grams & _grams(paragraphs[n - 1])) / len(grams) for n in numbers if n <= len(paragraphs)}
    ranked = sorted(shared, key=lambda n: -shared[n])
    if len(ranked) > 1 and shared[ranked[0]] >= 0.3 and shared[ranked[0]] >= 1.6 * shared[ranked[1]]:
        return tuple(o for o in found if o.standing.clause.paragraph == ranked[0])
    return found


def _by_conduct(found: tuple[Outcome, ...], text: str) -> tuple[Outcome, ...]:
    """Where one 款 punishes several kinds of conduct, the one whose own words the description plainly shares.

    尚可采取改正措施的，…；无法采取改正措施的，…: each is held against what only it says.
    """
    conducts = {o.standing.clause.conduct or "" for o in found}
    grams = _grams(text)
    if len(conducts) < 2 or len(grams) < 4 or len({o.standing.clause.paragraph for o in found}) > 1:
        return found
    words = {conduct: _grams(conduct) for conduct in conducts}
    common = set.intersection(*words.values())
    shared = {c: len(grams & (w - common)) / max(4, len(w - common)) for c, w in words.items()}
    first, second = sorted(shared, key=lambda c: -shared[c])[:2]
    if shared[first] >= 0.3 and shared[first] >= 1.6 * shared[second]:
        return tuple(o for o in found if (o.standing.clause.conduct or "") == first)
    return found


def _certain(likely: Sequence[Outcome]) -> bool:
    """Whether all that may apply come to one range, so that it need not be asked which it is."""
    ranges = {(r.min, r.max) if (r := o.reckoned.range) is not None else None for o in likely}
    return len(ranges) == 1 and None not in ranges


def _grams(text: str) -> set[str]:
    plain = "".join(c for c in text[:2_000] if "\u4e00" <= c <= "\u9fff")
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
