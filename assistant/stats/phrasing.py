"""Answers in words: the number first, then how it was computed and where it stands, then what to heed."""

from decimal import Decimal

from assistant.schema import Flag, Operand
from assistant.stats.checks import when
from assistant.stats.formula import write
from assistant.stats.ledger import Reading
from assistant.stats.numbers import plain, shown


def amount(value: Decimal, unit: str) -> str:
    return f"{shown(value)}{unit}"


def stated(reading: Reading) -> str:
    """The value as its source writes it: 约16万件, 5000余人次."""
    how = reading.figure.stated if reading.figure else None
    if (reading.figure and reading.figure.state == "推算") or how == "约":
        return f"约{amount(reading.value, reading.unit)}"
    if how == "余":
        return f"{shown(reading.value)}余{reading.unit}"
    return amount(reading.value, reading.unit)


def named(reading: Reading, *, timed: bool = False) -> str:
    """Scope and metric, with the time where it matters: 经开区履责率（截至2024年10月31日）."""
    name = f"{reading.scope}{reading.metric.name}"
    return f"{name}（{when(reading.time)}）" if timed else name


def operand(reading: Reading) -> Operand:
    return Operand(
        name=reading.metric.name, value=plain(reading.value), unit=reading.unit, as_of=reading.time.as_of,
        year=reading.time.year, scope=reading.scope, source=source(reading),
    )  # fmt: skip


def source(reading: Reading) -> str:
    """Where a number stands: title and place; for a computed one, how."""
    if reading.figure is not None:
        return f"《{reading.figure.source}》{reading.figure.place}"
    return f"由{'、'.join(part.metric.name for part in reading.operands)}计算"


def own_formula(reading: Reading) -> str | None:
    """参与执法人员265人 ÷ 行政执法人员288人, for a reading that has a formula with known operands."""
    if reading.formula is None or not reading.operands:
        return None
    by_name = {part.metric.name: part for part in reading.operands}
    return write(reading.formula, lambda name: f"{name}{amount(by_name[name].value, by_name[name].unit)}")


def sources(readings: list[Reading]) -> str:
    """The sources of several readings, each told once with what stands there."""
    places: dict[str, list[str]] = {}
    for reading in leaves(readings):
        text = f"{reading.metric.name}{stated(reading)}"
        listed = places.setdefault(source(reading), [])
        if text not in listed:
            listed.append(text)
    return "；".join(f"{place}（{'、'.join(texts)}）" for place, texts in places.items())


def leaves(readings: list[Reading]) -> list[Reading]:
    """The stated numbers that readings rest on, each once."""
    found: list[Reading] = []
    for reading in readings:
        below = [reading] if reading.figure is not None else []
        for leaf in below + leaves(list(reading.operands)):
            if leaf not in found:
                found.append(leaf)
    return found


def flags_of(readings: list[Reading]) -> tuple[Flag, ...]:
    """What is to be heeded of all numbers an answer touches, operands of operands included."""
    found: dict[Flag, None] = {}
    for reading in readings:
        for flag in reading.flags:
            found[flag] = None
        for flag in flags_of(list(reading.operands)):
            found[flag] = None
    return tuple(found)


def body(
    first: str, formula: str | None, rests_on: list[Reading], flags: tuple[Flag, ...], notes: tuple[str, ...]
) -> str:
    """The whole text of an answer."""
    lines = [first if first.endswith("。") else f"{first}。"]
    if formula:
        lines.append(f"算式：{formula}。")
    if rests_on:
        lines.append(f"出处：{sources(rests_on)}。")
    lines += [f"说明：{note}" for note in notes]
    lines += [f"提示：{flag.text}" for flag in flags]
    return "\n".join(lines)
