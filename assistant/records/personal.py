"""What of a row may be shown: companies by name, people by their family name, certificate numbers by their end."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.masking import mask
from assistant.records.kinds import Column

_ORGANISATION = re.compile(
    r"公司|企业|集团|工厂|厂$|店|行$|社$|中心|学校|大学|学院|幼儿园|医院|诊所|银行|支行|分行|协会|委员会|管委会|合作社|"
    r"事务所|经营部|工作室|超市|商行|酒店|宾馆|餐厅|饭店|餐饮|食堂|局$|院$|所$|站$|部$|处$|大队|支队|街道|政府|物业|仓储|物流"
)


def hidden(column: Column, value: object) -> str | None:
    """A kept value as it is shown."""
    if value is None:
        return None
    if column.type == "名称":
        return shown_name(str(value))
    if column.type in ("多个名称", "多个编号"):
        parts = value if isinstance(value, list) else re.split(r",\s*", str(value).strip("[]"))
        show = shown_name if column.type == "多个名称" else shown_number
        return "、".join(show(str(part)) for part in parts)
    if column.name == "证号":
        return shown_number(str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.type == "是否":
        return {"true": "是", "false": "否"}.get(str(value), str(value))
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return mask(str(value)).text


def shown_name(name: str) -> str:
    """A firm as it is, a person by the family name: 王**."""
    if len(name) > 6 or _ORGANISATION.search(name):
        return mask(name).text
    return name[0] + "*" * (len(name) - 1)


def shown_number(number: str) -> str:
    """A certificate number by its last four signs."""
    return number if len(number) <= 4 else "*" * 4 + number[-4:]


def shown_row(columns: Iterable[Column], values: Iterable[object]) -> tuple[str | None, ...]:
    return tuple(hidden(c, v) for c, v in zip(columns, values, strict=True))
