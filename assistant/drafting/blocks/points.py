"""The points that lawyers keep in a form: what to say when certain words or findings are met."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from assistant.drafting.blocks.written import sentence
from assistant.drafting.case import Case
from assistant.rules.weighing import LAW
from assistant.schema import FormPoint

_DRAFTS = re.compile(r"(?:拟|打算|准备|计划)(?:印发|制定|出台|发布|下发|制发)|送审稿|征求意见稿|草案")
"""Words by which a description speaks of a paper that somebody means to issue."""


def met_points(case: Case, text: str) -> tuple[tuple[FormPoint, tuple[str, ...]], ...]:
    """The points of the form that a text or the engines call for, each with the words of the text that did."""
    codes: set[str] = {s.code for s in case.steps if s.status in ("violated", "overdue")}
    if case.review is not None:
        codes |= {f.code for f in case.review.findings if f.severity != "info"}
    out = []
    longer = {word for point in case.form.points for word in point.words if word in text}
    for point in case.form.points:
        words = tuple(
            word for word in point.words if word in text and not _within(word, text, longer - set(point.words))
        )
        if not case.penal and all(one.startswith(LAW) for one in point.basis) and case.after:
            continue  # rules of penalties say nothing of another act
        if words or codes & set(point.codes):
            out.append((point, words))
    return tuple(out)


def drafted_points(case: Case) -> tuple[tuple[FormPoint, tuple[str, ...]], ...]:
    """What in a paper that is yet to be issued touches on what such a paper may not set; nothing where none is told."""
    if case.form.kind != "major_decision_review" and not _DRAFTS.search(case.narrative):
        return ()
    return met_points(case, case.narrative)


def _within(word: str, text: str, others: AbstractSet[str]) -> bool:
    """Whether a word stands in the text only within longer words of another point (听证 in 主持听证)."""
    for other in others:
        if word != other and word in other:
            text = text.replace(other, "")
    return word not in text


def point_lines(case: Case, points: Sequence[tuple[FormPoint, tuple[str, ...]]]) -> tuple[str, ...]:
    """Each point as a sentence with its basis."""
    return tuple(sentence(case, point.text, point.basis) for point, _ in points)
