"""Departments side by side: every one that the metric could be about, first to last, ties shared."""

from fractions import Fraction

from assistant.records.counting import NOBODY, Counting, Number
from assistant.records.telling import number, parts
from assistant.schema.rows import Ranking, RankLine, RecordPeriod


def rank(
    counting: Counting, metric: str, period: RecordPeriod, *, low: bool = False, top: int | None = None
) -> Ranking:
    """The ranking, highest first whichever end is asked for. `top`: how many of the asked end are named (`tail`).

    Departments without a row in the period count 0 where the metric is a count; a rate of nothing is not ranked.
    """
    held = counting.by_department(metric, period)
    held.pop("", None)
    nobody = held.pop(NOBODY, None)
    nought = counting.count(metric, period, "\x00")  # what a department without any row has
    every = {name: held.get(name) or nought for name in (*held, *domain(counting, metric))}
    ranked = sorted(
        ((name, made) for name, made in every.items() if made.value is not None),
        key=lambda item: (-(item[1].value or Fraction(0)), item[0]),
    )
    lines: list[RankLine] = []
    for at, (name, made) in enumerate(ranked):
        same = at and made.value == ranked[at - 1][1].value
        lines.append(_line(counting, name, made, period, lines[-1].rank if same else at + 1))
    for name, made in every.items():
        if made.value is None:
            lines.append(_line(counting, name, made, period, None))
    if nobody is not None and any(leaf.rows for leaf in nobody.leaves):
        rows = sum(leaf.rows for leaf in nobody.leaves)
        lines.append(RankLine(department=NOBODY, note=f"有{rows}行没有写部门，没有参加排名"))
    unit = next(iter(every.values())).unit if every else counting.unit(metric)
    return Ranking(metric=metric, unit=unit, period=period, lines=tuple(lines), tail=_end(ranked, low, top))


def _end(ranked: list[tuple[str, Number]], low: bool, top: int | None) -> tuple[str, ...]:
    """The first or last `top` departments, with those that share the place of the last of them."""
    ordered = ranked[::-1] if low else ranked
    if top is None or len(ordered) <= top:
        return tuple(name for name, _ in ordered)
    edge = ordered[top - 1][1].value
    return tuple(name for at, (name, made) in enumerate(ordered) if at < top or made.value == edge)


def _line(counting: Counting, name: str, made: Number, period: RecordPeriod, place: int | None) -> RankLine:
    return RankLine(
        rank=place,
        department=name,
        value=None if made.value is None else number(made.value),
        parts=parts(made),
        note=made.why,
        rows=tuple(counting.filter(leaf, period, name) for leaf in made.leaves),
    )


def domain(counting: Counting, metric: str) -> tuple[str, ...]:
    """The departments a metric could be about: those with officers, duties or cases, or with rows of its own kinds."""
    kinds: list[str] = []
    for leaf in counting.leaves(metric) or ():
        way = counting.way(leaf)
        if not isinstance(way, str):
            kinds += [*way.kinds, *(way.seen.kinds if way.seen else ())]
    family = counting.family if set(kinds) & set(counting.family) else ()
    held = counting.held(tuple(dict.fromkeys((*kinds, *family))))
    return tuple(sorted({name for kind in held for name in counting.snapshot.departments_of(kind)}))
