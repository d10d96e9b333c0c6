"""What is not law but bears on a question: numbered after the provisions, in a paragraph of its own."""

import datetime as dt
from collections.abc import Sequence

from assistant.desk.opencase import OpenCase
from assistant.desk.phrases import Phrases
from assistant.desk.question import Shape
from assistant.precedents import Precedents
from assistant.schema import Passage, ProportionalityAnswer

_SIMILAR = 3
_SHAPES = (Shape.PENALTY, Shape.VERDICT, Shape.GENERAL, Shape.CONDITIONS)
"""Who asks for the words of a provision, or since when it is law, does not put a case."""


class Beside:
    """List items and decided cases beside an answer. They inform: nothing that is concluded rests on them."""

    def __init__(self, precedents: Precedents, phrases: Phrases) -> None:
        self._precedents = precedents
        self._say = phrases

    def look(self, told: str, shape: Shape, as_of: dt.date, after: int) -> tuple[Passage, ...]:
        """What surely bears on a question, numbered on from `after`."""
        if shape not in _SHAPES:
            return ()
        return _numbered((*self._precedents.listed(told, as_of), *self._precedents.decided(told, as_of)), after)

    def look_at(self, case: OpenCase, as_of: dt.date, after: int) -> tuple[Passage, ...]:
        """The same for a case with its facts: decisions are those of one kind of conduct, seen beyond the title."""
        violation = case.facts.violation
        listed = self._precedents.listed(violation.value if violation is not None else case.told, as_of)
        like = self._precedents.similar(case.told, case.facts, case.basis or None, as_of).similar
        decided = [
            Passage.model_validate({name: getattr(one, name) for name in Passage.model_fields})
            for one in like
            if one.seen != "仅标题" and any(point.aspect == "行为" for point in one.alike)
        ]
        return _numbered((*listed, *decided[:_SIMILAR]), after)

    def blocks(self, hits: Sequence[Passage]) -> tuple[str, ...]:
        """The paragraph: what each is worth stands with it."""
        if not hits:
            return ()
        lines = [
            self._say(
                f"beside.{hit.kind}",
                number=str(hit.rank),
                # A title in 《》 would be read as the name of a law.
                title=hit.title.replace("《", "“").replace("》", "”"),
                state="，".join(part for part in (hit.status, hit.note or "") if part)
                .replace("《", "“")
                .replace("》", "”"),
            )
            for hit in hits
        ]
        return (f"### {self._say('heading.beside')}", "\n".join(f"- {line}" for line in lines))


def _numbered(hits: Sequence[Passage], after: int) -> tuple[Passage, ...]:
    return tuple(hit.model_copy(update={"rank": after + at}) for at, hit in enumerate(hits, 1))


def _unquoted(text: str) -> str:
    """A text whose 《》 would otherwise be read as the names of laws."""
    return text.replace("《", "“").replace("》", "”")


def with_similar(
    answer: ProportionalityAnswer, precedents: Precedents, told: str | None, basis: str, fine: object
) -> ProportionalityAnswer:
    """A review with the decisions like it; of a case that contradicts itself none is like."""
    if answer.contradictions:
        return answer
    amount = float(fine) if isinstance(fine, int | float) else None
    like = precedents.similar(told, answer.facts, basis, answer.as_of, fine=amount, top_k=_SIMILAR)
    return answer.model_copy(update={"similar": like.similar})
