"""The points that lawyers keep in a form: what to say when certain words or findings are met."""

from collections.abc import Sequence

from assistant.drafting.blocks.written import sentence
from assistant.drafting.case import Case
from assistant.schema import FormPoint


def met_points(case: Case, text: str) -> tuple[tuple[FormPoint, tuple[str, ...]], ...]:
    """The points of the form that a text or the engines call for, each with the words of the text that did."""
    codes: set[str] = set()
    if case.review is not None:
        codes |= {f.code for f in case.review.findings if f.severity != "info"}
        codes |= {s.code for s in case.review.procedure if s.status in ("violated", "overdue")}
    out = []
    for point in case.form.points:
        words = tuple(word for word in point.words if word in text)
        if words or codes & set(point.codes):
            out.append((point, words))
    return tuple(out)


def point_lines(case: Case, points: Sequence[tuple[FormPoint, tuple[str, ...]]]) -> tuple[str, ...]:
    """Each point as a sentence with its basis."""
    return tuple(sentence(case, point.text, point.basis) for point, _ in points)
