"""What a check found: a status, a sentence, and the places that show it."""

from collections.abc import Iterable
from typing import NamedTuple

from assistant.schema import FilePlace, ItemStatus


class Outcome(NamedTuple):
    """The result of one check. `faults` is how many things are wrong, where each costs something."""

    status: ItemStatus
    text: str
    places: tuple[FilePlace, ...] = ()
    faults: int = 1


class Fault(NamedTuple):
    """One thing that is wrong, or that a person must look at."""

    text: str
    places: tuple[FilePlace, ...] = ()


def ok(text: str, *places: FilePlace | None) -> Outcome:
    return Outcome("ok", text, _some(places), 0)


def defect(text: str, *places: FilePlace | None) -> Outcome:
    return Outcome("defect", text, _some(places))


def missing(text: str, *places: FilePlace | None) -> Outcome:
    return Outcome("missing", text, _some(places))


def unknown(text: str, *places: FilePlace | None) -> Outcome:
    return Outcome("unknown", text, _some(places), 0)


def weighed(
    faults: Iterable[Fault], doubts: Iterable[Fault], fine: Outcome, *, status: ItemStatus = "defect"
) -> Outcome:
    """Faults if there are any (with the doubts after them), else doubts, else `fine`."""
    wrong, open_ = list(faults), list(doubts)
    if wrong:
        said = "；".join(one.text for one in (*wrong, *open_))
        return Outcome(status, said, tuple(p for one in wrong for p in one.places), len(wrong))
    if open_:
        return Outcome(
            "unknown", "；".join(one.text for one in open_), tuple(p for one in open_ for p in one.places), 0
        )
    return fine


def _some(places: Iterable[FilePlace | None]) -> tuple[FilePlace, ...]:
    return tuple(place for place in places if place is not None)
