"""Web pages (.html): the words of the main part; scripts, styles, navigation and hidden parts dropped."""

import re
from typing import Any

from lxml import etree, html

from assistant.errors import KnowledgeError
from assistant.knowledge.readers.document import Block, Document
from assistant.knowledge.readers.text import decode

# fmt: off
_DROPPED = frozenset({
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select", "option", "input",
    "textarea", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "map", "head",
})
_LINES = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody",
    "tfoot", "thead", "tr", "ul",
})
# fmt: on
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ARTICLE = re.compile(r"第\s*[零〇一二三四五六七八九十百千0-9]+\s*条")
_SITE = re.compile(r"[_|｜—-]+\s*[^_|｜—-]*(?:网|政府|官网|门户|平台|数据库|委|局|部)\s*$")
_ABOUT = re.compile(r"\d{4}年.{1,60}(?:通过|公布|发布|施行|修订|修正)|令\s*第.{1,6}号|[〔［\[]\d{4}[〕］\]]\s*\d+\s*号")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAIN = (
    "//article | //main | //*[@id='UCAP-CONTENT' or @id='zoom' or @id='content']"
    " | //*[contains(concat(' ', @class, ' '), ' TRS_Editor ') or contains(@class, 'article-content')]"
)


def read(data: bytes, name: str) -> Document:
    """One block a paragraph, list item or table row (cells parted by ` | `)."""
    declared = _CHARSET.search(data[:4096])
    text = decode(data, name, declared[1].decode("ascii") if declared else None)
    # The declaration has done its work; libxml2 would only stumble over one that no longer holds.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise KnowledgeError(name, f"网页读不出来（{error}）", "在浏览器里打开后另存，或另存为 .txt") from error
    title = _title(root)
    body = root.find("body")
    everything, origins = _blocks(root if body is None else body)
    part = _main(root, everything, origins)
    blocks = everything if part is None else _blocks(part)[0]
    heading = next((b.text for b in blocks if b.level == 1), None)
    if heading is None and (at := next((i for i, b in enumerate(everything) if b.level == 1), None)) is not None:
        # The heading, and what is said of the text below it, often stand outside the part that holds the text.
        heading = everything[at].text
        first = next((i for i in range(at + 1, len(everything)) if everything[i] == blocks[0]), at + 1)
        about = [b for b in everything[at + 1 : first] if _ABOUT.search(b.text)]
        blocks = [everything[at], *about, *blocks]
    return Document(name, "html", tuple(blocks), heading or title)


def _title(root: Any) -> str | None:
    for query in ("//meta[@name='ArticleTitle']/@content", "//meta[@property='og:title']/@content"):
        if (found := root.xpath(query)) and found[0].strip():
            return str(found[0]).strip()
    words = " ".join((root.findtext(".//title") or "").split())[:200]
    return _SITE.sub("", words).strip() or None


def _main(root: Any, blocks: list[Block], origins: list[Any]) -> Any:
    """The smallest part that holds every article, else what the page calls its main part; None for the whole page."""
    articles = [node for block, node in zip(blocks, origins, strict=True) if _ARTICLE.match(block.text)]
    if len(articles) >= 2:
        shared = _chain(articles[0])
        for node in articles[1:]:
            chain = _chain(node)
            shared = [a for a, b in zip(shared, chain, strict=False) if a is b]
        return shared[-1] if shared else None
    for part in root.xpath(_MAIN)[:20]:
        if sum(len(b.text) for b in _blocks(part)[0]) >= 50:
            return part
    return None


def _chain(node: Any) -> list[Any]:
    """The node and those around it, the outermost first."""
    return [*reversed([*node.iterancestors()]), node]


def _blocks(root: Any) -> tuple[list[Block], list[Any]]:
    """The lines of a part, and the element each began in.

    Walks without recursion, because a hostile page may be nested deeper than Python's stack.
    """
    blocks: list[Block] = []
    origins: list[Any] = []
    origin = root
    line: list[str] = []
    level: int | None = None
    cells = dropped = 0  # open table cells (paragraphs inside one stay in its row); open parts that are left out

    def end() -> None:
        words = _SPACE.sub(" ", "".join(line)).strip("| \u3000\u00a0")
        if words:
            blocks.append(Block(words, level))
            origins.append(origin)
        line.clear()

    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        left_out = tag in _DROPPED or not tag or node.get("hidden") is not None or _hidden(node)
        if event == "start":
            dropped += left_out
            if dropped:
                continue
            if tag in ("td", "th"):
                cells += 1
            elif cells and (tag == "br" or tag in _LINES):
                line.append(" ")
            elif tag == "br":
                end()
            elif tag in _LINES:
                end()
                level = int(tag[1]) if tag[0] == "h" and tag[1:].isdecimal() else None
            if not line or not any(words.strip(" |\r\n\t") for words in line):
                origin = node
            line.append(node.text or "")
            continue
        dropped -= left_out
        if dropped:
            continue
        if not left_out:
            if tag in ("td", "th"):
                line.append(" | ")
                cells -= 1
            elif tag in _LINES and not cells:
                end()
                level = None
        if node is not root:
            line.append(node.tail or "")
    end()
    return blocks, origins


def _hidden(node: Any) -> bool:
    style = node.get("style")
    return bool(style) and _HIDDEN.search(style) is not None
