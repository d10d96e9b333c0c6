"""A case file held to the items of an assessment (案卷评查): what is there, what is wrong, and where it stands."""

import datetime as dt
from typing import Literal

from pydantic import Field

from assistant.schema.law import CheckedCitation, Nature
from assistant.schema.noun import Noun

CaseProcedure = Literal["普通程序", "简易程序", "不予处罚"]
ItemStatus = Literal["ok", "missing", "defect", "unknown"]
"""ok: held and right; missing: not in a file that was read whole; defect: there and wrong; unknown: for a person."""
ReviewVerdict = Literal["vetoed", "defects", "clean", "undetermined"]
FileState = Literal["read", "partly", "unread"]


class FileItem(Noun):
    """One item of the standard. `check` names the function that examines it; `points` 0 for a veto.

    `each` is what one fault costs (None: a fault costs all points). Items of the standard are data: the source and
    its nature go with every finding.
    """

    code: str
    label: str
    veto: bool
    part: Literal["卷面", "内容"]
    points: float
    each: float | None = None
    check: str
    procedures: tuple[CaseProcedure, ...]
    basis: tuple[str, ...]
    source: str
    nature: Nature


class FileStandard(Noun):
    """The items a file is held to, with what the whole is worth."""

    title: str
    nature: Nature
    note: str
    items: tuple[FileItem, ...]


class DocumentKind(Noun):
    """A kind of document of a case file: how it is titled, to which stage it belongs, whose day it tells.

    Where no title fits, one of `words` does: a title that holds all of them, and none of `unless`. A document without a
    title that is known is of the kind of whose `content` it holds one set of words, and none of `not_content`.

    `dated` are the labels before its day; without one the day at its foot is taken. `required` are the procedures that
    cannot be without it.
    """

    name: str
    stage: str
    titles: tuple[str, ...]
    words: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    content: tuple[tuple[str, ...], ...] = ()
    not_content: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    required: tuple[CaseProcedure, ...] = ()
    evidence: bool = False


class CrimeSign(Noun):
    """A way of writing facts that may be a crime: in one sentence a word of every group of `together`, none of
    `unless`, and where `unit` is set a number of it that is not below `least`. `veto`: else a hint."""

    name: str
    veto: bool
    together: tuple[tuple[str, ...], ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    unit: Literal["元", "吨"] | None = None
    least: float | None = None
    basis: str
    nature: str


class FilePlace(Noun):
    """Where a finding stands: the file, the document in it, page and paragraph (both from 1), and the words.

    A Word or text file has no pages: `page` is None. `before` and `after` are what stands around the words.
    """

    file: str
    document: str = ""
    page: int | None = None
    paragraph: int | None = None
    words: str = ""
    before: str = ""
    after: str = ""


class FileFinding(Noun):
    """One item as the file was found. `deducted` is what it costs; 0 for a veto and for what is unknown."""

    code: str
    label: str
    status: ItemStatus
    veto: bool
    part: Literal["卷面", "内容"]
    points: float
    deducted: float
    where: tuple[FilePlace, ...]
    text: str
    basis: tuple[str, ...]
    source: str
    nature: Nature


class FileRead(Noun):
    """One file handed in, and whether it could be read. `note` says, in Chinese, what could not and what to do."""

    name: str
    state: FileState
    pages: int | None = None
    documents: int = 0
    note: str = ""


class FileDocument(Noun):
    """One document found in the files. `readable` False: a scan whose words are not known."""

    kind: str
    title: str
    stage: str
    place: FilePlace
    day: dt.date | None = None
    number: str | None = None
    readable: bool = True


class FileReviewLine(Noun):
    """One review in a list."""

    id: str
    title: str
    as_of: dt.date
    verdict: ReviewVerdict
    label: str
    score: float | None
    vetoes: int
    by: str | None
    created_at: dt.datetime


class FileReview(Noun):
    """A case file reviewed: every item, the score, what was read, what was hidden in it.

    `score` is out of 100, over the scored items that apply; `open_points` is what the unknown items may still cost.
    `concealed` are words that nobody sees on the page (white, hidden, tiny): reported, and taken for nothing.
    """

    id: str | None = None
    as_of: dt.date
    procedure: CaseProcedure | None
    verdict: ReviewVerdict
    label: str
    score: float | None
    open_points: float
    items: tuple[FileFinding, ...]
    documents: tuple[FileDocument, ...]
    files: tuple[FileRead, ...]
    concealed: tuple[FilePlace, ...] = ()
    standard: str
    standard_nature: Nature
    standard_note: str
    citations: tuple[CheckedCitation, ...] = ()
    text: str
