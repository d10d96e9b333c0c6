"""A paper that a lawyer signs: its sections, what is still missing, what stands in the way of its being final."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from assistant.schema.answer import Provenance
from assistant.schema.law import CheckedCitation
from assistant.schema.noun import Noun

OpinionKind = Literal[
    "legal_opinion", "legality_review", "no_penalty_decision", "reconsideration_opinion", "reconsideration_proposal",
    "reconsideration_reply", "major_decision_review",
]  # fmt: skip
OpinionStatus = Literal["draft", "reviewed", "final"]
OpinionStep = Literal["drafted", "edited", "reviewed", "finalized"]
FieldType = Literal["文字", "长文", "日期", "金额", "文号", "条款", "选项", "多项"]
FieldValue = str | float | tuple[str, ...]
"""文字, 长文, 文号, 条款, 选项 and an ISO 日期 are text; 金额 is yuan; 多项 are several texts."""


class FormField(Noun):
    """One thing a paper asks of the person who writes it. `name` stands in the template, `key` travels on the wire."""

    name: str
    key: str
    question: str
    type: FieldType = "文字"
    required: bool = False
    options: tuple[str, ...] = ()
    asked: bool = True
    """Whether a closed question that nobody has answered is asked; the program proposes an answer to the others."""


class FormPart(Noun):
    """One paragraph of a section as the form has it: words with slots, or the name of what the program writes."""

    text: str | None = None
    block: str | None = None


class FormSection(Noun):
    """A section of a form; `reasoning`: a model may better its wording; `decides`: it holds the conclusion."""

    id: str
    heading: str
    parts: tuple[FormPart, ...]
    reasoning: bool = False
    decides: bool = False


class FormPoint(Noun):
    """What is to be said when a text holds one of the `words`, or the engines found one of the `codes`."""

    name: str
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    text: str
    basis: tuple[str, ...] = ()


class OpinionForm(Noun):
    """A kind of paper: its title, fields and sections, and the file of its Word template."""

    kind: OpinionKind
    name: str
    title: str
    template: str
    fields: tuple[FormField, ...]
    sections: tuple[FormSection, ...]
    points: tuple[FormPoint, ...] = ()
    references: tuple[str, ...] = ()
    """Instruments it should rest on that an office may have to bring in first; cited only where they are held."""

    def field(self, name: str) -> FormField | None:
        """The field of that name or key."""
        return next((f for f in self.fields if name in (f.name, f.key)), None)


class OpinionSection(Noun):
    """One section. `body` is text, a paragraph a line, in the marks of `assistant.drafting.markup`.

    `uncited` are sentences that state law without a citation, `unfounded` numbers that stand in no fact, basis or
    computation; `composed` is what the program wrote where a person (`edited`) or a model (`rewritten`) has it else.
    """

    id: str
    heading: str
    body: str
    citations: tuple[CheckedCitation, ...] = ()
    uncited: tuple[str, ...] = ()
    unfounded: tuple[str, ...] = ()
    reasoning: bool = False
    edited: bool = False
    rewritten: bool = False
    composed: str | None = None


class OpinionFigure(Noun):
    """A number that the program computed, and how."""

    name: str
    text: str
    computation: str
    basis: tuple[str, ...] = ()


class OpinionMissing(Noun):
    """What a paper lacks: a fact of the case (`corrected`) or a field of the form (`fields.party`), and how to ask."""

    fact: str
    label: str
    question: str
    options: tuple[str, ...] = ()
    required: bool = False


class UnverifiedCitation(Noun):
    """A citation that keeps a paper from being final, and the section it stands in."""

    section: str
    heading: str
    text: str
    verdict: str
    detail: str


class Veto(Noun):
    """What stands in the way of signing. `answerable`: a reviewer may close it with a reason; else it is mended."""

    code: str
    text: str
    basis: tuple[str, ...] = ()
    answerable: bool = False
    reply: str | None = None
    replied_by: str | None = None

    @property
    def open(self) -> bool:
        return self.reply is None


class OpinionVersion(Noun):
    """One line of a paper's history: who did what, when, and why."""

    number: int
    step: OpinionStep
    status: OpinionStatus
    name: str
    comment: str = ""
    at: dt.datetime


class OpinionContent(Noun):
    """What a version of a paper holds. `fields` are by key, `verdicts` what each engine concluded, and under
    `procedure.…` how the steps stood that thresholds turn on."""

    kind: OpinionKind
    title: str
    as_of: dt.date
    sections: tuple[OpinionSection, ...]
    missing: tuple[OpinionMissing, ...] = ()
    unverified: tuple[UnverifiedCitation, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    figures: tuple[OpinionFigure, ...] = ()
    notes: tuple[str, ...] = ()
    description: str | None = None
    given_title: str | None = None
    given_facts: dict[str, Any] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    fields: dict[str, FieldValue] = Field(default_factory=dict)
    verdicts: dict[str, str] = Field(default_factory=dict)
    provenance: Provenance

    @property
    def open_vetoes(self) -> tuple[Veto, ...]:
        return tuple(veto for veto in self.vetoes if veto.open)


class Opinion(OpinionContent):
    """A paper as it stands. `docx` is the address of its Word file."""

    id: str
    kind_name: str
    status: OpinionStatus
    version: int
    drafted_by: str
    reviewed_by: str | None = None
    finalized_by: str | None = None
    created_at: dt.datetime
    updated_at: dt.datetime
    docx: str


class OpinionLine(Noun):
    """One line of the list of papers."""

    id: str
    kind: OpinionKind
    title: str
    status: OpinionStatus
    version: int
    as_of: dt.date
    drafted_by: str
    updated_at: dt.datetime


class TextChange(Noun):
    """A run of text that two versions share, or that one of them alone has."""

    kind: Literal["equal", "insert", "delete"]
    text: str


class SectionChange(Noun):
    """How one section differs between two versions."""

    id: str
    heading: str
    changes: tuple[TextChange, ...]

    @property
    def same(self) -> bool:
        return all(change.kind == "equal" for change in self.changes)


class OpinionComparison(Noun):
    """What changed between two versions of a paper, and by whom."""

    before: OpinionVersion
    after: OpinionVersion
    sections: tuple[SectionChange, ...]
    fields: tuple[SectionChange, ...] = ()
