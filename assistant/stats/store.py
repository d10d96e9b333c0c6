"""The metric store: loaded once, asked many times. No model has a hand in it."""

import datetime as dt
from functools import cached_property
from pathlib import Path

from assistant.errors import InputError
from assistant.schema import Figure, FigureAnswer, FigureOverview, Metric, Operand
from assistant.stats.answering import Answerer
from assistant.stats.catalogue import HOME, Catalogue, read_catalogue
from assistant.stats.checks import Finding, run_checks, when
from assistant.stats.composing import joined, unknown
from assistant.stats.ledger import Ledger
from assistant.stats.overview import overview
from assistant.stats.questions.following import Turn, follow_ups
from assistant.stats.questions.nearly import nearly_named
from assistant.stats.questions.ours import may_be_ours, ours
from assistant.stats.questions.reader import LONGEST, Reader, Reading
from assistant.stats.report import yearly_report
from assistant.stats.resolving import Missing
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

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a keeper of the knowledge base should know: formulas that divide by nought, with file and line."""
        where = {name: metric.where for name, metric in self._catalogue.metrics.items()}
        return tuple(
            f"{where[name]} 指标“{name}”在{scope}{when(time)}不能计算：{why}；核对该数，或改公式"
            for (name, scope, time), why in self._ledger.undefined.items()
        )

    def answer(self, question: str, today: dt.date) -> FigureAnswer | None:
        """The answer to a question about figures (`answered` False: not known); None when it is not one."""
        if len(question) > LONGEST or not may_be_ours(question):
            return None
        reading = self._reader.read(question, today)
        if not ours(question, reading):
            return None
        return self._answered(reading, today)

    def _answered(self, reading: Reading, today: dt.date) -> FigureAnswer:
        if reading.unknown is not None:
            why = reading.unknown
            near = self._answerer.near(why.near)
            return self._with_alternatives(unknown(Missing(why.missing, why.what, near)), today)
        answers = [
            self._with_alternatives(self._answerer.answer(query), today, query.others) for query in reading.queries
        ]
        return joined(answers) if len(answers) > 1 else answers[0]

    def _with_alternatives(self, answer: FigureAnswer, today: dt.date, others: tuple[str, ...] = ()) -> FigureAnswer:
        """The answer with questions that do get a number: of what is nearest, or of the other readings of a word."""
        asked = [f"{_scope(o.scope)}{_when(o)}{o.name}是多少" for o in answer.nearest]
        asked += [f"{_scope(self._catalogue.metrics[name].scope)}{name}是多少" for name in others]
        kept = []
        for question in dict.fromkeys(asked):
            reading = self._reader.read(question, today)
            if reading.queries and all(self._answerer.answer(q).answered for q in reading.queries):
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
        if before is None or before.scope == after.scope:
            return False
        return not Turn(self._reader.cut(spell(question), today)).scopes

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
        if found is not None:
            return found
        near = nearly_named(question, self.metrics)
        example = f"是不是要问：{'、'.join(near)}" if near else "请写指标名，例如：人员参与率、行政处罚、复议办结案件"
        nothing = FigureAnswer(answered=False, missing="metric", text=f"答不了：没有认出要问的指标。{example}。")
        return self._with_alternatives(nothing, today, near)

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
