"""A paper as a Word file: the template filled, the body in its styles, citations in brackets or as footnotes."""

import io
from collections.abc import Callable, Iterator
from typing import Any, Literal

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.drafting.fitting import signed, titled
from assistant.drafting.footnotes import Footnotes
from assistant.drafting.markup import Paragraph, ParagraphKind, blank, paragraphs
from assistant.drafting.provisions import quoted
from assistant.drafting.runs import Run, runs
from assistant.drafting.templates import BODY, MARK, TITLE, Template
from assistant.drafting.values import UNSEEN, chinese_date, written
from assistant.law.library import Library
from assistant.schema import OpinionContent, OpinionForm, OpinionStatus

CitationStyle = Literal["bracketed", "footnotes"]
MARKS: dict[OpinionStatus, str] = {
    "draft": "草稿　未经复核，不得作为正式文书使用",
    "reviewed": "草稿　已复核未定稿，不得作为正式文书使用",
    "final": "",
}
"""What stands at the head of every page of a paper that is not final."""
_PLACE = "\ue000"  # a private character: nothing that a person may write, so the body's place is found again
_STYLES: dict[ParagraphKind, str] = {
    "text": "公文正文", "level2": "heading 2", "level3": "heading 3", "level4": "heading 4", "quote": "引文",
}  # fmt: skip
LAST = "公文末段"
_SIGN, _CELL, _LONGEST = 240, 260, 40
"""Twips of a character in a table and of a cell's margins; characters beyond which a column is no wider."""
_TEXT_WIDTH = 8845  # twips: 156 mm between the margins


def export(
    content: OpinionContent,
    status: OpinionStatus,
    form: OpinionForm,
    template: Template,
    library: Library,
    *,
    citations: CitationStyle = "bracketed",
) -> bytes:
    """The bytes of the .docx. Whatever is not final says 草稿 at the head of every page."""
    filled = template.filled(_values(content, status, form))
    document: Document = filled.docx
    notes = Footnotes(document) if citations == "footnotes" else None
    place = next(p for p in document.paragraphs if p.text == _PLACE)

    told: dict[str, int] = {}

    def cited(citation: str) -> str:
        """The provision with its words; said once, a later note leads back to it."""
        found = quoted(library, citation, content.as_of)
        if found is None or notes is None:
            return citation
        if (first := told.setdefault(found.citation, notes.next)) != notes.next:
            return f"{found.citation}，见脚注{first}"
        return f"{found.citation}（{found.standing}）：“{''.join(found.lines)}”"

    last = None
    for element in _body(document, content, notes, cited):
        place._p.addprevious(element)
        last = element
    place._p.getparent().remove(place._p)
    if last is not None and last.tag == qn("w:p"):
        end = WordParagraph(last, document._body)
        if end.style is not None and end.style.name == _STYLES["text"]:
            end.style = document.styles[LAST]  # the signature does not stand on a page of its own
    _attached(document, content)
    titled(document)
    signed(document)
    for paragraph in document.paragraphs:
        if paragraph.text.count("【待") and all(
            run.style is None or run.style.name != "待填" for run in paragraph.runs
        ):
            _reset(document, paragraph)
    properties = document.core_properties
    properties.title = content.title
    properties.content_status = {"draft": "草稿", "reviewed": "复核稿", "final": "定稿"}[status]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _values(content: OpinionContent, status: OpinionStatus, form: OpinionForm) -> dict[str, str]:
    values: dict[str, str] = {
        TITLE: content.title,
        BODY: _PLACE,
        MARK: MARKS[status],
        "判断日期": chinese_date(content.as_of),
    }
    for field in form.fields:
        value = content.fields.get(field.key)
        given = written(field, value) if value is not None else None
        values[field.name] = given or (blank(field.name) if field.required else "")
    return values


