"""Many orders at once, as work for the queue: each is taken as if it had come alone."""

from collections.abc import Callable, Iterable

from assistant.errors import CounselError
from assistant.journal.batches import BatchStore
from assistant.schema import HotlineAnswer, HotlineOrder

_STRIDE = 25
"""Orders between two notes of how far a batch is: what a killed process does again, to no effect."""


class Batches:
    """Batches as work for the queue."""

    kind = "hotline-batch"

    def __init__(self, store: BatchStore, take: Callable[[HotlineOrder, str | None], HotlineAnswer]) -> None:
        self.store = store
        self._take = take

    def undone(self) -> Iterable[tuple[str, int]]:
        return self.store.undone()

    def run(self, key: str) -> None:
        """Take every order that is left. One that cannot be taken is noted, and the rest go on."""
        orders, who = self.store.rest(key)
        for begin in range(0, len(orders), _STRIDE):
            part = orders[begin : begin + _STRIDE]
            problems = []
            for order in part:
                try:
                    self._take(order, who)
                except CounselError as error:
                    problems.append({"order_no": order.order_no, "problem": error.problem})
            self.store.advance(key, len(part), problems)
