"""Markdown (.md): headings by their marks; comments dropped, emphasis and links reduced to their words."""

import re

from assistant.knowledge.readers.document import Block, Document
from assistant.knowledge.readers.text import decode

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_HEAD_END = re.compile(r"<!--\s*INFO\s+END\s*-->", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((?:[^()\s]|\([^()\s]{0,300}\)){0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_RULE = re.compile(r"(?:[-*_]\s*){3,}$")
_TABLE_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?$")
_HEAD_MARK = "\ufdd0"  # a code point that is no character, so no text holds it


def read(data: bytes, name: str) -> Document:
    """One block a line. The first heading of the first rank is the title, and stays among the blocks."""
    text = _without_comments(_HEAD_END.sub(_HEAD_MARK, decode(data, name).replace(_HEAD_MARK, "")))
    text, title = _front_matter(text)
    blocks: list[Block] = []
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


def _without_comments(text: str) -> str:
    """By search rather than by a pattern: a file of openings that never close must not take for ever."""
    if "<!--" not in text:
        return text
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


def _front_matter(text: str) -> tuple[str, str | None]:
    """The text without a YAML head (as site generators write it), and the title that head gives."""
    head = re.match(r"\ufeff?---[ \t]*\r?\n((?:(?:[\w-]+:|[ \t]+|- |#).*\r?\n){1,60})---[ \t]*(?:\r?\n|$)", text)
    if head is None:
        return text, None
    title = re.search(r"^(?:title|标题):[ \t]*[\"']?(.*?)[\"']?[ \t]*\r?$", head[1], re.MULTILINE)
    return text[head.end() :], (title[1] or None) if title else None
