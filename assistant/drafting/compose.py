"""Compose a paper: the form's own words with their slots filled, and between them what the program writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.drafting.blocks import BLOCKS, Written
from assistant.drafting.blocks.facts import contradictions, to_ask
from assistant.drafting.blocks.precedents import similar
from assistant.drafting.case import Case
from assistant.drafting.forms import AS_OF, SLOT
from assistant.drafting.markup import blank, plain
from assistant.drafting.values import chinese_date
from assistant.schema import FormSection, OpinionFigure, OpinionMissing, Veto


@dataclass(frozen=True)
class Composed:
    """A paper before it is checked: a body for each section of the form that has one, in order."""

    title: str
    bodies: Mapping[str, str]
    figures: tuple[OpinionFigure, ...] = ()
    missing: tuple[OpinionMissing, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    notes: tuple[str, ...] = ()


def compose(case: Case, title: str | None = None) -> Composed:
    """The paper of a case. Nothing blank is invented: it shows as 【待填：…】 and stands in `missing`."""
    bodies: dict[str, str] = {}
    parts: list[Written] = []
    for section in case.form.sections:
        body = _body(case, section, parts)
        if body:
            bodies[section.id] = body
    if all(part.block != "类似决定" for section in case.form.sections for part in section.parts):
        # A paper that goes out of the house does not argue with reports of other cases; its writer may look at them.
        found = similar(case)
        parts.append(Written(notes=(*found.lines, *found.notes)))
    wrong = contradictions(case)
    vetoes = [v for part in parts for v in part.vetoes]
    if wrong:
        vetoes.insert(0, Veto(code="facts_conflict", text="事实相互矛盾，核实以前不能定稿：" + "；".join(wrong)))
    wanted = (*_blank(case), *(m for p in parts for m in p.missing), *to_ask(case))
    asked = {f"{one.fact}\n{one.question}": one for one in wanted}
    return Composed(
        title=plain(title).replace("\n", " ") if title else fill(case, case.form.title) or case.form.name,
        bodies=bodies,
        figures=tuple(dict.fromkeys(f for part in parts for f in part.figures)),
        missing=tuple(sorted(asked.values(), key=lambda one: not one.required)),
        vetoes=tuple({v.code: v for v in reversed(vetoes)}.values())[::-1],
        notes=tuple(dict.fromkeys((*_read_here(case), *(note for part in parts for note in part.notes)))),
    )


def _read_here(case: Case) -> tuple[str, ...]:
    """What stands in the fields only because the description says so."""
    fields = [field for key in case.read_here if (field := case.form.field(key)) is not None]
    told = "；".join(f"{field.name}：{case.text(field.key)}" for field in fields)
    return (f"下列各项是从描述里读出的，请核对，不对的填写改正：{told}",) if told else ()


def _body(case: Case, section: FormSection, parts: list[Written]) -> str:
    lines: list[str] = []
    for part in section.parts:
        if part.block is not None:
            written = BLOCKS[part.block].write(case)
            parts.append(written)
            lines += written.lines
        elif part.text is not None and (filled := fill(case, part.text)) is not None:
            lines.append(filled)
    return "\n".join(lines)


def fill(case: Case, text: str) -> str | None:
    """Words of the form with their slots filled; None when one of them is an optional field left blank."""
    values: dict[str, str] = {AS_OF: chinese_date(case.as_of)}
    for name in SLOT.findall(text):
        field = case.form.field(name)
        if field is None:
            continue
        value = case.text(field.key)
        if value is None and not field.required:
            return None
        if value is not None and field.type == "条款":
            value = case.cite(value)
        values[name] = plain(value) if value is not None else blank(field.name)
    filled = SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)
    return filled.replace("。。", "。").replace("；。", "。")


def _blank(case: Case) -> list[OpinionMissing]:
    """The fields still blank that the paper needs, and the closed questions that nobody has answered."""
    return [
        OpinionMissing(
            fact=f"fields.{field.key}",
            label=field.name,
            question=field.question,
            options=field.options,
            required=field.required,
        )
        for field in case.form.fields
        if case.text(field.key) is None and (field.required or (field.type == "选项" and field.asked))
    ]
