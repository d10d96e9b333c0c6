"""From a question in everyday Chinese to a MetricQuery, by rule. What is not understood is never guessed."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.numerals import to_int
from assistant.schema import MetricQuery, MetricTerm, Operation
from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.formula import added, names
from assistant.stats.ledger import Ledger
from assistant.stats.lexicon import Heard, Lexicon, Token
from assistant.stats.mentions import Mention, find_mentions, scope_chains
from assistant.stats.spelling import spell
from assistant.stats.times import TimeAsked
from assistant.stats.words import KIN, LAW_HARD, LAW_SOFT, MEASURES, POLITE, UNIT_KINDS, WEAK

LONGEST = 300
"""A question of more characters is a case or a document, not a question about figures."""

_COUNTS = frozenset(["家", "人", "次", "场", "条", "件", "份", "项", "组", "部", "版", "平米"])
_SIGNALS = frozenset(
    ["share", "multiple", "growth", "year_on_year", "chain", "sum", "each", "trend", "check", "rank", "rank_max",
     "rank_min", "departments", "composition", "average", "rest", "difference", "defined"]
)  # fmt: skip
_STRONG = ("率", "总数", "总额", "总量", "占比", "人均", "归集", "合计", "人次", "人数", "权责", "办件", "数")
_COUNT_NOUN = re.compile(r"(?:[人件条份家次项户组场]数|数量|总数|总量|金额)[?。]*$")
_COUNTED = re.compile(r"[\d.,余多万件条份家项人名次个起案件]{0,8}")
_EACH = re.compile(r"每一?([家项份次场件条名人户组部])")
_SET_ASIDE = re.compile(r"(?:[今去前]年|20\d\d年)(?:没说|先?不说|先?不管|不问|除外),?")
_TAIL = re.compile(r"(?:没有|没|不)(?=[?。!]*$)")
_LOOSE_SUMS = frozenset(["一共", "总共", "共", "共计", "累计", "总计", "拢共", "统共", "总体", "汇总"])
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
_PERIODS: dict[str, Literal["day", "week", "month", "quarter"]] = {
    "每天": "day", "每日": "day", "日均": "day", "一天": "day", "天均": "day", "每周": "week", "周均": "week", "每星期": "week",
    "每月": "month", "每个月": "month", "月均": "month", "一个月": "month", "每季度": "quarter", "季均": "quarter", "每个季度": "quarter",
}  # fmt: skip


@dataclass(frozen=True)
class Unknown:
    """A question about figures that asks for what is not held: which part, in words, and the metrics it came near."""

    missing: Literal["metric", "scope", "period", "relation"]
    what: str
    near: tuple[MetricTerm, ...] = ()


class Reader:
    """Reads questions against one catalogue."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._lexicon = Lexicon(catalogue)

    def read(self, question: str, today: dt.date) -> MetricQuery | Unknown | None:
        """The query a question asks, what it asks that is not held, or None: not about figures."""
        if len(question) > LONGEST:
            return None
        text = _TAIL.sub("吗", _SET_ASIDE.sub("", POLITE.sub("", spell(question))))
        if not text or LAW_HARD.search(text):
            return None
        heard = self._lexicon.hear(text, today)
        mentions, foreign = find_mentions(heard, self._catalogue, self._ledger)
        named = [m.metric.name for m in mentions]
        strange = tuple(word for word in foreign if not self._lexicon.harmless(word, named))
        heard = replace(heard, unknown=(*heard.unknown, *strange))
        if not [m for m in mentions if not m.per]:
            mentions += self._implied(heard, mentions)
        if not mentions:
            return self._without_metric(heard)
        aside = [t for t in heard.of("time") if t.time and t.time.kind == "unheld" and not _same_clause(heard, t, mentions)]
        heard = replace(heard, tokens=tuple(t for t in heard.tokens if t not in aside))
        if not self._ours(heard, mentions):
            return None
        if unknown := self._not_held(heard, mentions):
            return unknown
        return Sentence(heard, mentions, self._catalogue, self._ledger).query()

    def _ours(self, heard: Heard, mentions: list[Mention]) -> bool:
        """Whether a question that names a metric asks for a figure of it."""
        operations = heard.operations()
        asks = heard.of("ask")
        quantity = any(t.text.lstrip("有").startswith(("多少", "几", "多大")) for t in asks)
        quantity = quantity or bool(_COUNT_NOUN.search(heard.text))
        counted = any(name in _COUNTS for t in asks for name in t.names)
        fined = not counted and (
            any(t.text.startswith("罚") for t in heard.of("metric")) or ([m.word for m in mentions] == ["处罚"] and not operations & {"up", "down", "change"})
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
        if placed or timed or near and not heard.unknown:
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
        counted = any(n in _COUNTS or n in ("元", "点") for t in asks for n in t.names)
        money = any("元" in t.names for t in asks)
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
            or (office and counted)
            or (timed and (counted or len(heard.text) <= 14))
        ):
            return Unknown("metric", f"指标库里没有“{'、'.join(_stretches(heard))}”这项指标")
        return None

    def _not_held(self, heard: Heard, mentions: list[Mention]) -> Unknown | None:
        near = tuple(m.term() for m in mentions if not m.per)
        if unheld := heard.of("unheld"):
            return Unknown("scope", f"没有“{'、'.join(t.text for t in unheld)}”的数据", _unscoped(near))
        if heard.operations() & {"departments"} and not heard.operations() & {"source"}:
            if not any(m.metric.name in ("被约谈单位", "办理证件变更的执法部门") for m in mentions):
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
        measures = [name for t in heard.of("ask") for name in t.names if name in _COUNTS or name == "元"]
        if not mentions or not measures:
            return []
        per = mentions[0]
        stated = [
            m for m in self._catalogue.metrics.values()
            if m.scope == per.metric.scope and m.formula is None and UNIT_KINDS.get(m.unit) == measures[0] and m != per.metric
        ]  # fmt: skip
        whole = [m for m in stated if m.whole is None] or stated
        if len(whole) != 1:
            return []
        return [Mention(whole[0], per.end, per.end, per.scope, True)]


