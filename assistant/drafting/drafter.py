"""A paper from a case, and again after a person has changed it: gather, compose, check."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.drafting.case import Case, Gathering
from assistant.drafting.check import Edit, checked_sections, unverified, vetoes
from assistant.drafting.compose import Composed, compose
from assistant.drafting.forms import Forms
from assistant.drafting.markup import blank, plain
from assistant.drafting.values import UNSEEN, read_fields
from assistant.errors import InputError
from assistant.schema import (
    FieldValue,
    OpinionContent,
    OpinionForm,
    Provenance,
    Veto,
)

DESCRIPTION_LIMIT, BODY_LIMIT, HEADING_LIMIT, TITLE_LIMIT = 20_000, 60_000, 60, 120
"""Characters of a description, of one section's body, of a heading, of a title."""
_TO_BE_ISSUED = re.compile(r"(?:印发|制定|出台|发布|下发|制发)(?:了|的)?(《[^》]{2,60}》)")
_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,3}、")


@dataclass(frozen=True)
class Order:
    """What a paper is asked to be: the kind, and all that a person gave. `notes` are said beside the paper."""

    kind: str
    as_of: dt.date
    description: str = ""
    title: str | None = None
    facts: object = None
    fields: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A composed paper with the case it was composed from, before it is checked."""

    order: Order
    case: Case
    composed: Composed
    fields: Mapping[str, FieldValue]


class Drafter:
    """The forms and the engines. Holds no state of any paper."""

    def __init__(self, forms: Forms, gathering: Gathering) -> None:
        self.forms = forms
        self._gathering = gathering

    def compose(self, order: Order) -> Draft:
        """The paper that an order comes to. InputError for a kind, field, fact or text that cannot be worked with."""
        form = self.forms.form(order.kind)
        if len(order.description) > DESCRIPTION_LIMIT:
            raise InputError(
                "description",
                f"描述有{len(order.description)}个字，超过{DESCRIPTION_LIMIT}个字的上限",
                "请只写与案件有关的事实，其余作为材料",
            )
        if order.title is not None and len(order.title) > TITLE_LIMIT:
            raise InputError("title", f"标题有{len(order.title)}个字，超过{TITLE_LIMIT}个字的上限", "请缩短")
        fields = read_fields(form, order.fields)
        case = self._gathering.gather(form, order.description.strip(), order.facts, fields, order.as_of)
        return Draft(order, case, compose(case, order.title), fields)

    def check(
        self,
        draft: Draft,
        provenance: Provenance,
        *,
        edits: Mapping[str, Edit] | None = None,
        replied: Sequence[Veto] = (),
    ) -> OpinionContent:
        """The checked content. `edits` stand in place of what was composed; `replied` are vetoes already answered."""
        case, composed, order = draft.case, draft.composed, draft.order
        sections = checked_sections(case, composed, _filled(edits or {}, case), order.description)
        found = vetoes(case.form, composed, sections)
        answered = {(v.code, v.text): v for v in replied if v.reply is not None}
        return OpinionContent(
            kind=case.form.kind,
            title=composed.title,
            as_of=case.as_of,
            sections=sections,
            missing=composed.missing,
            unverified=unverified(sections, case.library, case.conduct, _subject(case)),
            vetoes=tuple(answered.get((v.code, v.text), v) for v in found),
            figures=composed.figures,
            notes=(*order.notes, *composed.notes),
            description=order.description or None,
            given_title=order.title,
            given_facts=_plain_facts(order.facts),
            facts=case.facts.model_dump(
                mode="json", exclude_none=True, exclude=None if case.facts.other else {"other"}
            ),
            fields=dict(draft.fields),
            verdicts=case.verdicts,
            provenance=provenance,
        )

    def edits_of(self, content: OpinionContent) -> dict[str, Edit]:
        """What persons wrote in a paper, so that it stands when the rest is composed anew."""
        return {
            section.id: Edit(section.body, unnumbered(section.heading))
            for section in content.sections
            if section.edited
        }

    def order_of(self, content: OpinionContent) -> Order:
        """The order that a paper was composed from."""
        return Order(
            kind=content.kind,
            as_of=content.as_of,
            description=content.description or "",
            title=content.given_title,
            facts=content.given_facts or None,
            fields=content.fields,
        )


def changed(order: Order, **more: object) -> Order:
    """An order with some of it given anew; fields are merged, a None takes one away."""
    if isinstance(fields := more.get("fields"), Mapping):
        more["fields"] = {**order.fields, **fields}
    return replace(order, **more)  # type: ignore[arg-type]


def read_edit(form: OpinionForm, section: str, heading: str | None, body: str) -> Edit:
    """A person's words for a section. InputError for a section that the form does not have, or too long a text."""
    if all(one.id != section for one in form.sections):
        known = "、".join(f"{one.id}（{one.heading}）" for one in form.sections)
        raise InputError(f"sections.{section}", f"《{form.name}》没有这一节", f"可改的各节：{known}")
    found = UNSEEN.search(f"{heading or ''}{body.replace(chr(9), ' ').replace(chr(10), ' ')}")
    if found is not None:
        raise InputError(
            f"sections.{section}", "含有控制字符或者不成对的字符", "请删去后重试（从别处粘贴的，先粘成纯文字）"
        )
    if len(body) > BODY_LIMIT:
        raise InputError(f"sections.{section}", f"这一节有{len(body)}个字，超过{BODY_LIMIT}个字的上限", "请缩短")
    if heading is not None and not 0 < len(heading.strip()) <= HEADING_LIMIT:
        raise InputError(f"sections.{section}", f"小标题应为1至{HEADING_LIMIT}个字", "请改正后重试")
    return Edit(
        "\n".join(line.rstrip() for line in body.strip().splitlines()), unnumbered(heading) if heading else None
    )


def unnumbered(heading: str) -> str:
    """A heading without its number, which follows from where it stands."""
    return _NUMBER.sub("", heading.strip())


def _filled(edits: Mapping[str, Edit], case: Case) -> dict[str, Edit]:
    """A person's words with the blanks in them filled that have been filled since."""
    out = {}
    for name, edit in edits.items():
        body = edit.body
        for one in case.form.fields:
            value = case.text(one.key)
            if value is not None:
                body = body.replace(blank(one.name), plain(value))
        out[name] = replace(edit, body=body)
    return out


def _subject(case: Case) -> str:
    """What the paper is about, in the words that name it: its matter, and a document that is yet to be issued."""
    return "".join((case.text("matter") or "", *_TO_BE_ISSUED.findall(case.narrative)))


def _plain_facts(facts: object) -> dict[str, object]:
    return dict(facts) if isinstance(facts, Mapping) else {}
