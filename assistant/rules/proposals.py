"""What penalty a message proposes: how much, on whom, what besides, and under which provision."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.rules.facts.numbers import NUMBER, number
from assistant.rules.proportionality.kinds import read_kinds
from assistant.schema import CheckedCitation, Citation, ProposedPenalty

_UNITS = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_SUM = rf"(?P<number>{NUMBER})\s*(?P<scale>[百千万亿]?)\s*(?P<unit>元|块钱|块|圆)?(?P<after>\S{{0,3}})"
_FINED = re.compile(
    rf"(?:罚款?|罚金|处以?|并处|处罚款?|罚没)(?:他|她|它|我们?|你们?|这[家个]?[^，。；\d]{{0,6}}|当事人|对方|该[^，。；\d]{{0,4}}|人民币|金额|数额|为|是|到|了|掉|款|以|[：:]){{0,3}}\s*{_SUM}"
)
_BEFORE_FINE = re.compile(
    rf"(?P<number>{NUMBER})\s*(?P<scale>[百千万亿]?)\s*(?P<unit>元|块钱|块|圆)?\s*的?(?:行政)?罚款"
)
_CHANGED = re.compile(
    rf"(?:改(?:成|为|到)|换成|降(?:到|为|成)|提(?:到|高到)|加(?:到)|减(?:到|为)|调(?:到|整为|成))(?:罚款?|处)?\s*{_SUM}"
)
_NO_SUM = re.compile(r"^(?:次|回|倍|个|条|家|项|种|年|月|日|天|人|户|件|以上|以下|至|到|[-—~～])")
_PERSON = re.compile(
    r"对?(?:其|该)?(?:公司|单位|企业|的)*(?:法定代表人|法人代表|主要负责人|负责人|直接负责的主管人员|主管人员|责任人员?|直接责任人员?|经理|厂长|董事长|实际控制人|经办人)[^，。；]{0,12}$"
)
_KINDS = re.compile(
    r"警告|通报批评|没收违法所得|没收[^，。；、并罚]{2,12}|责令停产停业|停业整顿|责令停业|吊销[^，。；、]{0,10}(?:证|照|执照|资质)|暂扣[^，。；、]{0,10}(?:证|照)|行政拘留|拘留|限制从业"
)
_DENIED = re.compile(r"(?:不|免|只|能不能|可否|可以|没有?|未|免予|不予)(?:给予|要|再|用)?$")
_LIMIT = 1e13


@dataclass(frozen=True)
class Proposal:
    """`basis` is a provision in its one spelling, '' when the message names none; amounts are yuan."""

    fine: float | None = None
    fine_person: float | None = None
    kinds: tuple[str, ...] = ()
    basis: str = ""

    @property
    def penalty(self) -> ProposedPenalty:
        return ProposedPenalty(fine=self.fine, fine_person=self.fine_person, kinds=self.kinds)

    def over(self, before: ProposedPenalty | None) -> ProposedPenalty:
        """What was proposed before with this put over it."""
        old = before or ProposedPenalty()
        return ProposedPenalty(
            fine=self.fine if self.fine is not None else old.fine,
            fine_person=self.fine_person if self.fine_person is not None else old.fine_person,
            kinds=self.kinds or old.kinds,
        )


def proposal_in(text: str, cited: Sequence[CheckedCitation] = ()) -> Proposal:
    """What a message proposes. An amount counts only where it is that of a fine; ranges and multiples are none."""
    fine: float | None = None
    person: float | None = None
    for pattern in (_FINED, _BEFORE_FINE, _CHANGED):
        for match in pattern.finditer(text):
            amount = _yuan(match)
            if amount is None:
                continue
            clause = re.split(r"[，。；;,\n]", text[: match.start()])[-1]
            if _PERSON.search(clause):
                person = amount if person is None else person
            elif fine is None:
                fine = amount
    return Proposal(fine, person, _kinds(text), _basis(cited))


def amount_in(text: str) -> float | None:
    """The one sum that a short message states: 五万, 3000元; None when it states none."""
    match = re.fullmatch(rf"(?![-－负])[^\d\-－负]{{0,6}}?{_SUM}", text.strip("。！!？?了吧呢 "))
    return _yuan(match) if match else None


def _yuan(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    after = groups.get("after") or ""
    figure = number(match["number"])
    if figure is None or (not match["unit"] and _NO_SUM.match(after)):
        return None
    amount = float(figure) * _UNITS[match["scale"]]
    return amount if 1 <= amount < _LIMIT else None


def _kinds(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _KINDS.finditer(text):
        if _DENIED.search(text[: match.start()]):
            continue
        try:
            found += [kind for kind in read_kinds([match[0]]).kinds if kind != "罚款"]
        except InputError:
            continue
    return tuple(dict.fromkeys(found))


def _basis(cited: Sequence[CheckedCitation]) -> str:
    """The provision that is to carry the penalty: the first that a message cites, 行政处罚法 only when no other is."""
    held = [c for c in cited if c.law and c.article]
    special = [c for c in held if not str(c.law).endswith("行政处罚法")]
    for one in (*special, *held):
        return str(Citation(law=str(one.law), article=one.article, paragraph=one.paragraph, item=one.item))
    return ""
