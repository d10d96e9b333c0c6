"""Decisions like the case: what is alike, what differs, and what each is worth."""

from collections.abc import Sequence

from assistant.drafting.blocks.written import Written
from assistant.drafting.case import Case
from assistant.drafting.markup import plain, third
from assistant.drafting.values import chinese_dates
from assistant.schema import ComparedPoint, OpinionFigure, SimilarDecision

_SUBSTANCE = ("行为", "依据", "情节", "金额", "程序")
_SHOWN = 3
_POINTS = 4


def similar(case: Case) -> Written:
    """The most alike whose outcome is known and that share something of substance; the others are for the writer."""
    if not case.similar:
        return Written(notes=("没有检索到可以参照的复议决定",))
    shown = [one for one in case.similar[:_SHOWN] if _bears(one)]
    figures = tuple(
        OpinionFigure(name="类似决定", text=plain(one.title), computation=f"{_line(one)}\n{one.text}") for one in shown
    )
    lines = [third(at, _line(one)) for at, one in enumerate(shown, 1)]
    if lines:
        lines.append("以上只供比较裁量，不是本案的依据。")
    notes = tuple(f"没有写进文书，可以去查原文：{_line(one)}" for one in case.similar[:_SHOWN] if one not in shown)
    return Written(tuple(lines), figures=figures, notes=notes)


def _bears(one: SimilarDecision) -> bool:
    """Whether a paper can speak of it: its outcome was seen, and the act, the basis or a fact is alike."""
    return "未见" not in one.outcomes and one.seen != "仅标题" and any(p.aspect in _SUBSTANCE for p in one.alike)


def _line(one: SimilarDecision) -> str:
    worth = [part for part in (one.source.nature if one.source.nature != "官方" else "", one.seen) if part]
    parts = [
        f"{plain(one.title)}（{one.source.title}；{'，'.join(worth)}）",
        f"结果：{'、'.join(one.outcomes)}",
        *_told("相同", one.alike),
        *_told("不同", one.differs),
        plain(one.lesson).rstrip("。"),
    ]
    return f"{chinese_dates('。'.join(parts))}。".replace("\n", "")


def _told(word: str, points: Sequence[ComparedPoint]) -> list[str]:
    said = [f"{p.label}（{p.theirs or p.mine})".replace(")", "）") for p in points[:_POINTS] if p.theirs or p.mine]
    return [f"{word}：{'、'.join(said)}"] if said else []
