"""Dates as people write them, with the first and the last day they may be."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.rules.facts.numbers import whole

_Y = r"(?:(?:19|20)\d\d|二[〇零○][一二三四五六七八九〇零○]{2}|一九[一二三四五六七八九〇零○]{2})"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE = re.compile(
    rf"(?P<year>{_Y})\s*年\s*(?P<month>{_M})\s*月(?:份)?(?:\s*(?P<day>{_D})\s*[日号])?"
    rf"|(?P<iso>(?:19|20)\d\d\s*[-/.．]\s*\d{{1,2}}\s*[-/.．]\s*\d{{1,2}})(?!\d)"
    rf"|(?P<word>今年|去年|前年|本年|当年|次年|翌年|同年)(?:的)?(?P<wmonth>{_M})月(?:份)?(?:(?P<wday>{_D})[日号])?"
    rf"|(?<![\d年第个一二三四五六七八九十])(?P<bmonth>{_M})月(?P<bday>{_D})[日号]"
    r"|(?P<near>昨天|昨日|前天|前日|今天|今日|今早|昨晚|昨夜)"
    r"|(?P<week>上上|上|本|这)(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<same>当日|当天|同日|次日|翌日|第二天)"
    r"|(?P<lastmonth>上个?月|本月|这个月)(?!底薪)(?:(?P<lday>[0-9]{1,2}|[一二三]?十?[一二三四五六七八九])[日号])?"
    rf"|(?P<ago>[一二两三四五六七八九十\d]{{1,2}})(?P<agounit>年|个月)(?:多|余)?(?:以)?前(?!夕)"
)
_NEAR = {"昨天": 1, "昨日": 1, "昨晚": 1, "昨夜": 1, "前天": 2, "前日": 2, "今天": 0, "今日": 0, "今早": 0}
_WORDS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2}
_EARLIEST = dt.date(1949, 10, 1)


@dataclass(frozen=True)
class When:
    """A date in the words: `first` and `last` are the same day where a day is stated; offsets in the description."""

    first: dt.date
    last: dt.date
    start: int
    end: int
    relative: bool = False

    @property
    def day(self) -> dt.date | None:
        return self.first if self.first == self.last else None


def find(text: str, today: dt.date) -> Iterator[When]:
    """Every date in `text`, in order. A month and day without a year belong to the year named before, else they are
    the latest that is not after `today`; a day that no calendar has is no date."""
    year: int | None = None
    last: dt.date | None = None
    for match in _DATE.finditer(text):
        spans = _span(match, today, year, last)
        if spans is None:
            continue
        first, final = spans
        if not _EARLIEST <= first <= final <= dt.date(2100, 12, 31):
            continue
        when = When(first, final, match.start(), match.end(), bool(match["same"]))
        if not match["ago"]:
            year = final.year
        if when.day and not match["same"]:
            last = when.day
        yield when


def _span(
    match: re.Match[str], today: dt.date, year: int | None, last: dt.date | None
) -> tuple[dt.date, dt.date] | None:
    if match["year"]:
        return _civil(_year(match["year"]), match["month"], match["day"])
    if match["iso"]:
        parts = [int(p) for p in re.split(r"\s*[-/.．]\s*", match["iso"])]
        return _days(parts[0], parts[1], parts[2])
    if word := match["word"]:
        if word in _WORDS:
            return _civil(today.year + _WORDS[word], match["wmonth"], match["wday"])
        if year is None:
            return None
        return _civil(year + (1 if word in ("次年", "翌年") else 0), match["wmonth"], match["wday"])
    if match["bmonth"]:
        if year is not None:
            return _civil(year, match["bmonth"], match["bday"])
        this = _civil(today.year, match["bmonth"], match["bday"])
        return this if this and this[0] <= today else _civil(today.year - 1, match["bmonth"], match["bday"])
    if near := match["near"]:
        day = today - dt.timedelta(days=_NEAR[near])
        return day, day
    if match["week"]:
        back = {"本": 0, "这": 0, "上": 1, "上上": 2}[match["week"]]
        monday = today - dt.timedelta(days=today.weekday() + 7 * back)
        day = monday + dt.timedelta(days="一二三四五六日".index(match["weekday"].replace("天", "日")))
        return (day, day) if day <= today else None
    if match["same"]:
        if last is None:
            return None
        day = last + dt.timedelta(days=match["same"] in ("次日", "翌日", "第二天"))
        return day, day
    if word := match["lastmonth"]:
        month = today.replace(day=1)
        if word.startswith("上"):
            month = (month - dt.timedelta(days=1)).replace(day=1)
        return _civil(month.year, str(month.month), match["lday"])
    return _ago(match, today)


def _ago(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date] | None:
    count = whole(match["ago"])
    if not count or count > 70:
        return None
    if match["agounit"] == "年":
        return _back(today, 12 * (count + 1)) + dt.timedelta(days=1), dt.date(today.year - count, 12, 31)
    return _back(today, count + 1) + dt.timedelta(days=1), min(today, _back(today, count) + dt.timedelta(days=31))


def _back(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; the last of the month where it has no such day."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _year(text: str) -> int:
    figures = text.replace("○", "〇")
    return int(figures) if figures.isascii() else whole(figures) or 0


def _civil(year: int, month: str, day: str | None) -> tuple[dt.date, dt.date] | None:
    m = whole(month)
    d = whole(day) if day else None
    return None if m is None else _days(year, m, d)


def _days(year: int, month: int, day: int | None) -> tuple[dt.date, dt.date] | None:
    if not 1 <= month <= 12 or not 1900 <= year <= 2100:
        return None
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, length)
    if not 1 <= day <= length:
        return None
    return dt.date(year, month, day), dt.date(year, month, day)
