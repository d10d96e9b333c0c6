"""PDF files with text in them. Lines are joined to paragraphs again; page numbers and running heads are dropped."""

import ctypes
import re
from collections import Counter
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from assistant.errors import KnowledgeError
from assistant.knowledge.readers.characters import clean
from assistant.knowledge.readers.document import Block, Document, Hidden
from assistant.knowledge.readers.pdf_unseen import picture_share, unseen

MAX_PAGES = 1500
_WORDLESS = 40  # characters of a page that is a scan but for its number and the mark of the scanner
_WHOLE = 0.5
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共,，]+\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·\s]*"
)
_BROWSER = re.compile(  # what browsers print at the edge of a page
    r"(?:file|https?)://\S+(?:\s+\d+/\d+)?|\d{1,4}[/年]\d{1,2}[/月]\d{1,4}日?,?\s+(?:[上下]午)?\d{1,2}:\d{2}.{0,80}"
)
_NUMERAL = "[零〇一二三四五六七八九十百千0-9]+"
_STARTS = re.compile(
    rf"第\s*{_NUMERAL}\s*(?:编|分编|章|节)[\s\u3000]|第\s*{_NUMERAL}\s*条|[（(]\s*{_NUMERAL}\s*[)）]|[一二三四五六七八九十]{{1,3}}、"
    r"|\d{1,2}[.．、](?!\d)|附\s*则$|附\s*件|目\s*录$"
)
_ENDS = frozenset("。；：！？”）)…;:")
_WORD = re.compile(r"[A-Za-z]")


class _Line(NamedTuple):
    text: str
    left: float
    right: float
    height: float
    y: float  # of its lower edge, in points from the foot of the page


def read(data: bytes, name: str) -> Document:
    """One block a paragraph, with its page. KnowledgeError: encrypted, broken, too long, or a scan without text."""
    document = read_pages(data, name)
    written = sum(len(block.text) for block in document.blocks)
    if written < 10 * len(document.unread) or written == 0:
        raise KnowledgeError(
            name,
            f"这是扫描件或图片，没有可读的文字（{document.pages} 页）",
            "先做文字识别（OCR），核对后另存为带文字的 PDF、.docx 或 .txt 再导入",
        )
    return document


def read_pages(data: bytes, name: str) -> Document:
    """The same for a file that may be a scan: pages without words are named in `unread`."""
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise KnowledgeError(name, "PDF 加了密码，打不开", "去掉密码后另存，再导入") from error
        raise KnowledgeError(name, f"PDF 损坏，读不出来（{error}）", "重新下载或重新导出后再导入") from error
    with opened:
        count = len(opened)
        if count > MAX_PAGES:
            raise KnowledgeError(name, f"PDF 有 {count} 页，上限 {MAX_PAGES} 页", "拆成几份再导入")
        pages: list[list[_Line]] = []
        pictures: list[int] = []
        overlaid: list[int] = []
        hidden: list[Hidden] = []
        for number in range(1, count + 1):
            try:
                page = opened[number - 1]
            except pypdfium2.PdfiumError as error:
                raise KnowledgeError(
                    f"{name} 第{number}页", f"这一页读不出来（{error}）", "重新导出后再导入"
                ) from error
            lines, concealed, laid = _lines(page)
            hidden += [Hidden(words, why, 0, number) for why, words in concealed]
            written = sum(len(line.text) for line in lines)
            if written < _WORDLESS and (share := picture_share(page)) and (written < 5 or share > _WHOLE):
                pictures.append(number)
                lines = []
            if laid:
                overlaid.append(number)
            pages.append(lines)
            page.close()
    warnings: tuple[str, ...] = ()
    if hidden:
        warnings = (f"有 {len(hidden)} 处看不见的文字（白色、极小、页面以外），没有读入正文",)
    if pictures:
        listed = "、".join(map(str, pictures[:10])) + ("等" if len(pictures) > 10 else "")
        warnings = (*warnings, f"第 {listed} 页是图片，没有读到文字，请核对是否缺条")
    return Document(
        name, "pdf", tuple(_join(_without_furniture(pages))), None, count, warnings,
        unread=tuple(pictures), hidden=tuple(hidden), overlaid=tuple(overlaid),
    )  # fmt: skip


