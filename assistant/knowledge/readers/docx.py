"""Word documents (.docx): paragraphs, tables and the numbers that Word makes itself.

Many legal texts are written with automatic numbering, so `第一条` stands nowhere in the file: it is worked out here.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from assistant.errors import KnowledgeError
from assistant.knowledge.readers.concealed import Concealment
from assistant.knowledge.readers.document import Aside, AsideKind, Block, Document, Hidden
from assistant.knowledge.readers.docx_numbering import Numbering, Style, whole_number

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # "Strict Open XML", a choice in Word's save dialogue
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

MAX_UNPACKED = 300_000_000
MAX_TEXT_PART = 60_000_000
MAX_RATIO = 150
MAX_PARTS = 10_000
_SMALL = 10_000_000  # a small part may be packed as tightly as it likes
_WRAPPERS = tuple(_W + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_LABEL = 16  # characters of a cell that is a label of the rows it spans
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_LARGE = 9 * 360_000  # nine centimetres on its shorter side: the picture of a page, not a seal
_WORDLESS = 20  # characters beside a picture of a page: a caption or a number
_PAGE_FIELD = re.compile(r"[-—–·\s]*第?\s*\d{0,4}\s*页?[\s/／，,]*(?:共\s*\d{0,4}\s*页)?[-—–·\s]*")
_SYMBOLS = {"FE": "☑", "52": "☑", "FD": "☒", "A8": "□", "A3": "□", "6F": "□", "FC": "√"}
"""Boxes to tick, by the codes that the fonts Wingdings and Wingdings 2 give them."""


def read(data: bytes, name: str) -> Document:
    """One block a paragraph or table row (cells parted by ` | `); deleted words go, hidden ones stand apart.

    What stands in heads, feet, notes and comments is in `asides`; text boxes follow their paragraph.
    """
    _refuse(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            main = _main_part(package)
            body = _parse(package, main).find(_W + "body")
            folder = posixpath.dirname(main)
            look = _optional(package, f"{folder}/styles.xml")
            styles = _styles(look)
            numbering = Numbering(_optional(package, f"{folder}/numbering.xml"))
            aside = [
                (kind, _parse(package, part))
                for part in sorted(package.namelist())
                if (kind := _aside(part, folder)) is not None
            ]
            images = _images(package, main) if body is not None else {}
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, OSError, etree.LxmlError) as error:
        raise _broken(name, str(error)) from error
    if body is None:
        raise _broken(name, "没有正文")
    concealment = Concealment(look)
    reading = _Reading(concealment, numbering, styles, images)
    reading.body(body)
    asides = tuple(
        Aside(kind, words)
        for kind, root in aside
        for paragraph in root.iter(_W + "p")
        if (words := " ".join(_words(paragraph, concealment).split())) and not _PAGE_FIELD.fullmatch(words)
    )
    hidden = (*reading.hidden, *concealment.taken(len(reading.blocks)))
    title = next((b.text for b in reading.blocks if b.level == 0), None)
    blocks = [b._replace(level=1) if b.level == 0 else b for b in reading.blocks]
    return Document(
        name, "docx", tuple(blocks), title, None, tuple(_warnings(body, hidden, reading, asides)),
        hidden=hidden, asides=tuple(dict.fromkeys(asides)), pictures=tuple(reading.pages),
    )  # fmt: skip


def _warnings(body: Any, hidden: Sequence[Hidden], reading: "_Reading", asides: Sequence[Aside]) -> Iterator[str]:
    if hidden:
        yield f"有 {len(hidden)} 处看不见的文字（白色、隐藏或者极小），没有读入正文"
    changed = sum(1 for _ in body.iter(_W + "ins", _W + "del", _W + "moveFrom"))
    if changed:
        yield f"有 {changed} 处没有接受的修订痕迹，按接受修订以后的文字读取"
    comments = [aside.text for aside in asides if aside.kind == "批注"]
    if comments:
        yield f"有 {len(comments)} 条批注，没有读入正文：“{comments[0][:40]}”{'等' if len(comments) > 1 else ''}"
    if reading.pictured:
        yield f"有 {reading.pictured} 张图片，其中的印章、签名和文字没有读取"


class _Reading:
    """The body of one document on its way to blocks."""

    def __init__(
        self, concealment: Concealment, numbering: Numbering, styles: dict[str, Style], images: dict[str, bytes]
    ) -> None:
        self.blocks: list[Block] = []
        self.hidden: list[Hidden] = []
        self.pages: list[tuple[int, bytes]] = []
        self.pictured = 0
        self._concealment, self._numbering, self._styles, self._images = concealment, numbering, styles, images
        self._breaks = False
        self._large: list[bytes] = []
        self._written = 0  # characters since the last break

    def body(self, body: Any) -> None:
        for paragraph in _paragraphs(body, self._concealment):
            if isinstance(paragraph, str):
                self._add(paragraph, None)
            else:
                self._paragraph(paragraph)
            self.hidden += self._concealment.taken(len(self.blocks))
        self._turn()

    def _paragraph(self, paragraph: Any) -> None:
        style = _style_id(paragraph)
        if _breaks_before(paragraph, self._styles.get(style)):
            self._turn()
        label = self._numbering.label(paragraph, style, self._styles)
        boxes: list[Any] = []
        words = _words(paragraph, self._concealment, boxes)
        for index, page in enumerate(words.split("\f")):
            if index:
                self._turn()
            for at, line in enumerate(page.split("\n")):
                if line := ((label if index == at == 0 else "") + line).strip():
                    self._add(line, _level(self._styles.get(style)))
        for reference, large in _drawn(paragraph):
            self.pictured += 1
            if large and reference in self._images:
                self._large.append(self._images[reference])
        for box in boxes:
            for inner in _paragraphs(box, self._concealment):
                if isinstance(inner, str):
                    self._add(inner, None)
                else:
                    self._paragraph(inner)
        if paragraph.find(f"{_W}pPr/{_W}sectPr") is not None:
            self._turn()

    def _add(self, line: str, level: int | None) -> None:
        self.blocks.append(Block(line, level, breaks=self._breaks))
        self._breaks = False
        self._written += len(line)

    def _turn(self) -> None:
        """A new page: the one before was a picture if it held one and hardly a word."""
        if self._written < _WORDLESS:
            self.pages += [(len(self.blocks), image) for image in self._large]
        self._large, self._written, self._breaks = [], 0, bool(self.blocks)


def _aside(part: str, folder: str) -> AsideKind | None:
    """What a part beside the body is; None for one that holds no words of the document."""
    leaf = part.removeprefix(f"{folder}/")
    kinds: dict[str, AsideKind] = {
        "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "脚注", "comments": "批注",
    }  # fmt: skip
    if "/" in leaf or not leaf.endswith(".xml"):
        return None
    return kinds.get(leaf[:-4].rstrip("0123456789"))


def _images(package: zipfile.ZipFile, main: str) -> dict[str, bytes]:
    """The pictures of the body by the name under which it refers to them."""
    folder, leaf = posixpath.split(main)
    relations = _optional(package, f"{folder}/_rels/{leaf}.rels")
    held = set(package.namelist())
    found = {}
    for relation in relations.iter(_RELATION) if relations is not None else ():
        target = posixpath.normpath(posixpath.join(folder, relation.get("Target") or ""))
        if (relation.get("Type") or "").endswith("/image") and target in held:
            found[relation.get("Id") or ""] = package.read(target)
    return found


def _drawn(paragraph: Any) -> Iterator[tuple[str, bool]]:
    """The pictures of a paragraph: what each refers to, and whether it is as large as a page of a scan."""
    for blip in paragraph.iter(_BLIP):
        extent = next((e for a in blip.iterancestors(_W + "drawing") for e in a.iter(_EXTENT)), None)
        sides = [whole_number(extent.get(side)) for side in ("cx", "cy")] if extent is not None else [0]
        yield blip.get(_EMBED) or "", min(sides) >= _LARGE


def _breaks_before(paragraph: Any, style: Style | None) -> bool:
    for properties in (paragraph.find(_W + "pPr"), style.properties if style is not None else None):
        mark = properties.find(_W + "pageBreakBefore") if properties is not None else None
        if mark is not None:
            return mark.get(_W + "val") not in ("0", "false", "off")
    return False


def _parse(package: zipfile.ZipFile, part: str) -> Any:
    """A part as XML. Entities stay unresolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(package.read(part).replace(_STRICT, _W.strip("{}").encode()), parser)


