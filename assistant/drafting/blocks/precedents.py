"""Decisions like the case: what is alike, what differs, and what each is worth."""

from collections.abc import Sequence

from assistant.drafting.blocks.written import Written
from assistant.drafting.case import Case
from assistant.drafting.markup import plain, third
from assistant.drafting.values import chinese_dates
from assistant.schema import ComparedPoint, OpinionFigure

_SHOWN = 3
_POINTS = 4


def similar(case: Case) -> Written:
    """The most alike, each with its outcome, its nature and how much of it was seen; nothing where none is held."""
    if not case.similar:
        return Written(notes=("没有检索到可以参照的复议决定",))
    lines: list[str] = []
    figures: list[OpinionFigure] = []
    for at, one in enumerate(case.similar[:_SHOWN], 1):
        worth = [part for part in (one.source.nature if one.source.nature != "官方" else "", one.seen) if part]
        parts = [
            f"{plain(one.title)}（{one.source.title}；{'，'.join(worth)}）",
            f"结果：{'、'.join(one.outcomes)}",
            *_told("相同", one.alike),
            *_told("不同", one.differs),
            plain(one.lesson).rstrip("。"),
        ]
        text = chinese_dates("。".join(parts)).replace("\n", "")
        lines.append(third(at, f"{text}。"))
        figures.append(OpinionFigure(name="类似决定", text=plain(one.title), computation=f"{text}\n{one.text}"))
    lines.append("以上只供比较裁量，不是本案的依据。")
    return Written(tuple(lines), figures=tuple(figures))


def _told(word: str, points: Sequence[ComparedPoint]) -> list[str]:
    said = [f"{p.label}（{p.theirs or p.mine})".replace(")", "）") for p in points[:_POINTS] if p.theirs or p.mine]
    return [f"{word}：{'、'.join(said)}"] if said else []
