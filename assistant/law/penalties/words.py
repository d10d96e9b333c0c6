"""What a piece of a sentence may say of a penalty, whether it is left to the authority, and references elsewhere."""

import re
from dataclasses import dataclass

from assistant.law.penalties.amounts import Amount
from assistant.schema import PenaltyKind

_MAY = re.compile(r"可以|可(?=并|处|责|吊|暂|对|视|根)|有权")
_MUST = re.compile(r"应当|必须")
_REFERENCE = re.compile(
    r"(?<![除不])(?:(?:依照|按照|依据|根据|比照|参照|适用|按)(?P<ref>(?:《[^》]*》|[^，；。《》]){1,60}?)"
    r"(?P<act>(?:的?(?:有关|相关)?规定)?(?:从重|从轻|给予|予以|进行|一并|并|依法|分别|同样"
    r"|由[^，]{2,20})*(?:行政|治安管理)?(?:处罚|处理、处罚|处以罚款|给予罚款|予以罚款)(?!法|款"
    r"|条例|数额|决定|外|种类|程序|的))"
    r"|(?:依照|按照|适用)(?P<as>[^，；。《》]{0,24}?(?:前款|前两款|前条"
    r"|第[一二三四五六七八九十百]+[款条])[^，；。《》]{0,40}?)(?:的?规定)(?:予以|给予"
    r"|进行)?(?:处理|执行)?$"
    r"|(?<!不)适用(?P<only>前[一二两三]?[款条])规定$)"
)
_NO_REFERENCE = re.compile(
    r"^[、和]|另有|较重|其规定|违法行为|情节|职责|权限|本法处罚$|原处罚|以下|以上|分工|下列|处罚$|程序"
    r"|幅度|种类|计算|^规定$|^刑法"
)


@dataclass(frozen=True)
class Word:
    """One penalty found in a piece. `start` and `end` are offsets in the piece."""

    kind: PenaltyKind
    start: int
    end: int
    amount: Amount | None = None
    base: str | None = None
    per: str | None = None
    cap: Amount | None = None  # 总额不超过…
    least: Amount | None = None  # 但不低于…
    term: str | None = None
    refers_to: str | None = None
    mode: str | None = None
    occupation: bool | None = None
    owner: str | None = None
    bare: bool = False  # 予以没收 without its object
    ceasing: bool = False  # 责令停止…业务


def references(text: str) -> list[Word]:
    """依照…的规定处罚: the provision whose penalties apply."""
    words = []
    for match in _REFERENCE.finditer(text):
        ref = match["ref"] or match["as"] or match["only"]
        if _NO_REFERENCE.search(ref) or "罚款数额" in ref:
            continue
        if text[max(0, match.start() - 12) : match.start()].find("除") >= 0:
            continue
        ref = re.sub(r"(?:的?(?:有关|相关)?规定(?:按日连续)?|的)$", "", ref)
        kind: PenaltyKind = "罚款" if (match["act"] or "").endswith("罚款") else "援引"
        per = "日" if "按日连续" in match[0] else None
        words.append(Word(kind, match.start(), match.end(), per=per, refers_to=ref))
    return words


def may(text: str) -> bool:
    """Whether a piece up to a penalty leaves it to the authority: 可以, and no 应当 after it."""
    last_may = max((m.start() for m in _MAY.finditer(text)), default=-1)
    last_must = max((m.start() for m in _MUST.finditer(text)), default=-1)
    return last_may > last_must
