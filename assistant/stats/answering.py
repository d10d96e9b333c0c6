"""From a MetricQuery to its answer. Exact inside; what is missing is said, never filled in."""

from assistant.schema import FigureAnswer, MetricQuery, MetricTerm
from assistant.stats.catalogue import Catalogue
from assistant.stats.checks import Finding
from assistant.stats.composing import unknown
from assistant.stats.computing import differences, growths, published_growth, ratios, remainder, short_of, total
from assistant.stats.ledger import Ledger, Reading
from assistant.stats.listing import checked, composition, contradictions, ranking, reasons, trend, values
from assistant.stats.numbers import plain, shown
from assistant.stats.resolving import Missing, align, latest, resolve


class Answerer:
    """Answers queries against one ledger and the findings of its checks."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger, findings: tuple[Finding, ...]) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._findings = findings

    def answer(self, query: MetricQuery) -> FigureAnswer:
        """The answer to a query, with a word where the question writes a number that is not the one held."""
        answer = self._answer(query)
        if not answer.answered or not query.numbers or query.claim is not None:
            return answer
        held = {plain(r.value) for t in query.terms for r in self._around(t)} | {o.value for o in answer.operands}
        held.update(v for v in (answer.value, *answer.values) if v is not None)
        strange = [n for n in query.numbers if plain(n) not in held and n >= 10]
        if not strange:
            return answer
        listed = "、".join(shown(n) for n in strange)
        return answer.model_copy(
            update={"text": f"{answer.text}\n说明：问题里写的{listed}与库中的数不同，以上按库中的数。"}
        )

    def _around(self, term: MetricTerm) -> list[Reading]:
        """All readings of a metric and of its whole."""
        metric = self._catalogue.metrics[term.metric]
        names = [metric.name, *([metric.whole] if metric.whole else [])]
        return [r for n in names for s in self._ledger.scopes(n) for r in self._ledger.readings(n, s).values()]

    def _answer(self, query: MetricQuery) -> FigureAnswer:
        if query.operation == "check" and not query.terms:
            return contradictions(self._findings)
        if query.operation in ("change", "growth"):
            found = [resolve(term, self._catalogue, self._ledger) for term in query.terms]
            if published := published_growth(query, found):
                return published
        elif query.operation in ("value", "trend", "rank", "composition", "why", "check"):
            found = [resolve(term, self._catalogue, self._ledger) for term in query.terms]
        else:
            found = align(query.terms, self._catalogue, self._ledger)
        missing = [item for item in found if isinstance(item, Missing)]
        readings = [item for item in found if isinstance(item, Reading)]
        if query.operation == "why":
            return reasons(self._ledger, query, readings, missing)
        if query.operation == "rank" and len(readings) > 1:
            missing = []
        if missing:
            return unknown(missing[0], readings)
        guessed = [r for r in readings if r.figure and r.figure.state == "推算"]
        if query.published and guessed:
            what = f"没有{guessed[0].scope}{guessed[0].time.year}年“{guessed[0].metric.name}”的公布数，只有推算数"
            return unknown(Missing("period", what), guessed)
        match query.operation:
            case "value":
                return values(self._ledger, query, readings)
            case "share" | "multiple" | "average":
                return ratios(query, readings)
            case "difference" if query.claim is not None:
                return short_of(query, readings)
            case "difference" | "change":
                return differences(query, readings)
            case "growth":
                return growths(query, readings)
            case "sum":
                return total(query, readings)
            case "remainder":
                return remainder(query, readings)
            case "rank":
                return ranking(query, readings)
            case "composition":
                return composition(query, readings)
            case "trend":
                return trend(self._ledger, query, readings)
            case _:
                return checked(self._findings, query, readings)

    def near(self, terms: tuple[MetricTerm, ...]) -> tuple[Reading, ...]:
        """What is known about the metrics a question came near, in their own scope."""
        found: list[Reading] = []
        for term in terms:
            reading = resolve(MetricTerm(metric=term.metric, scope=term.scope), self._catalogue, self._ledger)
            if isinstance(reading, Missing):
                own = self._catalogue.metrics[term.metric].scope
                reading = latest(term.metric, own, self._ledger) or reading
            if isinstance(reading, Reading) and reading not in found:
                found.append(reading)
        return tuple(found[:3])
