"""`counsel stats`: questions about the office's figures."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.schema import Operand
from assistant.settings import Settings

app = typer.Typer(help="数据：按指标库回答，带算式、出处和提示。", no_args_is_help=True, add_completion=False)
_out = Console()


@app.callback()
def _stats() -> None:
    """Keeps `ask` a command of its own while it is the only one."""


@app.command("ask")
def ask_figures(
    question: Annotated[str, typer.Argument(help="要问的数，如：履责率比十月底涨了多少", metavar="问题")],
) -> None:
    """问一个数：数字在先，算式和出处在后；没有的数不推测，退出码为 1。"""
    from assistant.desk import today
    from assistant.stats import load_metrics

    answer = load_metrics(Settings().knowledge_dir / "metrics").query(question, today())
    for line in answer.text.split("\n"):
        if not line.startswith(("出处：", "提示：")):
            _out.print(line, markup=False, highlight=False, soft_wrap=True)
    _print_operands(answer.operands or answer.nearest)
    for flag in answer.flags:
        _out.print(f"⚠ {flag.text}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    for other in answer.alternatives:
        _out.print(f"可以这样问：{other}", style="dim", markup=False, highlight=False, soft_wrap=True)
    if not answer.answered:
        raise typer.Exit(1)


def _print_operands(operands: tuple[Operand, ...]) -> None:
    if not operands:
        return
    table = Table("指标", "值", "截至", "范围")
    table.add_column("出处", overflow="fold")
    for operand in operands:
        when = operand.as_of.isoformat() if operand.as_of else f"{operand.year}年"
        table.add_row(operand.name, f"{operand.value}{operand.unit}", when, operand.scope, operand.source)
    _out.print(table)
