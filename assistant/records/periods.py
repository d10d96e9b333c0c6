"""Periods in a question about rows, read against today: 今年三季度, 上个月, 1到9月, 3月5日到6月底, 近半年.

Rows have days, so every period can be counted: from a first day to a last, both included.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from assistant.numerals import to_int
from assistant.schema.rows import RecordPeriod

_CN = "零〇一二两三四五六七八九十"
_RELATIVE = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "上年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1}
_YEAR = (
    rf"(?:(?P<y>20\d\d)年?度?|(?P<y2>[二][零〇o0][{_CN}]{{2}})年度?|(?P<ys>(?<!\d)[12]\d)年度?"
    rf"|(?P<rel>{'|'.join(_RELATIVE)})度?)"
)
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"(?:到|至|-|—|~|–|～)"
_UNTIL = r"(?:截至|截止到?|到|至)"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUMBER = rf"(?P<n>\d{{1,2}}|[{_CN}]{{1,3}}|半)"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("days", rf"从?{_YEAR}?(?P<m>{_M})月(?:份)?(?:(?P<d>{_D})[日号])?{_TO}"
                 rf"(?:(?P<yb>20\d\d)年)?(?:(?P<mb>{_M})月份?)?(?:(?P<db>{_D})[日号]|底|末)?(?:之?间|期间)?"),
        ("iso", rf"从?(?P<y>20\d\d)[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TO}"
                r"(?P<yb>20\d\d)[-/.](?P<mb>\d{1,2})[-/.](?P<db>\d{1,2})"),
        ("months", rf"从?{_YEAR}?(?P<m>{_M}){_TO}(?P<mb>{_M})月份?底?(?:之?间|期间)?"),
        ("years", r"从?(?P<y>20\d\d)年?(?:到|至|-|—|~)(?P<yb>20\d\d)年?(?:之?间)?"),
        ("until", rf"{_UNTIL}{_YEAR}?(?P<m>{_M})月(?:份)?(?:(?P<d>{_D})[日号]|底|末|最后一天)?"),
        ("until", rf"{_YEAR}?(?P<m>{_M})月(?:底|末)"),
        ("day", rf"{_YEAR}?(?P<m>{_M})月(?P<d>{_D})[日号]"),
        ("iso_day", r"(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
        ("first", rf"{_YEAR}?前(?:{_NUMBER})个?(?P<unit>季度|月)"),
        ("half", rf"{_YEAR}?(?P<half>[上下])半年"),
        ("quarter", rf"{_YEAR}?第?(?P<q>[一二三四1-4])个?季度?(?:末|底)?(?<=[季度末底])"),
        ("quarter", rf"{_YEAR}?q(?P<q>[1-4])"),
        ("last", r"(?P<which>上|本|这|当)一?个?(?P<unit>月|季度|周|星期|礼拜)(?:份|以来)?"),
        ("near", rf"(?:最近|近|过去|这)一?(?P<n>\d{{1,3}}|[{_CN}]{{1,3}}|半)个?(?P<unit>年|月|天|日|周|星期)"
                 r"(?:内|以来|来|里)?"),
        ("today", r"(?P<which>今天|今日|昨天|昨日|前天)"),
        ("month", rf"{_YEAR}?(?P<m>{_M})月份?"),
        ("end", rf"{_UNTIL}?{_YEAR}(?:年?(?:底|末(?!位)))"),
        ("year", rf"(?:{_UNTIL})?{_YEAR}(?:以来|同期|全年|整年|一整年|年初以来|初以来|到现在|至今|到目前)?"),
        ("year_so_far", r"年初以来|年内|本年度|全年"),
        ("all", r"历年来?|有史以来|全部时间|所有时间"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class PeriodAsked:
    """A period of a question, as said and as days. `started`: whether it has begun."""

    text: str
    start: int
    end: int
    period: RecordPeriod
    kind: str
    with_year: bool
    started: bool = True

    def before(self, *, a_year: bool) -> RecordPeriod:
        """The period a year earlier, or the one just before it, of the same kind."""
        since, until = self.period.since, self.period.until
        if a_year:
            return RecordPeriod(since=_years(since, -1), until=_years(until, -1))
        if since.day == 1 and until == _month_end(until):
            months = (until.year - since.year) * 12 + until.month - since.month + 1
            first = _months(since, -months)
            return RecordPeriod(since=first, until=since - dt.timedelta(days=1))
        length = until - since
        return RecordPeriod(since=since - length - dt.timedelta(days=1), until=since - dt.timedelta(days=1))


def find_periods(text: str, today: dt.date, year: int | None = None) -> list[PeriodAsked]:
    """The periods of a spelt text, in order. What names no year is of the year before it (first `year`), else the last
    begun."""
    found: list[tuple[str, re.Match[str]]] = []
    taken = [False] * len(text)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if match.start() < match.end() and not any(taken[match.start() : match.end()]):
                found.append((kind, match))
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    asked: list[PeriodAsked] = []
    for kind, match in sorted(found, key=lambda item: item[1].start()):
        read = _read(kind, match, today, year)
        if read is not None:
            asked.append(read)
            year = read.period.since.year
    return asked


def clipped(period: RecordPeriod, today: dt.date) -> RecordPeriod:
    """The part of a period that is over."""
    return period if period.until <= today else RecordPeriod(since=min(period.since, today), until=today)


def said(period: RecordPeriod) -> str:
    """2026年1月1日至9月30日; 2026年全年; 2026年3月."""
    since, until = period.since, period.until
    if since == until:
        return f"{since.year}年{since.month}月{since.day}日"
    if since.day == 1 and since.month == 1 and until == dt.date(since.year, 12, 31):
        return f"{since.year}年"
    if since.day == 1 and until == _month_end(since):
        return f"{since.year}年{since.month}月"
    later = (
        f"{until.month}月{until.day}日" if until.year == since.year else f"{until.year}年{until.month}月{until.day}日"
    )
    return f"{since.year}年{since.month}月{since.day}日至{later}"


def year_of(year: int) -> RecordPeriod:
    return RecordPeriod(since=dt.date(year, 1, 1), until=dt.date(year, 12, 31))


def _read(kind: str, match: re.Match[str], today: dt.date, before: int | None) -> PeriodAsked | None:
    said_year = _said_year(match, today)
    year = said_year if said_year is not None else before
    try:
        period = _period(kind, match, today, year)
    except ValueError:
        return None
    if period is None:
        return None
    if year is None and kind in _YEARLESS and period.since > today:
        try:
            period = _period(kind, match, today, today.year - 1) or period
        except ValueError:
            return None
    asked = PeriodAsked(match[0], match.start(), match.end(), clipped(period, today), kind, said_year is not None)
    return asked if period.since <= today else replace(asked, period=period, started=False)


_YEARLESS = frozenset(["days", "months", "until", "day", "first", "half", "quarter", "month"])


def _period(kind: str, match: re.Match[str], today: dt.date, year: int | None) -> RecordPeriod | None:
    groups = match.groupdict()
    y = year if year is not None else today.year
    month, day = _small(groups.get("m")), _small(groups.get("d"))
    last_month, last_day = _small(groups.get("mb")), _small(groups.get("db"))
    match kind:
        case "days" | "iso":
            assert month is not None
            if last_month is None and last_day is None:
                return None
            last_year = int(groups["yb"]) if groups.get("yb") else y
            first = dt.date(y, month, day or 1)
            end_month = last_month or month
            until = (
                dt.date(last_year, end_month, last_day) if last_day else _month_end(dt.date(last_year, end_month, 1))
            )
            return _spanning(first, until)
        case "months":
            assert month is not None
            assert last_month is not None
            return _spanning(dt.date(y, month, 1), _month_end(dt.date(y, last_month, 1)))
        case "years":
            return _spanning(dt.date(int(groups["y"]), 1, 1), dt.date(int(groups["yb"]), 12, 31))
        case "until":
            assert month is not None
            return _spanning(dt.date(y, 1, 1), dt.date(y, month, day) if day else _month_end(dt.date(y, month, 1)))
        case "day" | "iso_day":
            assert month is not None
            assert day is not None
            return _spanning(dt.date(y, month, day), dt.date(y, month, day))
        case "first":
            number = _small(groups["n"])
            months = (number or 0) * (3 if groups["unit"] == "季度" else 1)
            return year_part(y, 1, months) if 1 <= months <= 12 else None
        case "half":
            return year_part(y, 1, 6) if groups["half"] == "上" else year_part(y, 7, 12)
        case "quarter":
            quarter = _QUARTERS[groups["q"]]
            return year_part(y, quarter * 3 - 2, quarter * 3)
        case "last":
            return _last(groups["which"] == "上", groups["unit"], today)
        case "near":
            return _near(groups["n"], groups["unit"], today)
        case "today":
            on = today - dt.timedelta(days={"今": 0, "昨": 1, "前": 2}[groups["which"][0]])
            return _spanning(on, on)
        case "month":
            assert month is not None
            return year_part(y, month, month)
        case "all":
            return _spanning(dt.date(1990, 1, 1), today)
        case _:
            return year_of(y)


def _spanning(since: dt.date, until: dt.date) -> RecordPeriod | None:
    return RecordPeriod(since=since, until=until) if since <= until else None


def year_part(year: int, first: int, last: int) -> RecordPeriod:
    return RecordPeriod(since=dt.date(year, first, 1), until=_month_end(dt.date(year, last, 1)))


def _last(before: bool, unit: str, today: dt.date) -> RecordPeriod:
    if unit == "月":
        first = _months(today.replace(day=1), -1 if before else 0)
        return RecordPeriod(since=first, until=_month_end(first))
    if unit == "季度":
        first = _months(dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1), -3 if before else 0)
        return RecordPeriod(since=first, until=_month_end(_months(first, 2)))
    monday = today - dt.timedelta(days=today.weekday() + (7 if before else 0))
    return RecordPeriod(since=monday, until=monday + dt.timedelta(days=6))


def _near(number: str, unit: str, today: dt.date) -> RecordPeriod | None:
    if number == "半":
        months = {"年": 6, "月": 0}.get(unit, -1)
        since = _months(today, -months) if months > 0 else today - dt.timedelta(days=15)
        return None if months < 0 else RecordPeriod(since=since + dt.timedelta(days=1), until=today)
    count = _small(number)
    if not count:
        return None
    match unit:
        case "年":
            since = _years(today, -count)
        case "月":
            since = _months(today, -count)
        case "周" | "星期":
            since = today - dt.timedelta(weeks=count)
        case _:
            since = today - dt.timedelta(days=count)
    return RecordPeriod(since=since + dt.timedelta(days=1), until=today)


def _said_year(match: re.Match[str], today: dt.date) -> int | None:
    groups = match.groupdict()
    if groups.get("rel"):
        return today.year + _RELATIVE[groups["rel"]]
    if groups.get("ys"):
        return 2000 + int(groups["ys"])
    if groups.get("y2"):
        return to_int(groups["y2"].replace("o", "〇").replace("0", "〇"))
    return int(groups["y"]) if groups.get("y") else None


def _small(text: str | None) -> int | None:
    return None if not text else to_int(text)


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months(day: dt.date, by: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _years(day: dt.date, by: int) -> dt.date:
    return _months(day, by * 12)
