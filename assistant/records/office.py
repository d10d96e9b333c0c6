"""The office's records as the product uses them: what is held, questions, rows behind numbers, imports."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.errors import InputError
from assistant.records.answering import RowAnswerer, missing
from assistant.records.asking import RowQuery, RowReader, Unread
from assistant.records.comparing import against, compare
from assistant.records.counting import Counting
from assistant.records.departments import Departments, read_departments
from assistant.records.feeding import Feed, Feeding
from assistant.records.importing import Importer
from assistant.records.kinds import Kind, read_kinds
from assistant.records.periods import PeriodAsked, clipped, year_of
from assistant.records.snapshot import Snapshot
from assistant.records.store import RecordStore, State
from assistant.records.ways import Counted, read_ways
from assistant.schema import FigureAnswer, Flag
from assistant.schema.records import RecordHolding, RecordOverview, RowComparisonSheet
from assistant.schema.rows import RecordPeriod
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.reading import Problems, known_keys, read_yaml

_WHICH = ("哪", "谁", "各", "每", "名单")
_HOW = "导入明细以后可以按部门、时段、排名来问：“数据”页的“本单位的明细”，或 counsel stats import 文件"
EXAMPLES = (
    "今年哪个部门处罚最多？",
    "今年三季度应急局罚了多少次？",
    "履责率末位三个单位是哪些？",
    "今年处罚同比增长多少？",
    "今年每个月检查多少次？",
    "平台数据和年报对得上吗？",
)


@dataclass(frozen=True)
class Assessment:
    """What 末位 is ranked by, how many are the tail, and the kinds whose departments are ranked."""

    metrics: tuple[str, ...]
    tail: int
    family: tuple[str, ...]


class Records:
    """Everything about the office's rows. Safe for several threads; sees at once what another process imports."""

    def __init__(
        self,
        home: Path,
        knowledge: Path,
        catalogue: Catalogue,
        clock: Callable[[], dt.date],
        feeds: Sequence[Feed] = (),
    ) -> None:
        """KnowledgeError with every problem of the kinds, the ways of counting and the departments.

        `feeds`: parts of the product whose own work is counted with what is imported.
        """
        folder = knowledge / "records"
        self.kinds: dict[str, Kind] = read_kinds(folder)
        self.ways: dict[str, Counted] = read_ways(knowledge / "metrics", catalogue, self.kinds)
        self.assessment = _assessment(folder / "考核.yaml", catalogue, self.kinds)
        self.departments: Departments = read_departments(catalogue, [folder, home / "records"])
        self.catalogue = catalogue
        self.store = RecordStore(home, self.kinds)
        self.importer = Importer(self.store, self.departments, clock)
        self._feeds = feeds
        self._feeding = Feeding(self.store, self.importer)
        self._clock = clock
        self._read: tuple[State, Counting, RowReader] | None = None

    # asking

    def answer(self, question: str, today: dt.date, stated: FigureAnswer | None) -> FigureAnswer | None:
        """The answer from rows where they are asked for or the stated figures have none; else what is stated.

        `stated` is what the published figures say; with real rows of the same days it gets a word where they differ.
        """
        counting, reader = self._now()
        query = reader.read(question, today)
        if query is not None and self._feeds:  # most questions are not about rows, and need none brought up to date
            counting, reader = self._fed_now()
            query = reader.read(question, today)
        held = bool(counting.snapshot.tables)
        ours = isinstance(query, RowQuery) and (query.of_rows or (held and self._of_rows(query, question)))
        if stated is not None and stated.answered and not ours:
            return self._beside(stated, counting)
        if query is None:
            return stated
        if isinstance(query, Unread):
            answer = missing(query.missing, query.what) if held and stated is not None else None
            return answer or stated
        if stated is None and not query.particular:
            return None
        ways = [
            way for metric in query.metrics for leaf in counting.leaves(metric) or () for way in self.ways[leaf].ways
        ]
        if why := next((why for way in ways if (why := counting.unfed(way))), None):
            return missing("metric", why)
        if not held:
            answer = (
                stated
                if stated is not None and not query.of_rows
                else missing("metric", f"没有导入明细，{'、'.join(query.metrics) or '平台数据'}没有可算的行")
            )
            return answer.model_copy(update={"text": f"{answer.text}\n说明：{_HOW}。"})
        return RowAnswerer(counting, today).answer(query)

    def follow(self, question: str, before: str, today: dt.date, stated: FigureAnswer | None) -> str | None:
        """The whole question a short one means after one that rows answered. `stated`: what figures said to that."""
        counting, reader = self._now()
        query = reader.read(before, today)
        if not counting.snapshot.tables or not isinstance(query, RowQuery):
            return None
        if stated is not None and stated.answered and not self._of_rows(query, before):
            return None
        return reader.follow(question, query, today)

    @staticmethod
    def _of_rows(query: RowQuery, question: str) -> bool:
        """Whether rows answer a query though figures have a number for its words: which departments, not how many."""
        return query.of_rows or (query.operation == "rank" and any(word in question for word in _WHICH))

    def _beside(self, stated: FigureAnswer, counting: Counting) -> FigureAnswer:
        """A stated answer with a flag where real rows of the same days make another number."""
        if not counting.snapshot.tables or counting.snapshot.sample:
            return stated
        flags = []
        for operand in stated.operands:
            for figure in counting.catalogue.figures:
                same = figure.metric == operand.name and figure.scope == operand.scope
                if not same or figure.as_of != operand.as_of or figure.year != operand.year:
                    continue
                line = against(counting, figure)
                if line is not None and line.agrees is False:
                    flags.append(Flag(code="inconsistent", text=f"与导入的明细对不上：{line.text}。"))
        flags = [f for f in dict.fromkeys(flags) if f not in stated.flags]
        if not flags:
            return stated
        text = "\n".join([stated.text, *(f"提示：{f.text}" for f in flags)])
        return stated.model_copy(update={"flags": (*stated.flags, *flags), "text": text})

    def _now(self) -> tuple[Counting, RowReader]:
        """Counting and reading over what is held now; worked out again only when something was imported or fed."""
        state = self.store.state()
        if self._read is None or self._read[0] is not state:
            counting = Counting(self.catalogue, self.ways, Snapshot(self.store, state), self.assessment.family)
            self._read = (state, counting, self._reader(counting))
        return self._read[1], self._read[2]

    def _fed_now(self) -> tuple[Counting, RowReader]:
        """The same, with the product's own work as it stands at this moment."""
        for feed in self._feeds:
            self._feeding.refresh(feed)
        return self._now()

    @property
    def counting(self) -> Counting:
        return self._fed_now()[0]

    def _reader(self, counting: Counting) -> RowReader:
        names = counting.snapshot.departments or tuple(self.departments.names)
        words = {name: self.departments.words(name) for name in names}
        known = {word for said in words.values() for word in said}
        elsewhere = [w for s in self.catalogue.scopes.values() if s.name != HOME for w in s.words]
        every = [w for said in self.departments.names.values() for w in said]
        unheld = [w for w in (*every, *elsewhere, *self.catalogue.unheld) if w not in known]
        return RowReader(
            self.catalogue, self._metric_words, words, unheld, self.assessment.metrics, self.assessment.tail
        )

    @cached_property
    def _metric_words(self) -> dict[str, tuple[str, ...]]:
        """Every metric that rows can make of all departments, with what it is called."""
        counting = Counting(self.catalogue, self.ways, Snapshot(self.store, State((), {}, {})))
        found: dict[str, tuple[str, ...]] = {}
        for name, metric in self.catalogue.metrics.items():
            leaves = counting.leaves(name)
            if leaves is None or any(self.ways[leaf].department for leaf in leaves):
                continue
            own = self.ways.get(name)
            like = self.catalogue.metrics[own.said_like] if own and own.said_like else metric
            words = [name, *metric.synonyms, *like.synonyms, *like.common, *(own.words if own else ())]
            found[name] = tuple(word for word in words if "…" not in word)
        return found

    # looking

    def overview(self) -> RecordOverview:
        """What is held, what was imported, what can be ranked."""
        counting = self.counting
        snapshot = counting.snapshot
        holdings = []
        for name, held in snapshot.state.current.items():
            kind = self.kinds.get(name)
            if kind is None or (held.fed and not held.rows):
                continue
            counted = name in snapshot.tables
            span = snapshot.span(name, kind.day) if counted and kind.day else None
            holdings.append(
                RecordHolding(
                    kind=name, description=kind.description, rows=held.rows, sample=held.sample,
                    first=span.first if span else None, last=span.last if span else None,
                    departments=len(snapshot.departments_of(name)) if counted else 0,
                )
            )  # fmt: skip
        rankable = [n for n in self._metric_words if self._rankable(n)] if holdings else []
        return RecordOverview(
            holdings=tuple(holdings),
            imports=tuple(one for one in snapshot.state.imports[::-1] if not self._fed(one.kind)),
            sample=snapshot.sample,
            rankable=tuple(rankable),
            departments=snapshot.departments,
            years=RowAnswerer(counting, self._clock()).years(),
            examples=EXAMPLES,
        )

    def _fed(self, kind: str) -> bool:
        """Whether the product feeds a kind itself, so that nobody imported it and nobody can take it back."""
        return kind in self.kinds and self.kinds[kind].fed_by is not None

    def _rankable(self, metric: str) -> bool:
        ways = [self.counting.way(leaf) for leaf in self.counting.leaves(metric) or ()]
        return bool(ways) and not any(isinstance(way, str) for way in ways)

    def ranking(self, metric: str, period: RecordPeriod | None, *, low: bool = False) -> FigureAnswer:
        """All departments by one metric. InputError for a metric that rows cannot make."""
        if metric not in self._metric_words:
            raise InputError("metric", f"“{metric}”不能从明细计算", f"可用：{'、'.join(self.overview().rankable)}")
        today = self._clock()
        if period is not None and period.since > min(period.until, today):
            raise InputError("since", "起日晚于止日，或还没有到", "请改起止日期")
        asked = (PeriodAsked("", 0, 0, clipped(period, today), "days", True),) if period else ()
        return RowAnswerer(self.counting, today).answer(RowQuery("rank", (metric,), periods=asked, low=low))

    def comparison(self, year: int) -> RowComparisonSheet:
        """The stated figures of a year beside their rows. InputError where none are stated."""
        years = sorted({f.year for f in self.catalogue.figures})
        if year not in years:
            raise InputError("year", f"没有{year}年的公布数", f"可选的年份：{'、'.join(map(str, years))}")
        return compare(self.counting, year)

    @property
    def countable(self) -> tuple[str, ...]:
        """The metrics that rows can make of all departments, whether or not the rows for them are held."""
        return tuple(self._metric_words)

    def today(self) -> dt.date:
        return self._clock()

    def of_year(self, year: int) -> RecordPeriod:
        return clipped(year_of(year), self._clock())

    def close(self) -> None:
        self.store.close()


def _assessment(path: Path, catalogue: Catalogue, kinds: dict[str, Kind]) -> Assessment:
    problems = Problems()
    file = read_yaml(path, problems)
    known_keys(file, frozenset(["末位", "单位来自", "指标"]), ("末位", "指标"), "考核", problems)
    tail = file.text("末位") or "3"
    if not tail.isdigit() or not int(tail):
        problems.add(file.where, f"末位“{tail}”不是正整数")
    for name in file.texts("指标"):
        if name not in catalogue.metrics:
            problems.add(file.where, f"考核的指标“{name}”没有定义")
    for name in file.texts("单位来自"):
        if name not in kinds:
            problems.add(file.where, f"没有“{name}”这个明细种类")
    problems.refuse(path)
    return Assessment(file.texts("指标"), int(tail), file.texts("单位来自"))
