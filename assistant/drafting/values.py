"""What a person fills in: read by the type of each field, and written as a paper writes it."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import cast

from assistant.errors import InputError
from assistant.rules.procedure.money import plain
from assistant.schema import YUAN_LIMIT, FieldValue, FormField, OpinionForm

TEXT_LIMIT, LONG_LIMIT, ITEMS_LIMIT = 500, 20_000, 100
"""Characters of a short and of a long text; how many of several."""
_NUMBER = re.compile(  # 津公（某）行罚决字〔2026〕1号: the office stands in brackets of its own
    r"^(?P<organ>(?:[^\d\[\]〔〕【】()（）]|[（(][^\d()（）]{1,10}[)）]){1,30})"
    r"[\[〔【(（](?P<year>\d{4})[\]〕】)）]第?0*(?P<no>\d{1,6})号$"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What is no character of a text and cannot stand in a Word file."""


def read_fields(form: OpinionForm, given: Mapping[str, object]) -> dict[str, FieldValue]:
    """The values by key; a blank one is left out. InputError for a field the form does not have or a value amiss."""
    out: dict[str, FieldValue] = {}
    for name, value in given.items():
        field = form.field(name)
        if field is None:
            known = "、".join(f"{one.name}（{one.key}）" for one in form.fields)
            raise InputError(f"fields.{name}", f"《{form.name}》没有这个字段", f"可填的字段：{known}")
        if value is None or value in ("", [], ()):
            continue
        read = _read(field, value)
        if read not in ("", ()):
            out[field.key] = read
    return out


def _read(field: FormField, value: object) -> FieldValue:
    where = f"fields.{field.key}"
    if field.type == "多项":
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
            raise InputError(where, f"“{field.name}”应为文字的列表", "每项一条")
        if len(items) > ITEMS_LIMIT:
            raise InputError(where, f"“{field.name}”最多{ITEMS_LIMIT}项", "请合并或者另附清单")
        return tuple(text for item in items if (text := _text(field, cast(str, item), LONG_LIMIT)))
    if field.type == "金额":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= YUAN_LIMIT:
            raise InputError(where, f"“{field.name}”应为不小于0的数（元）", "例如 50000")
        return float(value)
    if field.type == "日期" and isinstance(value, dt.date):
        return value.isoformat()
    if not isinstance(value, str):
        raise InputError(where, f"“{field.name}”应为文字", "请改正后重试")
    text = _text(field, value, LONG_LIMIT if field.type == "长文" else TEXT_LIMIT)
    if not text:
        return ""
    if field.type == "日期":
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise InputError(where, f"“{field.name}”不是有效的日期", "写成2026-11-23") from error
    if field.type == "文号":
        return _document_number(where, text)
    if field.type == "选项" and text not in field.options:
        raise InputError(where, f"“{field.name}”只能是{'、'.join(field.options)}", "请改正后重试")
    return text


def _text(field: FormField, value: str, limit: int) -> str:
    where = f"fields.{field.key}"
    found = UNSEEN.search(value)
    if found:
        raise InputError(where, f"第{found.start() + 1}个字符是控制字符或者不成对的字符", "请删去后重试")
    if len(value) > limit:
        raise InputError(where, f"“{field.name}”有{len(value)}个字，超过{limit}个字的上限", "请缩短，或者作为附件")
    lines = [" ".join(line.split()) for line in value.splitlines()]
    return ("\n" if field.type == "长文" else " ").join(line for line in lines if line)


def _document_number(where: str, text: str) -> str:
    """机关代字〔年份〕序号号, as GB/T 9704 has it: six-cornered brackets, no 第, no leading zero."""
    match = _NUMBER.match("".join(text.split()))
    if match is None:
        raise InputError(where, f"“{text}”不是发文字号", "写成机关代字〔2026〕1号")
    return f"{match['organ']}〔{match['year']}〕{int(match['no'])}号"


def written(field: FormField, value: FieldValue) -> str:
    """A value as it stands in the paper."""
    if isinstance(value, tuple):
        return "；".join(text.rstrip("。；") for text in value)
    if isinstance(value, float):
        return f"{plain(value)}元"
    return chinese_dates(value) if field.type == "日期" else value


def chinese_date(day: dt.date) -> str:
    """2026年1月5日: no zero before a figure."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_dates(text: str) -> str:
    """A text with every 2026-01-05 in it as 2026年1月5日."""
    return _ISO.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
