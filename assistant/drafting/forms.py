"""The forms of the papers: `knowledge_base/templates/*.yaml`, each beside its Word template; taken whole or refused."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.drafting.blocks import BLOCKS
from assistant.drafting.templates import Template, read_template
from assistant.errors import InputError, KnowledgeError
from assistant.knowledge.marked import MarkedYaml
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.schema import FormField, FormPart, FormPoint, FormSection, OpinionForm

AS_OF = "判断日期"
"""The one slot that is no field."""
SLOT = re.compile(r"\{([^{}]*)\}")
_YES = {"是": True, "否": False, True: True, False: False}
_HEAD = {"文书": "name", "种类": "kind", "标题": "title", "模板": "template"}
_FIELD = {
    "名称": "name",
    "键": "key",
    "问": "question",
    "类型": "type",
    "必填": "required",
    "选项": "options",
    "提问": "asked",
}
_POINT = {"名称": "name", "词": "words", "代码": "codes", "说明": "text", "依据": "basis"}
_SECTION = ("编号", "标题", "说理", "结论", "内容")
_TOP = (*_HEAD, "应引", "字段", "审查点", "章节")


@dataclass(frozen=True)
class Forms:
    """Every form with its template, by kind."""

    forms: Mapping[str, OpinionForm]
    templates: Mapping[str, Template]

    def form(self, kind: str) -> OpinionForm:
        """The form of a kind. InputError when there is none."""
        found = self.forms.get(kind)
        if found is None:
            known = "、".join(f"{form.kind}（{form.name}）" for form in self.forms.values())
            raise InputError("kind", f"没有“{kind}”这种文书", f"可以拟的有：{known}")
        return found


def load_forms(folder: Path, library: Library, as_of: dt.date) -> Forms:
    """All forms of a folder. KnowledgeError names every problem of every form and template, with file and line."""
    forms: dict[str, OpinionForm] = {}
    templates: dict[str, Template] = {}
    problems: list[str] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            form = _read(MarkedYaml(file), library, as_of, problems)
        except KnowledgeError as error:
            problems.append(f"{file.name}：{error.problem}")
            continue
        if form is None:
            continue
        if form.kind in forms:
            problems.append(f"{file.name}：种类 {form.kind} 已由《{forms[form.kind].name}》占用")
            continue
        try:
            names = [field.name for field in form.fields]
            templates[form.kind] = read_template(folder / form.template, names)
        except KnowledgeError as error:
            problems.append(f"{error.where}：{error.problem}")
        forms[form.kind] = form
    if problems:
        raise KnowledgeError("文书模板", "\n".join(problems), "逐条改正后重新加载；文书的写法见模板文件夹里的说明")
    return Forms(forms, templates)


def _read(marked: MarkedYaml, library: Library, as_of: dt.date, problems: list[str]) -> OpinionForm | None:
    raw, before = marked.value, len(problems)
    if not isinstance(raw, dict):
        problems.append(f"{marked.file.name}：应为键值对")
        return None
    problems += marked.faults
    problems += [
        f"{marked.where((key,))}：不认识的键“{key}”，可用的有{'、'.join(_TOP)}" for key in raw if key not in _TOP
    ]
    fields = [_field(marked, at, row, problems) for at, row in marked.entries("字段")]
    points = [_point(marked, at, row, problems) for at, row in marked.entries("审查点")]
    sections = [_section(marked, at, row, problems) for at, row in marked.entries("章节")]
    if len(problems) > before:
        return None
    try:
        form = OpinionForm.model_validate(
            {field: raw.get(key) for key, field in _HEAD.items()}
            | {"fields": fields, "points": points, "sections": sections, "references": raw.get("应引") or ()}
        )
    except ValidationError as error:
        chinese = {field: key for key, field in _HEAD.items()}
        for one in error.errors():
            name = chinese.get(str(one["loc"][0]), str(one["loc"][0]))
            problems.append(f"{marked.where((name,))}：“{name}”缺少或者不对")
        return None
    problems += _faults(form, marked, library, as_of)
    return form if len(problems) == before else None


def _named(names: Mapping[str, str], row: object, where: str, problems: list[str]) -> dict[str, Any] | None:
    if not isinstance(row, dict):
        problems.append(f"{where}：应为键值对")
        return None
    problems += [f"{where}：不认识的键“{key}”，可用的有{'、'.join(names)}" for key in row if key not in names]
    return {names[key]: value for key, value in row.items() if key in names}


def _field(marked: MarkedYaml, at: int, row: object, problems: list[str]) -> FormField | None:
    where = marked.where(("字段", at))
    named = _named(_FIELD, row, where, problems)
    if named is None:
        return None
    for key, name, usual in (("required", "必填", "否"), ("asked", "提问", "是")):
        if named.get(key, usual) not in _YES:
            problems.append(f"{where}：“{name}”应为是或者否")
        named[key] = _YES.get(named.get(key, usual), False)
    try:
        field = FormField.model_validate(named)
    except ValidationError as error:
        chinese = {field: key for key, field in _FIELD.items()}
        problems += [f"{where}：“{chinese.get(str(e['loc'][0]), e['loc'][0])}”缺少或者不对" for e in error.errors()]
        return None
    if not field.name.isidentifier():
        problems.append(f"{where}：“{field.name}”不能作Word模板的占位符（只能用文字、数字和下划线，不以数字开头）")
    if (field.type == "选项") != bool(field.options):
        problems.append(f"{where}：“选项”只用于类型为选项的字段，并且要列出可选的值")
    return field


def _point(marked: MarkedYaml, at: int, row: object, problems: list[str]) -> FormPoint | None:
    where = marked.where(("审查点", at))
    named = _named(_POINT, row, where, problems)
    if named is None:
        return None
    try:
        return FormPoint.model_validate(named)
    except ValidationError as error:
        chinese = {field: key for key, field in _POINT.items()}
        problems += [f"{where}：“{chinese.get(str(e['loc'][0]), e['loc'][0])}”缺少或者不对" for e in error.errors()]
        return None


def _section(marked: MarkedYaml, at: int, row: object, problems: list[str]) -> FormSection | None:
    where = marked.where(("章节", at))
    if not isinstance(row, dict) or not isinstance(row.get("内容"), list):
        problems.append(f"{where}：章节应有{'、'.join(_SECTION)}，内容是一个列表")
        return None
    problems += [f"{where}：不认识的键“{key}”，可用的有{'、'.join(_SECTION)}" for key in row if key not in _SECTION]
    parts: list[FormPart] = []
    for number, part in enumerate(row["内容"]):
        place = marked.where(("章节", at, "内容", number))
        if isinstance(part, str):
            parts.append(FormPart(text=part))
        elif isinstance(part, dict) and set(part) == {"程序"} and part["程序"] in BLOCKS:
            parts.append(FormPart(block=part["程序"]))
        else:
            known = "、".join(BLOCKS)
            problems.append(f"{place}：内容应为一段话，或者“程序: 名称”；可用的程序有{known}")
    name, heading = row.get("编号"), row.get("标题")
    if (
        not isinstance(name, str)
        or not isinstance(heading, str)
        or any(row.get(key, "否") not in _YES for key in ("说理", "结论"))
    ):
        problems.append(f"{where}：编号和标题应为文字，说理和结论应为是或者否")
        return None
    return FormSection(id=name, heading=heading, parts=tuple(parts), reasoning=_YES[row.get("说理", "否")],
                       decides=_YES[row.get("结论", "否")])  # fmt: skip


def _faults(form: OpinionForm, marked: MarkedYaml, library: Library, as_of: dt.date) -> list[str]:
    """Names used twice or nowhere declared, blocks without the fields they read, citations that do not hold."""
    out = _twice([f.name for f in form.fields], "字段名称", marked) + _twice(
        [f.key for f in form.fields], "字段键", marked
    )
    out += _twice([s.id for s in form.sections], "章节编号", marked)
    slots = {field.name for field in form.fields} | {AS_OF}
    texts: list[tuple[tuple[object, ...], str]] = [(("标题",), form.title)]
    keys = {field.key for field in form.fields}
    for at, section in enumerate(form.sections):
        for number, part in enumerate(section.parts):
            path = ("章节", at, "内容", number)
            if part.text is not None:
                texts.append((path, part.text))
            elif part.block is not None and (lacking := BLOCKS[part.block].needs - keys):
                out.append(
                    f"{marked.where(path)}：程序“{part.block}”要用的字段（键）没有声明：{'、'.join(sorted(lacking))}"
                )
    for place, text in texts:
        unknown = [name for name in SLOT.findall(text) if name not in slots]
        out += [f"{marked.where(place)}：没有名为“{name}”的字段" for name in unknown]
    for at, point in enumerate(form.points):
        texts.append((("审查点", at), "、".join(point.basis)))
    for place, text in texts:
        for citation in check(SLOT.sub("", text), library, as_of):
            if citation.verdict != "verified":
                out.append(f"{marked.where(place)}：引文“{citation.text}”没有通过核验（{citation.detail}）")
    return out


def _twice(names: Collection[str], what: str, marked: MarkedYaml) -> list[str]:
    seen: set[str] = set()
    return [f"{marked.file.name}：{what}“{name}”写了两次" for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
