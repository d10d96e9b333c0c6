"""Files as text: Markdown, Word, PDF, HTML, plain text. One module a format, one way in.

Every failure is a KnowledgeError that says where, what, and what to do. Nothing in a file is executed or obeyed.
"""

from collections.abc import Callable
from pathlib import Path

from assistant.errors import KnowledgeError
from assistant.knowledge.readers import docx, html, markdown, pdf, text
from assistant.knowledge.readers.characters import clean
from assistant.knowledge.readers.document import Block, Document

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Block",
    "Document",
    "clean",
    "file_bytes",
    "read_bytes",
    "read_file",
    "unknown_format",
]

MAX_BYTES = 50_000_000
"""A larger file is refused before it is read."""
MAX_TEXT_BYTES = 10_000_000
"""The same for files that are nothing but text: the longest code is not a tenth of it."""

FORMATS: dict[str, Callable[[bytes, str], Document]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".txt": text.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
    ".html": html.read,
    ".htm": html.read,
}
_ELSEWHERE = {
    ".doc": "用 Word 或 WPS 打开后另存为 .docx",
    ".wps": "用 WPS 打开后另存为 .docx",
    ".rtf": "用 Word 或 WPS 打开后另存为 .docx",
    ".ofd": "用 OFD 阅读器导出为 .pdf 或 .txt",
    ".zip": "解压后把文件夹交来",
}


def read_bytes(data: bytes, name: str, *, scans: bool = False) -> Document:
    """A file's bytes as a Document; `name` gives the format by its ending and stands in every message.

    With `scans` a PDF or a Word file of pictures is no error: `unread` names its pages without words, or `pictures`
    holds them.
    KnowledgeError: empty, too large, of no known format, encrypted, broken, a bomb, a scan, or of no known encoding.
    """
    reader = FORMATS.get(Path(name).suffix.lower())
    if reader is None:
        raise unknown_format(name)
    if len(data) > limit(name):
        raise too_large(name, len(data))
    if not data.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise KnowledgeError(name, "文件是空的", "请确认文件已经保存完整")
    pictured = scans and reader is pdf.read
    document = pdf.read_pages(data, name) if pictured else reader(data, name)
    blocks: list[Block] = []
    removed = 0
    for block in document.blocks:
        line, gone = clean(block.text)
        removed += gone
        if block.ends_head:
            blocks.append(block)
        blocks.extend(block._replace(text=part.strip()) for part in line.split("\n") if part.strip())
    if not any(b.text for b in blocks) and not (scans and (document.unread or document.pictures)):
        raise KnowledgeError(name, "文件里没有文字", "请确认内容不是图片，并已保存完整")
    warnings = document.warnings
    if removed:
        warnings = (*warnings, f"去掉了 {removed} 个控制字符或残缺字符，请核对原文")
    title = clean(document.title)[0].strip() if document.title else None
    return document._replace(blocks=tuple(blocks), title=title or None, warnings=warnings)


def read_file(path: Path) -> Document:
    """`read_bytes` for a file on disk; its size is looked at before it is opened."""
    return read_bytes(file_bytes(path), path.name)


def file_bytes(path: Path) -> bytes:
    """The bytes of a file within its limit. KnowledgeError when it cannot be had."""
    try:
        if not path.is_file():
            raise KnowledgeError(str(path), "没有这个文件，或它不是普通文件", "请检查路径")
        if (size := path.stat().st_size) > limit(path.name):
            raise too_large(str(path), size)
        return path.read_bytes()
    except OSError as error:
        raise KnowledgeError(str(path), f"打不开（{error.strerror}）", "请检查文件权限") from error


def unknown_format(name: str) -> KnowledgeError:
    suffix = Path(name).suffix.lower()
    remedy = _ELSEWHERE.get(suffix, f"可以读的格式：{'、'.join(FORMATS)}")
    return KnowledgeError(name, f"不认识的文件格式 {suffix or '（没有扩展名）'}", remedy)


def limit(name: str) -> int:
    """Bytes that a file of this name may have."""
    return MAX_BYTES if Path(name).suffix.lower() in (".docx", ".pdf") else MAX_TEXT_BYTES


def too_large(name: str, size: int) -> KnowledgeError:
    return KnowledgeError(
        name, f"文件太大（{size / 1e6:.0f} MB，上限 {limit(name) / 1e6:.0f} MB）", "拆成几份，或只保留正文再导入"
    )
