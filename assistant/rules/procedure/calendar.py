"""Working days in China: 行政处罚法第八十五条, by the published holiday arrangements."""

import datetime as dt

import chinese_calendar

from assistant.schema import Noun


class Deadline(Noun):
    """The last day of a period of working days. `certain` False: it runs into a year without published holidays."""

    day: dt.date
    certain: bool = True

    @property
    def note(self) -> str:
        """What a reader must know of the day, in Chinese; empty when nothing."""
        return "" if self.certain else f"（{self.day.year}年的放假安排没有收录，只除去周六、周日推算，应当核对）"


def is_working_day(day: dt.date) -> tuple[bool, bool]:
    """Whether a day is worked, and whether that is known; without an arrangement weekends alone are not worked."""
    try:
        return chinese_calendar.is_workday(day), True
    except NotImplementedError:  # how the calendar says that it does not cover a year
        return day.weekday() < 5, False


def after_working_days(day: dt.date, count: int) -> Deadline:
    """The last of `count` working days that follow `day`; `day` itself does not count."""
    certain = True
    while count:
        day += dt.timedelta(days=1)
        worked, known = is_working_day(day)
        certain = certain and known
        count -= worked
    return Deadline(day=day, certain=certain)
