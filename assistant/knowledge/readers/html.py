"""Web pages (.html): the words of the main part; scripts, styles, navigation and hidden parts dropped."""

import re

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from assistant.knowledge.readers.document import Block, Document
from assistant.knowledge.readers.text import decode

# fmt: off
_DROPPED = [
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select", "option",
    "input", "textarea", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "map", "head",
]
_LINES = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
})
# fmt: on
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:^|\n)\s*第\s*[零〇一二三四五六七八九十百千0-9]+\s*条")
_SITE = re.compile(r"\s*[_|｜—-]+\s*[^_|｜—-]*(?:网|政府|官网|门户|平台|数据库|委|局|部)\s*$")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAX_DESCENT = 60


def read(data: bytes, name: str) -> Document:
    """One block a paragraph, list item or table row (cells parted by ` | `)."""
    declared = _CHARSET.search(data[:4096])
    soup = BeautifulSoup(decode(data, name, declared[1].decode("ascii") if declared else None), "lxml")
    title = _title(soup)
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.find_all(lambda t: t.has_attr("hidden") or bool(_HIDDEN.search(str(t.get("style") or "")))):
        if not tag.decomposed:
            tag.decompose()
    blocks = _blocks(_main(soup))
    heading = next((b.text for b in blocks if b.level == 1), None)
    if heading is None and (found := soup.find("h1")) and (words := " ".join(found.get_text(" ").split())):
        # The heading often stands outside the part that holds the text.
        heading = words
        blocks.insert(0, Block(words, 1))
    return Document(name, "html", tuple(blocks), heading or title)


def _title(soup: BeautifulSoup) -> str | None:
    for query in ('meta[name="ArticleTitle"]', 'meta[property="og:title"]'):
        if (meta := soup.select_one(query)) and (content := str(meta.get("content") or "").strip()):
            return content
    if soup.title and (words := " ".join(soup.title.get_text().split())):
        return _SITE.sub("", words) or None
    return None


def _main(soup: BeautifulSoup) -> Tag:
    """The smallest part that holds every article, else what the page calls its main part, else all of it."""
    part: Tag = soup.body or soup
    wanted = len(_ARTICLE.findall(_text(part)))
    if wanted >= 2:
        for _ in range(_MAX_DESCENT):
            children = [c for c in part.find_all(True, recursive=False) if c.name in _LINES]
            inner = next((c for c in children if len(_ARTICLE.findall(_text(c))) == wanted), None)
            if inner is None:
                return part
            part = inner
        return part
    for query in ("article", "main", "#UCAP-CONTENT", ".TRS_Editor", "#zoom", "#content", ".article-content"):
        if (found := soup.select_one(query)) and len(found.get_text(strip=True)) >= 50:
            return found
    return part


def _text(tag: Tag) -> str:
    return "\n".join(b.text for b in _blocks(tag))


def _blocks(root: Tag) -> list[Block]:
    """Iterative, because a hostile page may be nested deeper than Python's stack."""
    blocks: list[Block] = []
    line: list[str] = []
    level: int | None = None
    cells = 0  # open table cells: paragraphs inside one stay in its row

    def end() -> None:
        words = _SPACE.sub(" ", "".join(line)).strip().strip("|").strip()
        if words:
            blocks.append(Block(words, level))
        line.clear()

    stack: list[tuple[str, NavigableString | Tag]] = [("open", root)]
    while stack:
        what, node = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, Comment) and type(node) is NavigableString:
                line.append(str(node))
            continue
        if what == "close":
            if node.name in ("td", "th"):
                line.append(" | ")
                cells -= 1
            else:
                end()
                level = None
            continue
        if node.name in ("td", "th"):
            cells += 1
            stack.append(("close", node))
        elif cells and (node.name == "br" or node.name in _LINES):
            line.append(" ")
        elif node.name == "br":
            end()
        elif node.name in _LINES:
            end()
            level = int(node.name[1]) if re.fullmatch("h[1-6]", node.name) else None
            stack.append(("close", node))
        stack.extend(("open", child) for child in reversed(node.contents) if isinstance(child, NavigableString | Tag))
    end()
    return blocks
