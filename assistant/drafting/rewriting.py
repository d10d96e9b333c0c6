"""What a model may do to a paper: better the wording of its reasoning, paragraph by paragraph. It decides nothing."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.drafting.check import Edit
from assistant.drafting.drafter import Draft
from assistant.drafting.markup import blanks, paragraphs
from assistant.drafting.provisions import Quoted
from assistant.law.citations import check
from assistant.numerals import quantities

_POLES = re.compile(r"不得|不予|应当|可以|必须|不|没有|没|未|无|非|否|除外")
_SIGN = re.compile(r"[\u4e00-\u9fff]")
_JOINTS = frozenset(
    "综上所述因此据经审查对于可见其中并且同时该本案的之了为系属即故则依照根据按有关认与及以等在由而将被也已又予当是人事"
)
"""Characters of words that only join: a rewriting may bring these in or drop them, and no others."""
_SAID = re.compile(r"“[^”]*”")
_LEAST = 24
"""Characters: a shorter paragraph has no wording to better."""


@dataclass(frozen=True)
class Rewriting:
    """What a model made of some paragraphs, None where it is not to be used."""

    texts: tuple[str | None, ...]


class Rewriter(Protocol):
    """A model bound to numbered evidence; what it writes is checked sentence by sentence before it comes back."""

    @property
    def name(self) -> str: ...

    def rewrite(self, texts: Sequence[str], facts: str, evidence: Sequence[Quoted], draft: Draft) -> Rewriting:
        """EngineError when the model fails."""
        ...


def reasoning(draft: Draft) -> tuple[tuple[str, int, str], ...]:
    """The paragraphs that may be rewritten: section, line of its body, text. No heading, quotation, table or blank."""
    out = []
    for section in draft.case.form.sections:
        if not section.reasoning:
            continue
        for at, line in enumerate(draft.composed.bodies.get(section.id, "").split("\n")):
            read = paragraphs(line)
            if len(read) == 1 and read[0].kind == "text" and len(line) >= _LEAST and not blanks(line):
                out.append((section.id, at, line))
    return tuple(out)


def rewritten(draft: Draft, texts: Sequence[str | None]) -> dict[str, Edit]:
    """The bodies of the sections with the paragraphs of `reasoning` replaced where a text stands and says the same."""
    bodies = {name: body.split("\n") for name, body in draft.composed.bodies.items()}
    touched: set[str] = set()
    for (section, at, before), after in zip(reasoning(draft), texts, strict=True):
        if after is not None and same_meaning(draft, before, after):
            bodies[section][at] = after
            touched.add(section)
    return {name: Edit("\n".join(bodies[name]), by_model=True) for name in touched}


def kept_as_composed(draft: Draft, texts: Sequence[str | None]) -> tuple[tuple[str, str], ...]:
    """The paragraphs that a rewriting did not replace, each with the heading of its section."""
    headings = {section.id: section.heading for section in draft.case.form.sections}
    return tuple(
        (headings[section], before)
        for (section, _, before), after in zip(reasoning(draft), texts, strict=True)
        if after is None or not same_meaning(draft, before, after)
    )


def same_meaning(draft: Draft, before: str, after: str) -> bool:
    """Whether a rewriting keeps all that must not change: provisions, numbers, quoted words, every not and every must,
    and says it in the characters of the paragraph itself, but for words that only join.

    Strict on purpose: what is refused costs a turn of phrase, what is let through stands above a signature.
    """
    if "\n" in after or len(after) > 2 * len(before) + 80 or after.startswith((">", "|")):
        return False
    if {sign for sign in set(_SIGN.findall(before)) ^ set(_SIGN.findall(after)) if sign not in _JOINTS}:
        return False
    library, day = draft.case.library, draft.case.as_of
    cited = [
        Counter((c.law, c.article, c.paragraph, c.item) for c in check(text, library, day)) for text in (before, after)
    ]
    return (
        set(cited[0]) == set(cited[1])
        and quantities(before) == quantities(after)
        and set(_SAID.findall(before)) == set(_SAID.findall(after))
        and Counter(_POLES.findall(before)) == Counter(_POLES.findall(after))
    )