def _optional(package: zipfile.ZipFile, part: str) -> Any:
    return _parse(package, part) if part in package.namelist() else None


def _main_part(package: zipfile.ZipFile) -> str:
    """The part the package calls its document; nearly always word/document.xml."""
    relations = _optional(package, "_rels/.rels")
    for relation in relations.iter(_RELATION) if relations is not None else ():
        if (relation.get("Type") or "").endswith("/officeDocument") and relation.get("Target"):
            return str(relation.get("Target")).lstrip("/")
    return "word/document.xml"


def _styles(root: Any) -> dict[str, Style]:
    found: dict[str, Style] = {}
    for style in root.iter(_W + "style") if root is not None else ():
        name, parent = style.find(_W + "name"), style.find(_W + "basedOn")
        found[style.get(_W + "styleId") or ""] = Style(
            (name.get(_W + "val") or "") if name is not None else "",
            (parent.get(_W + "val") or "") if parent is not None else "",
            style.find(_W + "pPr"),
        )
    return found


def _refuse(data: bytes, name: str) -> None:
    """What must not be opened: encrypted, old Word, no Word at all, a bomb."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise KnowledgeError(name, "Word 文件加了密码，打不开", "在 Word 或 WPS 中去掉密码后另存，再导入")
        raise KnowledgeError(name, "这是旧版 Word 文件（.doc），只是扩展名写成了 .docx", "用 Word 或 WPS 另存为 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _broken(name, str(error)) from error
    unpacked = sum(part.file_size for part in parts)
    bomb = (
        len(parts) > MAX_PARTS
        or any(p.file_size > MAX_TEXT_PART for p in parts if p.filename.endswith(".xml"))
        or unpacked > MAX_UNPACKED
        or any(p.file_size > _SMALL and p.file_size > MAX_RATIO * max(p.compress_size, 1) for p in parts)
    )
    if bomb:
        raise KnowledgeError(
            name,
            f"压缩包异常（{len(parts)} 个部件，解开后 {unpacked / 1e6:.0f} MB，文件本身 {len(data) / 1e6:.1f} MB）",
            "疑似压缩炸弹，没有打开；请向提供者重新索取",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise KnowledgeError(name, "Word 文件加了密码，打不开", "去掉密码后另存，再导入")
    if not any(part.filename.startswith("word/") for part in parts):
        raise KnowledgeError(name, "不是 Word 文件（压缩包里没有正文）", "用 Word 或 WPS 打开后另存为 .docx")


def _broken(name: str, detail: str) -> KnowledgeError:
    return KnowledgeError(name, f"Word 文件损坏，读不出来（{detail[:80]}）", "用 Word 或 WPS 打开修复后另存，再导入")


def _paragraphs(body: Any, concealment: Concealment) -> Iterator[Any]:
    """Paragraph elements in reading order, and table rows as strings. Content controls are entered."""
    for child in body:
        if child.tag == _W + "p":
            yield child
        elif child.tag == _W + "tbl":
            yield from _rows(child, concealment)
        elif child.tag in _WRAPPERS:
            yield from _paragraphs(child, concealment)


def _rows(table: Any, concealment: Concealment) -> Iterator[Any]:
    """Each row as a string; a row of one cell is the paragraphs in it, since whole pages are drawn into such frames.

    A label that spans several rows stands before each of them.
    """
    spanning: dict[int, str] = {}
    for row in _within(table, _W + "tr"):
        cells: list[str] = []
        filled = []
        column = 0
        for cell in _within(row, _W + "tc"):
            properties = cell.find(_W + "tcPr")
            span = properties.find(_W + "gridSpan") if properties is not None else None
            merged = properties.find(_W + "vMerge") if properties is not None else None
            if merged is not None and merged.get(_W + "val") != "restart":
                words = spanning.get(column, "")
            else:
                words = " ".join(" ".join(_words(p, concealment) for p in cell.iter(_W + "p")).split())
                spanning[column] = words if merged is not None and len(words) <= _LABEL else ""
                if words:
                    filled.append(cell)
            if words:
                cells.append(words)
            column += whole_number(span.get(_W + "val"), 1) if span is not None else 1
        if len(cells) == 1 and filled:
            yield from _paragraphs(filled[0], concealment)
        elif cells:
            yield " | ".join(cells)


def _within(node: Any, tag: str) -> Iterator[Any]:
    """Children of a kind, through the wrappers that content controls and revisions put around them."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _words(paragraph: Any, concealment: Concealment, boxes: list[Any] | None = None) -> str:
    """The paragraph's text with breaks as newlines (of pages as form feeds), without deleted words and without
    fallback copies of drawings.

    Runs that nobody sees are handed to `concealment`. Text boxes are put into `boxes` where that is given.
    """
    out: list[str] = []
    stack = [paragraph]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == _W + "t":
            out.append(node.text or "")
        elif tag == _W + "tab":
            if node.getparent().tag == _W + "r":
                out.append("\u3000")
        elif tag in (_W + "br", _W + "cr"):
            out.append("\f" if node.get(_W + "type") == "page" else "\n")
        elif tag == _W + "noBreakHyphen":
            out.append("-")
        elif tag == _W + "sym":
            out.append(_SYMBOLS.get((node.get(_W + "char") or "").upper()[-2:], ""))
        elif tag == _W + "txbxContent" and boxes is not None:
            boxes.append(node)
        elif tag in (_W + "del", _W + "moveFrom", _W + "pPr", _FALLBACK) or (
            tag == _W + "r" and concealment.takes(node)
        ):
            continue
        else:
            stack.extend(reversed(node))
    return "".join(out)


def _style_id(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return (style.get(_W + "val") or "") if style is not None else ""


def _level(style: Style | None) -> int | None:
    """0 for a title, 1… for headings, by the style's built-in English name; None for running text."""
    name = style.name.lower() if style is not None else ""
    if name == "title":
        return 0
    if name.startswith("heading ") and name[8:].isdecimal():
        return int(name[8:])
    return None
