"""The suite `hotline`: orders in citizens' voices, read, drafted or handed over."""

from collections.abc import Callable, Sequence

from assistant.schema import DemandType, HotlineAnswer, HotlineOrder, Noun
from evals.results import Figure, Miss, Result
from evals.suites import attempt

SUITE = "hotline"


class OrderCase(Noun):
    """An order; the kinds and fields that are right; whether a person must take it (None: either will do).

    `laws` are the short titles that a reply may cite.
    """

    id: str
    content: str
    category: tuple[DemandType, ...]
    field: tuple[str, ...]
    human: bool | None = None
    danger: bool = False
    laws: tuple[str, ...] = ()


def judge(case: OrderCase, answer: HotlineAnswer) -> dict[str, str]:
    """What is wrong with an answer, by figure; empty when nothing is."""
    wrong: dict[str, str] = {}
    if answer.category not in case.category:
        wrong["类别"] = f"类别是{answer.category}，应为{'或'.join(case.category)}"
    if answer.field is not None and answer.field not in case.field:
        wrong["领域"] = f"领域是{answer.field}，应为{'或'.join(case.field)}"
    cited = {
        c.law.removeprefix("中华人民共和国")
        for c in answer.citations
        if c.law and not _quoted(answer.reply_draft, c.start)
    }
    if strange := cited - set(case.laws):
        wrong["引法无误"] = f"引了{'、'.join(sorted(strange))}"
    if bad := [c.text for c in answer.citations if c.verdict != "verified"]:
        wrong["引法无误"] = f"没有核实：{'、'.join(bad)}"
    if case.human is True and not answer.needs_human:
        wrong["交了人"] = "没有交给人"
    if case.human is False and answer.needs_human:
        wrong["没有误交"] = f"交给了人：{answer.reason}"
    if case.danger and not answer.urgent:
        wrong["认出"] = "没有认出危险"
    return wrong


def _quoted(text: str, at: int) -> bool:
    """Whether a place stands inside a quotation: what a quoted article cites is the article's own affair."""
    return text.count("“", 0, at) > text.count("”", 0, at)


def hotline(cases: Sequence[OrderCase], ask: Callable[[HotlineOrder], HotlineAnswer]) -> Result:
    """Shares (× 100): category, field and laws right over all; handed over of those that must be; danger seen."""
    came, broken = attempt(SUITE, cases, lambda c: ask(HotlineOrder(order_no=c.id, content=c.content)), "热线工单")
    judged = [(case, judge(case, answer)) for case, answer in came]
    parts: tuple[tuple[str, str, Callable[[OrderCase], bool]], ...] = (
        ("全部", "类别", lambda c: True),
        ("全部", "领域", lambda c: True),
        ("全部", "引法无误", lambda c: True),
        ("须交人", "交了人", lambda c: c.human is True),
        ("危险", "认出", lambda c: c.danger),
        ("可以答", "没有误交", lambda c: c.human is False),
    )
    lost = {one.id for one in broken}
    figures = []
    for part, metric, among in parts:
        verdicts = [metric not in wrong for case, wrong in judged if among(case)]
        value = round(100 * sum(verdicts) / len(verdicts), 2) if verdicts else 0.0
        gone = sum(case.id in lost for case in cases if among(case))
        figures.append(Figure(suite=SUITE, part=part, metric=metric, value=value, scored=len(verdicts), unscored=gone))
    misses = tuple(
        Miss(suite=SUITE, id=case.id, asked=case.content, problems=tuple(wrong.values()))
        for case, wrong in judged
        if wrong
    )
    return Result(figures=tuple(figures), misses=misses, unscored=broken)
