"""What is to be heeded of a number from rows: 示例, days the rows do not reach, kinds and columns they lack."""

import datetime as dt

from assistant.records.counting import Counting
from assistant.records.ways import Way
from assistant.schema import Flag
from assistant.schema.rows import RecordPeriod

SAMPLE_FLAG = Flag(code="estimate", text="示例数据：由程序生成，不是真实记录，不得引用。")
_SLACK = 7
"""Days without rows at either end of a period that need no word."""


def heed(counting: Counting, metric: str, period: RecordPeriod, today: dt.date) -> tuple[Flag, ...]:
    """The flags of a number, each once."""
    told = [SAMPLE_FLAG] if counting.sample(metric) else []
    for leaf in counting.leaves(metric) or ():
        way = counting.way(leaf)
        if isinstance(way, str):
            continue
        kinds = tuple(dict.fromkeys((*way.kinds, *(way.seen.kinds if way.seen else ()))))
        absent = [k for k in kinds if k not in counting.snapshot.tables]
        if absent:
            text = f"没有导入“{'、'.join(absent)}”的明细，{leaf}没有计入这一部分。"
            told.append(Flag(code="estimate", text=text))
        undated = [k for k in counting.held(way.kinds) if not (way.day or _dated(counting, k))]
        if undated:
            text = f"“{'、'.join(undated)}”的明细没有日期，{leaf}按导入的清单计，不分时段。"
            told.append(Flag(code="definition_differs", text=text))
        for kind in counting.held(kinds):
            told += _reach(counting, kind, way.day if kind in way.kinds else None, period, today)
        if way is not counting.ways[leaf].ways[0]:
            told.append(Flag(code="definition_differs", text=_other(counting, leaf, way)))
    return tuple(dict.fromkeys(told))


def outside(counting: Counting, metric: str, period: RecordPeriod) -> str | None:
    """Why a period cannot be counted at all: the rows do not reach into it. None: they do."""
    for leaf in counting.leaves(metric) or ():
        way = counting.way(leaf)
        if isinstance(way, str):
            return way
        spans = []
        for kind in counting.held(way.seen.kinds if way.seen else way.kinds):
            day = (way.day if kind in way.kinds else None) or counting.snapshot.store.kinds[kind].day
            if day and (span := counting.snapshot.span(kind, day)):
                spans.append((kind, span))
        if spans and all(s.last < period.since or s.first > period.until for _, s in spans):
            reach = "；".join(f"“{k}”{s.first.isoformat()}至{s.last.isoformat()}" for k, s in spans)
            return f"明细不在这一时段（现有：{reach}）"
    return None


def _dated(counting: Counting, kind: str) -> bool:
    held = counting.snapshot.store.kinds[kind]
    return held.day is not None or (held.register is not None and held.register.since is not None)


def _other(counting: Counting, leaf: str, way: Way) -> str:
    lacking = counting.lacks(counting.ways[leaf].ways[0])
    how = "、".join(c.text for c in way.conditions)
    if way.seen is not None:
        how = f"“{way.seen.theirs}”对照"
    return f"{leaf}：{lacking}，改按{'、'.join(way.kinds)}明细的{how or way.column}计算。"


def _reach(counting: Counting, kind: str, day: str | None, period: RecordPeriod, today: dt.date) -> list[Flag]:
    held = counting.snapshot.store.kinds[kind]
    day = day or held.day
    span = counting.snapshot.span(kind, day) if day else None
    if span is None or held.fed_by is not None:  # what the product feeds is whole at any moment
        return []
    told = []
    if (span.first - period.since).days > _SLACK:
        told.append(f"“{kind}”的明细最早是{span.first.isoformat()}，此前的没有导入或没有发生。")
    if (min(period.until, today) - span.last).days > _SLACK:
        told.append(f"“{kind}”的明细最晚是{span.last.isoformat()}，此后的没有导入或没有发生。")
    return [Flag(code="estimate", text=text) for text in told]
