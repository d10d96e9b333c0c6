"""The figures of a run, for a person."""

from rich.console import Console
from rich.table import Table

from evals.results import Figure, Report

_NAMES = {
    "retrieval": "检索（自编题）",
    "outside": "检索（外来题）",
    "citations": "引文核验",
    "refusals": "谢绝与注入",
    "answers": "从问到答",
    "penalties": "罚则解析",
    "stats": "指标问答",
    "facts": "事实提取",
    "exemptions": "免罚核验",
    "proportionality": "过罚相当",
}


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.bar is None:
        return f"{figure.value:.1f}"
    mark = f"[green]{figure.value:.1f}[/green]" if figure.passed else f"[bold red]{figure.value:.1f} ✗[/bold red]"
    return f"{mark} [dim]≥{figure.bar:g}[/dim]"


def table(report: Report) -> list[Table]:
    """One table a suite: a row a part, a column a metric."""
    figures = report.result.figures
    tables = []
    for suite in dict.fromkeys(f.suite for f in figures):
        mine = {(f.part, f.metric): f for f in figures if f.suite == suite}
        metrics = list(dict.fromkeys(metric for _, metric in mine))
        made = Table(title=_NAMES.get(suite, suite), title_justify="left")
        made.add_column("部分", no_wrap=True)
        for metric in metrics:
            made.add_column(metric, justify="right", no_wrap=True)
        made.add_column("题数", justify="right")
        made.add_column("未评分", justify="right")
        for part in dict.fromkeys(part for part, _ in mine):
            row = [mine.get((part, metric)) for metric in metrics]
            first = next(f for f in row if f is not None)
            lost = f"[red]{first.unscored}[/red]" if first.unscored else "0"
            made.add_row(part, *map(_cell, row), str(first.scored), lost)
        tables.append(made)
    return tables


def show(console: Console, report: Report, misses: int = 0) -> None:
    """Prints the tables, what could not be scored, `misses` wrong cases a suite, and the verdict."""
    for made in table(report):
        console.print(made)
    for broken in report.result.unscored[:20]:
        console.print(f"[red]未评分[/red] {broken.suite} {broken.id}：{broken.error}", markup=True, highlight=False)
    shown: dict[str, int] = {}
    for miss in report.result.misses:
        shown[miss.suite] = shown.get(miss.suite, 0) + 1
        if shown[miss.suite] <= misses:
            console.print(
                f"{miss.suite} {miss.id} {' '.join(miss.asked.split())[:60]}",
                style="bold",
                markup=False,
                soft_wrap=True,
            )
            for problem in miss.problems:
                console.print(f"  {problem}", markup=False, highlight=False, soft_wrap=True)
    digests = "  ".join(f"{name} {digest[:12]}" for name, digest in report.digests.items())
    console.print(f"[dim]以 {report.as_of} 的法律为准；用时 {report.seconds:.0f} 秒；{digests}[/dim]", highlight=False)
    below = [f for f in report.result.figures if not f.passed]
    for figure in below:
        console.print(
            f"[red]低于及格线：{_NAMES.get(figure.suite, figure.suite)} · {figure.part} · {figure.metric}"
            f" {figure.value:.1f} < {figure.bar:g}[/red]",
            highlight=False,
        )
    lost = len(report.result.unscored)
    if lost > report.unscored_allowed:
        console.print(f"[red]{lost} 题没能评分（允许 {report.unscored_allowed} 题）[/red]", highlight=False)
    console.print("[green]全部达到及格线[/green]" if report.passed else "[bold red]没有通过[/bold red]")
