"""Which clauses of a provision apply to the facts of a case: each of their conditions in three values."""

import re
from dataclasses import dataclass

from assistant.knowledge.conditions import TIMELY
from assistant.schema import AmountBounds, CaseFacts, ConditionKind, Met, PenaltyClause

_QUANTITIES = {"货值金额": "goods_value", "违法所得": "illegal_gains"}
_RUNNING = re.compile(r"经营|用人单位|生产单位|商家|店")
_GRAVE_WORDS = re.compile(r"死亡|重伤|情节严重|情节恶劣|影响恶劣|多次|屡次|拒不|暴力|伪造|隐匿|销毁证据")
_EITHER = re.compile(r"(?:情节|逾期|拒不|造成|后果)[^，]{0,12}或者[^，]{0,6}(?:情节|逾期|拒不|造成|后果)")
_RANK: dict[ConditionKind, int] = {
    "情节特别严重": 40, "情节严重": 30, "情节较重": 20, "再次违法": 10, "造成后果": 10, "逾期不改正": 5, "拒不改正": 5,
    "情节较轻": 5,
}  # fmt: skip
_GRAVITY: tuple[ConditionKind, ...] = ("情节特别严重", "情节严重", "情节较重")


@dataclass(frozen=True)
class Atom:
    """One condition of a clause: `ask` is the fact that would settle it; `raised` False: nothing speaks of it.

    `quantity`: it chooses among clauses of which one must apply, so that being unknown does not mean no penalty.
    """

    status: Met
    ask: str | None = None
    raised: bool = True
    quantity: bool = False


