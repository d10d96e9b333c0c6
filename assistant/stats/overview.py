"""Everything that is held, side by side: for a page with charts and for a table."""

from collections import Counter

from assistant.schema import (
    FigureComposition,
    FigureCount,
    FigureFinding,
    FigureOverview,
    FigurePeriod,
    FigurePoint,
    FigureShare,
    FigureTrend,
)
from assistant.stats.catalogue import Catalogue
from assistant.stats.checks import Finding
from assistant.stats.ledger import Ledger, Reading
from assistant.stats.numbers import plain, rounded
from assistant.stats.phrasing import flags_of, source

EXAMPLES = (
    "履责率比十月底涨了多少？",
    "行政检查占归集信息的比重是多少？",
    "安监平均每份处罚决定罚多少钱？",
    "四类整改通知书加起来多少份？",
    "去年商事登记比前年增长多少？",
    "报告里的数字对得上吗？",
)


def overview(catalogue: Catalogue, ledger: Ledger, findings: tuple[Finding, ...]) -> FigureOverview:
    """Metrics and figures as declared, the checks, and the compositions and trends that stated figures make."""
    held = Counter(figure.scope for figure in catalogue.figures)
    return FigureOverview(
        metrics=tuple(catalogue.metrics.values()),
        figures=catalogue.figures,
        findings=tuple(
            FigureFinding(
                name=f.name,
                scope=f.scope,
                period=FigurePeriod(year=f.time.year, as_of=f.time.as_of),
                agrees=f.agrees,
                text=f.text,
                metrics=f.metrics,
            )
            for f in findings
        ),
        compositions=_compositions(catalogue, ledger, findings),
        trends=_trends(catalogue, ledger),
        scopes=tuple(FigureCount(scope=scope, figures=count) for scope, count in held.most_common()),
        examples=EXAMPLES,
    )


def _compositions(catalogue: Catalogue, ledger: Ledger, findings: tuple[Finding, ...]) -> tuple[FigureComposition, ...]:
    """Every stated whole with two stated parts or more of the same time and unit.

    Parts that add up to more than their whole overlap (受理 and 涉企), unless a check says that they should not.
    """
    found = []
    for whole in ledger.all():
        if whole.figure is None or not whole.value:
            continue
        parts = []
        for metric in catalogue.metrics.values():
            part = (
                ledger.at_exactly(metric.name, whole.scope, whole.time) if metric.whole == whole.metric.name else None
            )
            if part is not None and part.figure is not None and part.unit == whole.unit:
                parts.append(part)
        names = {p.metric.name for p in parts}
        excess = sum(p.value for p in parts) > whole.value
        known = any(not f.agrees and names <= set(f.metrics) for f in findings)
        if len(parts) > 1 and (known or not excess):
            found.append(_composition(whole, parts))
    return tuple(found)


def _composition(whole: Reading, parts: list[Reading]) -> FigureComposition:
    return FigureComposition(
        name=whole.metric.name,
        scope=whole.scope,
        period=FigurePeriod(year=whole.time.year, as_of=whole.time.as_of),
        value=plain(whole.value),
        unit=whole.unit,
        parts=tuple(
            FigureShare(name=p.metric.name, value=plain(p.value), share=float(rounded(p.exact / whole.exact * 100)))
            for p in parts
        ),
        rest=plain(whole.value - sum(p.value for p in parts)),
        source=source(whole),
        flags=flags_of([whole, *parts]),
    )


def _trends(catalogue: Catalogue, ledger: Ledger) -> tuple[FigureTrend, ...]:
    """Every metric with stated numbers of two years or more; of a year with several days, its last."""
    found = []
    for name in catalogue.metrics:
        for scope in ledger.scopes(name):
            held = [r for r in ledger.readings(name, scope).values() if r.figure is not None]
            by_year = {r.time.year: r for r in held}
            if len(by_year) > 1:
                found.append(_trend(list(by_year.values())))
    return tuple(found)


def _trend(held: list[Reading]) -> FigureTrend:
    points = [
        FigurePoint(
            year=r.time.year,
            as_of=r.time.as_of,
            value=plain(r.value),
            stated=r.figure.stated,
            state=r.figure.state,
            definition=r.figure.definition,
            source=source(r),
        )
        for r in held
        if r.figure is not None
    ]
    first = held[0]
    return FigureTrend(
        name=first.metric.name, scope=first.scope, unit=first.unit, points=tuple(points), flags=flags_of(held)
    )
