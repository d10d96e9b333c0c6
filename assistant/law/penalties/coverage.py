"""What became of every amount of an article: nothing is lost silently."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.law.penalties.amounts import Amount
from assistant.law.penalties.parse import read

Role = Literal["罚则", "条件", "折算", "程序", "滞纳金", "加处罚款", "罚金", "赔偿", "补救", "其他金额", "未读出"]

_SAID: tuple[tuple[Role, re.Pattern[str], re.Pattern[str]], ...] = (
    ("加处罚款", re.compile(r"加处[^，。；]{0,10}$"), re.compile(r"^(?:的标准)?加处")),
    ("滞纳金", re.compile(r"滞纳金[^。；]{0,8}$|加收[^，。；]{0,16}$"), re.compile(r"^[^，。；]{0,12}滞纳(?:金|税)")),
    ("罚金", re.compile(r"罚金[^，。；]{0,6}$"), re.compile(r"^[^，。；]{0,3}罚金")),
    ("赔偿", re.compile(r"(?:赔偿|补偿)[^，。；]{0,20}$"), re.compile(r"^[^，。；]{0,14}(?:赔偿|补偿|违约金)")),
    (
        "补救",
        re.compile(r"(?:补种|种植|缴纳|退还|补足|支付)[^，。；]{0,20}$"),
        re.compile(r"^的?(?:树木|株|保证金|奖励)"),
    ),
    (
        "其他金额",
        re.compile(r"保证金[^，。；]{0,12}$"),
        re.compile(r"^(?:收购|的?[^，。；罚]{0,8}(?:排污费|水费|电费))"),
    ),
    ("折算", re.compile(r"(?:按照?|以)$"), re.compile(r"^(?:计算|计)")),
)


@dataclass(frozen=True)
class Explained:
    """An amount and what it is for."""

    amount: Amount
    role: Role


@dataclass(frozen=True)
class Coverage:
    """Every amount of an article with its role. `lost` are those in sentences about fines that ended in no clause
    and that nothing explains."""

    amounts: tuple[Explained, ...]

    @property
    def in_clauses(self) -> tuple[Amount, ...]:
        return tuple(e.amount for e in self.amounts if e.role == "罚则")

    @property
    def elsewhere(self) -> tuple[Explained, ...]:
        """Amounts that are in no clause, each with the reason."""
        return tuple(e for e in self.amounts if e.role not in ("罚则", "未读出"))

    @property
    def lost(self) -> tuple[Amount, ...]:
        return tuple(e.amount for e in self.amounts if e.role == "未读出")


_LIKE = re.compile(r"相当于[^，。；]{2,20}以下的?罚款")  # a base without a number: read as up to once
_WRITTEN = re.compile(r"(?:以下|以内|[元倍]|[%％])\s?的?罚款(?!数额|额)")


def _unread(text: str, found: tuple[Amount, ...]) -> list[Amount]:
    """Places where an amount must stand before 罚款 and none was recognised: they count as lost too."""
    ends = {amount.end for amount in found}
    missing = []
    for match in _WRITTEN.finditer(text):
        end = match.start() + len(re.split(r"\s?的?罚款", match[0])[0])
        if end not in ends and not _LIKE.search(text, max(0, end - 24), match.end()):
            start = max(text.rfind(mark, 0, end) for mark in "，。；：\n") + 1
            missing.append(Amount(start, match.end(), text[start : match.end()], "元", 0.0, None, "定额"))
    return missing


def coverage(article_text: str) -> Coverage:
    """The role of every amount expression of an article. Pure."""
    reader = read(article_text)
    unread = tuple(Explained(amount, "未读出") for amount in _unread(article_text, reader.amounts))
    return Coverage(
        unread
        + tuple(
            Explained(
                amount,
                "罚则"
                if amount.start in reader.used
                else _role(article_text, amount, reader.conditions, reader.procedures),
            )
            for amount in reader.amounts
        )
    )


def _role(text: str, amount: Amount, conditions: list[tuple[int, int]], procedures: list[tuple[int, int]]) -> Role:
    before = text[max(0, amount.start - 40) : amount.start]
    after = text[amount.end : amount.end + 30]
    begin = max(text.rfind(mark, 0, amount.start) for mark in "。\n") + 1
    stops = [at for at in (text.find(mark, amount.end) for mark in "。\n") if at >= 0]
    sentence = text[begin : min(stops, default=len(text))]
    fine = re.match(r"(?:的|标准|处以?)*罚款", after) is not None
    for role, left, right in _SAID:
        if not fine and (left.search(before) or right.search(after)):
            return role
        if role == "加处罚款" and (right.search(after) or left.search(before)):
            return role
    if any(start <= amount.start < end for start, end in procedures):
        return "程序"
    if not fine and amount.unit != "日" and any(start <= amount.start < end for start, end in conditions):
        return "条件"
    if amount.unit != "日" and "罚款" not in sentence:
        return "其他金额"
    return "未读出"
