"""Exemption and flexible-enforcement lists: one YAML file a list, taken whole or refused with every problem."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.clock import today
from assistant.errors import KnowledgeError
from assistant.knowledge.conditions import ConditionReader, joined_label
from assistant.knowledge.marked import MarkedYaml
from assistant.law.citations import check
from assistant.law.library import Library
from assistant.schema import (
    AskedFact,
    Citation,
    Combination,
    Condition,
    ListSource,
    Nature,
    Rule,
    RuleEffect,
    RuleList,
    Span,
    TierFine,
    TierName,
)

UNSEEN = "待核"
"""Written for 条件 where the source's conditions were not seen."""

COMMON = "按共同条件"
"""Written for 条件 where an item has no conditions but those of its whole list."""

_LIST: dict[str, type | tuple[type, ...]] = {
    "清单": str,
    "发文机关": str,
    "文号": str,
    "地域": str,
    "领域": str,
    "类别": str,
    "有效期": dict,
    "性质": str,
    "来源": dict,
    "说明": str,
    "事实": list,
    "共同条件": dict,
    "共同排除": dict,
    "配套": list,
    "事项": list,
}
_NEEDED = ("清单", "地域", "类别", "性质", "来源", "事项")
_ITEM: dict[str, type | tuple[type, ...]] = {
    "编号": (str, int),
    "事项": str,
    "同义": list,
    "领域": str,
    "条件": (dict, str),
    "条件不全": str,
    "排除": dict,
    "结论": str,
    "违则": list,
    "罚则": list,
    "语料外": list,
    "拒不改正才罚": str,
    "配套": list,
    "说明": str,
    "阶次": str,
    "罚款": dict,
}
_FINE: dict[str, type | tuple[type, ...]] = {"自": (int, float), "至": (int, float), "单位": str}
_SOURCE: dict[str, type | tuple[type, ...]] = {"标题": str, "网址": str, "核对人": str, "核对日": dt.date}
_SPAN: dict[str, type | tuple[type, ...]] = {"起": dt.date, "止": dt.date}
_ASK: dict[str, type | tuple[type, ...]] = {"名称": str, "类型": str, "问题": str}
_KINDS = get_args(AskedFact.model_fields["kind"].annotation)
_SAYS = {str: "一段文字", dict: "键值对", list: "列表", dt.date: "形如 2026-01-01 的日期"}


@dataclass(frozen=True)
class Lists:
    """Every list held, and their items. `rules` are in the order of files and items."""

    lists: Mapping[str, RuleList]
    rules: tuple[Rule, ...]


def load_lists(folders: Iterable[Path], library: Library) -> Lists:
    """Every `*.yaml` of the folders. KnowledgeError names every problem of every file, with file and line."""
    problems: list[str] = []
    lists: dict[str, RuleList] = {}
    rules: list[Rule] = []
    files = [file for folder in folders if folder.is_dir() for file in sorted(folder.glob("*.yaml"))]
    for file in files:
        try:
            head, items = _ListFile(file, library, problems).read()
        except KnowledgeError as error:
            problems.append(str(error))
            continue
        if head is None:
            continue
        if head.id in lists:
            problems.append(f"{file.name}:1：已有同名的清单文件，请换一个文件名")
        lists[head.id] = head
        rules += items
    if problems:
        raise KnowledgeError("清单", "\n".join(problems), "逐条改正后重新加载")
    return Lists(lists, tuple(rules))


