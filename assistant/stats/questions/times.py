"""Expressions of time in a question: 2024年, 去年, 年底, 10月底, 截至12月23日, 上半年, 近三年."""

import datetime as dt
import re
from dataclasses import dataclass

from assistant.numerals import to_int

_CN = "零〇一二两三四五六七八九十"
_YEAR = (
    rf"(?:(?P<y>20\d\d|[二][零〇o0][{_CN}]{{2}}|(?<!\d)[12]\d(?=年))年?度?"
    r"|(?P<rel>大前年|去年|今年|本年|当年|前年|明年|后年|上年|上一年|前一年)度?)"
)
_MONTH = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
_DAY = r"(?P<d>[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_UNTIL = r"(?P<until>截至|截止到?|到|至)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("range", re.compile(r"(?P<y1>20\d\d)年?(?:到|至|-|—|~|–)(?P<y2>20\d\d)年?(?:间|之间)?")),
    ("range", re.compile(r"(?:近|这|最近|过去)(?:[二两三四五六七八九十几2-9])年(?:来|间)?"
                         r"|[三两几]年[来间]|历年来?|逐年|各年度?|历次")),
    ("date", re.compile(r"(?:截至|截止到?)?(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")),
    ("date", re.compile(rf"(?:截至|截止到?)?{_YEAR}?{_MONTH}{_DAY}")),
    ("date", re.compile(r"(?<![\d.])(?P<m>1[0-2]|0?[1-9])\.(?P<d>[0-3]\d)(?=[\u4e00-\u9fff])"
                        r"(?![万亿%倍元件条份家项人次个名户场组成])")),
    ("half", re.compile(rf"{_YEAR}?(?:上半年|下半年|前?[{_CN}1-4第]+个?季度末?|q[1-4])")),
    ("months", re.compile(rf"{_YEAR}?(?:前(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])个月"
                          r"|[1一](?:到|至|-|—|~)(?P<m2>\d{1,2}|十[一二]?)月份?)")),
    ("month", re.compile(rf"{_UNTIL}{_YEAR}?{_MONTH}(?P<end>底|末|最后一天)?")),
    ("end", re.compile(rf"(?:截至|截止到?)?{_YEAR}(?:年?(?:底|末(?!位)|终(?!止))|岁末)")),
    ("year", re.compile(rf"(?:截至|截止到?)?{_YEAR}(?:同期)?(?:全年|整年|一整年|一年)?")),
    ("end", re.compile(r"年底|年末(?!位)|年终(?!止)|岁末")),
    ("unheld", re.compile(r"上个?月|本月|这个?月|当月|上个?周|本周|这周"
                          r"|昨天|今天|前天|明天|上个?季度|本季度|这个?季度|近一个月|最近一周|下个?月|下周")),
    ("latest", re.compile(r"截至目前|截止目前|到目前为止|目前|现在|当前|最新|眼下|如今|迄今|至今|到现在|现有")),
)  # fmt: skip
_RELATIVE = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1, "后年": 2,
             "上年": -1, "上一年": -1, "前一年": -1}  # fmt: skip
_PRIOR = frozenset(["上年", "上一年", "前一年"])


@dataclass(frozen=True)
class TimeAsked:
    """One expression of time. Unset parts were not said."""

    kind: str
    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_end: bool = False
    whole_month: bool = False
    """A month named without 底 or 截至: what happened in it, which only a standing number answers."""
    prior: bool = False
    """上年, 前一年: the year before the one spoken of."""
    relative: bool = False
    until_year: int | None = None

    @property
    def held(self) -> bool:
        return self.kind not in ("half", "unheld")


def find_times(text: str, today: dt.date) -> list[TimeAsked]:
    """The expressions of time in a spelt text, in order, none overlapping another."""
    found: list[TimeAsked] = []
    taken = [False] * len(text)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if match.end() == match.start() or any(taken[match.start() : match.end()]):
                continue
            asked = _asked(kind, match, today)
            if asked is not None:
                found.append(asked)
                taken[asked.start : asked.end] = [True] * (asked.end - asked.start)
    return sorted(found, key=lambda asked: asked.start)


def _asked(kind: str, match: re.Match[str], today: dt.date) -> TimeAsked | None:
    groups = match.groupdict()
    relative = groups.get("rel")
    year = _year(groups.get("y"))
    if relative:
        year = today.year + _RELATIVE[relative]
    month = _small(groups.get("m") or groups.get("m2"))
    day = _small(groups.get("d"))
    if (groups.get("y") and year is None) or month == 0 or (month or 0) > 12 or day == 0 or (day or 0) > 31:
        return None
    until = _year(groups.get("y2"))
    return TimeAsked(
        kind=kind,
        text=match[0],
        start=match.start(),
        end=match.end(),
        year=_year(groups.get("y1")) or year,
        month=month,
        day=day,
        year_end=kind == "end",
        whole_month=kind == "month" and not groups.get("end") and not groups.get("until"),
        prior=relative in _PRIOR,
        relative=relative is not None,
        until_year=until,
    )


def _year(text: str | None) -> int | None:
    if not text:
        return None
    try:
        number = to_int(text.replace("o", "〇"))
    except ValueError:
        return None
    return 2000 + number if number < 100 else number


def _small(text: str | None) -> int | None:
    return None if not text else to_int(text)