@dataclass(frozen=True)
class Standing:
    """A clause with how its conditions stand."""

    index: int
    clause: PenaltyClause
    atoms: tuple[Atom, ...]

    @property
    def status(self) -> Met:
        """met when all conditions are, unmet when one is."""
        seen = {atom.status for atom in self.atoms}
        return "unmet" if "unmet" in seen else "unknown" if "unknown" in seen else "met"

    @property
    def raised(self) -> bool:
        """False when a condition is open that nothing in the case speaks of."""
        return all(atom.raised for atom in self.atoms if atom.status == "unknown")

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts that would settle it."""
        return tuple(dict.fromkeys(a.ask for a in self.atoms if a.status == "unknown" and a.ask is not None))

    @property
    def certain_of_kind(self) -> bool:
        """Whether only quantities are open: then this clause or its neighbour applies, but one of them does."""
        return all(atom.quantity for atom in self.atoms if atom.status == "unknown")

    @property
    def rank(self) -> int:
        """How special its conditions are: a graver clause that is met takes the place of the plain one."""
        return max((_RANK.get(kind, 0) for kind in self.clause.condition_kinds), default=0)


def stand(
    clauses: tuple[PenaltyClause, ...], facts: CaseFacts, text: str, cited_item: int | None
) -> tuple[Standing, ...]:
    """Every clause with how its conditions stand for the facts; `text` only ever raises a question."""
    fines = [c for c in clauses if c.kind == "罚款"]
    both = {c.subject_kind for c in fines} >= {"单位", "个人"}
    return tuple(
        Standing(at, clause, (_subject(clause, facts, both), *_conditions(clause, facts, text, cited_item)))
        for at, clause in enumerate(clauses)
    )


def _subject(clause: PenaltyClause, facts: CaseFacts, both: bool) -> Atom:
    party = facts.party_type.value if facts.party_type is not None else None
    if clause.subject_kind in ("行为人", "责任人员"):
        return Atom("met")
    if party is None:
        return Atom("unknown", "party_type", quantity=True) if both else Atom("met")
    if party == "个体工商户":
        fits = clause.subject_kind == "个人" or not both or _RUNNING.search(clause.subject or "") is not None
        return Atom("met") if fits else Atom("unknown", "party_type", quantity=True)
    unit = party in ("企业", "其他组织")
    return Atom("met" if unit == (clause.subject_kind == "单位") else "unmet")


def _conditions(clause: PenaltyClause, facts: CaseFacts, text: str, cited_item: int | None) -> list[Atom]:
    atoms = [_bounds(clause.applies_if, facts)] if clause.applies_if is not None else []
    if clause.applies_if is None and facts.value(f"other.{clause.base}无法计算") is True:
        atoms.append(Atom("unmet", quantity=True))  # a multiple of what cannot be worked out
    either: list[Atom] = []
    joined = _EITHER.search(clause.condition or "") is not None
    for kind in clause.condition_kinds:
        atom = _condition(kind, clause, facts, text, chosen=cited_item is not None and clause.item == cited_item)
        if atom is not None:
            (either if joined and kind in _RANK else atoms).append(atom)
    return [*atoms, _any(either)] if either else atoms


def _any(atoms: list[Atom]) -> Atom:
    """情节严重或者逾期未改正: one of them is enough."""
    order = {"met": 0, "unknown": 1, "unmet": 2}
    return min(atoms, key=lambda atom: (order[atom.status], not atom.raised))


def amount(quantity: str, facts: CaseFacts) -> tuple[float | None, str]:
    """What a quantity is in the case (yuan; None unknown), and the fact that holds it."""
    name = _QUANTITIES.get(quantity, f"other.{quantity}")
    value = facts.value(name)
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return (float(value) if known else None), name


def _bounds(bounds: AmountBounds, facts: CaseFacts) -> Atom:
    value, name = amount(bounds.quantity, facts)
    unknowable = facts.value(f"other.{bounds.quantity}无法计算")
    if unknowable is True:
        return Atom("met" if bounds.or_unknown else "unmet", quantity=True)
    if value is not None:
        return Atom("met" if bounds.holds(value) else "unmet", quantity=True)
    return Atom("unknown", name, quantity=True)


def _condition(kind: ConditionKind, clause: PenaltyClause, facts: CaseFacts, text: str, *, chosen: bool) -> Atom | None:
    """None for a condition that is no hurdle of its own (quantities stand in `applies_if`)."""
    if kind in ("逾期不改正", "拒不改正"):
        return _refusal(facts)
    if kind in _GRAVITY:
        return _gravity(kind, facts, text)
    if kind == "情节较轻":
        told = facts.value("other.情节较轻")
        if isinstance(told, bool):
            return Atom("met" if told else "unmet")
        light = facts.harm is not None and facts.harm.value in ("无", "轻微")
        return Atom("unknown", "other.情节较轻", raised=light)
    if kind == "造成后果":
        return _consequence(clause, facts, chosen=chosen)
    if kind == "再次违法":
        return _again(clause, facts)
    if kind in ("尚不构成犯罪", "构成犯罪"):
        crime = facts.value("other.构成犯罪")
        if isinstance(crime, bool):
            return Atom("met" if crime == (kind == "构成犯罪") else "unmet")
        return Atom("met") if kind == "尚不构成犯罪" else Atom("unknown", "other.构成犯罪", raised=False)
    return None


def _refusal(facts: CaseFacts) -> Atom:
    how = facts.corrected.value if facts.corrected is not None else None
    if how == "拒不改正" or (facts.refused_correction is not None and facts.refused_correction.value):
        return Atom("met")
    if how in TIMELY:
        return Atom("unmet")
    late = facts.value("other.逾期不改正")
    if isinstance(late, bool):
        return Atom("met" if late else "unmet")
    return Atom("unknown", "corrected" if how is None else "other.逾期不改正")


def _gravity(kind: ConditionKind, facts: CaseFacts, text: str) -> Atom:
    fact = f"other.{kind}"
    told = facts.value(fact)
    if isinstance(told, bool):
        return Atom("met" if told else "unmet")
    if kind == "情节特别严重" and facts.value("other.情节严重") is False:
        return Atom("unmet")
    harm = facts.harm.value if facts.harm is not None else None
    bad = [f for f in (facts.repeated, facts.refused_correction, facts.obstructed) if f is not None and f.value]
    hinted = bool(bad) or harm in ("较大", "严重") or _GRAVE_WORDS.search(text) is not None
    if hinted:
        return Atom("unknown", fact)
    # Gravity is for the authority to establish: nothing found of it means the plain clause.
    return Atom("unmet") if harm in ("无", "轻微", "一般") else Atom("unknown", fact, raised=False)


def _consequence(clause: PenaltyClause, facts: CaseFacts, *, chosen: bool) -> Atom:
    if chosen:  # the item cited is this very consequence
        return Atom("met")
    told = facts.value("other.造成后果")
    if isinstance(told, bool):
        return Atom("met" if told else "unmet")
    harm = facts.harm.value if facts.harm is not None else None
    if harm == "无":
        return Atom("unmet")
    return Atom("unknown", "harm" if harm is None else "other.造成后果", raised=harm is not None)


def _again(clause: PenaltyClause, facts: CaseFacts) -> Atom:
    told = facts.value("other.再次违法")
    if isinstance(told, bool):
        return Atom("met" if told else "unmet")
    first, prior = facts.first_violation, facts.prior_violations
    if (first is not None and first.value) or (prior is not None and prior.value == 0):
        return Atom("unmet")
    if facts.repeated is not None and not facts.repeated.value:
        return Atom("unmet")
    hinted = (first is not None and not first.value) or facts.repeated is not None or prior is not None
    return Atom("unknown", "other.再次违法", raised=hinted)
