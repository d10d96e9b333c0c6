"""The review of a major administrative decision: authority, steps and content."""

from assistant.drafting.blocks.points import drafted_points, met_points
from assistant.drafting.blocks.written import Written, sentence
from assistant.drafting.case import Case
from assistant.drafting.markup import second, table
from assistant.schema import OpinionMissing

STEPS = (
    ("participation", "公众参与"),
    ("experts", "专家论证"),
    ("risk", "风险评估"),
    ("competition", "公平竞争审查"),
    ("collective", "集体讨论"),
)
_SKIPPED = "未履行"


def _unknown(case: Case) -> list[tuple[str, str]]:
    return [(key, name) for key, name in STEPS if case.text(key) is None]


def _skipped(case: Case) -> list[str]:
    return [name for key, name in STEPS if case.text(key) == _SKIPPED]


def _points(case: Case) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((point.name, words) for point, words in met_points(case, case.narrative))


def conclusion(case: Case) -> Written:
    """Whether the draft may go on: what its content must mend first, then the steps, then what nobody has told."""
    matter = case.slot("matter")
    points, skipped, unknown = _points(case), _skipped(case), _unknown(case)
    lines = []
    if points:
        names = "、".join(name for name, _ in points)
        lines.append(f"{matter}涉及{names}，应当按“内容”一节修改或者补充上位法依据后，再提交讨论决定。")
    if skipped:
        lines.append(f"下列程序没有履行，补齐以前不应当提交讨论决定：{'、'.join(skipped)}。")
    if unknown:
        names = "、".join(name for _, name in unknown)
        lines.append(f"下列程序是否履行，送来的材料没有说明，现阶段不能出具合法的结论：{names}。")
    if not lines:
        lines.append(
            f"可以提交讨论决定。按送来的材料，没有发现{matter}有违反上位法的内容；以文件全文和程序材料属实为前提。"
        )
    return Written(tuple(lines))


def authority(case: Case) -> Written:
    """The provision that the decision rests on, in its own words."""
    value = case.values.get("authority")
    found = case.law(value) if isinstance(value, str) else None
    if found is None:
        return Written((f"职权依据：{case.cite(value) if isinstance(value, str) else case.slot('authority')}。",))
    note = "条文附后。决策事项是否在上述职权范围内，应当对照承办单位的职责核对。"
    return Written((f"职权依据是{found.citation}（{found.standing}），{note}",))


def steps(case: Case) -> Written:
    """The steps of a major decision and whether each was taken."""
    held = [name for name in case.form.references if case.library.resolve_title(name)]
    lacking = [name for name in case.form.references if not case.library.resolve_title(name)]
    rows = [
        (name, case.text(key) or "待查", "送审材料" if case.text(key) else "送审材料没有说明") for key, name in STEPS
    ]
    rows.append(("合法性审查", "本次审查", "本意见"))
    missing = tuple(
        OpinionMissing(fact=f"fields.{key}", label=name, question=field.question, options=field.options)
        for key, name in _unknown(case)
        if (field := case.form.field(key)) is not None
    )
    notes = tuple(f"应当引用并核对“{name}”：没有收录，导入后自动引用" for name in lacking)
    tail = (f"上列程序的依据是{'、'.join(f'《{name}》' for name in held)}。",) if held else ()
    return Written((*table(("程序", "情况", "来源"), rows), *tail), missing=missing, notes=notes)


def content(case: Case) -> Written:
    """What in the draft touches on what such a paper may not set, with the words that show it and the rule."""
    found = drafted(case)
    if not found.lines:
        return Written(("按送来的描述，没有看到设定行政处罚、行政许可、行政强制或者限制竞争的内容，以文件全文为准。",))
    return found


def drafted(case: Case) -> Written:
    """The same; nothing where no such content is seen, or no paper is about to be issued."""
    found = drafted_points(case)
    lines: list[str] = []
    for at, (point, words) in enumerate(found, 1):
        lines.append(second(at, point.name))
        shown = "、".join(f"“{one}”" for one in dict.fromkeys(case.clause(word) for word in words))
        lines.append(f"送来的内容写到{shown}。{sentence(case, point.text, point.basis)}")
    return Written(tuple(lines))
