"""From a question in everyday Chinese to a MetricQuery, by rule. What is not understood is never guessed."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.schema import MetricQuery, MetricTerm
from assistant.stats.catalogue import Catalogue
from assistant.stats.combining import (
    averaged,
    composed,
    listed,
    per_time,
    ranked,
    remainder_of_negated,
    shared,
    summed,
    without,
)
from assistant.stats.comparing import across, changed, compared, ends_in_ratio, over_time, paired
from assistant.stats.ledger import Ledger
from assistant.stats.lexicon import Heard, Lexicon, Token
from assistant.stats.mentions import Mention, find_mentions, scope_chains
from assistant.stats.sentence import Sentence, Unknown, children
from assistant.stats.spelling import spell
from assistant.stats.words import COUNTS, LAW_HARD, LAW_SOFT, POLITE, UNIT_KINDS, WEAK

LONGEST = 200
"""A question of more characters is a case or a document, not a question about figures."""

_SIGNALS = frozenset(
    ["share", "multiple", "growth", "year_on_year", "chain", "sum", "each", "trend", "check", "rank", "rank_max",
     "rank_min", "departments", "composition", "average", "rest", "difference", "defined"]
)  # fmt: skip
_STRONG = ("率", "总数", "总额", "总量", "占比", "人均", "归集", "合计", "人次", "人数", "权责", "办件", "数")
_STRONG = ("率", "总数", "总额", "总量", "占比", "人均", "归集", "合计", "人次", "人数", "权责", "办件", "数")
_COUNT_NOUN = re.compile(r"(?:[人件条份家次项户组场]数|数量|总数|总量|金额)[?。]*$")
_SET_ASIDE = re.compile(r"(?:[今去前]年|20\d\d年)(?:没说(?!明)|先?不说|先?不管|不问|除外),?")
_TAIL = re.compile(r"(?:没有|没|不)(?=[?。!]*$)")
_OFFICES = (
    "部门",
    "局",
    "机关",
    "机构",
    "院",
    "区",
    "街",
    "街道",
    "泰达",
    "teda",
    "管委会",
    "我委",
    "大厅",
    "委",
    "口",
    "中心",
)


class Reader:
    """Reads questions against one catalogue."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self.lexicon = Lexicon(catalogue)

    def may_be_ours(self, question: str) -> bool:
        """The quick look: not too long, and without the words of a legal question."""
        return 0 < len(question) <= LONGEST and not LAW_HARD.search(POLITE.sub("", spell(question)))

    def read(self, question: str, today: dt.date) -> MetricQuery | Unknown | None:
        """The query a question asks, what it asks that is not held, or None: not about figures."""
        if len(question) > LONGEST:
            return None
        text = _TAIL.sub("吗", _SET_ASIDE.sub("", POLITE.sub("", spell(question))))
        if not text or LAW_HARD.search(text):
            return None
        heard = self.lexicon.hear(text, today)
        mentions, foreign = find_mentions(heard, self._catalogue, self._ledger)
        named = [m.metric.name for m in mentions]
        foreign += [t.text for t in heard.of("plain") if t.names]
        strange = tuple(word for word in foreign if not self.lexicon.harmless(word, named))
        heard = replace(heard, unknown=(*heard.unknown, *strange))
        if not [m for m in mentions if not m.per]:
            mentions += self._implied(heard, mentions)
        if not mentions:
            return self._without_metric(heard)
        aside = [
            t for t in heard.of("time") if t.time and t.time.kind == "unheld" and not _same_clause(heard, t, mentions)
        ]
        heard = replace(heard, tokens=tuple(t for t in heard.tokens if t not in aside))
        if not self._ours(heard, mentions):
            return None
        if unknown := self._not_held(heard, mentions):
            return unknown
        return query_of(Sentence(heard, mentions, self._catalogue, self._ledger))

    def _ours(self, heard: Heard, mentions: list[Mention]) -> bool:
        """Whether a question that names a metric asks for a figure of it."""
        if sum(map(len, heard.unknown)) > 24:
            return False  # a story with a number in it
        operations = heard.operations()
        asks = heard.of("ask")
        quantity = any(t.text.lstrip("有").startswith(("多少", "几", "多大")) for t in asks)
        quantity = quantity or bool(_COUNT_NOUN.search(heard.text))
        counted = any(name in COUNTS for t in asks for name in t.names)
        fined = not counted and (
            any(t.text.startswith("罚") for t in heard.of("metric"))
            or ([m.word for m in mentions] == ["处罚"] and not operations & {"up", "down", "change"})
        )
        money = any("元" in t.names for t in asks) or any(m.metric.unit == "万元" for m in mentions) or fined
        placed = bool([t for t in heard.of("scope", "unheld") if t.text.endswith(_OFFICES)])
        timed = bool([t for t in heard.of("time") if t.time and t.time.kind != "latest"])
        near = bool(heard.of("scope", "unheld"))
        strong = any(_strong(m) for m in mentions)
        if _soft_law(heard) and not (strong or (placed and timed)):
            return False
        if (
            "composition" in operations
            and not quantity
            and not any(children(self._catalogue, m.metric.name) for m in mentions)
        ):
            return False
        if "怎么" in heard.text and not operations & {"defined", "trend", "why"} and "怎么样" not in heard.text:
            return False
        signal = (
            bool(operations & _SIGNALS)
            or _compares(heard, mentions)
            or any(t.text.endswith("%") and m.metric.unit == "%" for t in heard.of("number") for m in mentions)
            or ("which" in operations and (len(mentions) > 1 or bool(heard.of("scope", "unheld"))))
            or (len(mentions) > 1 and any("百分之" in t.text or "倍" in t.names for t in asks))
        )
        if any(run.endswith(("率", "量")) for run in _stretches(heard)) and not money:
            return True
        asked = bool(asks) or signal or bool(operations & {"is_it", "why", "source", "up", "down", "change", "which"})
        if heard.unknown and not strong and not (placed or timed):
            few = sum(map(len, heard.unknown))
            if money or not ((few <= 4 and counted) or (few <= 2 and (quantity or signal))):
                return False
        if (
            not quantity
            and not signal
            and (heard.unknown or ("not" in operations and not any(m.negated for m in mentions)))
        ):
            return False
        if "why" in operations and operations & {"up", "down", "more", "less", "change"}:
            return True
        if strong or any(not _weak(m) for m in mentions):
            return asked or not heard.unknown
        if placed or timed or (near and not heard.unknown):
            return asked or not heard.unknown
        return signal or (quantity and not money)

    def _without_metric(self, heard: Heard) -> MetricQuery | Unknown | None:
        operations = heard.operations()
        if "check" in operations and any(w in heard.text for w in ("报告", "数据", "数字", "指标", "统计")):
            if len("".join(heard.unknown)) <= 2:
                return MetricQuery(operation="check", terms=())
            return None
        timed = [t for t in heard.of("time") if t.time and t.time.kind not in ("latest", "unheld")]
        placed = [t for t in heard.of("scope", "unheld") if t.text.endswith(_OFFICES) or t.kind == "scope"]
        asks = heard.of("ask")
        counted = any(n in COUNTS or n in ("元", "点") for t in asks for n in t.names)
        any("元" in t.names for t in asks)
        quantity = [t for t in asks if t.text.lstrip("有").startswith(("多少", "几"))]
        if not heard.unknown or _soft_law(heard, unless=bool(timed and placed)):
            return None
        rate = any(word.endswith(("率", "量", "数", "额", "比例", "度")) for word in _stretches(heard))
        if not quantity and not (rate and len(heard.text) <= 12):
            return None
        office = any(t.text.endswith(_OFFICES) for t in placed)
        if (
            (timed and placed)
            or (placed and rate)
            or (placed and counted and not any("元" in t.names for t in asks))
            or (office and counted)
            or (timed and (counted or len(heard.text) <= 14))
        ):
            return Unknown("metric", f"指标库里没有“{'、'.join(_stretches(heard))}”这项指标")
        return None

    def _not_held(self, heard: Heard, mentions: list[Mention]) -> Unknown | None:
        near = tuple(m.term() for m in mentions if not m.per)
        if unheld := heard.of("unheld"):
            return Unknown("scope", f"没有“{'、'.join(t.text for t in unheld)}”的数据", _unscoped(near))
        counts_them = any(m.metric.unit == "个" for m in mentions)  # 约谈了哪几个单位: the metric counts departments
        if "departments" in heard.operations() and not counts_them:
            return Unknown("scope", "没有分部门的数据，不能按部门比较或排名", _unscoped(near))
        left = [*heard.unknown, *self._stray(heard, mentions)]
        if left:
            return Unknown("metric", f"“{'、'.join(_stretches(heard) or left)}”不在指标库里，不能按它取数", near)
        if clash := next((m for m in mentions if m.clash), None):
            return Unknown("metric", f"“{clash.clash}”不是“{clash.metric.name}”的指标，指标库里没有这一项", near)
        for mention in mentions:
            if mention.mismatch and not mention.per:
                return Unknown(
                    "metric", f"没有按这个量词统计的“{mention.metric.name}”（现有单位：{mention.metric.unit}）", near
                )
        if any(
            t.names[0] == "rest" and any(s.end == t.start for s in heard.of("scope")) for t in heard.of("operation")
        ):
            return Unknown("scope", "没有按“某部门以外”统计的数据", near)
        versions = [t.text for t in heard.of("number") if t.text.endswith("版")]
        if versions and not any(m.metric.unit == "版" for m in mentions):
            return Unknown("metric", f"没有按“{versions[0]}”统计的“{mentions[0].metric.name}”", near)
        for token in heard.of("time"):
            asked = token.time
            if asked and not asked.held:
                return Unknown("period", f"没有“{asked.text}”这个时段的数据", near)
            if asked and asked.whole_month and not all(_standing(m) for m in mentions):
                return Unknown("period", f"没有“{asked.text}”单月的数据（来源是截至某日的累计数）", near)
        return None

    def _stray(self, heard: Heard, mentions: list[Mention]) -> list[str]:
        """Single words of comparing (大, 高, 新…) that compare nothing here: part of a name that was not understood."""
        operations = heard.operations()
        comparing = operations & {"than", "which", "difference", "up", "down", "change", "departments"}
        stray = []
        for token in heard.of("operation"):
            if token.names[0] in ("more", "less") and not comparing and len(heard.of("time", "number")) < 2:
                stray.append(token.text)
            if token.names[0] == "qualifier":
                stray.append(token.text)
            if token.names[0] == "not" and not any(m.negated for m in mentions) and "why" not in operations:
                stray.append(token.text)
        return stray

    def _implied(self, heard: Heard, mentions: list[Mention]) -> list[Mention]:
        """平均每个工程多少平方米: the metric is told by the measure asked, within the denominator's scope."""
        measures = [name for t in heard.of("ask") for name in t.names if name in COUNTS or name == "元"]
        if not mentions or not measures:
            return []
        per = mentions[0]
        stated = [
            m
            for m in self._catalogue.metrics.values()
            if m.scope == per.metric.scope and m.formula is None and m != per.metric
            if UNIT_KINDS.get(m.unit) == measures[0]
        ]
        whole = [m for m in stated if m.whole is None] or stated
        if len(whole) != 1:
            return []
        return [Mention(whole[0], per.end, per.end, per.scope, True)]


