"""Days and hours as the papers of a case write them: 2026年3月5日, 二〇二六年三月五日, 2026-03-05, 9时30分至10时。"""

import datetime as dt
import re
from typing import NamedTuple

from assistant.numerals import to_int

_CHINESE = "零〇○ＯOoΟ◯0０一二三四五六七八九十"
_NUMBER = rf"(?:\d{{1,2}}|[{_CHINESE}]{{1,3}})"
_DAY = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d{{2}}|[一二][{_CHINESE}]{{3}})"
    rf"(?:年(?P<m>{_NUMBER})月(?P<d>{_NUMBER})[日号]|(?P<s>[-/.])(?P<m2>\d{{1,2}})(?P=s)(?P<d2>\d{{1,2}})(?!\d))"
)
_HOUR = r"(?P<{0}p>上午|中午|下午|晚上|晚)?(?P<{0}h>\d{{1,2}})(?:时|点|[:：])(?:(?P<{0}m>\d{{1,2}}|半)(?:分)?)?"
_SPAN = re.compile(
    _HOUR.format("a")
    + r"(?:开始)?(?:起)?(?:至|到|-|—|~|～|－|–)+(?P<other>当日|同日|(?:\d{4}年)?\d{1,2}月\d{1,2}日)?"
    + _HOUR.format("b")
)
_FIGURES = str.maketrans(dict.fromkeys("○ＯOoΟ◯０", "〇"))


class Found(NamedTuple):
    """A day in a text without gaps. `day` None: no such day exists (二月三十日)."""

    start: int
    end: int
    text: str
    day: dt.date | None


def find_days(tight: str) -> list[Found]:
    """Every day of the text, in order."""
    found = []
    for match in _DAY.finditer(tight):
        try:
            year, month, day = (
                to_int(part.translate(_FIGURES))
                for part in (match["y"], match["m"] or match["m2"], match["d"] or match["d2"])
            )
            when: dt.date | None = dt.date(year, month, day)
        except ValueError:
            when = None
        found.append(Found(match.start(), match.end(), match[0], when))
    return found


class Hours(NamedTuple):
    """From when to when on `day`, in minutes after midnight."""

    day: dt.date
    begin: int
    end: int

    def overlaps(self, other: "Hours") -> bool:
        return self.day == other.day and self.begin < other.end and other.begin < self.end


def find_hours(tight: str) -> Hours | None:
    """The first span of hours that follows a day; None when there is none or it runs backwards."""
    for found in find_days(tight):
        match = _SPAN.search(tight, found.end, found.end + 40)
        if match is None or found.day is None:
            continue
        if match["other"] and match["other"][0].isdecimal() and not found.text.endswith(match["other"]):
            continue  # it ends on another day
        begin, end = (_minutes(match, side) for side in "ab")
        if match["bp"] is None and match["ap"] in ("下午", "晚上", "晚") and end < begin:
            end += 12 * 60
        return Hours(found.day, begin, end)
    return None


def _minutes(match: re.Match[str], side: str) -> int:
    hour = int(match[f"{side}h"])
    if match[f"{side}p"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    minute = match[f"{side}m"]
    return hour * 60 + (30 if minute == "半" else int(minute or 0))
