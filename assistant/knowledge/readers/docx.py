"""Word documents (.docx): paragraphs, tables and the numbers that Word makes itself.

Many legal texts are written with automatic numbering, so `第一条` stands nowhere in the file: it is worked out here.
"""

import io
import posixpath
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from assistant.errors import KnowledgeError
from assistant.knowledge.readers.concealed import Concealment
from assistant.knowledge.readers.document import Block, Document, Hidden
from assistant.numerals import to_chinese

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


class _Style(NamedTuple):
    name: str
    parent: str
    properties: Any


def read(data: bytes, name: str) -> Document:
    """One block a paragraph or table row (cells parted by ` | `); deleted words go, hidden ones stand apart."""
    _refuse(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            main = _main_part(package)
            body = _parse(package, main).find(_W + "body")
            folder = posixpath.dirname(main)
            look = _optional(package, f"{folder}/styles.xml")
            styles = _styles(look)
            numbering = _Numbering(_optional(package, f"{folder}/numbering.xml"))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, OSError, etree.LxmlError) as error:
        raise _broken(name, str(error)) from error
    if body is None:
        raise _broken(name, "没有正文")
    blocks: list[Block] = []
    hidden: list[Hidden] = []
    concealment = Concealment(look)
    for paragraph in _paragraphs(body, concealment):
        if isinstance(paragraph, str):
            blocks.append(Block(paragraph))
            hidden += concealment.taken(len(blocks))
            continue
        style = _style_id(paragraph)
        label = numbering.label(paragraph, style, styles)
        for index, line in enumerate(_words(paragraph, concealment).split("\n")):
            if line := ((label if index == 0 else "") + line).strip():
                blocks.append(Block(line, _level(styles.get(style))))
        hidden += concealment.taken(len(blocks))
    title = next((b.text for b in blocks if b.level == 0), None)
    blocks = [b._replace(level=1) if b.level == 0 else b for b in blocks]
    warnings = (f"有 {len(hidden)} 处看不见的文字（白色、隐藏或者极小），没有读入正文",) if hidden else ()
    return Document(name, "docx", tuple(blocks), title, None, warnings, hidden=tuple(hidden))


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


def _styles(root: Any) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for style in root.iter(_W + "style") if root is not None else ():
        name, parent = style.find(_W + "name"), style.find(_W + "basedOn")
        found[style.get(_W + "styleId") or ""] = _Style(
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
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "smartTag", _W + "customXml"):
            yield from _paragraphs(child, concealment)


def _rows(table: Any, concealment: Concealment) -> Iterator[str]:
    for row in table.iter(_W + "tr"):
        if next(a for a in row.iterancestors(_W + "tbl")) is not table:
            continue  # of a table inside a cell: already in that cell's words
        cells = [" ".join(_words(p, concealment) for p in cell.iter(_W + "p")).strip() for cell in row.iter(_W + "tc")]
        if line := " | ".join(" ".join(c.split()) for c in cells if c):
            yield line


def _words(paragraph: Any, concealment: Concealment) -> str:
    """The paragraph's text with breaks as newlines, without deleted words and without fallback copies of drawings.

    Runs that nobody sees are handed to `concealment`.
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
            out.append("\n")
        elif tag == _W + "noBreakHyphen":
            out.append("-")
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


def _level(style: _Style | None) -> int | None:
    """0 for a title, 1… for headings, by the style's built-in English name; None for running text."""
    name = style.name.lower() if style is not None else ""
    if name == "title":
        return 0
    if name.startswith("heading ") and name[8:].isdecimal():
        return int(name[8:])
    return None


class _Numbering:
    """Word's automatic numbers, counted as Word counts them."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # numId -> level -> format, text, start
        self._list: dict[str, str] = {}  # numId -> the list whose counters it shares
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        abstract = {a.get(_W + "abstractNumId"): a for a in root.iter(_W + "abstractNum")}
        for num in root.iter(_W + "num"):
            number = num.get(_W + "numId") or ""
            reference = num.find(_W + "abstractNumId")
            source = abstract.get(reference.get(_W + "val")) if reference is not None else None
            if source is None:
                continue
            levels = {_int(lvl.get(_W + "ilvl")): _read_level(lvl) for lvl in source.iter(_W + "lvl")}
            overridden = False
            for override in num.iter(_W + "lvlOverride"):
                at = _int(override.get(_W + "ilvl"))
                if (level := override.find(_W + "lvl")) is not None:
                    levels[at] = _read_level(level)
                if (start := override.find(_W + "startOverride")) is not None and at in levels:
                    levels[at] = (*levels[at][:2], _int(start.get(_W + "val"), 1))
                    overridden = True
            self._levels[number] = levels
            self._list[number] = number if overridden else f"abstract {source.get(_W + 'abstractNumId')}"

    def label(self, paragraph: Any, style_id: str, styles: dict[str, _Style]) -> str:
        """What Word prints before this paragraph (`第一条　`); empty when nothing or a bullet."""
        number, level = _num_pr(paragraph.find(_W + "pPr"))
        seen: set[str] = set()
        while number is None and style_id in styles and style_id not in seen:
            seen.add(style_id)
            number, style_level = _num_pr(styles[style_id].properties)
            level = style_level if level is None else level
            style_id = styles[style_id].parent
        levels = self._levels.get(number or "")
        at = level or 0
        if number is None or levels is None or at not in levels:
            return ""
        counts = self._counts[self._list[number]]
        counts[at] = counts.get(at, levels[at][2] - 1) + 1
        for deeper in [d for d in counts if d > at]:
            del counts[deeper]
        text = levels[at][1]
        for upper in range(at + 1):
            shape, _, start = levels.get(upper, ("decimal", "", 1))
            text = text.replace(f"%{upper + 1}", _figure(counts.get(upper, start), shape))
        return f"{text}\u3000" if text.endswith(("条", "章", "节", "编")) else text


def _read_level(level: Any) -> tuple[str, str, int]:
    def value(tag: str, default: str) -> str:
        found = level.find(_W + tag)
        return default if found is None else found.get(_W + "val") or default

    shape = value("numFmt", "decimal")
    return shape, "" if shape in ("bullet", "none") else value("lvlText", ""), _int(value("start", "1"), 1)


def _num_pr(properties: Any) -> tuple[str | None, int | None]:
    mark = properties.find(_W + "numPr") if properties is not None else None
    if mark is None:
        return None, None
    number, level = mark.find(_W + "numId"), mark.find(_W + "ilvl")
    return (
        number.get(_W + "val") if number is not None else None,
        _int(level.get(_W + "val")) if level is not None else None,
    )


def _int(text: str | None, default: int = 0) -> int:
    """Attributes of a spoilt file may hold anything."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else default


def _figure(number: int, shape: str) -> str:
    lowered = shape.lower()
    if any(word in lowered for word in ("chinese", "japanese", "ideograph", "taiwanese", "korean")):
        return to_chinese(number)
    if lowered in ("upperletter", "lowerletter") and 1 <= number <= 26:
        return chr((65 if lowered.startswith("upper") else 97) + number - 1)
    return str(number)
