"""The desk's door for a proposed penalty."""

import datetime as dt
from collections.abc import Callable

from assistant.desk.scope import without_orders
from assistant.rules.proportionality import Proportionality
from assistant.schema import ProportionalityAnswer


class Reviewing:
    """What a desk does with a proposed penalty; the desk holds the engine and the clock."""

    _proportionality: Proportionality
    _clock: Callable[[], dt.date]

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
