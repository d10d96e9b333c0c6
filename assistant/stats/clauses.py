"""Several questions in one: 履责率多少？比十月底涨了多少？ is two, the second about the metric of the first."""

import datetime as dt
import re

from assistant.stats.lexicon import Heard, Lexicon
from assistant.stats.spelling import spell

_ENDS = re.compile(r"[?？;；。!！\n]+|[,，](?=(?:比|较|同比|环比|占|增长|增幅|涨幅))")
_ENDS_HARD = re.compile(r"[?？;；。!！\n](?=.)")
_ASKING = frozenset(["share", "growth", "up", "down", "change", "than", "check", "rank", "trend", "sum", "difference"])


def clauses(question: str, lexicon: Lexicon, today: dt.date) -> list[str]:
    """The questions of a text, each whole in itself: what a later one leaves out is taken from the one before.

    A text that is one question, or in which some clause asks nothing, comes back as it is.
    """
    parts = [part for part in _ENDS.split(question) if part.strip()]
    if len(parts) < 2:
        return [question]
    whole: list[str] = []
    subject = Subject()
    for part in parts:
        heard = lexicon.hear(spell(part), today)
        counted = any(t.text.lstrip("有")[:1] in "多几百" for t in heard.of("ask"))
        carried_on = part.rstrip().endswith("呢") and heard.of("time", "scope", "metric")  # 2023年呢？
        asked = counted or carried_on or heard.operations() & _ASKING
        if not asked or (not counted and not _ENDS_HARD.search(question)):
            return [question]
        whole.append(subject.fill(part, heard))
        subject = Subject(heard, subject)
    return whole


class Subject:
    """What a clause speaks of: its scope, time and metric, in its own words."""

    def __init__(self, heard: Heard | None = None, before: "Subject | None" = None) -> None:
        self.scope: str = self._last(heard, "scope") or (before.scope if before else "")
        self.time: str = self._first_time(heard) or (before.time if before else "")
        self.metric: str = self._metric(heard) or (before.metric if before else "")

    def fill(self, part: str, heard: Heard) -> str:
        """The clause with what it leaves out."""
        compares = bool(heard.operations() & {"than", "year_on_year", "chain"})
        scope = "" if heard.of("scope", "unheld") else self.scope
        time = "" if heard.of("time") and not compares else self.time
        leads = bool(heard.tokens) and heard.tokens[0].names[:1] in (("share",), ("than",))
        metric = "" if heard.of("metric") and not leads else self.metric
        return f"{scope}{time}{metric}{part}"

    @staticmethod
    def _last(heard: Heard | None, kind: str) -> str:
        found = [t.text for t in heard.tokens if t.kind == kind] if heard else []
        return found[-1] if found else ""

    @staticmethod
    def _metric(heard: Heard | None) -> str:
        """The metric a later clause goes on about, by its word, or by its name where other words stand within."""
        found = [t for t in heard.tokens if t.kind == "metric"] if heard else []
        if not found:
            return ""
        return found[-1].text if len(found[-1].anchors) == 1 else found[-1].names[0]

    @staticmethod
    def _first_time(heard: Heard | None) -> str:
        found = [t.text for t in heard.of("time") if t.time and t.time.kind != "latest"] if heard else []
        return found[0] if found else ""