def _body(
    document: Document, content: OpinionContent, notes: Footnotes | None, cited: Callable[[str], str]
) -> Iterator[Any]:
    def paragraph(style: str, text: str) -> Any:
        element = OxmlElement("w:p")
        made = WordParagraph(element, document._body)
        made.style = document.styles[style]
        for run in runs(UNSEEN.sub("", text), footnotes=notes is not None):
            _add(made, run, notes, cited)
        return element

    for section in content.sections:
        yield paragraph("heading 1", section.heading)
        for part in paragraphs(section.body):
            yield (
                _table(document, part, paragraph) if part.kind == "table" else paragraph(_STYLES[part.kind], part.text)
            )


def _add(paragraph: WordParagraph, run: Run, notes: Footnotes | None, cited: Callable[[str], str]) -> None:
    if run.kind == "note" and notes is not None:
        notes.refer(paragraph, "；".join(cited(one) for one in run.citations))
        return
    added = paragraph.add_run(run.text)
    if run.kind == "blank":
        added.style = "待填"


def _attached(document: Document, content: OpinionContent) -> None:
    """附件：1．… with each further name on a line of its own, under the first."""
    names = content.fields.get("attachments")
    if not isinstance(names, tuple) or len(names) < 2:
        return
    head = next((p for p in document.paragraphs if p.style is not None and p.style.name == "附件说明"), None)
    if head is None:
        return
    head.runs[0].text = f"附件：1．{names[0]}"
    for run in head.runs[1:]:
        run.text = ""
    place = head._p
    for at, name in enumerate(names[1:], 2):
        element = OxmlElement("w:p")
        made = WordParagraph(element, document._body)
        made.style = document.styles["附件说明续"]
        made.add_run(f"{at}．{UNSEEN.sub('', name)}")
        place.addnext(element)
        place = element


def _reset(document: Document, paragraph: WordParagraph) -> None:
    """A paragraph of the template whose filled-in blanks are to be seen as such. Tabs and the style stay."""
    text = paragraph.text
    for old in list(paragraph.runs):
        old._r.getparent().remove(old._r)
    for run in runs(text, footnotes=False):
        _add(paragraph, run, None, str)


def _table(document: Document, part: Paragraph, paragraph: Callable[[str, str], Any]) -> Any:
    columns = len(part.rows[0])
    table = document.add_table(rows=0, cols=columns)
    table.style = document.styles["公文表格"]
    table.autofit = False
    element = table._tbl
    widths = _widths(part.rows)
    for grid, width in zip(element.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        grid.set(qn("w:w"), str(width))
    for at, row in enumerate(part.rows):
        added = table.add_row()._tr
        properties = added.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(added.tc_lst, row, widths, strict=True):
            cell.width = width * 635  # twips in EMU
            for old in cell.findall(qn("w:p")):
                cell.remove(old)
            cell.append(paragraph("表头" if at == 0 else "表格文字", text))
    element.getparent().remove(element)
    return element


def _widths(rows: tuple[tuple[str, ...], ...]) -> list[int]:
    """The columns' widths in twips: narrow ones as wide as what they hold, and the rest shares what is left."""
    wanted = [_CELL + _SIGN * min(_LONGEST, max(len(row[at]) for row in rows)) for at in range(len(rows[0]))]
    fair = _TEXT_WIDTH // len(wanted)
    narrow = [width if width <= fair else 0 for width in wanted]
    left, heavy = _TEXT_WIDTH - sum(narrow), sum(width for width in wanted if width > fair)
    shares = [kept or left * width // heavy for kept, width in zip(narrow, wanted, strict=True)]
    shares[-1] += _TEXT_WIDTH - sum(shares)
    return shares


def file_name(title: str, status: OpinionStatus) -> str:
    """A name that every system takes, with 草稿 in it while the paper is not final."""
    kept = "".join(c for c in title if c not in '\\/:*?"<>|' and c.isprintable()).strip()[:60] or "文书"
    return f"{kept}{'' if status == 'final' else '（草稿）'}.docx"


__all__ = ["MARKS", "CitationStyle", "export", "file_name"]
