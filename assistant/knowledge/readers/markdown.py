"""Markdown (.md): headings by their marks; comments dropped, emphasis and links reduced to their words."""

import re

from assistant.knowledge.readers.document import Block, Document
from assistant.knowledge.readers.text import decode

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEAD_END = re.compile(r"<!--\s*INFO\s+END\s*-->", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_RULE = re.compile(r"(?:[-*_]\s*){3,}$")
_TABLE_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?$")
_HEAD_MARK = "\ufdd0"  # a code point that is no character, so no text holds it


def read(data: bytes, name: str) -> Document:
    """One block a line. The first heading of the first rank is the title, and stays among the blocks."""
    text = _COMMENT.sub("", _HEAD_END.sub(_HEAD_MARK, decode(data, name).replace(_HEAD_MARK, "")))
    blocks: list[Block] = []
    title = None
    for raw in re.split(r"\r\n?|\n", text):
        line = raw.strip()
        if not line or _RULE.match(line) or _TABLE_RULE.match(line):
            continue
        if line == _HEAD_MARK:
            blocks.append(Block("", ends_head=True))
            continue
        level = None
        if heading := _HEADING.match(line):
            level, line = len(heading[1]), heading[2]
        elif line.startswith("> "):
            line = line[2:].strip()
        if "](" in line:
            line = _LINK.sub(r"\1", line)
        if "**" in line or "__" in line:
            line = _STRONG.sub(r"\2", line)
        if line.startswith("|") and line.endswith("|"):
            line = " | ".join(cell.strip() for cell in line.strip("|").split("|"))
        if not line:
            continue
        if level == 1 and title is None:
            title = line
        blocks.append(Block(line, level))
    return Document(name, "markdown", tuple(blocks), title)
