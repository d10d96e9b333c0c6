"""Fields of a form that the description plainly states, so that nobody is asked for what he has just told."""

import datetime as dt
import re

from assistant.law.citations import check, parse
from assistant.law.library import Library
from assistant.rules.facts import dates
from assistant.rules.proposals import proposal_in
from assistant.schema import CheckedCitation, FieldValue, OpinionForm

_PROPOSES = re.compile(r"拟(?:按|依|依据|依照|对|处|罚|给予|作出|根据|以|没收|吊销|责令)")
_UNHELD = ("no_such_provision", "out_of_scope", "unresolved")
_CAME = re.compile(r"收到|签收|送到|送达|送来|寄来")
_NOT_DONE = (
    r"(?:未|没有?|尚未|没能|拟在?[^，。；]{0,8}后(?:再)?|之后再|事后|不(?:再|打算)?)"
    r"(?:经|做|作|进行|开展|履行|公开|组织|再|补|过|予以)*"
)
_STEPS = {
    "participation": r"(?:征求(?:公众|社会)?意见|公开征求意见|公众参与|公示|听证)",
    "experts": r"(?:专家论证|专家评审|论证)",
    "risk": r"(?:社会稳定风险评估|风险评估|稳评)",
    "competition": r"公平竞争审查",
    "collective": r"集体讨论",
}


def told_fields(
    form: OpinionForm, description: str, library: Library, as_of: dt.date, *, done: bool
) -> dict[str, FieldValue]:
    """By key, what the description states of the form's fields. `done`: it tells of a penalty that was imposed, where
    otherwise only what stands after 拟… is the penalty that the paper is about."""
    out: dict[str, FieldValue] = {}
    if form.field("basis") is not None and form.kind != "no_penalty_decision":
        out |= _penalty(form, description, library, as_of, done=done)
    if form.field("received_on") is not None and (day := _received(description, as_of)) is not None:
        out["received_on"] = day.isoformat()
    for key, words in _STEPS.items():
        skipped = rf"{_NOT_DONE}[^，。；]{{0,4}}{words}|{words}[^，。；]{{0,2}}{_NOT_DONE}"
        if form.field(key) is not None and re.search(skipped, description):
            out[key] = "未履行"
    return out


def _penalty(
    form: OpinionForm, description: str, library: Library, as_of: dt.date, *, done: bool
) -> dict[str, FieldValue]:
    start = 0
    if not done:
        found = _PROPOSES.search(description)
        if found is None:
            return {}
        start = found.start()
    cited = [c for c in check(description, library, as_of) if c.start >= start and _held(c)]
    told = proposal_in(description[start:], cited)
    out: dict[str, FieldValue] = {}
    for key, value in (("fine", told.fine), ("fine_person", told.fine_person)):
        if value is not None and form.field(key) is not None:
            out[key] = float(value)
    if told.kinds and form.field("kinds") is not None:
        out["kinds"] = told.kinds
    if told.basis and out:
        named = parse(told.basis, library)
        if named is not None and named.article is not None:
            out["basis"] = told.basis
    return out if "basis" in out else {}


def _held(citation: CheckedCitation) -> bool:
    """Whether a citation names a provision that is or was held."""
    return citation.verdict not in _UNHELD and citation.law is not None and citation.article is not None


def _received(description: str, as_of: dt.date) -> dt.date | None:
    """The one day on which the copy of an application came in."""
    days = set()
    for when in dates.find(description, as_of):
        after = description[when.end : when.end + 40]
        clause = re.split(r"[，。；]", after)[0]
        if when.day is not None and "副本" in clause and _CAME.search(clause):
            days.add(when.day)
    return days.pop() if len(days) == 1 else None
