"""What a reviewer changed: two versions of a paper, section by section and field by field."""

import difflib
import re

from assistant.drafting.values import written
from assistant.schema import (
    FieldValue,
    OpinionComparison,
    OpinionContent,
    OpinionForm,
    OpinionVersion,
    SectionChange,
    TextChange,
)

_PIECE = re.compile(r"[，。；：！？、\n]|[^，。；：！？、\n]+")
_LONG = 4_000
"""Characters beyond which a changed stretch is shown whole, not letter by letter."""


def compare(
    before: tuple[OpinionVersion, OpinionContent], after: tuple[OpinionVersion, OpinionContent], form: OpinionForm
) -> OpinionComparison:
    """How `after` differs from `before`; what is the same in both is there too, so that a reader keeps his place."""
    (old_version, old), (new_version, new) = before, after
    was = {section.id: section for section in old.sections}
    now = {section.id: section for section in new.sections}
    order = [section.id for section in form.sections if section.id in was or section.id in now]
    sections = [
        SectionChange(
            id=name,
            heading=(now.get(name) or was[name]).heading,
            changes=changes(
                f"{was[name].heading}\n{was[name].body}" if name in was else "",
                f"{now[name].heading}\n{now[name].body}" if name in now else "",
            ),
        )
        for name in order
    ]
    if old.title != new.title:
        sections.insert(0, SectionChange(id="title", heading="标题", changes=changes(old.title, new.title)))
    fields = []
    for field in form.fields:
        one, two = _shown(form, field.key, old.fields), _shown(form, field.key, new.fields)
        if one != two:
            fields.append(SectionChange(id=field.key, heading=field.name, changes=changes(one, two)))
    return OpinionComparison(before=old_version, after=new_version, sections=tuple(sections), fields=tuple(fields))


def _shown(form: OpinionForm, key: str, values: dict[str, FieldValue]) -> str:
    field, value = form.field(key), values.get(key)
    return written(field, value) if field is not None and value is not None else ""


def changes(before: str, after: str) -> tuple[TextChange, ...]:
    """Runs of text that both share and that one of them alone has: by clauses first, then by characters within them."""
    one, two = _PIECE.findall(before), _PIECE.findall(after)
    out: list[TextChange] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        old, new = "".join(one[a:b]), "".join(two[c:d])
        if kind == "equal":
            out.append(TextChange(kind="equal", text=old))
        elif old and new and len(old) + len(new) <= _LONG:
            out += _letters(old, new)
        else:
            out += [TextChange(kind="delete", text=old)] if old else []
            out += [TextChange(kind="insert", text=new)] if new else []
    return _joined(out)


def _letters(before: str, after: str) -> list[TextChange]:
    out: list[TextChange] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            out.append(TextChange(kind="equal", text=before[a:b]))
            continue
        out += [TextChange(kind="delete", text=before[a:b])] if b > a else []
        out += [TextChange(kind="insert", text=after[c:d])] if d > c else []
    return out


def _joined(runs: list[TextChange]) -> tuple[TextChange, ...]:
    out: list[TextChange] = []
    for run in runs:
        if out and out[-1].kind == run.kind:
            out[-1] = TextChange(kind=run.kind, text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)
