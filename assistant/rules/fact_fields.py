"""The facts of a case as a form asks for them, in groups; their names, kinds and questions from one place."""

from functools import cache
from typing import Any, get_args

from assistant.rules.consistency import CHINESE
from assistant.rules.procedure.plan import DATES
from assistant.rules.questions import question
from assistant.schema import CaseFacts, Correction, FactField, FactGroup, FactKind, Harm, MentalState, PartyType

_GROUPS: dict[FactGroup, tuple[str, ...]] = {
    "违法行为": ("violation", "field", "conduct_date", "conduct_end_date", "duration_days"),
    "当事人": ("party_type", "age", "mental_state"),
    "后果与数额": ("harm", "goods_value", "illegal_gains", "affected_people", "concerns_life_or_finance"),
    "改正与态度": (
        "corrected", "reduced_harm", "commitment_signed", "refused_correction", "obstructed", "confessed_unknown",
        "merit",
    ),
    "过错与前科": ("first_violation", "prior_violations", "repeated", "no_fault_proof", "coerced"),
    "程序日期": ("discovered_date", "filed_date", "decision_date", *(f"other.{name}" for name in DATES)),
}  # fmt: skip
_CHOICES: dict[str, Any] = {
    "party_type": PartyType,
    "mental_state": MentalState,
    "harm": Harm,
    "corrected": Correction,
}
_YUAN = ("illegal_gains", "goods_value")
_UNITS = {"age": "周岁", "affected_people": "人", "duration_days": "天", "prior_violations": "次"}


@cache
def fact_fields() -> tuple[FactField, ...]:
    """Every field of `CaseFacts`, then the days of the file, group by group."""
    return tuple(_field(name, group) for group, names in _GROUPS.items() for name in names)


@cache
def kind_of(name: str) -> FactKind:
    """The kind of value a fact has; "text" for what a list asks under a name of its own."""
    if name in _CHOICES:
        return "choice"
    if name in _YUAN:
        return "yuan"
    if name in _UNITS:
        return "count"
    if name.removeprefix("other.") in DATES or name.endswith("_date"):
        return "day"
    annotation = CaseFacts.model_fields.get(name)
    return "yes_no" if annotation is not None and _takes(name, True) else "text"


def label_of(name: str) -> str:
    """The name of a fact in Chinese, as lists and forms have it."""
    return CHINESE.get(name, name.removeprefix("other."))


def _field(name: str, group: FactGroup) -> FactField:
    kind = kind_of(name)
    asked, _ = question(name, {})
    if kind == "day" and asked.startswith("“"):  # no question of its own
        asked = f"{label_of(name)}是哪一天？"
    options = get_args(_CHOICES[name]) if name in _CHOICES else ()
    unit = "元" if kind == "yuan" else _UNITS.get(name, "")
    return FactField(
        name=name, label=label_of(name), group=group, kind=kind, options=options, question=asked, unit=unit
    )


def _takes(name: str, value: bool) -> bool:
    try:
        return CaseFacts.model_validate({name: value}).value(name) is value
    except ValueError:
        return False
