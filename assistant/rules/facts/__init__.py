"""The facts of a case out of everyday words, each with the words that state it."""

from assistant.rules.facts.merging import Discarded, Merged, merge_model_facts
from assistant.rules.facts.reading import LIMIT, Approximate, Contradiction, Reading, read, read_facts

__all__ = [
    "LIMIT",
    "Approximate",
    "Contradiction",
    "Discarded",
    "Merged",
    "Reading",
    "merge_model_facts",
    "read",
    "read_facts",
]
