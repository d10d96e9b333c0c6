"""One cell read as what its column holds: dates, amounts, numbers, yes and no. CellError says what is wrong."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from assistant.numerals import to_int
from assistant.records.kinds import Column

JOIN = "\x1f"
"""Between the several values of one cell, as staged."""
EARLIEST = dt.date(1990, 1, 1)

_EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet's serial numbers
_SERIALS = (20_000, 80_000)  # 1954 to 2119: what else a whole number in a date column is, is not a day
_DAY = re.compile(
    r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?"
    r"(?:[ T]*\d{1,2}[:时点]\d{1,2}分?(?::?\d{1,2}(?:\.\d+)?秒?)?)?(?:Z|[+-]\d\d:?\d\d)?"
)
_SOLID = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_CHINESE = re.compile(
    r"(?P<y>[一二三四五六七八九〇零○]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})[日号]"
)
_AMOUNT = re.compile(
    r"(?:人民币|¥|￥|RMB)?\s*(?P<number>[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)\s*(?P<wan>万)?\s*元?整?"
)
_SEVERAL = re.compile(r"[、,;/|\s]+")
_WRAPPED = re.compile(r"[(\[【（].*?[)\]】）]")
_YES = frozenset(
    [
        "是",
        "有",
        "已",
        "真",
        "对",
        "√",
        "✓",
        "☑",
        "1",
        "1.0",
        "y",
        "yes",
        "true",
        "t",
        "已履行",
        "履行",
        "涉企",
        "出庭",
        "已出庭",
    ]
)
_NO = frozenset(
    [
        "否",
        "无",
        "未",
        "假",
        "不是",
        "没有",
        "×",
        "✗",
        "x",
        "0",
        "0.0",
        "n",
        "no",
        "false",
        "f",
        "未履行",
        "没履行",
        "不涉企",
        "未出庭",
        "未",
    ]
)
_EMPTY = frozenset(["", "-", "--", "—", "——", "/", "无", "空", "null", "none", "nan", "n/a", "#n/a"])


class CellError(ValueError):
    """What is wrong with a cell, in Chinese."""


Parser = Callable[[object], str | None]


def parser(column: Column, today: dt.date, *, ten_thousands: bool = False, named: Callable[[str], str]) -> Parser:
    """What reads a cell of the column: a value as it is staged, None for an empty one; CellError otherwise.

    `ten_thousands`: the header says 万元. `named` gives a department its one name.
    """
    match column.type:
        case "日期":
            return _dates(None if column.future else today)
        case "金额":
            return lambda value: _amount(value, 10_000 if ten_thousands else 1)
        case "整数":
            return _whole
        case "是否":
            return _yes_no
        case "选项":
            return _choices(column)
        case "编号":
            return _number
        case "多个编号" | "多个名称":
            return _several
        case "部门":
            cached = lru_cache(10_000)(named)
            return lambda value: cached(text) if (text := _text(value)) else None
        case _:
            return _text


def plain(value: object) -> str:
    """A cell as text: half-width, blanks at the ends gone, a whole float without its nought."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return unicodedata.normalize("NFKC", str(value)).strip()


def _text(value: object) -> str | None:
    text = " ".join(plain(value).split())
    return None if text.lower() in _EMPTY else text


