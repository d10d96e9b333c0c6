"""Every stated total, rate and part, recomputed. What does not agree is kept and told, never repaired."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.schema import Flag
from assistant.stats.catalogue import Catalogue, Check
from assistant.stats.formula import Formula, added, evaluate, names, parse, write
from assistant.stats.ledger import Ledger, Reading, Time, compute
from assistant.stats.numbers import rounded, shown


@dataclass(frozen=True)
class Finding:
    """One check on the figures of one scope and time."""

    name: str
    scope: str
    time: Time
    agrees: bool
    text: str
    metrics: tuple[str, ...]
    operands: tuple[Reading, ...] = ()


def run_checks(catalogue: Catalogue, ledger: Ledger) -> tuple[Finding, ...]:
    """Run the declared checks, recompute every stated formula, and hold every part against its whole."""
    findings = [f for check in catalogue.checks for f in _declared(check, catalogue, ledger)]
    for reading in ledger.all():
        findings += _recomputed(reading, ledger)
        findings += _part(reading, ledger)
        findings += _published_growth(reading, ledger)
        findings += _grown(reading, ledger)
    flags: dict[tuple[str, str, Time], list[Flag]] = {}
    for finding in findings:
        if not finding.agrees:
            for metric in finding.metrics:
                for reading in ledger.readings(metric, finding.scope).values():
                    if reading.time == finding.time or (reading.time.year == finding.time.year
                                                        and (reading.time.as_of is None)):  # fmt: skip
                        key = (metric, finding.scope, reading.time)
                        flags.setdefault(key, []).append(Flag(code="inconsistent", text=finding.text))
    ledger.put_flags(flags)
    return tuple(findings)


def when(time: Time) -> str:
    """2024年, or 截至2024年12月23日."""
    if time.as_of is None:
        return f"{time.year}年"
    return f"截至{time.as_of.year}年{time.as_of.month}月{time.as_of.day}日"


def _declared(check: Check, catalogue: Catalogue, ledger: Ledger) -> list[Finding]:
    involved = tuple(dict.fromkeys(names(check.left) + names(check.right)))
    findings = []
    for scope in check.scopes or catalogue.scopes:
        times = {t for name in involved for t in ledger.readings(name, scope)}
        dated = {t for t in times if t.as_of is not None}
        for time in sorted(times, key=lambda t: t.rank):
            if time.as_of is None and any(t.year == time.year for t in dated):
                continue  # the yearly numbers are held against the last dated ones
            last = max((t for t in dated if t.year == time.year), key=lambda t: t.rank, default=time)
            parts = {
                name: ledger.at_exactly(name, scope, time)
                or (ledger.at_exactly(name, scope, Time(time.year)) if time == last else None)
                for name in involved
            }
            if finding := _compare(check, scope, time, parts):
                findings.append(finding)
    return findings


def _compare(check: Check, scope: str, time: Time, parts: dict[str, Reading | None]) -> Finding | None:
    known = {name: part for name, part in parts.items() if part is not None}
    unlisted = [name for name in names(check.right) if name not in known]
    if any(name not in known for name in names(check.left)):
        return None
    if unlisted and (check.bound or len(known) < 3 or len(added(check.right)) < 3):
        return None

    mixed = len({part.unit.startswith("万") for part in known.values()}) > 1

    def value(name: str) -> Fraction:
        if name not in known:
            return Fraction(0)
        return known[name].factor * (10_000 if mixed and known[name].unit.startswith("万") else 1)

    left, right = evaluate(check.left, value), evaluate(check.right, value)
    agrees = left <= right if check.bound else left == right
    unit = next((part.unit for part in known.values() if not part.unit.startswith("万")), None)
    unit = unit or next(iter(known.values())).unit
    scale = 100 if unit == "%" else 1

    def amount(number: Fraction) -> str:
        return f"{shown(rounded(number * scale))}{unit}"

    def words(formula: Formula) -> str:
        unlike = {n: part.unit if mixed else "" for n, part in known.items()}
        return write(formula, lambda n: f"{n}{shown(known[n].value)}{unlike[n]}" if n in known else f"{n}（未列）")

    gap = left - right
    missing = f"，来源没有列出{'、'.join(unlisted)}" if unlisted else ""
    one = len(names(check.right)) == 1
    if check.bound:
        sides = f"{words(check.left)}{'' if mixed else unit}，{'不超过' if agrees else '多于'}{words(check.right)}"
        relation = sides + ("" if mixed else f" = {amount(right)}")
    elif one:
        relation = f"{words(check.left)}{unit}，{words(check.right)}{unit}，{'两者一致' if agrees else '两者不一致'}"
    elif agrees:
        relation = f"{words(check.right)} = {amount(right)}，与{words(check.left)}{unit}一致"
    else:
        relation = (
            f"{words(check.right)} = {amount(right)}，而来源写{words(check.left)}{unit}，"
            f"{'少' if gap > 0 else '多'}{amount(abs(gap))}{missing}"
        )
    text = f"{scope}{when(time)}：{relation}。" + ("" if agrees else check.remark)
    involved = tuple(known) + (() if agrees else check.also)
    return Finding(check.name, scope, time, agrees, text, involved, tuple(known.values()))


def _recomputed(reading: Reading, ledger: Ledger) -> list[Finding]:
    """A stated number against its formula, to the decimals it is stated in; and the formulas that do not fit."""
    if reading.figure is None or reading.formula is None or reading.computed is None:
        return []
    step = Decimal(1).scaleb(min(0, int(reading.value.as_tuple().exponent)))
    agrees = rounded(reading.computed, step) == reading.value
    involved = (reading.metric.name, *(part.metric.name for part in reading.operands))
    text = (
        f"{reading.scope}{when(reading.time)}{reading.metric.name}："
        f"{write(reading.formula, lambda n: _named(n, reading.operands))} = {shown(rounded(reading.computed))}"
        f"{reading.unit}，来源写{shown(reading.value)}{reading.unit}，{'一致' if agrees else '不一致'}。"
    )
    for other in reading.metric.misfits if reading.figure.formula is None else ():
        formula = parse(other)
        parts = [ledger.at_exactly(n, reading.scope, reading.time) for n in names(formula)]
        known = [part for part in parts if part is not None]
        result = compute(formula, known) if len(known) == len(parts) else None
        if result is not None:
            fits = rounded(result, step) == reading.value
            print_of = {part.metric.name: _named(part.metric.name, (part,)) for part in known}
            text += (
                f"若按{write(formula, print_of.__getitem__)} = {shown(rounded(result))}"
                f"{reading.unit}，{'也相符' if fits else '与来源不符'}。"
            )
    return [
        Finding(f"{reading.metric.name}复算", reading.scope, reading.time, agrees, text, involved, reading.operands)
    ]


def _named(name: str, operands: tuple[Reading, ...]) -> str:
    part = next(p for p in operands if p.metric.name == name)
    return f"{name}{shown(part.value)}{part.unit}"


def _part(reading: Reading, ledger: Ledger) -> list[Finding]:
    """A part is not more than its whole."""
    whole = reading.metric.whole
    total = ledger.at_exactly(whole, reading.scope, reading.time) if whole else None
    if total is None or reading.figure is None or total.figure is None or reading.exact <= total.exact:
        return []
    text = (
        f"{reading.scope}{when(reading.time)}：{reading.metric.name}{shown(reading.value)}{reading.unit}"
        f"多于它所属的{whole}{shown(total.value)}{total.unit}。"
    )
    return [Finding(f"{reading.metric.name}与整体", reading.scope, reading.time, False, text,
                    (reading.metric.name, total.metric.name), (reading, total))]  # fmt: skip


def _grown(reading: Reading, ledger: Ledger) -> list[Finding]:
    """A number counted from the year's start is not less on a later day of it."""
    if (
        reading.figure is None
        or reading.time.as_of is None
        or reading.unit in ("%", "人")
        or reading.figure.stated == "取整"
    ):
        return []
    held = ledger.readings(reading.metric.name, reading.scope).values()
    before = [r for r in held if r.figure and r.time.year == reading.time.year and r.time.rank < reading.time.rank]
    if not before:
        return []
    early = before[-1]
    agrees = reading.exact >= early.exact
    text = (
        f"{reading.scope}{reading.metric.name}{when(early.time)}{shown(early.value)}{early.unit}，"
        f"{when(reading.time)}{shown(reading.value)}{reading.unit}，累计数{'没有减少' if agrees else '反而减少'}。"
    )
    return [Finding(f"{reading.metric.name}累计", reading.scope, reading.time, agrees, text,
                    (reading.metric.name,), (early, reading))]  # fmt: skip


