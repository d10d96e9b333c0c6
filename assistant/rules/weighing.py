"""A ground weighed: what it would decide, whether it is at issue, and which facts it waits for."""

from dataclasses import dataclass

from assistant.schema import ConditionFinding, ExemptionVerdict, Ground, ListFacts, Met

STRENGTH: dict[ExemptionVerdict, int] = {
    "must_not_punish": 4,
    "may_not_punish": 3,
    "no_penalty_provision": 2,
    "mitigate": 1,
}
"""The strongest ground that is met decides, in the order of the contract."""

LAW = "《中华人民共和国行政处罚法》"

BASIS = "罚则"
"""The penalty provision as a person gave it, kept in `other`."""


@dataclass(frozen=True)
class Weighed:
    """`verdict` is what the ground gives when it is met; `missing` are the facts that keep it open.

    `raised` False: nothing in the case speaks of it. It stays open all the same, and is asked last.
    """

    ground: Ground
    verdict: ExemptionVerdict
    missing: tuple[str, ...] = ()
    raised: bool = True

    @property
    def met(self) -> bool:
        return self.ground.status == "met"

    @property
    def open(self) -> bool:
        return self.ground.status == "unknown"


@dataclass(frozen=True)
class Line:
    """A condition with the fact that would settle it."""

    id: str
    label: str
    status: Met
    because: str
    fact: str | None = None

    @property
    def finding(self) -> ConditionFinding:
        return ConditionFinding(id=self.id, label=self.label, status=self.status, because=self.because)


def weigh(
    ground_id: str,
    title: str,
    effect: str,
    verdict: ExemptionVerdict,
    status: Met,
    lines: tuple[Line, ...],
    basis: tuple[str, ...],
    *,
    raised: bool = True,
    note: str | None = None,
    listed: ListFacts | None = None,
) -> Weighed:
    """A ground of `lines`."""
    ground = Ground(
        id=ground_id,
        kind="statute" if listed is None else "list",
        title=title,
        effect=effect,
        status=status,
        conditions=tuple(line.finding for line in lines),
        basis=basis,
        list=listed,
        note=note,
    )
    missing = tuple(dict.fromkeys(line.fact for line in lines if line.status == "unknown" and line.fact))
    return Weighed(ground, verdict, missing if status == "unknown" else (), raised)
