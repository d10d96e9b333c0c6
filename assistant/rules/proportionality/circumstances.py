"""What makes a penalty lighter, heavier or impossible, held against the proposed fine."""

import datetime as dt
from collections.abc import Sequence

from assistant.knowledge.discretion import Discretion
from assistant.rules.facts import Approximate
from assistant.rules.procedure.money import plain
from assistant.rules.proportionality.fines import FineJudged
from assistant.rules.statutes import statute_grounds
from assistant.rules.weighing import Weighed
from assistant.schema import CaseFacts, FineRange, ProposedPenalty, ReviewFinding

LAW = "《中华人民共和国行政处罚法》"
_STRICT = ("apl-30-child", "apl-31-incapable")


class Circumstances:
    """The grounds of 行政处罚法第三十条至第三十三条、第三十六条 as they stand for the case."""

    def __init__(self, facts: CaseFacts, as_of: dt.date, text: str, rough: Sequence[Approximate]) -> None:
        self._facts = facts
        self._met = [w for w in statute_grounds(facts, as_of, text, rough) if w.met]

    @property
    def lighter(self) -> tuple[Weighed, ...]:
        """Grounds that are met and make the penalty lighter (从轻或者减轻)."""
        return tuple(w for w in self._met if w.verdict == "mitigate")

    @property
    def forbids(self) -> tuple[Weighed, ...]:
        """Grounds that are met by facts alone and leave no penalty: a child, a person without control of their acts."""
        return tuple(w for w in self._met if w.ground.id in _STRICT)

    @property
    def heavier(self) -> tuple[str, ...]:
        """Facts that speak for a heavier penalty."""
        names = (("repeated", "再犯"), ("refused_correction", "拒不改正"), ("obstructed", "拒绝、阻碍执法"))
        held = [word for name, word in names if (fact := getattr(self._facts, name)) is not None and fact.value]
        harm = self._facts.harm
        return (*held, *((f"危害后果{harm.value}",) if harm is not None and harm.value in ("较大", "严重") else ()))

    def findings(self) -> list[ReviewFinding]:
        """What the grounds say, whatever the fine."""
        out = []
        for weighed in self._met:
            ground = weighed.ground
            said = f"{ground.title}：{ground.effect}"
            if ground.id in _STRICT:
                out.append(ReviewFinding(code="must_not_punish", severity="error", text=said, basis=ground.basis))
            elif ground.id == "apl-36":
                out.append(ReviewFinding(code="limitation_passed", severity="error", text=said, basis=ground.basis))
            elif weighed.verdict in ("must_not_punish", "may_not_punish"):
                text = f"{said}。请先核验是否应当或者可以免罚，再谈轻重"
                out.append(ReviewFinding(code="perhaps_no_penalty", severity="warning", text=text, basis=ground.basis))
            elif weighed.verdict == "mitigate":
                out.append(ReviewFinding(code="lighter_ground", severity="info", text=said, basis=ground.basis))
        if self.heavier:
            text = f"{'、'.join(self.heavier)}：可以作为较重处罚的理由，但不得超过法定上限"
            out.append(ReviewFinding(code="heavier_facts", severity="info", text=text, basis=(f"{LAW}第五条第二款",)))
        return out

    def against(
        self, judged: FineJudged, proposed: ProposedPenalty, discretion: Discretion
    ) -> tuple[list[ReviewFinding], bool]:
        """The fine within its range: what the circumstances say of it, and whether it ignores a ground to be lighter.

        It is outside only when every way to cut the range that is held agrees, so no unverified figure decides alone.
        """
        spread, fine = judged.range, proposed.fine
        if spread is None or spread.max is None or not fine or not spread.min <= fine <= spread.max:
            return [], False
        out = []
        width = spread.max - spread.min
        hint = _hint(spread, discretion)
        if hint and width:
            out.append(hint)
        lighter = [w for w in self.lighter if not w.ground.effect.startswith("可以")]
        ends = [spread.min + m.lighter_to * width for m in discretion.methods]
        if lighter and not self.heavier and width and ends and fine > max(ends):
            names = "、".join(w.ground.title for w in lighter)
            text = f"{names}，应当从轻或者减轻，拟罚{plain(fine)}元按各种分法都不在从轻的一段，请说明理由或者降低"
            basis = tuple(b for w in lighter for b in w.ground.basis)
            out.append(ReviewFinding(code="lighter_ground_ignored", severity="error", text=text, basis=basis))
            return out, True
        if fine == spread.max and width and not self.heavier:
            text = "按法定上限处罚，却看不出从重的事实，应当与事实、性质、情节和危害程度相当"
            out.append(ReviewFinding(code="at_maximum", severity="warning", text=text, basis=(f"{LAW}第五条第二款",)))
        return out, False


def _hint(spread: FineRange, discretion: Discretion) -> ReviewFinding | None:
    assert spread.max is not None
    width = spread.max - spread.min
    parts = [
        f"{m.name}：从轻{plain(spread.min)}至{plain(spread.min + m.lighter_to * width)}元，"
        f"一般至{plain(spread.min + m.heavier_from * width)}元，从重至{plain(spread.max)}元"
        for m in discretion.methods
    ]
    if not parts:
        return None
    text = "没有收录正式的裁量基准。仅供参考的分段（性质待核，不是正式阶次）：" + "；".join(parts)
    return ReviewFinding(code="tier_hint", severity="info", text=text, basis=(f"{LAW}第三十四条",))
