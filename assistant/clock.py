"""The calendar the product lives by: Shanghai's, whatever zone the machine is set to."""

import datetime as dt
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> dt.date:
    """The date in Shanghai, which is what `as_of` defaults to."""
    return dt.datetime.now(SHANGHAI).date()
