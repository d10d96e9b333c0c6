"""The stated figures of a report held against the rows of the same days."""

import datetime as dt
from fractions import Fraction

from assistant.records.counting import Counting
from assistant.records.heeding import outside
from assistant.records.periods import said
from assistant.records.telling import amount, number
from assistant.schema import Figure
from assistant.schema.records import RowComparison, RowComparisonSheet
from assistant.schema.rows import RecordPeriod
from assistant.stats.catalogue import HOME
from assistant.stats.numbers import exact, plain, rounded, shown


def compare(counting: Counting, year: int) -> RowComparisonSheet:
    """Every stated figure of a year that rows can be held against, the ones that differ first."""
    if counting.snapshot.sample:
        text = "导入的只有示例明细，不能同公布数核对。"
        return RowComparisonSheet(year=year, lines=(), sample=True, text=text)
    lines = [
        line
        for figure in counting.catalogue.figures
        if figure.year == year and (line := against(counting, figure)) is not None
    ]
    lines.sort(key=lambda line: {False: 0, True: 1, None: 2}[line.agrees])
    differ = sum(line.agrees is False for line in lines)
    same = sum(line.agrees is True for line in lines)
    open_ = len(lines) - differ - same
    if not lines:
        text = f"没有{year}年的公布数可以同明细核对。"
    else:
        text = f"{year}年的公布数有{len(lines)}个可以同明细核对：{differ}个对不上，{same}个一致"
        text += f"，{open_}个明细不够、不能判断。" if open_ else "。"
    return RowComparisonSheet(year=year, lines=tuple(lines), text=text)


def against(counting: Counting, figure: Figure) -> RowComparison | None:
    """One stated figure beside its rows; None where it is not of the office or is not counted from rows."""
    if not counting.catalogue.within(figure.scope, HOME) or counting.leaves(figure.metric) is None:
        return None
    metric = counting.catalogue.metrics[figure.metric]
    if figure.scope != metric.scope:
        return None
    until = figure.as_of or dt.date(figure.year, 12, 31)
    period = RecordPeriod(since=dt.date(figure.year, 1, 1), until=until)
    stated = f"{shown(figure.value)}{figure.unit}"
    line = RowComparison(
        metric=figure.metric, scope=figure.scope, unit=figure.unit, as_of=figure.as_of, stated=plain(figure.value),
        source=f"《{figure.source}》{figure.place}", text="",
    )  # fmt: skip
    why = outside(counting, figure.metric, period)
    made = counting.count(figure.metric, period) if why is None else None
    if made is None or made.value is None:
        reason = why or (made.why if made else None)
        return line.model_copy(update={"text": f"{figure.metric}：公布{stated}；{reason}，不能核对"})
    scale = 10_000 if figure.unit.startswith("万") and not made.unit.startswith("万") else 1
    value = made.value / scale
    agrees = _agrees(figure, value)
    word = {True: "一致", False: "对不上", None: "公布的是约数，不作判断"}[agrees]
    gap = value - exact(figure.value)
    unit = "个百分点" if figure.unit == "%" else figure.unit
    far = f"，明细{'多' if gap > 0 else '少'}{amount(abs(gap), unit)}" if agrees is False else ""
    own = next((leaf for leaf in made.leaves if leaf.metric == figure.metric), None)
    return line.model_copy(
        update={
            "counted": number(value),
            "agrees": agrees,
            "rows": counting.filter(own, period, counting.ways[figure.metric].department) if own else None,
            "text": f"{figure.metric}（{said(period)}）：公布{stated}，按明细{amount(value, figure.unit)}，{word}{far}",
        }
    )


def _agrees(figure: Figure, value: Fraction) -> bool | None:
    if figure.stated in ("约", "余"):
        return None
    places = int(figure.value.as_tuple().exponent)
    step = figure.value.__class__(1).scaleb(min(0, places))
    return rounded(value, step) == figure.value
