"""The metric store: loaded once, asked many times. No model has a hand in it."""

import datetime as dt
from functools import cached_property
from pathlib import Path

from assistant.errors import InputError
from assistant.schema import Figure, FigureAnswer, FigureOverview, Metric, MetricQuery, Operand
from assistant.stats.answering import Answerer
from assistant.stats.catalogue import HOME, Catalogue, read_catalogue
from assistant.stats.checks import Finding, run_checks
from assistant.stats.clauses import clauses
from assistant.stats.composing import joined, unknown
from assistant.stats.following import follow_ups
from assistant.stats.guarding import doubt
from assistant.stats.ledger import Ledger
from assistant.stats.overview import overview
from assistant.stats.question import LONGEST, Reader
from assistant.stats.report import yearly_report
from assistant.stats.resolving import Missing
from assistant.stats.sentence import Unknown
from assistant.stats.spelling import spell


class MetricStore:
    """Metrics, figures and checks of one knowledge base, and the answers to questions about them."""

    def __init__(self, catalogue: Catalogue) -> None:
        ledger = Ledger(catalogue)
        self._catalogue = catalogue
        self._ledger = ledger
        self._findings = run_checks(catalogue, ledger)
        self._reader = Reader(catalogue, ledger)
        self._answerer = Answerer(catalogue, ledger, self._findings)

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        return tuple(self._catalogue.metrics.values())

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self._catalogue.figures

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every check that was run on load, with what it found; the contradictions are those that do not agree."""
        return self._findings

    def read(self, question: str, today: dt.date) -> MetricQuery | Unknown | None:
        """How a question is understood; None when it is not about figures."""
        return self._reader.read(question, today)

    def answer(self, question: str, today: dt.date) -> FigureAnswer | None:
        """The answer to a question about figures (`answered` False: not known); None when it is not one."""
        if not self._reader.may_be_ours(question):
            return None
        parts = clauses(question, self._reader.lexicon, today)
        if len(parts) > 1:
            answers = [self._one(part, today) for part in parts]
            if all(answer is not None for answer in answers):
                return joined([answer for answer in answers if answer is not None])
        return self._one(question, today)

    def _one(self, question: str, today: dt.date) -> FigureAnswer | None:
        query = self._reader.read(question, today)
        if query is None:
            return None
        if isinstance(query, Unknown):
            if query.missing == "metric" and self._for_the_law(question, today):
                return None
            near = self._answerer.near(query.near)
            return self._with_alternatives(unknown(Missing(query.missing, query.what, near)), today)
        answer = self._answerer.answer(query)
        if answer.answered and (why := self._doubt(question, query, answer, today)):
            answer = unknown(Missing("relation", why, self._answerer.near(query.terms)))
        return self._with_alternatives(answer, today, query.others)

    def _for_the_law(self, question: str, today: dt.date) -> bool:
        """Whether a question with words unknown here has nothing of a question about figures but a word or two."""
        heard = self._reader.lexicon.hear(spell(question), today)
        asked = heard.of("time", "number") or any(mark in t.text for t in heard.of("ask") for mark in "多几")
        rate = any(word.endswith(("率", "量", "数", "比", "比例", "龄")) for word in heard.unknown)
        counted = asked or rate or heard.operations() & {"average", "share"}
        kinds = "几类" in heard.text or "几种" in heard.text
        return not heard.of("scope", "unheld") and (not counted or kinds or len("".join(heard.unknown)) > 8)

    def _doubt(self, question: str, query: MetricQuery, answer: FigureAnswer, today: dt.date) -> str | None:
        heard = self._reader.lexicon.hear(spell(question), today)
        return doubt(heard, query, answer, self._catalogue, self._ledger)

    def _with_alternatives(self, answer: FigureAnswer, today: dt.date, others: tuple[str, ...] = ()) -> FigureAnswer:
        """The answer with questions that do get a number: of what is nearest, or of the other readings of a word."""
        asked = [f"{_scope(o.scope)}{_when(o)}{o.name}是多少" for o in answer.nearest]
        asked += [f"{_scope(self._catalogue.metrics[name].scope)}{name}是多少" for name in others]
        kept = []
        for question in dict.fromkeys(asked):
            query = self._reader.read(question, today)
            if isinstance(query, MetricQuery) and self._answerer.answer(query).answered:
                kept.append(question)
        return answer.model_copy(update={"alternatives": tuple(kept[:3])}) if kept else answer

    def follow(self, question: str, before: str, today: dt.date) -> tuple[str, FigureAnswer] | None:
        """What a follow-up (那人社呢, 比十月底呢) asks after `before`, whole, and its answer; None when it is none."""
        first: tuple[str, FigureAnswer] | None = None
        known = self.answer(before, today)
        for whole in follow_ups(question, before, self._catalogue, self._reader, today):
            answer = self.answer(whole, today)
            if answer is not None and answer.answered and self._strays(question, known, answer, today):
                near = f"{_scope(answer.scope or HOME)}{answer.metric}是多少"
                answer = unknown(Missing("scope", f"没有认出这里的“{answer.metric}”是谁的数")).model_copy(
                    update={"alternatives": (near,)}
                )
            if answer is not None and answer.answered:
                return whole, answer
            first = first or (whole, answer or self.query(whole, today))
        return first

    def _strays(self, question: str, before: FigureAnswer | None, after: FigureAnswer, today: dt.date) -> bool:
        """Whether a follow-up that names nobody got the number of somebody else than the question before."""
        heard = self._reader.lexicon.hear(spell(question), today)
        return before is not None and before.scope != after.scope and not heard.of("scope")

    @cached_property
    def overview(self) -> FigureOverview:
        """Everything held, for a page or a table."""
        return overview(self._catalogue, self._ledger, self._findings)

    def query(self, question: str, today: dt.date) -> FigureAnswer:
        """As `answer`, where only figures are asked: always an answer. InputError when it cannot be a question."""
        if not question.strip():
            raise InputError("question", "问题是空的", "请写要问的指标，例如：2024年履责率是多少")
        if len(question) > LONGEST:
            raise InputError(
                "question", f"问题有{len(question):,}个字，最多{LONGEST}个字", "请只写要问的指标、范围和时间"
            )
        found = self.answer(question, today)
        return found or FigureAnswer(
            answered=False, missing="metric",
            text="答不了：没有认出要问的指标。请写指标名，例如：人员参与率、行政处罚、复议办结案件。",
        )  # fmt: skip

    def report(self, year: int) -> bytes:
        """The yearly report as a .docx to go on writing. InputError where no number of the year is held."""
        return yearly_report(self._catalogue, self._ledger, self.overview, year)


def _scope(scope: str) -> str:
    return "" if scope == HOME else scope


def _when(operand: Operand) -> str:
    if operand.as_of is not None:
        return f"截至{operand.as_of.year}年{operand.as_of.month}月{operand.as_of.day}日"
    return f"{operand.year}年" if operand.year else ""


def load_metrics(folder: Path) -> MetricStore:
    """Read the metric folder of a knowledge base. KnowledgeError names every problem with its file and line."""
    return MetricStore(read_catalogue(folder))
