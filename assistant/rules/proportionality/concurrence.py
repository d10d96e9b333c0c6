"""One act against several provisions: fined once, by the provision that fines more (行政处罚法第二十九条)."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.rules.proportionality.under import UnderText
from assistant.rules.proportionality.wording import span
from assistant.schema import ComparedBasis, ReviewFinding

ONCE = "《中华人民共和国行政处罚法》第二十九条"


@dataclass(frozen=True)
class Concurrence:
    """The provisions side by side; `lower`: the one that was chosen is known not to fine most."""

    compared: tuple[ComparedBasis, ...] = ()
    findings: tuple[ReviewFinding, ...] = ()
    lower: bool = False
    asks: tuple[str, ...] = ()


def concur(chosen: UnderText, others: Sequence[UnderText]) -> Concurrence:
    """The chosen basis beside others that the same act violates, each with its range for the facts of the case.

    What fines more is judged by the maximum, then by the minimum. While a range is open nothing is said of the order.
    """
    if not others:
        return Concurrence()
    every = (chosen, *others)
    known = [one for one in every if one.unit.range is not None]
    top = max((one.lightness for one in known), default=None)
    compared = tuple(
        ComparedBasis(
            basis=one.ruling.label,
            range=one.unit.range,
            highest=one.unit.range is not None and one.lightness == top and len(known) == len(every),
            note=None if one.unit.range is not None else "幅度取决于待查的事实，或者没有规定罚款",
        )
        for one in every
    )
    listed = "；".join(
        f"{one.ruling.label}：{span(one.unit.range) if one.unit.range is not None else '待查'}" for one in every
    )
    fines = [one for one in every if any(c.kind == "罚款" for c in one.ruling.clauses)]
    if len(fines) < 2:
        text = f"只有一个规定设定了罚款，不发生罚款的竞合（{listed}）"
        return Concurrence(compared, (_finding("no_concurrence", "info", text),))
    rule = "同一个违法行为违反多个规定都应当罚款的，按罚款数额高的规定处罚，只罚一次；其他种类的处罚依各自的规定"
    if len(known) < len(every):
        asks = tuple(dict.fromkeys(fact for one in every if one.unit.range is None for fact in one.asks))
        return Concurrence(compared, (_finding("concurrence_open", "warning", f"{rule}。{listed}"),), asks=asks)
    if chosen.lightness == top:
        more = "（几个规定的幅度相同的，由机关择一，说明理由）" if sum(one.highest for one in compared) > 1 else ""
        text = f"{rule}。所引依据的罚款数额最高{more}：{listed}。确属两个以上的行为的，分别处罚"
        return Concurrence(compared, (_finding("concurrence", "info", text),))
    best = next(one for one in every if one.lightness == top)
    text = f"{rule}。{best.ruling.label}的罚款数额高于所引依据，应当改引：{listed}。一般规定与特别规定的关系另行核对"
    return Concurrence(compared, (_finding("lower_basis", "error", text),), lower=True)


def _finding(code: str, severity: str, text: str) -> ReviewFinding:
    return ReviewFinding.model_validate({"code": code, "severity": severity, "text": text, "basis": (ONCE,)})
