"""The masking itself: every find replaced by its kind in brackets, and the way back for who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.masking.numbers import find_numbers
from assistant.masking.spans import Span
from assistant.masking.words import find_addresses, find_names


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and how many of each kind were taken out.

    `originals` holds what stands behind each bracket. It is personal data itself: only for the person who may see it,
    never for a model or a log, hence out of the repr.
    """

    text: str
    found: dict[str, int]
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)

    def restored(self, text: str) -> str:
        """`text` (this one, or one written from it) with the originals put back."""
        for bracket, original in self.originals.items():
            text = text.replace(bracket, original)
        return text


def mask(text: str) -> Masked:
    """A kind in brackets (`〔身份证号〕`, a second one `〔身份证号②〕`) in place of each piece of personal data.

    The same number is the same bracket, so that a reader still sees who is who.
    """
    spans: list[Span] = []
    covered = bytearray(len(text))
    for found in (*find_numbers(text), *find_addresses(text), *find_names(text)):
        if not any(covered[found.start : found.end]):
            covered[found.start : found.end] = b"\1" * (found.end - found.start)
            spans.append(found)
    brackets: dict[tuple[str, str], str] = {}
    originals: dict[str, str] = {}
    counts: dict[str, int] = {}
    pieces: list[str] = []
    done = 0
    for span in sorted(spans, key=lambda s: s.start):
        key = (span.kind, span.bare)
        if key not in brackets:
            brackets[key] = _bracket(span.kind, text, originals)
            originals[brackets[key]] = text[span.start : span.end]
        counts[span.kind] = counts.get(span.kind, 0) + 1
        pieces += (text[done : span.start], brackets[key])
        done = span.end
    pieces.append(text[done:])
    return Masked("".join(pieces), counts, originals)


def _bracket(kind: str, text: str, taken: Mapping[str, str]) -> str:
    """A bracket that neither the text nor another find has."""
    number = 1
    while True:
        mark = "" if number == 1 else chr(0x2460 + number - 1) if number <= 20 else f"·{number}"
        bracket = f"〔{kind}{mark}〕"
        if bracket not in taken and bracket not in text:
            return bracket
        number += 1
