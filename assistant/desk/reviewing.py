"""The desk's doors for the decisions on a case: whether a penalty falls away, and whether a proposed one is right."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from assistant.desk.beside import with_similar
from assistant.desk.fact_form import FactForm
from assistant.desk.scope import without_orders
from assistant.errors import EngineError
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.masking import mask
from assistant.precedents import Precedents
from assistant.rules.exemption import Exemption
from assistant.rules.fact_fields import fact_fields, label_of
from assistant.rules.facts import Merged, merge_model_facts, read
from assistant.rules.proportionality import Proportionality
from assistant.rules.proposals import proposal_in
from assistant.schema import (
    DiscardedFact,
    DisputedFact,
    ExemptionAnswer,
    FactField,
    FactsRead,
    ProportionalityAnswer,
    RoughFact,
)

ORDERED = "描述里有指挥程序的话，已当作普通文字，没有照办"


class Reviewing:
    """What a desk decides of a case; the desk holds the engines and the clock."""

    library: Library
    precedents: Precedents
    _exemption: Exemption
    _proportionality: Proportionality
    _clock: Callable[[], dt.date]
    _fact_form: FactForm | None = None

    def fact_fields(self) -> tuple[FactField, ...]:
        """The facts that a form may ask for, with their questions."""
        return fact_fields()

    def read_facts(
        self,
        description: str,
        *,
        as_of: dt.date | None = None,
        with_model: bool = False,
        stopped: Callable[[], bool] = lambda: False,
    ) -> FactsRead:
        """What a description states, each fact with its words: to be corrected before anything is concluded from it.

        `with_model` lets a model, where one is set, fill the form too: what it quotes truly and no rule read is added,
        what it reads otherwise is disputed, the rest is discarded. InputError for a description over the limit; a
        command inside it is text like any other.
        """
        day = as_of or self._clock()
        told, ordered = without_orders(description)
        reading = read(description, today=day)
        notes = [ORDERED] if ordered else []
        notes += [f"“{one.quote}”{one.problem}，没有采用" for one in reading.impossible]
        merged, model = Merged(facts=reading.facts, contradictions=reading.contradictions), None
        if with_model and self._fact_form is None:
            notes.append("没有设置模型，事实只由程序按规则读出")
        elif with_model and self._fact_form is not None:
            try:
                filled = self._fact_form.fill(mask(told).text, day, stopped)
            except EngineError as error:
                notes.append(f"{error.where}：{error.problem}，事实只由程序按规则读出")
            else:
                model = self._fact_form.name
                merged = merge_model_facts(reading, filled, description, today=day)
        proposal = proposal_in(told, check(told, self.library, day))
        return FactsRead(
            as_of=day,
            facts=merged.facts,
            disputed=tuple(
                DisputedFact(name=c.field, label=label_of(c.field), quotes=c.quotes) for c in merged.contradictions
            ),
            rough=tuple(
                RoughFact(name=r.field, label=label_of(r.field), least=r.least, most=r.most, quote=r.quote)
                for r in reading.approximate
            ),
            basis=proposal.basis,
            proposed=proposal.penalty,
            notes=tuple(notes),
            model=model,
            by_model=tuple(name for name in merged.facts.known() if name not in reading.facts.known()),
            discarded=tuple(
                DiscardedFact(name=d.field, label=label_of(d.field), quote=d.quote, reason=d.reason)
                for d in merged.discarded
            ),
        )

    def check_exemption(
        self, description: str | None, facts: object = None, *, as_of: dt.date | None = None
    ) -> ExemptionAnswer:
        """Whether a penalty falls away or is lighter for a case in words, in facts, or both. No model has a hand in it.

        InputError for what cannot be worked with; a command inside the description is text like any other.
        """
        ordered = description is not None and without_orders(description)[1]
        notes = (ORDERED,) if ordered else ()
        return self._exemption.check(description, facts, as_of or self._clock(), notes=notes)

    def check_proportionality(
        self,
        description: str | None,
        facts: object,
        basis: str,
        proposed: object,
        *,
        as_of: dt.date | None = None,
        also: Sequence[str] = (),
    ) -> ProportionalityAnswer:
        """Whether a proposed penalty is right under its basis, what its procedure needs, and decisions like it.

        No model has a hand in it.

        `also` are other provisions that the same act violates.

        InputError for what cannot be worked with; a command inside the description is text like any other.
        """
        ordered = description is not None and without_orders(description)[1]
        notes = (ORDERED,) if ordered else ()
        day = as_of or self._clock()
        answer = self._proportionality.check(description, facts, basis, proposed, day, also=also, notes=notes)
        fine = proposed.get("fine") if isinstance(proposed, Mapping) else getattr(proposed, "fine", None)
        return with_similar(answer, self.precedents, description, basis, fine)
