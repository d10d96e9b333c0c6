"""What an evaluation found: figures with their bars, cases that missed, cases that could not be scored."""

import datetime as dt
from pathlib import Path

import yaml
from pydantic import Field

from assistant.errors import InputError
from assistant.schema import Noun

BARS = Path(__file__).parent / "bars.yaml"


class Figure(Noun):
    """One number, from 0 to 100. `bar` is the least it may be; None: it is shown, not held."""

    suite: str
    part: str
    metric: str
    value: float
    scored: int
    unscored: int = 0
    bar: float | None = None

    @property
    def passed(self) -> bool:
        return self.bar is None or self.value >= self.bar


class Unscored(Noun):
    """A case whose answer never came: the program broke. Neither right nor wrong, and never dropped."""

    suite: str
    id: str
    error: str


class Miss(Noun):
    """A case that came out wrong, and how."""

    suite: str
    id: str
    asked: str
    problems: tuple[str, ...]


class Result(Noun):
    """Everything one suite found."""

    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...] = ()
    unscored: tuple[Unscored, ...] = ()


class Report(Noun):
    """A whole run, with the digests of what was measured."""

    made_at: dt.datetime
    as_of: dt.date
    digests: dict[str, str]
    seconds: float
    result: Result
    unscored_allowed: int = 0

    @property
    def passed(self) -> bool:
        return all(f.passed for f in self.result.figures) and len(self.result.unscored) <= self.unscored_allowed


class Bars(Noun):
    """The least each figure may be, by suite, part and metric; and how many cases may stay unscored."""

    unscored: int = 0
    least: dict[str, dict[str, dict[str, float]]] = Field(default_factory=dict)

    def of(self, suite: str, part: str, metric: str) -> float | None:
        return self.least.get(suite, {}).get(part, {}).get(metric)

    def apply(self, result: Result) -> Result:
        """The same result, every figure with its bar."""
        figures = tuple(f.model_copy(update={"bar": self.of(f.suite, f.part, f.metric)}) for f in result.figures)
        return result.model_copy(update={"figures": figures})

    def silent(self, result: Result, suites: set[str]) -> tuple[Figure, ...]:
        """Figures of 0 for bars of the suites that ran to which no figure came: a bar never passes by silence."""
        have = {(f.suite, f.part, f.metric) for f in result.figures}
        return tuple(
            Figure(suite=suite, part=part, metric=metric, value=0.0, scored=0, bar=bar)
            for suite, parts in self.least.items()
            if suite in suites
            for part, metrics in parts.items()
            for metric, bar in metrics.items()
            if (suite, part, metric) not in have
        )


def load_bars(path: Path = BARS) -> Bars:
    """The bars kept in YAML. InputError when they cannot be read."""
    kept = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(kept, dict):
        raise InputError(str(path), "不是“套件: {部分: {指标: 分数}}”的形式", "照 evals/bars.yaml 里的样子写")
    return Bars(unscored=kept.pop("unscored", 0), least=kept)


def joined(results: list[Result]) -> Result:
    return Result(
        figures=tuple(f for r in results for f in r.figures),
        misses=tuple(m for r in results for m in r.misses),
        unscored=tuple(u for r in results for u in r.unscored),
    )
