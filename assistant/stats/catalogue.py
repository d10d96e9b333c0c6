"""Metrics, figures and checks as the knowledge base declares them: taken whole, or refused with every problem."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import get_args

from assistant.errors import KnowledgeError
from assistant.schema import Figure, FigureState, Flag, FlagCode, Metric, Stated
from assistant.stats.formula import Formula, names, parse
from assistant.stats.reading import Entry, Problems, known_keys, read_yaml
from assistant.stats.spelling import spell

HOME = "经开区"
"""The scope meant where a metric or a figure names none."""

_FILE = frozenset(["范围", "无数据范围", "指标", "来源", "数据", "核对", "计数"])
_SCOPE = frozenset(["名称", "全称", "上级", "同义"])
_METRIC = frozenset(
    "名称 单位 范围 整体 同义 泛称 每 公式 另法 口径 出处 提示 连带 代表全区 语境".split()  # noqa: SIM905
)
_SOURCE = frozenset(["简称", "标题", "网址", "发布", "性质", "年", "默认"])
_FIGURE = frozenset(
    ["来源", "范围", "指标", "年", "截至", "值", "单位", "表述", "状态", "同比", "口径", "公式", "位置", "引文"]
)  # fmt: skip
_CHECK = frozenset(["名称", "等式", "不超过", "说明", "只限", "波及"])


@dataclass(frozen=True)
class Scope:
    """Whose numbers: a district or a department of it."""

    name: str
    parent: str | None
    words: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class ReportSource:
    """A report or page that figures were taken from; the default one is meant when a question names no year."""

    name: str
    title: str
    year: int | None
    default: bool
    state: FigureState
    where: str


@dataclass(frozen=True)
class Check:
    """An equality, or a bound, that figures of one scope and time must keep."""

    name: str
    left: Formula
    right: Formula
    bound: bool
    """Whether `left` need only not exceed `right`."""
    remark: str
    scopes: tuple[str, ...]
    also: tuple[str, ...]
    """Metrics that carry the flag besides those the check names."""
    where: str


@dataclass(frozen=True)
class Catalogue:
    """Everything declared, by name."""

    scopes: dict[str, Scope]
    unheld: tuple[str, ...]
    """Departments and places that are asked about but have no figures."""
    metrics: dict[str, Metric]
    formulas: dict[str, Formula]
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]
    sources: dict[str, ReportSource]

    @property
    def default_year(self) -> int:
        return next((s.year for s in self.sources.values() if s.default and s.year), dt.date.min.year)

    def within(self, scope: str, ancestor: str) -> bool:
        """Whether `scope` is `ancestor` or belongs to it."""
        at: str | None = scope
        while at is not None:
            if at == ancestor:
                return True
            at = self.scopes[at].parent if at in self.scopes else None
        return False


def read_catalogue(folder: Path) -> Catalogue:
    """Read every YAML file of the folder. KnowledgeError with all problems, each with file and line."""
    if not folder.is_dir():
        raise KnowledgeError(str(folder), "没有这个指标文件夹", "检查 KNOWLEDGE_DIR 指向的知识库是否完整")
    problems = Problems()
    files = [read_yaml(path, problems) for path in sorted(folder.glob("*.yaml"))]
    for file in files:
        known_keys(file, _FILE, (), "文件", problems)
    scopes = _scopes(files, problems)
    metrics = _metrics(files, scopes, problems)
    formulas = _formulas(metrics, problems)
    sources = {s.name: s for file in files for e in file.entries("来源") if (s := _source(e, problems))}
    figures = _figures(files, metrics, scopes, sources, problems)
    checks = tuple(c for file in files for e in file.entries("核对") if (c := _check(e, metrics, scopes, problems)))
    defaults = [source for source in sources.values() if source.default]
    for source in defaults[1:]:
        problems.add(
            source.where, f"来源“{source.name}”写了默认，而 {defaults[0].where} 的“{defaults[0].name}”已是默认"
        )
    unheld = tuple(word for file in files for word in file.texts("无数据范围"))
    problems.refuse(folder)
    return Catalogue(scopes, unheld, metrics, formulas, figures, checks, sources)


def _scopes(files: list[Entry], problems: Problems) -> dict[str, Scope]:
    scopes: dict[str, Scope] = {}
    owner: dict[str, str] = {}
    for entry in (e for file in files for e in file.entries("范围")):
        if not known_keys(entry, _SCOPE, ("名称",), "范围", problems):
            continue
        name = str(entry.text("名称"))
        full = entry.text("全称")
        words = tuple(dict.fromkeys([name, *([full] if full else []), *entry.texts("同义")]))
        for word in words:
            if word in owner:
                problems.add(entry.where, f"范围“{name}”的说法“{word}”已用于“{owner[word]}”")
            owner[word] = name
        scopes[name] = Scope(name, entry.text("上级"), words, entry.where)
    for scope in scopes.values():
        if scope.parent is not None and scope.parent not in scopes:
            problems.add(scope.where, f"范围“{scope.name}”的上级“{scope.parent}”没有定义")
    parents = {scope.name: scope.parent for scope in scopes.values()}
    for ring in _rings(parents):
        problems.add(scopes[ring[0]].where, f"范围的上级循环：{' → '.join(ring)}")
    return scopes


def _metrics(files: list[Entry], scopes: dict[str, Scope], problems: Problems) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    owner: dict[str, Metric] = {}
    for entry in (e for file in files for e in file.entries("指标")):
        if not known_keys(entry, _METRIC, ("名称", "单位"), "指标", problems):
            continue
        metric = Metric(
            name=str(entry.text("名称")),
            unit=str(entry.text("单位")),
            scope=entry.text("范围") or HOME,
            whole=entry.text("整体"),
            formula=entry.text("公式"),
            misfits=entry.texts("另法"),
            synonyms=entry.texts("同义"),
            common=entry.texts("泛称"),
            per=entry.texts("每"),
            narrows=entry.texts("连带"),
            context=entry.texts("语境"),
            partial=entry.text("代表全区") == "否",
            definition=entry.text("口径"),
            defined_in=entry.text("出处"),
            flags=tuple(f for e in entry.entries("提示") if (f := _flag(e, problems))),
            where=entry.where,
        )
        if metric.name in metrics:
            problems.add(entry.where, f"指标“{metric.name}”已在 {metrics[metric.name].where} 定义，请改名或合并")
            continue
        metrics[metric.name] = metric
        if metric.scope not in scopes:
            problems.add(entry.where, f"指标“{metric.name}”的范围“{metric.scope}”没有定义")
        for word in dict.fromkeys([metric.name, *metric.synonyms]):
            spelt = spell(word)
            if not spelt:
                problems.add(entry.where, f"指标“{metric.name}”有空白的说法")
            elif spelt in owner and owner[spelt].name != metric.name:
                problems.add(
                    entry.where,
                    f"指标“{metric.name}”的说法“{word}”与 {owner[spelt].where} 的“{owner[spelt].name}”相同，"
                    "请删去一处，或都改列为泛称",
                )
            owner.setdefault(spelt, metric)
    for metric in metrics.values():
        if metric.whole is not None and metric.whole not in metrics:
            problems.add(metric.where, f"指标“{metric.name}”的整体“{metric.whole}”没有定义")
    for ring in _rings({metric.name: metric.whole for metric in metrics.values()}):
        problems.add(metrics[ring[0]].where, f"指标的整体循环：{' → '.join(ring)}")
    for metric in metrics.values():
        for narrow in metric.narrows:
            if narrow not in metrics:
                problems.add(metric.where, f"指标“{metric.name}”连带的指标“{narrow}”没有定义")
    return metrics


def _rings(above: dict[str, str | None]) -> list[tuple[str, ...]]:
    """The rings among names that each stand under another, each told once, from its first name."""
    found: list[tuple[str, ...]] = []
    for name in above:
        path = [name]
        while (up := above.get(path[-1])) is not None and up not in path:
            path.append(up)
        if up == name and not any(set(path) == set(ring) for ring in found):
            found.append((*path, name))
    return found


def _flag(entry: Entry, problems: Problems) -> Flag | None:
    if not known_keys(entry, frozenset(["码", "文"]), ("码", "文"), "提示", problems):
        return None
    code, text = str(entry.text("码")), str(entry.text("文"))
    if code not in get_args(FlagCode):
        problems.add(entry.where, f"提示码“{code}”不认识（可用：{'、'.join(get_args(FlagCode))}）")
        return None
    return Flag.model_validate({"code": code, "text": text})


def _formula(text: str, what: str, where: str, metrics: dict[str, Metric], problems: Problems) -> Formula | None:
    try:
        formula = parse(text)
    except ValueError as error:
        problems.add(where, f"{what}：{error}")
        return None
    unknown = [name for name in names(formula) if name not in metrics]
    for name in unknown:
        problems.add(where, f"{what}用了没有定义的指标“{name}”")
    return None if unknown else formula


def _formulas(metrics: dict[str, Metric], problems: Problems) -> dict[str, Formula]:
    formulas: dict[str, Formula] = {}
    for metric in metrics.values():
        for text in metric.misfits:
            _formula(text, f"指标“{metric.name}”的另法", metric.where, metrics, problems)
        if metric.formula is not None:
            formula = _formula(metric.formula, f"指标“{metric.name}”的公式", metric.where, metrics, problems)
            if formula is not None:
                formulas[metric.name] = formula
    told: set[str] = set()
    for name in formulas:
        ring = _ring(name, formulas, ())
        if ring and not told & set(ring):
            told.update(ring)
            problems.add(metrics[name].where, f"公式循环引用：{' → '.join(ring)}")
    return formulas


def _ring(name: str, formulas: dict[str, Formula], path: tuple[str, ...]) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name not in formulas:
        return ()
    for part in names(formulas[name]):
        if ring := _ring(part, formulas, (*path, name)):
            return ring
    return ()


def _source(entry: Entry, problems: Problems) -> ReportSource | None:
    if not known_keys(entry, _SOURCE, ("简称", "标题"), "来源", problems):
        return None
    year, state = entry.text("年"), entry.text("性质") or "公开页面"
    if state not in get_args(FigureState):
        problems.add(entry.where, f"来源性质“{state}”不认识（可用：{'、'.join(get_args(FigureState))}）")
        return None
    if year is not None and not year.isdigit():
        problems.add(entry.where, f"来源的年“{year}”不是年份")
        return None
    return ReportSource(
        name=str(entry.text("简称")),
        title=str(entry.text("标题")),
        year=int(year) if year else None,
        default=entry.text("默认") == "是",
        state=state,  # type: ignore[arg-type]  # checked just above
        where=entry.where,
    )


def _figures(
    files: list[Entry],
    metrics: dict[str, Metric],
    scopes: dict[str, Scope],
    sources: dict[str, ReportSource],
    problems: Problems,
) -> tuple[Figure, ...]:
    figures: dict[tuple[str, str, int, dt.date | None], Figure] = {}
    for file in files:
        only = file.entries("来源")
        for entry in file.entries("数据"):
            if not known_keys(entry, _FIGURE, ("指标", "年", "值", "位置"), "数据", problems):
                continue
            source = entry.text("来源") or (only[0].text("简称") if len(only) == 1 else None)
            figure = _figure(entry, source, metrics, scopes, sources, problems)
            if figure is None:
                continue
            key = (figure.metric, figure.scope, figure.year, figure.as_of)
            if key in figures:
                problems.add(entry.where, f"“{figure.metric}”同一范围、同一时点的数已在 {figures[key].where} 列过")
            figures[key] = figure
    return tuple(figures.values())


def _figure(
    entry: Entry,
    source: str | None,
    metrics: dict[str, Metric],
    scopes: dict[str, Scope],
    sources: dict[str, ReportSource],
    problems: Problems,
) -> Figure | None:
    before = len(problems.found)
    name = str(entry.text("指标"))
    metric = metrics.get(name)
    if metric is None:
        problems.add(entry.where, f"数据的指标“{name}”没有定义")
    scope = entry.text("范围") or (metric.scope if metric else HOME)
    if scope not in scopes:
        problems.add(entry.where, f"数据的范围“{scope}”没有定义")
    if source is None or source not in sources:
        problems.add(entry.where, f"数据的来源“{source or '未写'}”没有定义")
    value = _number(entry, "值", problems)
    growth = _number(entry, "同比", problems) if entry.text("同比") else None
    year = str(entry.text("年"))
    if not year.isdigit():
        problems.add(entry.where, f"年“{year}”不是年份")
    as_of = None
    if stamp := entry.text("截至"):
        try:
            as_of = dt.date.fromisoformat(stamp)
        except ValueError:
            problems.add(entry.where, f"截至“{stamp}”不是日期（写作 2024-12-23）")
        else:
            if year.isdigit() and as_of.year != int(year):
                problems.add(entry.where, f"截至{stamp}不在{year}年")
    stated = entry.text("表述") or "精确"
    if stated not in get_args(Stated):
        problems.add(entry.where, f"表述“{stated}”不认识（可用：{'、'.join(get_args(Stated))}）")
    state = entry.text("状态") or (sources[source].state if source in sources else "公开页面")
    if state not in get_args(FigureState):
        problems.add(entry.where, f"状态“{state}”不认识（可用：{'、'.join(get_args(FigureState))}）")
    if formula := entry.text("公式"):
        _formula(formula, f"“{name}”此处的公式", entry.where, metrics, problems)
    if len(problems.found) > before or metric is None or source is None or value is None:
        return None
    return Figure.model_validate(
        {
            "metric": name, "scope": scope, "year": int(year), "as_of": as_of, "value": value,
            "unit": entry.text("单位") or metric.unit, "stated": stated, "state": state, "year_on_year": growth,
            "definition": entry.text("口径"), "formula": formula, "source": sources[source].title,
            "place": entry.text("位置"), "quote": entry.text("引文"), "where": entry.where,
        }
    )  # fmt: skip


def _number(entry: Entry, key: str, problems: Problems) -> Decimal | None:
    text = str(entry.text(key))
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        problems.add(entry.where, f"{key}“{text}”不是数（只写阿拉伯数字，单位另写）")
        return None
    return number


def _check(entry: Entry, metrics: dict[str, Metric], scopes: dict[str, Scope], problems: Problems) -> Check | None:
    if not known_keys(entry, _CHECK, ("名称",), "核对", problems):
        return None
    name = str(entry.text("名称"))
    equal, bound = entry.text("等式"), entry.text("不超过")
    text, sign = (equal, "=") if equal else (bound or "", "<=")
    if bool(equal) == bool(bound) or text.count(sign) != 1:
        problems.add(entry.where, f"核对“{name}”要写一条“等式: A = B + C”或“不超过: A <= B - C”")
        return None
    sides = [_formula(side, f"核对“{name}”", entry.where, metrics, problems) for side in text.split(sign)]
    for scope in entry.texts("只限"):
        if scope not in scopes:
            problems.add(entry.where, f"核对“{name}”的范围“{scope}”没有定义")
    for also in entry.texts("波及"):
        if also not in metrics:
            problems.add(entry.where, f"核对“{name}”波及的指标“{also}”没有定义")
    if sides[0] is None or sides[1] is None:
        return None
    return Check(
        name, sides[0], sides[1], bool(bound), entry.text("说明") or "", entry.texts("只限"), entry.texts("波及"),
        entry.where,
    )  # fmt: skip
