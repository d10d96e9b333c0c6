"""What a reader hands on: lines of text in reading order, with what the file says about their rank."""

from typing import Literal, NamedTuple

AsideKind = Literal["页眉", "页脚", "脚注", "批注"]


class Block(NamedTuple):
    """One line (a paragraph, a heading, a table row). `level` is set for headings (1 the highest), `page` from 1."""

    text: str
    level: int | None = None
    page: int | None = None
    ends_head: bool = False  # a mark of the file: everything above it is masthead; its own text is empty
    breaks: bool = False  # the file itself begins a new page or part here


class Hidden(NamedTuple):
    """Words of a file that nobody sees on the page, and why (白色文字, 隐藏文字 …); `after` counts the blocks above.

    `page` is set where the file has pages.
    """

    text: str
    why: str
    after: int
    page: int | None = None


class Aside(NamedTuple):
    """Words beside the text: in the head or foot of pages, in a note, in a comment of somebody who read it."""

    kind: AsideKind
    text: str


class Document(NamedTuple):
    """A file's text. `title` is what the file itself calls its title, if it does; `warnings` are Chinese.

    `unread` are pages that are pictures, without words; `hidden` is kept out of the text, and so are `asides`.
    `pictures` are such pages of a file without page numbers: the blocks before each, and the picture's bytes.
    `overlaid` are pages whose words a scanner recognised and laid under their picture.
    """

    name: str
    format: str  # markdown | docx | pdf | html | text
    blocks: tuple[Block, ...]
    title: str | None = None
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    asides: tuple[Aside, ...] = ()
    pictures: tuple[tuple[int, bytes], ...] = ()
    overlaid: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, one block a line."""
        return "\n".join(b.text for b in self.blocks if not b.ends_head)
