"""What the engines say in plain lines, as the Markdown of an answer: their words, laid out."""

import re
from collections.abc import Iterator

_MARKED = re.compile(r"^[✓✗?] ")
_LISTED = re.compile(r"^(?:- |\d+\. )")


def conclusion_of(text: str) -> str:
    """The conclusion of an opinion: its lines before the first list, without the word 结论."""
    lines = []
    for line in text.split("\n"):
        if not line.strip() or line.endswith("：") or _LISTED.match(line):
            break
        lines.append(line)
    return "".join(lines).removeprefix("结论：")


def blocks_of(text: str) -> Iterator[str]:
    """What follows the conclusion, block by block: headings, lists with their sub-lists, paragraphs."""
    lines = text.split("\n")
    at = 0
    while at < len(lines) and lines[at].strip() and not lines[at].endswith("：") and not _LISTED.match(lines[at]):
        at += 1
    listed: list[str] = []
    for place in range(at, len(lines)):
        line = lines[place]
        following = lines[place + 1] if place + 1 < len(lines) else ""
        item = _item(line)
        if item is not None:
            listed.append(item)
            continue
        if listed:
            yield "\n".join(listed)
            listed = []
        if not line.strip():
            continue
        heads = line.endswith("：") and _item(following) is not None
        yield f"### {line.removesuffix('：')}" if heads else line
    if listed:
        yield "\n".join(listed)


def _item(line: str) -> str | None:
    if line.startswith("    "):
        return f"  - {line.strip()}"
    if _MARKED.match(line):
        return f"- {line}"
    return line if _LISTED.match(line) else None