def query_of(said: Sentence) -> MetricQuery | Unknown:
    """What is asked to be done with the metrics of a sentence; the more particular operations first."""
    operations = said.operations
    if "why" in operations:
        return said.made("why", said.values())
    if "check" in operations:
        return said.made("check", said.values())
    if "sum" in operations and (years := said.years_of_range()) and len(said.mentions) == 1:
        return said.made("sum", tuple(said.mentions[0].term(year=y) for y in years))
    if "trend" in operations or any(t.kind == "range" for t in said.times):
        return said.made("trend", tuple(m.term() for m in said.mentions))
    if any(m.negated for m in said.mentions):
        return remainder_of_negated(said)
    if operations & {"rank", "rank_max", "rank_min"}:
        return ranked(said)
    if "composition" in operations:
        return composed(said)
    if said.pers or "average" in operations or per_time(said):
        return averaged(said)
    if ("except" in operations and len(said.mentions) > 1) or ("rest" in operations and len(said.mentions) > 1):
        return without(said)
    if ends_in_ratio(said) and len(said.mentions) == 2:
        return paired(said, "multiple", "倍数")
    if "multiple" in operations or any("倍" in t.names for t in said.heard.of("ask")):
        return paired(said, "multiple", "倍数")
    chains = scope_chains(said.heard, said.catalogue)
    if len(said.mentions) == 1 and len(chains) == len(said.times) == 2 and operations & {"than", "difference"}:
        return across(said, chains)
    if over_time(said):
        return changed(said)
    if "share" in operations or any("成" in t.names or t.text.startswith("百分之") for t in said.heard.of("ask")):
        return shared(said)
    if operations & {"than", "difference"} or ("which" in operations and operations & {"more", "less"}):
        return compared(said)
    if "sum" in operations and len(said.mentions) == 1 and said.classes():
        said.of_parts()  # 整改通知书四类之和: the sum, not the stated total
    if "sum" in operations and said.several() and not listed(said):
        return summed(said)
    if "each" in operations and len(said.mentions) == 1 and len(said.times) < 2 and said.classes():
        return composed(said)
    return said.valued()


