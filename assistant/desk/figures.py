"""Questions about figures in the chat: they take this road and no other, and no model has a hand in it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from assistant.desk.memory import Memory
from assistant.schema import DoneEvent, FigureAnswer, Operand, Provenance, Ranking
from assistant.stats import MetricStore, leans
from assistant.stats.numbers import shown

_FLAGS = {"inconsistent": "矛盾", "definition_differs": "口径", "rounded": "取整", "estimate": "非精确数"}
_COMPOSED = ("算式：", "出处：", "提示：")


@dataclass(frozen=True)
class FigureTurn:
    """A question about figures, whole (a follow-up filled in), and its answer; `follows`: it was filled in."""

    question: str
    answer: FigureAnswer
    follows: bool = False


def figure_turn(text: str, memory: Memory, metrics: MetricStore, today: dt.date) -> FigureTurn | None:
    """The answer where a question asks for figures, by itself or after one that did; None: it is for the law."""
    followed = None
    if memory.figures and (leans(text) or (len(text) <= 12 and metrics.answer(text, today) is None)):
        followed = metrics.follow(text, memory.figures, today)
    if followed is not None:
        return FigureTurn(followed[0], followed[1], follows=True)
    answer = metrics.answer(text, today)
    return None if answer is None else FigureTurn(text, answer)


def figure_done(turn: FigureTurn, where: tuple[str, str, dt.date], provenance: Provenance) -> DoneEvent:
    """The answer as the chat sends it: the number first, then how it was computed, where it stands, what to heed."""
    conversation, message, as_of = where
    answer = turn.answer
    conclusion = "；".join(part.split("\n")[0].rstrip("。") for part in answer.text.split("\n\n")) + "。"
    return DoneEvent(
        conversation_id=conversation,
        message_id=message,
        as_of=as_of,
        answer="\n\n".join(_blocks(turn, conclusion)),
        conclusion=conclusion,
        figures=(answer.model_dump(mode="json"),),
        refused=not answer.answered,
        provenance=provenance,
    )


def _blocks(turn: FigureTurn, conclusion: str) -> list[str]:
    answer = turn.answer
    blocks = [f"**结论**：{conclusion}"]
    if turn.follows:
        blocks.append(f"接着上一问，按“{turn.question}”理解。")
    lines = [line for part in answer.text.split("\n\n") for line in part.split("\n")[1:]]
    said = [line for line in lines if not line.startswith(_COMPOSED)]
    for ranking in answer.rankings:
        blocks += [f"### {ranking.metric}（{ranking.unit}）", _ranked(ranking)]
    if answer.formula:
        blocks += ["### 算式", answer.formula]
    if answer.operands:
        blocks += ["### 数据与出处", _table(answer.operands)]
    if answer.flags:
        blocks += ["### 提示", "\n".join(f"- ⚠ {_FLAGS[f.code]}：{f.text}" for f in answer.flags)]
    if said:
        blocks.append("\n".join(f"- {line.removeprefix('说明：')}" for line in said))
    if answer.nearest:
        blocks += ["### 最接近的已知数", _table(answer.nearest)]
    if answer.alternatives:
        blocks += ["### 可以这样问", "\n".join(f"- {question}" for question in answer.alternatives)]
    return blocks


def _ranked(ranking: Ranking) -> str:
    rows = ["| 名次 | 部门 | 数 | 由来 |", "| --- | --- | --- | --- |"]
    for line in ranking.lines:
        value = "" if line.value is None else shown(Decimal(str(line.value)))
        rows.append(f"| {line.rank or '—'} | {line.department} | {value} | {line.note or line.parts or ''} |")
    return "\n".join(rows)


def _table(operands: tuple[Operand, ...]) -> str:
    rows = ["| 指标 | 值 | 截至 | 范围 | 出处 |", "| --- | --- | --- | --- | --- |"]
    for operand in operands:
        when = operand.as_of.isoformat() if operand.as_of else f"{operand.year}年" if operand.year else ""
        value = f"{shown(Decimal(str(operand.value)))}{operand.unit}"
        rows.append(f"| {operand.name} | {value} | {when} | {operand.scope} | {operand.source} |")
    return "\n".join(rows)
