"""Words heard or typed a little wrong: 旅责率 is offered as 履责率, and never taken for it."""

from assistant.schema import Metric
from assistant.stats.spelling import spell

_SHORTEST = 3


def nearly_named(question: str, metrics: tuple[Metric, ...]) -> tuple[str, ...]:
    """The metrics of which a word stands in the question but for one character, likeliest first; at most three."""
    text = spell(question)
    found: dict[str, int] = {}
    for metric in metrics:
        for word in {spell(w) for w in (metric.name, *metric.synonyms) if "…" not in w}:
            size = len(word)
            if size < _SHORTEST or size <= found.get(metric.name, 0) or word in text:
                continue
            pieces = (text[at : at + size] for at in range(len(text) - size + 1))
            if any(sum(a != b for a, b in zip(piece, word, strict=True)) == 1 for piece in pieces):
                found[metric.name] = size
    return tuple(sorted(found, key=lambda name: -found[name])[:3])