def _strong(mention: Mention) -> bool:
    return mention.own and any(mark in mention.word for mark in _STRONG)


def _weak(mention: Mention) -> bool:
    return not mention.own or (bool(WEAK.match(mention.word)) and not _strong(mention))


def _standing(mention: Mention) -> bool:
    """Whether a metric is a state of the day (人员, 率), not something that adds up over the year."""
    return mention.metric.unit in ("%", "人") or mention.metric.name == "权责总数"


def _same_clause(heard: Heard, token: Token, mentions: list[Mention]) -> bool:
    """Whether a time stands in the clause of a metric: 今天开会要用，履责率多少 does not ask for today's."""
    marks = [i for i, c in enumerate(heard.text) if c in ",;。?!"]
    first = max((i for i in marks if i < token.start), default=-1)
    last = min((i for i in marks if i >= token.end), default=len(heard.text))
    return any(first < m.start < last for m in mentions)


def _compares(heard: Heard, mentions: list[Mention]) -> bool:
    return "than" in heard.operations() and (len(mentions) > 1 or bool(heard.of("time")))


def _soft_law(heard: Heard, unless: bool = False) -> bool:
    if unless:
        return False
    text = list(heard.text)
    for token in heard.of("metric", "operation", "ask", "time", "scope"):
        for a, b in token.anchors:
            text[a:b] = " " * (b - a)
    return bool(LAW_SOFT.search("".join(text)))


def _stretches(heard: Heard) -> list[str]:
    """The unknown words with the plain words that run into them, as the question has them."""
    known = [False] * len(heard.text)
    for token in heard.of("metric", "per", "scope", "unheld", "time", "ask", "number", "operation"):
        if token.kind == "operation" and token.size == 1:
            continue
        for a, b in token.anchors:
            known[a:b] = [True] * (b - a)
    runs = "".join(" " if known[i] or not c.isalnum() else c for i, c in enumerate(heard.text)).split()
    return [run.strip("是有为") or run for run in runs if any(word in run for word in heard.unknown)]


def _unscoped(terms: Sequence[MetricTerm]) -> tuple[MetricTerm, ...]:
    return tuple(t.model_copy(update={"scope": None}) for t in terms)
