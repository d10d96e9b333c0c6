"""The additional fine of 行政处罚法第七十二条第一款第（一）项: 3 % of the fine a day, at most the fine."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.errors import InputError

RATE = Decimal("0.03")


def additional_fine(
    fine: float, due: dt.date, until: dt.date, suspended: Sequence[tuple[dt.date, dt.date]] = ()
) -> Decimal:
    """Yuan added for paying on `until` what was due by `due` (the last day to pay), to the fen.

    Each day after `due` counts, `until` included; days within a `suspended` span (both ends included: 复议或者诉讼期间,
    第七十三条第三款) do not. InputError for a negative fine or a span that ends before it begins.
    """
    if not 0 <= fine < 1e12:
        raise InputError("fine", "罚款数额应当在0元以上", "请改正后重试")
    if any(end < start for start, end in suspended):
        raise InputError("suspended", "不予计算的期间止早于起", "请改正后重试")
    first = due + dt.timedelta(days=1)
    days = max(0, (until - due).days)
    last_counted = dt.date.min
    for start, end in sorted(suspended):
        start, end = max(start, first, last_counted + dt.timedelta(days=1)), min(end, until)
        if start <= end:
            days -= (end - start).days + 1
            last_counted = end
    whole = Decimal(str(fine))
    return min(whole * RATE * days, whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
