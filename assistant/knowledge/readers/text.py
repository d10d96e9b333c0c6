"""Plain text (.txt): UTF-8, UTF-16 with its mark, or GB18030 (GBK, GB2312)."""

import codecs
import re

from assistant.errors import KnowledgeError
from assistant.knowledge.readers.document import Block, Document

_COMMON = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\x20-\x7e\\s“”‘’—…·×÷°]")
_FREQUENT = re.compile("[的。，、第条一和在人年月日号书事公司行政法]")  # of running text, and of forms
_RULE = re.compile(r"([-=*─━═—~～#＝－\s])\1{5,}|(?:[-=*─━═—～＝－]\s*){6,}")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def plausible(text: str) -> bool:
    """Whether decoded text looks like Chinese somebody wrote rather than bytes read in the wrong encoding."""
    sample = text[:20_000]
    return (
        len(_COMMON.findall(sample)) >= 0.97 * len(sample) and len(_FREQUENT.findall(sample)) >= 0.02 * len(sample) > 0
    )


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Bytes as text. `declared` is the encoding the file names itself. KnowledgeError, with the line, if none fits."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _unreadable(data, name, error, encoding) from error
    if data[:4096].count(0) > max(2, len(data[:4096]) // 50):
        raise KnowledgeError(name, "不是文本文件（含有大量空字节）", "请确认文件没有损坏，或另存为 UTF-8 编码的文本")
    if declared and declared.lower().replace("_", "-") in {"gb2312", "gbk", "gb18030", "gb-2312"}:
        declared = "gb18030"
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = error
    for encoding in dict.fromkeys(e for e in (declared, "gb18030") if e):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if plausible(text):
            return text
    raise _unreadable(data, name, problem, "UTF-8")


def _unreadable(data: bytes, name: str, error: UnicodeDecodeError, encoding: str) -> KnowledgeError:
    line = data.count(b"\n", 0, error.start) + 1
    return KnowledgeError(
        f"{name} 第{line}行",
        f"文字编码认不出来（按 {encoding.upper()} 读到第{error.start + 1}个字节出错，也不是 GB18030）",
        "用记事本或 WPS 打开后另存为 UTF-8 编码",
    )


def read(data: bytes, name: str) -> Document:
    """One block a line that is not empty; a line of dashes, a form feed or several empty lines begin a new part."""
    blocks: list[Block] = []
    breaks, empty = False, 0
    for raw in re.split(r"\r\n?|\n", decode(data, name)):
        line = raw.strip()
        breaks = breaks or "\f" in raw or _RULE.fullmatch(line) is not None
        if not line:
            empty += 1
        elif not _RULE.fullmatch(line):
            blocks.append(Block(line, breaks=bool(blocks) and (breaks or empty > 1)))
            breaks, empty = False, 0
    return Document(name, "text", tuple(blocks))