class _ListFile:
    def __init__(self, file: Path, library: Library, problems: list[str]) -> None:
        self._file = file
        self._library = library
        self._marked = MarkedYaml(file)
        self._problems = problems
        self._before = len(problems)
        problems += self._marked.faults

    def _wrong(self, path: tuple[object, ...], problem: str) -> None:
        self._problems.append(f"{self._marked.where(path)}：{problem}")

    def read(self) -> tuple[RuleList | None, list[Rule]]:
        top = self._marked.value
        if not self._shaped((), top, _LIST):
            return None, []
        for key in _NEEDED:
            if top.get(key) in (None, "", [], {}):
                self._wrong((key,), f"缺少“{key}”")
        if len(self._problems) > self._before:
            return None, []
        head = self._head(top)
        asks = {ask.name: ask for ask in head.asks}
        conditions = ConditionReader(self._marked, asks, self._problems)
        common = conditions.read(("共同条件",), top["共同条件"]) if "共同条件" in top else None
        barred = conditions.read(("共同排除",), top["共同排除"]) if "共同排除" in top else None
        rules: list[Rule] = []
        numbers: dict[str, str] = {}
        for at, entry in self._marked.entries("事项"):
            rule = self._item(("事项", at), entry, head, conditions, (common, barred), top.get("配套", []))
            if rule is None:
                continue
            if rule.number in numbers:
                self._wrong(("事项", at), f"编号“{rule.number}”与 {numbers[rule.number]} 重复")
            numbers[rule.number] = rule.where
            rules.append(rule)
        return (head, rules) if len(self._problems) == self._before else (None, [])

    def _shaped(self, path: tuple[object, ...], value: Any, keys: Mapping[str, type | tuple[type, ...]]) -> bool:
        """Whether `value` is a mapping with these keys and kinds only; what is not so becomes a problem."""
        if not isinstance(value, dict):
            self._wrong(path, f"应当是键值对，可用的键是{'、'.join(keys)}")
            return False
        before = len(self._problems)
        for key, one in value.items():
            kind = keys.get(key)
            if kind is None:
                self._wrong((*path, key), f"不认识的键“{key}”")
            elif one is not None and (not isinstance(one, kind) or isinstance(one, bool)):
                kinds = kind if isinstance(kind, tuple) else (kind,)
                self._wrong((*path, key), f"“{key}”应当是{'或'.join(_SAYS.get(k, '数') for k in kinds)}")
        return len(self._problems) == before

    def _head(self, top: dict[str, Any]) -> RuleList:
        source = top["来源"] if self._shaped(("来源",), top["来源"], _SOURCE) else {}
        span = top.get("有效期") or {}
        span = span if self._shaped(("有效期",), span, _SPAN) else {}
        start, end = span.get("起"), span.get("止")
        if start and end and end < start:
            self._wrong(("有效期",), "“止”早于“起”")
        nature = self._one_of(("性质",), top["性质"], get_args(Nature))
        checked = source.get("核对人")
        if (checked is None) != (source.get("核对日") is None):
            self._wrong(("来源",), "“核对人”与“核对日”应当同时写，或者都不写")
        return RuleList(
            id=self._file.stem,
            title=top["清单"],
            issuer=top.get("发文机关"),
            document_no=top.get("文号"),
            region=top["地域"],
            field=top.get("领域"),
            category=self._one_of(("类别",), top["类别"], get_args(RuleEffect)),
            in_force=Span(from_=start, to=end),
            # A list nobody held against the original is not shown as official.
            nature="待核" if nature == "官方" and checked is None else nature,
            source=ListSource(
                title=source.get("标题") or top["清单"],
                url=source.get("网址"),
                checked_by=checked,
                checked_on=source.get("核对日"),
            ),
            note=top.get("说明"),
            asks=tuple(self._asks(top)),
        )

    def _asks(self, top: dict[str, Any]) -> list[AskedFact]:
        asks: list[AskedFact] = []
        for at, entry in self._marked.entries("事实"):
            path = ("事实", at)
            if not self._shaped(path, entry, _ASK):
                continue
            if not all(entry.get(key) for key in _ASK):
                self._wrong(path, f"应当写{'、'.join(_ASK)}")
                continue
            kind = self._one_of((*path, "类型"), entry["类型"], _KINDS)
            if any(ask.name == entry["名称"] for ask in asks):
                self._wrong(path, f"事实“{entry['名称']}”写了两次")
            asks.append(AskedFact(name=entry["名称"], kind=kind, question=entry["问题"]))
        return asks

    def _one_of(self, path: tuple[object, ...], value: Any, choices: tuple[str, ...]) -> Any:
        if value in choices:
            return value
        self._wrong(path, f"“{value}”不在可用的值里：{'、'.join(choices)}")
        return choices[0]

    def _item(
        self,
        path: tuple[object, ...],
        entry: Any,
        head: RuleList,
        conditions: ConditionReader,
        common: tuple[Condition | None, Condition | None],
        measures: list[str],
    ) -> Rule | None:
        if not self._shaped(path, entry, _ITEM):
            return None
        missing = [key for key in ("编号", "事项", "条件") if entry.get(key) in (None, "", {})]
        for key in missing:
            self._wrong(path, f"缺少“{key}”" + ("（没有见到就写 条件: 待核）" if key == "条件" else ""))
        if missing:
            return None
        when: Condition | None = None
        if isinstance(entry["条件"], dict):
            when = conditions.read((*path, "条件"), entry["条件"])
            when = _join("全部", common[0], when) if when is not None else None
        elif entry["条件"] == COMMON and common[0] is not None:
            when = common[0]
        elif entry["条件"] != UNSEEN:
            self._wrong((*path, "条件"), f"“条件”应当是键值对，或者写{UNSEEN}；清单有“共同条件”的可以写{COMMON}")
        unless = conditions.read((*path, "排除"), entry["排除"]) if entry.get("排除") else None
        tier, fine = self._tier(path, entry, head)
        texts = {key: self._texts((*path, key), entry.get(key)) for key in ("同义", "语料外", "配套")}
        return Rule(
            id=f"{head.id}#{entry['编号']}",
            list_id=head.id,
            number=str(entry["编号"]),
            matter=entry["事项"],
            synonyms=texts["同义"],
            field=entry.get("领域") or head.field,
            when=when,
            unless=_join("任一", common[1], unless),
            whole=not self._yes((*path, "条件不全"), entry.get("条件不全")),
            effect=self._one_of((*path, "结论"), entry.get("结论") or head.category, get_args(RuleEffect)),
            forbidden_by=self._basis((*path, "违则"), entry.get("违则")),
            punished_by=self._basis((*path, "罚则"), entry.get("罚则")),
            outside=texts["语料外"],
            refusal_only=self._yes((*path, "拒不改正才罚"), entry.get("拒不改正才罚")),
            measures=texts["配套"] or tuple(measures),
            in_force=head.in_force,
            tier=tier,
            fine=fine,
            note=entry.get("说明"),
            where=self._marked.where(path),
        )

    def _tier(self, path: tuple[object, ...], entry: Any, head: RuleList) -> tuple[TierName | None, TierFine | None]:
        """The tier of a benchmark and its fine; an item of any other list has none."""
        if head.category != "裁量基准":
            for key in ("阶次", "罚款"):
                if key in entry:
                    self._wrong((*path, key), f"只有类别为裁量基准的清单才写“{key}”")
            return None, None
        if entry.get("阶次") is None or not entry.get("罚则"):
            self._wrong(path, "裁量基准的每一项都要写“阶次”和“罚则”")
            return None, None
        tier = self._one_of((*path, "阶次"), entry["阶次"], get_args(TierName))
        written = entry.get("罚款")
        if written is None:
            if tier != "不予处罚":
                self._wrong(path, "缺少“罚款”，写作 罚款: {自: 5000, 至: 20000}，单位可以写元、倍、幅度")
            return tier, None
        if not self._shaped((*path, "罚款"), written, _FINE):
            return tier, None
        low, high, unit = written.get("自", 0), written.get("至"), written.get("单位", "元")
        unit = self._one_of((*path, "罚款"), unit, ("元", "倍", "幅度"))
        if low < 0 or (high is not None and high < low) or (unit == "幅度" and not 0 <= low <= (high or 1) <= 1):
            self._wrong((*path, "罚款"), "“自”不能是负数，“至”不能小于“自”；单位是幅度的，在0至1之间")
        return tier, TierFine(min=low, max=high, unit=unit)

    def _yes(self, path: tuple[object, ...], value: Any) -> bool:
        return value is not None and bool(self._one_of(path, value, ("是", "否")) == "是")

    def _texts(self, path: tuple[object, ...], value: Any) -> tuple[str, ...]:
        if value is None:
            return ()
        if not all(isinstance(one, str) and one.strip() for one in value):
            self._wrong(path, "列表里应当都是文字")
            return ()
        return tuple(value)

    def _basis(self, path: tuple[object, ...], value: Any) -> tuple[Citation, ...]:
        """Provisions, each held by the library (in force or not: a lapsed list cites lapsed law)."""
        found: list[Citation] = []
        for at, text in enumerate(self._texts(path, value)):
            checked = check(text, self._library, today())
            if len(checked) != 1 or checked[0].text != text.strip():
                self._wrong((*path, at), f"“{text}”应当是一处引文，写作《法律全称》第…条第…款第（…）项")
                continue
            one = checked[0]
            if one.verdict == "out_of_scope":
                self._wrong((*path, at), f"“{text}”不在语料里：请写到“语料外”，或者先导入这部法")
            elif one.verdict in ("no_such_provision", "quote_mismatch") or one.law is None or one.article is None:
                self._wrong((*path, at), f"“{text}”查不到：{one.detail}")
            else:
                found.append(Citation(law=one.law, article=one.article, paragraph=one.paragraph, item=one.item))
        return tuple(found)


def _join(kind: str, first: Condition | None, second: Condition | None) -> Condition | None:
    if first is None or second is None:
        return first or second
    parts = (first, second)
    return Combination(kind="全部" if kind == "全部" else "任一", parts=parts, label=joined_label(kind, parts))