def _lines(page: Any) -> tuple[list[_Line], list[tuple[str, str]], bool]:
    """The lines that are seen; what is not (why, words); whether the words lie under a picture of the page."""
    text_page = page.get_textpage()
    try:
        total = text_page.count_chars()
        # One character of text for each index of pdfium, so that a line's box can be asked for by index.
        codes = _codes(text_page.raw, total)
        look = unseen(page, text_page, codes)
        lines: list[_Line] = []
        concealed: list[tuple[str, str]] = []
        start = 0
        for end in [*(i for i, c in enumerate(codes) if c in (10, 13)), total]:
            members = [i for i in range(start, end) if codes[i] > 32 and codes[i] not in (0xFFFE, 0xFFFF, 0x3000, 0xA0)]
            start = end + 1
            for why, run in groupby([i for i in members if i in look.why], look.why.__getitem__):
                concealed.append((why, clean(_decode([codes[i] for i in run]))[0].strip()))
            kept = [i for i in members if i not in look.why] if look.why else members
            if not kept:
                continue
            words = _decode([codes[i] for i in range(kept[0], kept[-1] + 1) if i not in look.why])
            first, last = text_page.get_charbox(kept[0], loose=True), text_page.get_charbox(kept[-1], loose=True)
            lines.append(_Line(clean(words)[0].strip(), first[0], last[2], max(first[3] - first[1], 1.0), first[1]))
        return [line for line in lines if line.text], _together(concealed), look.overlaid
    finally:
        text_page.close()


def _together(concealed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Lines that follow each other for one reason, as one."""
    return [(why, "".join(words for _, words in run)) for why, run in groupby(concealed, lambda pair: pair[0])]


def _codes(page: Any, total: int) -> list[int]:
    """The characters of a page, one for each index, in one call where pdfium hands out as many as it counted."""
    buffer = (ctypes.c_ushort * (total + 1))()
    if raw.FPDFText_GetText(page, 0, total, buffer) == total + 1:
        return list(buffer[:total])
    return [raw.FPDFText_GetUnicode(page, i) for i in range(total)]


def _decode(codes: list[int]) -> str:
    """pdfium hands out UTF-16 halves for characters beyond the first plane, on systems where wchar is short."""
    units = b"".join(chr(c).encode("utf-16-le", "surrogatepass") for c in codes if c not in (0xFFFE, 0xFFFF))
    return units.decode("utf-16-le", "ignore")


def _without_furniture(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Pages without page numbers and without what stands at the edge of most pages in the same place.

    Edges are found by position, because producers write heads and feet wherever they like in the stream.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({_place(line) for line in _edges(lines)})
    # Two pages prove little, unless the line counts something (a page, a day).
    least = {place: 2 if "#" in place[0] else 3 for place in seen}
    running = {place for place, times in seen.items() if times >= least[place] and times > len(pages) / 2}
    kept = []
    for lines in pages:
        gone = {id(x) for x in _edges(lines) if _place(x) in running or _BROWSER.fullmatch(x.text)}
        lines = [line for line in lines if id(line) not in gone]
        ends = sorted(lines, key=lambda line: line.y)
        numbers = {id(line) for line in (*ends[:1], *ends[-1:]) if _is_page_number(line.text)}
        kept.append([line for line in lines if id(line) not in numbers])
    return kept


def _edges(lines: list[_Line]) -> list[_Line]:
    ordered = sorted((line for line in lines if len(line.text) <= 80), key=lambda line: line.y)
    return ordered if len(ordered) <= 4 else [*ordered[:2], *ordered[-2:]]


def _place(line: _Line) -> tuple[str, int]:
    """What a running head has in common from page to page: its words but for the figures, and its height."""
    return re.sub(r"\d+", "#", line.text), round(line.y / 4)


def _is_page_number(text: str) -> bool:
    return len(text) <= 30 and _PAGE_NUMBER.fullmatch(text) is not None


def _join(pages: list[list[_Line]]) -> list[Block]:
    every = [line for lines in pages for line in lines]
    if not every:
        return []
    size = median(line.height for line in every)
    left = sorted(line.left for line in every)[len(every) // 10]
    right = sorted(line.right for line in every)[(len(every) * 9) // 10]
    blocks: list[Block] = []
    full = False  # the line before reached the right margin, so its paragraph may go on
    for number, lines in enumerate(pages, start=1):
        for line in lines:
            indented = line.left > left + 1.2 * size
            # At the margin, after a full line that ends no sentence, 第五条 is a reference that was wrapped.
            opens = _STARTS.match(line.text) and (not blocks or blocks[-1].text[-1] in _ENDS)
            if not blocks or not full or indented or opens:
                blocks.append(Block(line.text, None, number))
            else:
                before = blocks[-1].text
                gap = " " if _WORD.match(before[-1]) and _WORD.match(line.text[0]) else ""
                blocks[-1] = blocks[-1]._replace(text=before + gap + line.text)
            full = line.right >= right - 2.2 * size
    return blocks
