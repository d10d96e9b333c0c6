"""Instruments, their versions, articles and citations, as they are held and as they are shown."""

import datetime as dt
from typing import Literal

from assistant.numerals import to_chinese
from assistant.schema.noun import Noun, Span

Status = Literal["现行有效", "尚未施行", "已废止", "已修改", "待核"]
Nature = Literal["官方", "草案", "示例", "待核"]
Kind = Literal["law", "list", "discretion", "decision"]
InstrumentKind = Literal[
    "宪法",
    "法律",
    "修正案",
    "修改决定",
    "立法解释",
    "行政法规",
    "部门规章",
    "地方性法规",
    "地方政府规章",
    "规范性文件",
    "案例",
]
CitationVerdict = Literal[
    "verified",
    "quote_mismatch",
    "no_such_provision",
    "repealed",
    "not_yet_effective",
    "superseded",
    "out_of_scope",
]


class Source(Noun):
    """Where a text comes from and what it is worth."""

    title: str
    nature: Nature = "官方"


class Citation(Noun):
    """One provision, in the one spelling used everywhere.

    `law` is the full title; `article` is written as in the law (`第三十三条`, `第一百三十三条之一`);
    `paragraph` (款), `item` (项) and `subitem` (目) count from 1.
    """

    law: str
    article: str | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None

    def __str__(self) -> str:
        parts = [f"《{self.law}》", self.article or ""]
        if self.paragraph:
            parts.append(f"第{to_chinese(self.paragraph)}款")
        if self.item:
            parts.append(f"第（{to_chinese(self.item)}）项")
        if self.subitem:
            parts.append(f"第{self.subitem}目")
        return "".join(parts)


class LawVersion(Noun):
    """One text of one instrument, with the days it was or is the law.

    `span.from` is certain only when `start_certain`; `note` then says, in Chinese, what is not known and why.
    `ended_by` names what ended it, `end` says whether it was repealed or replaced by a later text.
    `assistant.law.validity` computes all of these; a reader leaves them as they are, and gives `span.from` only
    when the day is stated for this very text, `end` without `span.to` when a source says "repealed" but not when.
    """

    id: str  # 行政处罚法@2021-01-22
    title: str
    kind: InstrumentKind = "法律"
    issuer: str | None = None
    document_no: str | None = None
    region: str | None = None
    published: dt.date | None = None
    version_date: dt.date | None = None  # the day this text was passed
    commenced: dt.date | None = None  # first commencement of the instrument
    span: Span = Span()
    start_certain: bool = True
    end: Literal["已废止", "已修改"] | None = None
    ended_by: str | None = None
    doubtful: bool = False  # validity as a whole is 待核
    doubt: tuple[Span, ...] = ()  # days for which the data do not settle whether this text ruled
    note: str | None = None
    source: Source
    department: str | None = None

    def status_on(self, day: dt.date) -> Status:
        """What this text is on `day`. 待核 wherever the data do not settle it."""
        if self.doubtful or any(span.holds(day) for span in self.doubt):
            return "待核"
        if self.span.to is not None and day > self.span.to:
            return self.end or "已修改"
        if self.span.from_ is not None and day < self.span.from_:
            return "尚未施行"
        return "现行有效"


class Article(Noun):
    """One version of one article. `number` is None for the rare texts without 第…条 (then `label` names it).

    `stale_from` is the first day on which an amendment that this version does not contain had changed or removed the
    article; `note` says, in Chinese, what a reader of this article must know (an amendment, a gap in the source).
    """

    id: str  # 行政处罚法@2021-01-22#第三十三条
    version_id: str
    law: str
    number: str | None
    label: str
    text: str
    path: tuple[str, ...] = ()  # 编, 章, 节
    position: int = 0
    stale_from: dt.date | None = None
    note: str | None = None

    @property
    def citation(self) -> Citation:
        return Citation(law=self.law, article=self.number)


class Passage(Noun):
    """One search hit."""

    rank: int
    kind: Kind
    id: str
    title: str
    law: str | None = None
    article: str | None = None
    text: str
    score: float
    status: Status
    in_force: Span
    source: Source
    note: str | None = None


class CheckedCitation(Noun):
    """A citation found in a text, with what the corpus says of it. `start`/`end` are offsets in that text."""

    text: str
    start: int
    end: int
    law: str | None
    article: str | None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    quote: str | None = None
    verdict: CitationVerdict
    detail: str
    current: str | None = None
    article_id: str | None = None


class NeighbourView(Noun):
    """The article before or after one."""

    id: str
    article: str
    text: str


class ArticleReference(Noun):
    """An article named by another."""

    id: str
    law: str
    article: str


class VersionFacts(Noun):
    """What is known of the text that a provision stands in."""

    id: str
    kind: InstrumentKind
    issuer: str | None = None
    passed: dt.date | None = None
    commenced: dt.date | None = None
    start_certain: bool = True
    note: str | None = None


class VersionView(Noun):
    """One line in the list of an instrument's texts."""

    id: str
    passed: dt.date | None = None
    in_force: Span
    status: Status


class SubitemView(Noun):
    """One 目 of an item; `number` counts from 1, `text` keeps its mark."""

    number: int
    text: str


class ItemView(Noun):
    """One 项 of a paragraph; `number` counts from 1, `text` keeps its mark, `subitems` are its 目."""

    number: int
    text: str
    subitems: tuple[SubitemView, ...] = ()


class ParagraphView(Noun):
    """One 款 with its 项; `number` counts from 1, `text` is what stands before the items."""

    number: int
    text: str
    items: tuple[ItemView, ...] = ()


class ProvisionView(Noun):
    """One provision as a reader wants it. `article` is the number or, for a text without numbers, its label."""

    as_of: dt.date
    id: str
    law: str
    article: str
    text: str
    path: tuple[str, ...] = ()
    paragraphs: tuple[ParagraphView, ...] = ()
    version: VersionFacts
    status: Status
    in_force: Span
    source: Source
    note: str | None = None
    previous: NeighbourView | None = None
    next: NeighbourView | None = None
    cited_by: tuple[ArticleReference, ...] = ()
    versions: tuple[VersionView, ...] = ()