class Sentence:
    """One question whose words are all known; finds what is to be done with its metrics."""

    def __init__(self, heard: Heard, mentions: list[Mention], catalogue: Catalogue, ledger: Ledger) -> None:
        self._heard = heard
        self._catalogue = catalogue
        self._ledger = ledger
        self._operations = heard.operations()
        self._pers = [m for m in mentions if m.per]
        self._mentions = [m for m in mentions if not m.per] or mentions
        self._times = [t.time for t in heard.of("time") if t.time and t.time.kind != "latest"]
        self._notes = list(_notes(self._mentions))
        if self._operations & {"up", "down", "growth", "difference"} and "trend" not in self._operations:
            self._times = [end for t in self._times for end in _ends(t)]

    def query(self) -> MetricQuery | Unknown:
        operations = self._operations
        if "why" in operations:
            return self._made("why", self._values())
        if "check" in operations:
            return self._made("check", self._values())
        if "sum" in operations and (years := self._years_of_range()) and len(self._mentions) == 1:
            return self._made("sum", tuple(self._mentions[0].term(year=y) for y in years))
        if "trend" in operations or any(t.kind == "range" for t in self._times):
            return self._made("trend", tuple(m.term() for m in self._mentions))
        if any(m.negated for m in self._mentions):
            return self._remainder_of_negated()
        if operations & {"rank", "rank_max", "rank_min"}:
            return self._ranked()
        if "composition" in operations:
            return self._composition()
        if self._pers or "average" in operations or self._per_time():
            return self._average()
        if "except" in operations and len(self._mentions) > 1 or "rest" in operations and len(self._mentions) > 1:
            return self._except()
        if self._ends_in_ratio() and len(self._mentions) == 2:
            return self._pairs("multiple", "倍数")
        if "multiple" in operations or any("倍" in t.names for t in self._heard.of("ask")):
            return self._pairs("multiple", "倍数")
        chains = scope_chains(self._heard, self._catalogue)
        if len(self._mentions) == 1 and len(chains) == len(self._times) == 2 and operations & {"than", "difference"}:
            return self._across(chains)
        if self._over_time():
            return self._change()
        if "share" in operations or any("成" in t.names or t.text.startswith("百分之") for t in self._heard.of("ask")):
            return self._share()
        if operations & {"than", "difference"} or "which" in operations and operations & {"more", "less"}:
            return self._difference()
        if "sum" in operations and self._several() and not self._listed():
            return self._sum()
        if "each" in operations and len(self._mentions) == 1 and len(self._times) < 2 and self._classes():
            return self._composition()
        return self._valued()

    # — when —

    def _time_of(self, mention: Mention) -> TimeAsked | None:
        before = [t for t in self._times if t.start <= mention.start]
        if before:
            return before[-1]
        return self._times[0] if self._times else None

    def _year(self, time: TimeAsked | None, subject: TimeAsked | None = None) -> int | None:
        """The year a time means; 上年 is the year before the one spoken of."""
        if time is None:
            return None
        others = [t.year for t in self._times if t is not time and t.year and not t.prior]
        if time.prior or (time.relative and time.text.endswith("同期")):
            base = (subject.year if subject else None) or (others[0] if others else None)
            if base is not None:
                return base - 1
        if time.year is None:
            return others[0] if others and not any(t.prior for t in self._times) else None
        return time.year

    def _years_of_range(self) -> list[int]:
        spans = [(t.year, t.until_year) for t in self._times if t.kind == "range" and t.year and t.until_year]
        return [year for first, last in spans for year in range(first, last + 1)][:10]

    def _term(self, mention: Mention, time: TimeAsked | None) -> MetricTerm:
        return mention.term(time, self._year(time))

    def _values(self) -> tuple[MetricTerm, ...]:
        if len(self._mentions) == 1 and len(self._times) > 1:
            return tuple(self._term(self._mentions[0], t) for t in self._times)
        scopes = [name for _, name in scope_chains(self._heard, self._catalogue)]
        if len(self._mentions) == 1 and len(scopes) > 1:
            return tuple(
                self._term(self._mentions[0], self._time_of(self._mentions[0])).model_copy(update={"scope": s})
                for s in scopes
            )
        if (
            len(self._mentions) > 1
            and len(self._times) > 1
            and all(t.start < self._mentions[0].start for t in self._times)
        ):
            return tuple(self._term(m, t) for m in self._mentions for t in self._times)
        return tuple(self._term(m, self._time_of(m)) for m in self._mentions)

    def _several(self) -> bool:
        scopes = scope_chains(self._heard, self._catalogue)
        return len(self._mentions) > 1 or len(self._times) > 1 or len(scopes) > 1

    # — operations —

    def _ends_in_ratio(self) -> bool:
        """隐患和检查次数之比: 比 with nothing to compare behind it."""
        last = [t for t in self._heard.tokens if t.kind in ("operation", "metric", "time", "scope")][-1:]
        return bool(last) and last[0].kind == "operation" and last[0].text == "比"

    def _valued(self) -> MetricQuery:
        given = [m for m in self._mentions if self._given(m)]
        if given and len(given) < len(self._mentions):  # 参与率92.01%，没参与的人有几个: the first is told, not asked
            self._mentions = [m for m in self._mentions if m not in given]
        values = self._values()
        if len(values) > 1 and "within" in self._operations and not self._operations & {"and", "each"}:
            first, second = self._mentions[0], self._mentions[-1]
            if len(self._mentions) == 2 and self._inside(first) and second.metric.scope == first.metric.scope:
                values = values[-1:]
        claim, sign = self._claim()
        return self._made("value", values, claim=claim, claim_sign=sign)

    def _given(self, mention: Mention) -> bool:
        return any(
            t.number and self._heard.text[mention.end : t.start].strip("是为有达共约") == "" and t.start >= mention.end
            for t in self._heard.of("number")
        )

    def _claim(self) -> tuple[Decimal | None, Literal["over", "under", "equal"] | None]:
        numbers = self._numbers()
        if not numbers or not self._operations & {"is_it", "over", "under"}:
            return None, None
        if "under" in self._operations:
            return numbers[-1], "under"
        return numbers[-1], "over" if "over" in self._operations else "equal"

    def _numbers(self) -> list[Decimal]:
        """The numbers a question writes, in the unit of its metric."""
        found = []
        for token in self._heard.of("number"):
            text = token.number or ""
            value = Decimal(text.replace(",", "")) if text[0].isdigit() else Decimal(to_int(text))
            if "万" in token.text and self._mentions[0].metric.unit[:1] != "万":
                value *= 10_000
            found.append(value)
        return found

    def _over_time(self) -> bool:
        """Whether the question compares two times of the same metrics."""
        operations = self._operations
        moves = operations & {"up", "down", "change", "growth", "year_on_year", "chain"}
        if moves and not ("than" in operations and len(self._mentions) > 1 and not self._times):
            return True
        if not self._times or not operations & {"than", "difference", "more", "less", "from"}:
            return False
        if len(self._mentions) == 1:
            return len(self._times) > 1 or self._base_after_than() is not None
        than = next((t for t in self._heard.of("operation") if t.names[0] == "than"), None)
        after = self._base_after_than()
        if than is None or after is None:
            return False
        between = any(than.end <= m.start < after.start for m in self._mentions)
        return all(m.start < than.start for m in self._mentions) or (len(self._times) > 1 and not between)

    def _base_after_than(self) -> TimeAsked | None:
        """The time compared with: after 比, before 相比."""
        for token in self._heard.of("operation"):
            if token.names[0] != "than":
                continue
            before = [t for t in self._times if t.end <= token.start]
            after = [t for t in self._times if t.start >= token.end]
            if (
                token.text in ("相比", "对比", "相较", "对照")
                and before
                and not (after and token.end == after[0].start)
            ):
                return before[-1]
            near = [t for t in after if not any(token.end <= m.start < t.start for m in self._mentions)] or after
            if near:
                return near[0]
        return None

    def _change(self) -> MetricQuery | Unknown:
        operations = self._operations
        base = self._base_after_than()
        times = list(self._times)
        subject: TimeAsked | None = None
        if base is not None:
            rest = [t for t in times if t is not base]
            subject = rest[0] if rest else None
        elif len(times) > 1:
            ordered = sorted(
                times, key=lambda t: (self._year(t) or self._catalogue.default_year, t.month or 13, t.day or 32)
            )
            base, subject = ordered[0], ordered[-1]
        elif times and ("from" in operations and "up" not in operations or self._since(times[0])):
            base = times[0]
        elif times:
            subject = times[0]
        growth = bool(operations & {"growth"}) or any(n in ("点", "成") and "百分点" not in t.text
                                                      for t in self._heard.of("ask") for n in t.names)  # fmt: skip
        growth = growth or ("year_on_year" in operations and not self._asks_amount())
        operation: Operation = "growth" if growth else "change"
        terms: list[MetricTerm] = []
        for mention in self._mentions:
            late = self._term(mention, subject)
            early = self._term(mention, base) if base is not None else self._default_base(mention, late)
            if base is not None and base.prior and subject is None:
                early = early.model_copy(update={"year": self._subject_year(late) - 1})
            terms += [late, early]
        return self._made(operation, tuple(terms), direction=self._direction())

    def _across(self, chains: list[tuple[int, str]]) -> MetricQuery:
        """滨海新区2023年…与经开区2024年相比: two scopes, each at its own time."""
        terms = tuple(
            self._term(self._mentions[0], time).model_copy(update={"scope": scope})
            for (_, scope), time in zip(chains, self._times, strict=True)
        )
        direction = self._direction()
        return self._made("difference", terms, direction="gap" if direction == "signed" else direction)

    def _since(self, time: TimeAsked) -> bool:
        return any(t.names[0] == "to" and t.text in ("以来", "以后", "之后", "起") and t.start == time.end
                   for t in self._heard.of("operation"))  # fmt: skip

    def _asks_amount(self) -> bool:
        return any(name in _COUNTS or name == "元" for t in self._heard.of("ask") for name in t.names)

    def _subject_year(self, late: MetricTerm) -> int:
        if late.year is not None:
            return late.year
        held = self._ledger.readings(late.metric, late.scope or self._catalogue.metrics[late.metric].scope)
        years = [t.year for t in held]
        default = self._catalogue.default_year
        at_home = self._catalogue.within(late.scope or self._catalogue.metrics[late.metric].scope, HOME)
        return default if (default in years and at_home) or not years else max(years)

    def _default_base(self, mention: Mention, late: MetricTerm) -> MetricTerm:
        """No earlier time named: the year before, or, where only this year is held and none was named, its earlier day."""
        year = self._subject_year(late)
        scope = mention.scope or mention.metric.scope
        held = self._ledger.readings(mention.metric.name, scope)
        this_year = [t for t in held if t.year == year]
        within = "chain" in self._operations or (late.year is None and "year_on_year" not in self._operations)
        if within and not any(t.year == year - 1 for t in held) and len(this_year) > 1 and this_year[-2].as_of:
            day = this_year[-2].as_of
            self._notes.append(
                f"没有写明与何时相比，按{year}年内较早的统计日（{day.month}月{day.day}日）比较；没有{year - 1}年的数，不能同比。"
            )
            return MetricTerm(metric=mention.metric.name, scope=mention.scope, year=year, month=day.month, day=day.day)
        return MetricTerm(metric=mention.metric.name, scope=mention.scope, year=year - 1)

    def _direction(self) -> Literal["more", "less", "gap", "signed"]:
        operations = self._operations
        if operations & {"down", "less"} and not operations & {"up", "more"}:
            return "less"
        if operations & {"up", "more"}:
            return "more"
        return "gap" if "difference" in operations else "signed"

    def _share(self) -> MetricQuery | Unknown:
        mark = next((t for t in self._heard.of("operation") if t.names[0] == "share" and t.text.startswith("占")), None)
        mentions = self._mentions
        first = mentions[0]
        if first.metric.unit == "%":  # “一门”事项占政务服务事项的百分之多少: the metric is itself the share
            return self._made("value", (self._term(first, self._time_of(first)),))
        if len(mentions) == 1 and len(self._times) == 2:
            return self._made("share", tuple(self._term(first, t) for t in self._times))
        if len(mentions) == 1:
            if first.metric.whole is None:
                return Unknown("relation", f"没有写明“{first.metric.name}”占什么的比重", (first.term(),))
            name = first.metric.whole
            if self._classes() and (sum_ := self._sum_of_parts(MetricTerm(metric=name))):
                name = sum_.metric  # 占四类的百分之几: of the sum of the four, not of the stated total
            whole = Mention(self._catalogue.metrics[name], 0, 0, first.scope, True)
            parts = [first]
        else:
            before = [m for m in mentions if mark is None or m.start < mark.start]
            after = [m for m in mentions if mark is not None and m.start > mark.start]
            inside = next((m for m in before if self._inside(m)), None)
            if mark is None and len(before) == 2 and any("百分之" in t.text for t in self._heard.of("ask")):
                whole, parts = before[1], before[:1]  # 咨询量是工单量的百分之几
            elif after and before:
                whole, parts = after[0], [m for m in before if m is not inside] or before
            elif inside is not None and len(before) > 1:
                whole, parts = inside, [m for m in before if m is not inside]
            elif mark is None and len(before) == 2 and "and" in self._operations and "each" not in self._operations:
                whole, parts = before[1], before[:1]  # 处罚与检查的比例
            elif all(m.metric.whole and m.metric.whole == before[0].metric.whole for m in before):
                whole, parts = (
                    Mention(self._catalogue.metrics[str(before[0].metric.whole)], 0, 0, first.scope, True),
                    before,
                )
            elif len(before) == 2 and before[1].metric.name == before[0].metric.whole:
                whole, parts = before[1], before[:1]
            elif len(before) >= 2 and before[0].metric.name == before[1].metric.whole:
                whole, parts = before[0], before[1:]
            else:
                whole, parts = (before or mentions)[1], (before or mentions)[:1]
        terms: list[MetricTerm] = []
        if "sum" in self._operations and len(parts) > 1:
            joined = tuple(self._term(p, self._time_of(p)) for p in parts)
            return self._made("share", (*joined, self._term(whole, self._time_of(first))), direction="more")
        for part in (self._part_in(p, whole) for p in parts):
            terms += [self._term(part, self._time_of(part)), self._term(whole, self._time_of(part))]
        return self._made("share", tuple(terms))

    def _part_in(self, part: Mention, whole: Mention) -> Mention:
        """受理后审结的案件中调解和解的: of a sum, the addend that belongs to the whole named."""
        formula = self._catalogue.formulas.get(part.metric.name)
        if formula is None or self._part_of(part.metric.name, whole.metric.name):
            return part
        own = [n for n in added(formula) if self._catalogue.metrics[n].whole == whole.metric.name]
        return replace(part, metric=self._catalogue.metrics[own[0]]) if len(own) == 1 else part

    def _inside(self, mention: Mention) -> bool:
        """Whether 里 or 中 stands right behind, a count between at most: 审结377件里."""
        return any(
            t.names[0] == "within"
            and t.start >= mention.end
            and _COUNTED.fullmatch(self._heard.text[mention.end : t.start])
            for t in self._heard.of("operation")
        )

    def _pairs(self, operation: Operation, what: str) -> MetricQuery | Unknown:
        terms = self._values()
        if len(terms) != 2:
            return Unknown("relation", f"没有写明拿什么同“{self._mentions[0].metric.name}”比{what}", terms[:1])
        return self._made(operation, terms)

    def _difference(self) -> MetricQuery | Unknown:
        terms = self._values()
        if len(terms) != 2:
            if len(terms) == 1 and (numbers := self._numbers()):
                return self._made("difference", terms, direction="gap", claim=numbers[-1])
            if len(terms) == 1 and (whole := self._whole_of_sum(terms[0])):
                return self._made("difference", (terms[0], whole), direction=self._direction())
            if len(terms) == 1 and (sum_ := self._sum_of_parts(terms[0])):
                return self._made("difference", (sum_, terms[0]), direction="gap")
            if len(terms) < 2:
                return Unknown("relation", f"没有写明“{self._mentions[0].metric.name}”同什么比较", terms[:1])
            return self._made("value", terms)
        if any(n in ("点", "成") and "百分点" not in t.text for t in self._heard.of("ask") for n in t.names):
            return self._made("growth", terms, direction=self._direction())
        direction = self._direction()
        if direction == "signed" or "which" in self._operations:
            direction = "gap"
        return self._made("difference", terms, direction=direction)

    def _listed(self) -> bool:
        """Whether 一共 and 共 only introduce several questions, each with its own 多少."""
        strong = any(t.text not in _LOOSE_SUMS for t in self._heard.of("operation") if t.names[0] == "sum")
        asked = [t for t in self._heard.of("ask") if t.text.lstrip("有")[:1] in "多几" and t.names]
        return "each" in self._operations or (not strong and len(asked) > 1)

    def _classes(self) -> bool:
        return any(
            word in self._heard.text
            for word in ("各类", "各种", "各项", "分项", "四类", "五类", "三类", "四种", "五种", "三种")
        )

    def _sum_of_parts(self, term: MetricTerm) -> MetricTerm | None:
        """The declared sum of a stated total's parts."""
        for name, formula in self._catalogue.formulas.items():
            parts = added(formula)
            if len(parts) > 1 and all(self._catalogue.metrics[p].whole == term.metric for p in parts):
                return term.model_copy(update={"metric": name})
        return None

    def _whole_of_sum(self, term: MetricTerm) -> MetricTerm | None:
        """The stated total that a sum of parts should give."""
        parts = added(self._catalogue.formulas[term.metric]) if term.metric in self._catalogue.formulas else ()
        wholes = {self._catalogue.metrics[part].whole for part in parts}
        whole = wholes.pop() if len(wholes) == 1 else None
        return term.model_copy(update={"metric": whole}) if whole and whole != term.metric else None

    def _sum(self) -> MetricQuery | Unknown:
        for mention in self._mentions:  # 案前和案中一共调解和解多少: the sum is a metric of its own
            formula = self._catalogue.formulas.get(mention.metric.name)
            others = {m.metric.name for m in self._mentions if m is not mention}
            if formula is not None and others and others <= set(added(formula)):
                return self._made("value", (self._term(mention, self._time_of(mention)),))
        return self._made("sum", self._values())

    def _except(self) -> MetricQuery | Unknown:
        mark = next((t for t in self._heard.of("operation") if t.names[0] in ("except", "rest")), None)
        ordered = list(self._mentions)
        for mention in ordered:  # 除了履行的，还有多少没履行: the rest is a metric of its own
            formula = self._catalogue.formulas.get(mention.metric.name)
            if (
                formula is not None
                and "-" in str(mention.metric.formula)
                and all(o is mention or o.metric.name in names(formula) for o in ordered)
            ):
                return self._made("value", (self._term(mention, self._time_of(mention)),))
        whole = next((m for m in ordered if all(self._part_of(o.metric.name, m.metric.name) for o in ordered if o is not m)),
                     None)  # fmt: skip
        if whole is None or mark is None:
            return Unknown("relation", "没有写明从哪个总数里扣除", tuple(m.term() for m in ordered))
        parts = [m for m in ordered if m is not whole]
        time = self._time_of(ordered[0])
        return self._made("remainder", (self._term(whole, time), *(self._term(p, time) for p in parts)))

    def _part_of(self, part: str, whole: str) -> bool:
        at = self._catalogue.metrics[part].whole
        while at is not None:
            if at == whole:
                return True
            at = self._catalogue.metrics[at].whole
        return False

    def _remainder_of_negated(self) -> MetricQuery | Unknown:
        negated = next(m for m in self._mentions if m.negated)
        whole = negated.metric.whole
        named = [m for m in self._mentions if m is not negated]
        if named and self._part_of(negated.metric.name, named[0].metric.name):
            whole = named[0].metric.name
        if whole is None:
            return Unknown("relation", f"没有“{negated.metric.name}”的总数，不能算出其余", (negated.term(),))
        time = self._time_of(negated)
        total = Mention(self._catalogue.metrics[whole], 0, 0, negated.scope, True)
        return self._made("remainder", (self._term(total, time), self._term(negated, time)))

    def _ranked(self) -> MetricQuery | Unknown:
        terms = self._values()
        direction: Literal["more", "less", "signed"] = (
            "more" if "rank_max" in self._operations else "less" if "rank_min" in self._operations else "signed"
        )
        if len(terms) == 1:
            if "年" in "".join(t.text for t in self._heard.of("operation") if t.names[0] == "which"):
                held = self._ledger.readings(terms[0].metric, terms[0].scope or self._mentions[0].metric.scope)
                years = sorted({t.year for t in held})
                terms = tuple(terms[0].model_copy(update={"year": y}) for y in years)
            else:
                parts = children(self._catalogue, terms[0].metric)
                terms = tuple(terms[0].model_copy(update={"metric": name}) for name in parts)
        if len(terms) < 2:
            return Unknown(
                "relation", f"“{self._mentions[0].metric.name}”没有可以排名的分项", (self._mentions[0].term(),)
            )
        return self._made("rank", terms, direction=direction)

    def _composition(self) -> MetricQuery | Unknown:
        mention = self._mentions[0]
        parts = children(self._catalogue, mention.metric.name)
        if not parts:
            return Unknown("relation", f"没有“{mention.metric.name}”的分项", (mention.term(),))
        term = self._term(mention, self._time_of(mention))
        return self._made("composition", (term, *(term.model_copy(update={"metric": name}) for name in parts)))

    def _per_time(self) -> Literal["day", "week", "month", "quarter"] | None:
        return next((per for word, per in _PERIODS.items() if word in self._heard.text), None)

    def _average(self) -> MetricQuery | Unknown:
        per_time = self._per_time()
        if per_time is not None and not self._pers:
            return self._made("average", self._values(), per=per_time)
        if not self._pers and (measure := _EACH.search(self._heard.text)):  # 抽查58项工程，平均每项几条意见
            kind = MEASURES.get(measure[1], "")
            fits = [m for m in self._mentions if UNIT_KINDS.get(m.metric.unit) == kind]
            if kind and len(fits) == 1 and len(self._mentions) > 1:
                self._pers = fits
                self._mentions = [m for m in self._mentions if m not in fits]
        if not self._pers:
            if len(self._mentions) == 1:
                named = self._named_average(self._mentions[0])
                if named is not None:
                    return self._made("value", (named,))
                if self._mentions[0].metric.formula and "/" in self._mentions[0].metric.formula:
                    return self._valued()
            return Unknown("relation", "没有写明按什么平均", tuple(m.term() for m in self._mentions))
        averaged = {p.metric.name for p in self._pers}
        numerators = [self._undivided(m) for m in self._mentions if not m.per and m.metric.name not in averaged]
        if not numerators:
            return Unknown("relation", "没有写明对什么求平均", tuple(m.term() for m in self._pers))
        terms: list[MetricTerm] = []
        for numerator in numerators:
            mention, per = self._matched(numerator)
            terms += [self._term(mention, self._time_of(mention)), self._term(per, self._time_of(mention))]
        return self._made("average", tuple(terms))

    def _named_average(self, mention: Mention) -> MetricTerm | None:
        """平均罚款: the one average that is declared over this metric."""
        found = [
            name for name, formula in self._catalogue.formulas.items()
            if names(formula)[0] == mention.metric.name and name.startswith(("平均", "人均")) and "/" in str(self._catalogue.metrics[name].formula)
        ]  # fmt: skip
        if len(found) != 1:
            return None
        return self._term(mention, self._time_of(mention)).model_copy(update={"metric": found[0]})

    def _undivided(self, mention: Mention) -> Mention:
        """平均罚款 with another denominator named: what is averaged is the fines."""
        formula = self._catalogue.formulas.get(mention.metric.name)
        if formula is None or "/" not in str(mention.metric.formula) or mention.metric.unit == "%":
            return mention
        return replace(mention, metric=self._catalogue.metrics[names(formula)[0]])

    def _matched(self, numerator: Mention) -> tuple[Mention, Mention]:
        """Numerator and denominator, where their words fit several: a declared average first, then one department."""
        per = self._pers[0]
        declared = {
            names(f) for n, f in self._catalogue.formulas.items() if "/" in str(self._catalogue.metrics[n].formula)
        }
        for top in (numerator.metric.name, *numerator.others):
            for below in (per.metric.name, *per.others):
                if (top, below) in declared and (numerator.others or per.others):
                    metrics = self._catalogue.metrics
                    return replace(numerator, metric=metrics[top]), replace(per, metric=metrics[below])
        return numerator, self._per_for(numerator)

    def _per_for(self, numerator: Mention) -> Mention:
        """The denominator in the numerator's own department, where the word fits several."""
        per = self._pers[0]
        for name in (per.metric.name, *per.others):
            metric = self._catalogue.metrics[name]
            if metric.scope == numerator.metric.scope and metric != numerator.metric:
                return Mention(metric, per.start, per.end, per.scope, True, True)
        return per

    def _made(
        self,
        operation: Operation,
        terms: tuple[MetricTerm, ...],
        *,
        direction: Literal["more", "less", "gap", "signed"] = "signed",
        per: Literal["day", "week", "month", "quarter"] | None = None,
        claim: Decimal | None = None,
        claim_sign: Literal["over", "under", "equal"] | None = None,
    ) -> MetricQuery:
        return MetricQuery(
            operation=operation, terms=terms, numbers=tuple(self._numbers()), notes=tuple(dict.fromkeys(self._notes)), direction=direction, per=per,
            claim=claim, claim_sign=claim_sign,
        )  # fmt: skip


