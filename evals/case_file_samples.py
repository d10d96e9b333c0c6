"""Sample case files (示例): a base text, the faults planted in it, written out as the file an office would hand in."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any, Literal

from docx import Document
from docx.shared import Pt, RGBColor
from pydantic import Field, model_validator

from assistant.errors import InputError
from assistant.schema import Noun
from evals.pdf_writing import Picture, pages_of, pdf

Format = Literal["zip-docx", "zip-txt", "zip-pdf", "docx", "pdf", "txt"]
_CHINESE = {"说明": "what", "案卷": "base", "格式": "format", "改动": "changes", "否决": "vetoes", "计分": "scored",
            "未知": "unknown", "干净": "clean"}  # fmt: skip
_CHANGES = ("删", "改", "移", "隐", "图")


class CaseFileCase(Noun):
    """A sample with what must be found in it. `clean`: nothing at all may be found."""

    id: str
    what: str
    base: str
    format: Format
    changes: tuple[dict[str, Any], ...] = ()
    vetoes: tuple[str, ...] = ()
    scored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    clean: bool = Field(default=False)

    @model_validator(mode="before")
    @classmethod
    def _from_chinese(cls, data: object) -> object:
        return {_CHINESE.get(k, k): v for k, v in data.items()} if isinstance(data, dict) else data


class _Paper:
    def __init__(self, name: str, lines: list[str]) -> None:
        self.name, self.lines = name, lines
        self.hidden: list[str] = []
        self.scanned = False


def build(case: CaseFileCase, folder: Path) -> tuple[str, bytes]:
    """The name and bytes of a sample. InputError when a change does not fit its base."""
    papers = _papers((folder / f"{case.base}.txt").read_text(encoding="utf-8"))
    for change in case.changes:
        _apply(papers, change, case.id)
    name = f"示例-{case.id}"
    if case.format == "docx":
        return f"{name}.docx", _docx(papers)
    if case.format == "txt":
        return f"{name}.txt", "\n\n".join("\n".join(p.lines) for p in papers).encode("gb18030")
    if case.format == "pdf":
        return f"{name}.pdf", _pdf(papers)
    return f"{name}.zip", _zip(papers, case.format)


def _papers(text: str) -> list[_Paper]:
    parts = re.split(r"^== *(.+)\n", text, flags=re.M)
    return [_Paper(parts[i].strip(), parts[i + 1].rstrip("\n").split("\n")) for i in range(1, len(parts), 2)]


def _apply(papers: list[_Paper], change: dict[str, Any], case: str) -> None:
    ((kind, given),) = change.items()
    if kind not in _CHANGES:
        raise InputError(case, f"没有“{kind}”这种改动", f"可以写{'、'.join(_CHANGES)}")
    name = given if isinstance(given, str) else given[0]
    paper = next((p for p in papers if p.name == name), None)
    if paper is None:
        raise InputError(case, f"案卷里没有“{name}”", f"有{'、'.join(p.name for p in papers)}")
    if kind == "删":
        papers.remove(paper)
    elif kind == "图":
        paper.scanned = True
    elif kind == "隐":
        paper.hidden.append(given[1])
    elif kind == "移":
        papers.remove(paper)
        papers.insert(next(i for i, p in enumerate(papers) if p.name == given[1]) + 1, paper)
    else:
        whole = "\n".join(paper.lines) + "\n"
        if given[1] not in whole:
            raise InputError(case, f"“{name}”里没有“{given[1][:30]}”", "照案卷的原文写")
        paper.lines = whole.replace(given[1], given[2]).rstrip("\n").split("\n")


def _docx(papers: list[_Paper]) -> bytes:
    document: Any = Document()
    for at, paper in enumerate(papers):
        if at:
            document.add_page_break()
        rows: list[list[str]] = []
        for line in paper.lines:
            if " | " in line:
                rows.append(line.split(" | "))
                continue
            _table(document, rows)
            paragraph = document.add_paragraph()
            paragraph.add_run(line)
        _table(document, rows)
        for words in paper.hidden:
            run = document.add_paragraph().add_run(words)
            run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
            run.font.size = Pt(1)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, rows: list[list[str]]) -> None:
    if not rows:
        return
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for at, words in enumerate(row):
            cells[at].text = words
    rows.clear()


def _pdf(papers: list[_Paper]) -> bytes:
    pages: list[list[str] | Picture] = []
    for paper in papers:
        pages += [_scan()] if paper.scanned else pages_of([line.replace(" | ", "  ") for line in paper.lines])
    return pdf(pages)


def _scan() -> Picture:
    """A page nobody can read by machine: grey, with bars where the lines were."""
    width, height = 60, 84
    rows = [bytes([90 if y % 6 == 3 and 8 < x < 52 else 235] * 1) * 3 for y in range(height) for x in range(width)]
    return Picture(width, height, b"".join(rows))


def _zip(papers: list[_Paper], form: Format) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, paper in enumerate(papers, start=1):
            stem = f"{at:02d}-{paper.name}"
            if form == "zip-txt":
                _store(archive, f"{stem}.txt", "\n".join(paper.lines).encode("gb18030"))
            elif form == "zip-pdf" and not paper.hidden:
                archive.writestr(f"{stem}.pdf", _pdf([paper]))
            else:
                archive.writestr(f"{stem}.docx", _docx([paper]))
    return out.getvalue()


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """As Windows in Chinese writes it: the name in GBK, and no word that it is."""
    info = _Gbk(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


class _Gbk(zipfile.ZipInfo):
    """A member whose name is written in GBK."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name that zipfile calls
        return self.filename.encode("gbk"), 0