def _number(value: object) -> str | None:
    """A record's number. A spreadsheet keeps fifteen digits: a longer one kept as a number has lost its end."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 1e15:
        raise CellError("编号超过15位又以数字格式存放，末几位已经失真；请在 Excel 里把这一列设为文本、重新填写")
    text = plain(value).replace(" ", "")
    return None if text.lower() in _EMPTY else text


def _several(value: object) -> str | None:
    text = _WRAPPED.sub(lambda m: m[0] if any(c.isdigit() for c in m[0]) else "", plain(value))
    parts = [p for p in _SEVERAL.split(text) if p and p.lower() not in _EMPTY]
    return JOIN.join(dict.fromkeys(parts)) or None


def _dates(latest: dt.date | None) -> Parser:
    @lru_cache(20_000)
    def of_text(text: str) -> str:
        return _day(text, latest)

    def read(value: object) -> str | None:
        if isinstance(value, dt.datetime):
            return _checked(value.date(), latest)
        if isinstance(value, dt.date):
            return _checked(value, latest)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return _serial(value, latest)
        text = plain(value)
        return None if text.lower() in _EMPTY else of_text(text)

    return read


def _serial(value: float, latest: dt.date | None) -> str:
    if _SERIALS[0] <= value <= _SERIALS[1]:
        return _checked(_EPOCH + dt.timedelta(days=int(value)), latest)
    if float(value).is_integer() and _SOLID.fullmatch(str(int(value))):
        return _day(str(int(value)), latest)
    raise CellError("不是日期")


def _day(text: str, latest: dt.date | None) -> str:
    found = _DAY.fullmatch(text) or _SOLID.fullmatch(text)
    chinese = None if found else _CHINESE.fullmatch(text.replace("○", "〇").replace("0", "〇"))
    if found is None and chinese is None:
        if text.replace(".", "", 1).isdigit() and len(text) <= 12:
            return _serial(float(text), latest)
        raise CellError("不是日期（写作2024-03-05、2024/3/5或2024年3月5日；年份要四位）")
    if chinese is not None:
        year, month, day = to_int(chinese["y"]), to_int(chinese["m"]), to_int(chinese["d"])
    else:
        assert found is not None
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    try:
        return _checked(dt.date(year, month, day), latest)
    except ValueError as error:
        raise error if isinstance(error, CellError) else CellError("没有这一天") from error


def _checked(day: dt.date, latest: dt.date | None) -> str:
    if day < EARLIEST:
        raise CellError(f"日期{day.isoformat()}早于1990年，多半是填错或格式错")
    if latest is not None and day > latest:
        raise CellError(f"日期{day.isoformat()}在今天之后")
    return day.isoformat()


def _amount(value: object, scale: int) -> str | None:
    if isinstance(value, bool):
        raise CellError("不是金额")
    text = plain(value)
    if text.lower() in _EMPTY:
        return None
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise CellError("不是金额（只写阿拉伯数字，单位元或万元）")
    try:
        number = Decimal(found["number"].replace(",", "")) * (10_000 if found["wan"] else scale)
    except InvalidOperation as error:
        raise CellError("不是金额") from error
    if number < 0:
        raise CellError("金额是负数")
    if number >= Decimal(10) ** 13:
        raise CellError("金额大得不合情理，请核对单位")
    return str(number.quantize(Decimal("0.01")))


def _whole(value: object) -> str | None:
    text = plain(value).removesuffix("次").removesuffix("人")
    if text.lower() in _EMPTY:
        return None
    if not text.isdigit() or len(text) > 12:
        raise CellError("不是整数")
    return str(int(text))


def _yes_no(value: object) -> str | None:
    text = plain(value).lower()
    if text in _YES:
        return "true"
    if text in _NO:
        return "false"
    if text in _EMPTY:
        return None
    raise CellError("看不出是“是”还是“否”")


def _choices(column: Column) -> Parser:
    known = {
        _bare(said): value for value, words in (column.choices or {}).items() for said in dict.fromkeys([value, *words])
    }

    def read(value: object) -> str | None:
        text = plain(value)
        if text.lower() in _EMPTY:
            return None
        found = known.get(_bare(text))
        if found is None and column.open:
            return text
        if found is None:
            raise CellError(f"不认识这个值（可用：{'、'.join(column.choices or {})}；别的写法请写进映射的“值”）")
        return found

    return read


def _bare(text: str) -> str:
    return re.sub(r"[\s()（）、，,]", "", unicodedata.normalize("NFKC", text))
