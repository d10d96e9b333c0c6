"""What a decision or a notice imposes: fines, confiscations, other kinds, each with the line that says so."""

import re
from dataclasses import dataclass

from assistant.casefiles.amounts import Amount, find_amounts, told_twice
from assistant.casefiles.cutting import Paper
from assistant.casefiles.intake import Line
from assistant.schema import PenaltyKind

_START = re.compile(
    r"决定[^。；\n]{0,12}?(?:对|给予|作出|处以|处|予以|没收|罚款|如下|如下处罚|责令|警告|吊销)|作出(?:如下|以下)|拟[^。；\n]{0,12}?(?:对|给予|作出|处|予以|决定|没收|罚款|吊销|警告|责令)"
    r"|(?:拟)?处罚(?:内容|决定|种类|意见)[^。\n]{0,8}?[:：|]|给予(?:你|当事人|以下|如下|下列|警告|罚款|通报)|决定[:：]"
)
_END = re.compile(
    r"收到本|自收到|如不服|如对本|对本(?:处罚)?决定不服|逾期不|逾期未|(?:你|您|贵)(?:单位|公司|店)?(?:可以|有权|如|享有)|应当?(?:自|于|在)[^。\n]{0,20}缴"
    r"|履行方式|缴纳(?:方式|期限)|请(?:于|在|自)|限(?:你|当事人)|当事人(?:应当|可以|有权|如)|第四十四条|第四十五条|第六十三条"
)
_FINE = re.compile(r"(?<!加处)罚款(?!缴|收据|票据|单|数额的|的百分|，?逾期)")
_HISTORY = re.compile(r"(?:曾|此前|之前|上一?次|上年|前次|已被)[^。；]{0,40}$")
_GAINS = re.compile(r"没收[^。；\n]{0,6}?违法所得")
_GOODS = re.compile(
    r"没收(?!.{0,4}违法所得)[^。；\n]{0,30}?(?:财物|产品|商品|工具|设备|食品|物品|原料|药品|材料|商标|器)"
)
_KINDS: tuple[tuple[PenaltyKind, re.Pattern[str]], ...] = (
    ("警告", re.compile(r"警告")),
    ("通报批评", re.compile(r"通报批评")),
    ("罚款", _FINE),
    ("没收违法所得", _GAINS),
    ("没收非法财物", _GOODS),
    ("暂扣许可证件", re.compile(r"暂扣[^。；\n]{0,12}(?:证|照)")),
    ("降低资质等级", re.compile(r"降低[^。；\n]{0,8}资质")),
    ("吊销许可证件", re.compile(r"吊销")),
    ("责令停产停业", re.compile(r"责令[^。；\n]{0,8}(?:停产|停业)|停产停业")),
    ("责令关闭", re.compile(r"责令[^。；\n]{0,4}关闭")),
    ("限制从业", re.compile(r"限制[^。；\n]{0,6}从业|禁止[^。；\n]{0,10}(?:从事|从业)")),
)
_REACH = 34


@dataclass(frozen=True)
class Imposed:
    """The operative part of a paper. `fines` are the sums after 罚款, each once; `gains` what is taken.

    `doubtful`: the words and the figures of a fine do not agree.
    """

    text: str
    kinds: tuple[PenaltyKind, ...]
    fines: tuple[tuple[float, str], ...]
    gains: float | None
    line: Line | None
    doubtful: bool = False

    @property
    def fine(self) -> float | None:
        """The fine where there is one sum; the largest of several."""
        return max((value for value, _ in self.fines), default=None)


def imposed(paper: Paper) -> Imposed:
    """What a paper imposes or proposes. Without an operative part that can be told, the whole paper is read."""
    text = operative(paper)
    kinds = tuple(kind for kind, pattern in _KINDS if pattern.search(text))
    fines = tuple(_fines(text))
    gains = next((_near(text, match.end()) for match in _GAINS.finditer(text) if _near(text, match.end())), None)
    marked = next((paper.line_of(words) for _, words in fines if paper.line_of(words)), None)
    if marked is None and text:
        marked = paper.line_of(text[:12])
    doubtful = any(first.value != second.value for first, second in told_twice(text))
    return Imposed(text, kinds, fines, gains.value if gains else None, marked, doubtful)


def operative(paper: Paper) -> str:
    """The words that impose or propose the penalty."""
    text = paper.tight
    best = ""
    for start in _START.finditer(text):
        end = _END.search(text, start.end())
        part = text[start.start() : end.start() if end else min(len(text), start.end() + 500)]
        if any(pattern.search(part) for _, pattern in _KINDS) and (not best or _fines(part)):
            best = part
    return best


def _fines(text: str) -> list[tuple[float, str]]:
    found: dict[float, str] = {}
    for match in _FINE.finditer(text):
        if _HISTORY.search(text[: match.start()]):
            continue
        amount = _near(text, match.end()) or _before(text, match.start())
        if amount is not None:
            found.setdefault(amount.value, amount.text)
    return list(found.items())


def _near(text: str, at: int) -> Amount | None:
    """The first sum after a place, before the clause ends."""
    clause = re.split(r"[。；\n]", text[at : at + _REACH])[0]
    return next((a for a in find_amounts(text[at : at + _REACH]) if not a.bound and a.start < len(clause)), None)


def _before(text: str, at: int) -> Amount | None:
    clause = re.split(r"[。；，,\n]", text[max(0, at - _REACH) : at])[-1]
    amounts = [a for a in find_amounts(clause) if not a.bound]
    return amounts[-1] if amounts and len(clause) - amounts[-1].end <= 16 else None