def children(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The parts of a metric; for a part, its siblings."""
    formula = catalogue.formulas.get(name)
    if formula is not None and added(formula):
        return added(formula)
    stated = tuple(m.name for m in catalogue.metrics.values() if m.whole == name and m.formula is None)
    if stated:
        return stated
    whole = catalogue.metrics[name].whole
    return children(catalogue, whole) if whole else ()


def _strong(mention: Mention) -> bool:
    return mention.own and any(mark in mention.word for mark in _STRONG)


def _weak(mention: Mention) -> bool:
    return not mention.own or (bool(WEAK.match(mention.word)) and not _strong(mention))


def _standing(mention: Mention) -> bool:
    """Whether a metric is a state of the day (人员, 率), not something that adds up over the year."""
    return mention.metric.unit in ("%", "人") or mention.metric.name == "权责总数"


def _ends(time: TimeAsked) -> tuple[TimeAsked, ...]:
    """2023年到2024年 as its two ends."""
    if time.kind != "range" or time.until_year is None:
        return (time,)
    last = replace(time, kind="year", year=time.until_year, until_year=None, start=time.end - 1)
    return replace(time, kind="year", until_year=None, end=time.end - 1), last


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


def _notes(mentions: list[Mention]) -> list[str]:
    notes = []
    for mention in mentions:
        if mention.others:
            notes.append(
                f"“{mention.word}”按“{mention.metric.name}”理解；也可能指{'、'.join(f'“{o}”' for o in mention.others[:3])}。"
            )
    return notes


__all__ = ["KIN", "LONGEST", "Reader", "Sentence", "Token", "Unknown"]