def _published_growth(reading: Reading, ledger: Ledger) -> list[Finding]:
    """A published growth rate against the two years' numbers, where both were published."""
    figure = reading.figure
    before = ledger.at(reading.metric.name, reading.scope, Time(reading.time.year - 1))
    if figure is None or figure.year_on_year is None or before is None or before.figure is None:
        return []
    if before.figure.state == "推算":
        return []
    growth = (reading.exact / before.exact - 1) * 100
    step = Decimal(1).scaleb(min(0, int(figure.year_on_year.as_tuple().exponent)))
    agrees = rounded(growth, step) == figure.year_on_year
    text = (
        f"{reading.scope}{reading.metric.name}{figure.year}年{shown(reading.value)}、{figure.year - 1}年"
        f"{shown(before.value)}，增长{shown(rounded(growth))}%，来源写{figure.year_on_year}%，"
        f"{'一致' if agrees else '不一致'}。"
    )
    return [Finding(f"{reading.metric.name}增幅", reading.scope, reading.time, agrees, text,
                    (reading.metric.name,), (before, reading))]  # fmt: skip


def agreement(reading: Reading) -> bool | None:
    """Whether a stated number agrees with its formula; None where it has none."""
    if reading.figure is None or reading.computed is None:
        return None
    step = Decimal(1).scaleb(min(0, int(reading.value.as_tuple().exponent)))
    return rounded(reading.computed, step) == reading.value
