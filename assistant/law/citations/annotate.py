"""A text with its citations marked."""

from collections.abc import Callable, Iterable
from itertools import groupby

from assistant.schema import CheckedCitation


def annotate(
    text: str,
    citations: Iterable[CheckedCitation],
    wrap: Callable[[str, tuple[CheckedCitation, ...]], str],
) -> str:
    """`text` with each cited span replaced by `wrap(words, the citations of that span)`.

    The members of a range (第三十三条至第三十五条) share one span and are wrapped together. ValueError when spans
    overlap otherwise or the citations are of another text.
    """
    out: list[str] = []
    done = 0
    for (start, end), members in groupby(sorted(citations, key=lambda c: (c.start, c.end)), lambda c: (c.start, c.end)):
        found = tuple(members)
        if start < done or text[start:end] != found[0].text:
            raise ValueError(f"the citation at {start}–{end} does not belong to this text")
        out += (text[done:start], wrap(text[start:end], found))
        done = end
    out.append(text[done:])
    return "".join(out)
