"""A find: where personal data stands in a text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """`start` to `end` (exclusive) of a text; `bare` is the value without gaps, by which two finds are the same."""

    start: int
    end: int
    kind: str
    bare: str
