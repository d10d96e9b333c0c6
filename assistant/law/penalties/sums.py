"""Sums that an article states apart from its penalties: floors of a base, least and highest fines, a court's range."""

import re

from assistant.law.penalties.amounts import Amount, amounts
from assistant.law.penalties.pieces import COURT
from assistant.law.penalties.segments import Block
from assistant.law.penalties.subjects import subject_kind
from assistant.schema import PenaltyClause

STATED = re.compile(
    r"对(?P<who>[^，。；]{2,20}?)的罚款(?:的)?(?:金额|数额"
    r"|幅度)?，?为(?P<amount>[^，。；]{2,24}元(?:以下)?)"
)
_LIMIT = re.compile(
    r"[但最](?:罚款)?(?:总额|数额|金额)?(?:最?[高低多])?不(?:得)?(?P<way>低于|超过)(?P<amount>[^，。；：]{1,10}元)(?!的?罚款)"
)
_FLOOR = re.compile(
    r"(?P<of>[^，。；]{0,12}?)(?:不足|不满|低于)[^，。；]{1,10}的?，?(?:以"
    r"|按照?)(?P<amount>[^，。；]{1,10}元)(?:计算|计)"
)


def stated(
    text: str, found: tuple[Amount, ...], block: Block, match: re.Match[str], start: int
) -> list[tuple[Amount, PenaltyClause]]:
    """对个人的罚款金额，为十万元以下: the range that a court's fines of the article stay in, with its amount."""
    begin, end = start + match.start("amount"), start + match.end("amount")
    return [
        (
            amount,
            PenaltyClause(
                kind="罚款",
                min=amount.min,
                max=amount.max,
                base="fixed",
                subject=match["who"],
                subject_kind=subject_kind(match["who"]),
                text=match[0],
                mode=f"罚款…{amount.form}",
                judicial=bool(COURT.search(text)),
                paragraph=block.paragraph,
                item=block.item,
                offsets=(start + match.start(), start + match.end()),
            ),
        )
        for amount in found
        if begin <= amount.start < end
    ]


def limits(text: str, found: tuple[Amount, ...], clauses: list[PenaltyClause]) -> list[Amount]:
    """但罚款不得低于二千元: sets the least or highest sum of the fine before it; the amounts that say so."""
    taken = []
    for match in _LIMIT.finditer(text):
        for amount in found:
            if match.start("amount") < amount.end <= match.end("amount"):
                taken.append(amount)
                name = "least" if match["way"] == "低于" else "cap"
                before = [i for i, c in enumerate(clauses) if c.kind == "罚款" and c.offsets[1] <= match.start()]
                for at in before[-1:]:
                    clauses[at] = clauses[at].model_copy(update={name: amount.max or amount.min})
    return taken


def floors(text: str, clauses: list[PenaltyClause]) -> None:
    """不足一万元的，按一万元计算 belongs to the fines of its paragraph that multiply the same quantity."""
    for match in _FLOOR.finditer(text) if "计" in text else ():
        floor = next((a.max for a in amounts(match["amount"]) if a.unit == "元"), None)
        paragraph = text.count("\n", 0, match.start())
        for at, clause in enumerate(clauses):
            same = text.count("\n", 0, clause.offsets[0]) == paragraph
            if same and clause.kind == "罚款" and clause.base and match["of"].endswith(clause.base[-4:]):
                clauses[at] = clause.model_copy(update={"floor": floor})


def quantities(clauses: list[PenaltyClause]) -> None:
    """A condition names the quantity that another fine of its paragraph multiplies, in fewer words: one name."""
    bases = {(c.paragraph, c.base) for c in clauses if c.kind == "罚款" and c.base not in (None, "fixed", "日")}
    for at, clause in enumerate(clauses):
        bound = clause.applies_if
        if bound is None or (clause.paragraph, bound.quantity) in bases or len(bound.quantity) < 3:
            continue
        whole = {b for paragraph, b in bases if paragraph == clause.paragraph and b and b.endswith(bound.quantity)}
        if len(whole) == 1:
            same = bound.model_copy(update={"quantity": whole.pop()})
            clauses[at] = clause.model_copy(update={"applies_if": same})
