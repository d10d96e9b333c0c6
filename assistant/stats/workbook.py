"""All figures as an .xlsx: figures with their sources, metrics with their definitions, what the checks found."""

import io
from collections.abc import Iterable, Sequence

from assistant.schema import Figure, FigureOverview


def workbook(held: FigureOverview, figures: Sequence[Figure]) -> bytes:
    """The bytes of the workbook; `figures` are those to list, the other sheets are whole."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    _sheet(
        book,
        "数据",
        ("指标", "范围", "年", "截至", "值", "单位", "表述", "状态", "同比（%）", "口径", "来源", "位置", "引文"),
        (
            (f.metric, f.scope, f.year, f.as_of, f.value, f.unit, f.stated, f.state, f.year_on_year, f.definition,
             f.source, f.place, f.quote)
            for f in figures
        ),
    )  # fmt: skip
    _sheet(
        book,
        "指标",
        ("指标", "范围", "单位", "公式", "口径", "口径出处", "叫法"),
        ((m.name, m.scope, m.unit, m.formula, m.definition, m.defined_in, "、".join(m.synonyms)) for m in held.metrics),
    )
    _sheet(
        book,
        "数据核对",
        ("核对", "范围", "年", "截至", "结果", "说明"),
        (
            (f.name, f.scope, f.period.year, f.period.as_of, "一致" if f.agrees else "对不上", f.text)
            for f in sorted(held.findings, key=lambda f: f.agrees)
        ),
    )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: object, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)  # type: ignore[attr-defined]
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    widths = [len(name) * 2 for name in head]
    for row in rows:
        sheet.append(list(row))
        for index, cell in enumerate(sheet[sheet.max_row]):
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = is no formula
                widths[index] = max(widths[index], min(60, len(cell.value) * 2))
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
