"""The desk's doors for the decisions on a case: whether a penalty falls away, and whether a proposed one is right."""

import datetime as dt
from collections.abc import Callable

from assistant.desk.scope import without_orders
from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.schema import ExemptionAnswer, ProportionalityAnswer


class Reviewing:
    """What a desk decides of a case; the desk holds the engines and the clock."""

    _exemption: Exemption
    _proportionality: Proportionality
    _clock: Callable[[], dt.date]

    def check_exemption(
        self, description: str | None, facts: object = None, *, as_of: dt.date | None = None
    ) -> ExemptionAnswer:
        """Whether a penalty falls away or is lighter for a case in words, in facts, or both. No model has a hand in it.

        InputError for what cannot be worked with; a command inside the description is text like any other.
        """
        ordered = description is not None and without_orders(description)[1]
        notes = ("描述里有指挥程序的话，已当作普通文字，没有照办",) if ordered else ()
        return self._exemption.check(description, facts, as_of or self._clock(), notes=notes)

    def check_proportionality(
        self,
        description: str | None,
        facts: object,
        basis: str,
        proposed: object,
        *,
        as_of: dt.date | None = None,
    ) -> ProportionalityAnswer:
        """Whether a proposed penalty is right under its basis, and what its procedure needs. No model has a hand in it.

        InputError for what cannot be worked with; a command inside the description is text like any other.
        """
        ordered = description is not None and without_orders(description)[1]
        notes = ("描述里有指挥程序的话，已当作普通文字，没有照办",) if ordered else ()
        return self._proportionality.check(description, facts, basis, proposed, as_of or self._clock(), notes=notes)
