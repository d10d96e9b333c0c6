"""`counsel stats`: questions about the office's figures, and its own records brought in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.schema import Operand, Ranking, RecordImport, RowChange, RowProblem
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.records.figures import OfficeFigures

app = typer.Typer(help="数据：按指标库回答，带算式、出处和提示。", no_args_is_help=True, add_completion=False)
_out = Console()
_err = Console(stderr=True)


@app.command("ask")
def ask_figures(
    question: Annotated[str, typer.Argument(help="要问的数，如：履责率比十月底涨了多少", metavar="问题")],
) -> None:
    """问一个数：数字在先，算式和出处在后；没有的数不推测，退出码为 1。"""
    from assistant.desk import today

    answer = _figures().query(question, today())
    for line in answer.text.split("\n"):
        if not line.startswith(("出处：", "提示：")):
            _out.print(line, markup=False, highlight=False, soft_wrap=True)
    for ranking in answer.rankings:
        _print_ranking(ranking)
    _print_operands(answer.operands or answer.nearest)
    for flag in answer.flags:
        _out.print(f"⚠ {flag.text}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    for other in answer.alternatives:
        _out.print(f"可以这样问：{other}", style="dim", markup=False, highlight=False, soft_wrap=True)
    if not answer.answered:
        raise typer.Exit(1)


@app.command("import")
def import_records(
    path: Annotated[
        Path, typer.Argument(help="执法监督平台导出的表、台账：.xlsx、.csv（UTF-8 或 GBK）", metavar="文件")
    ],
    kind: Annotated[str | None, typer.Option(help="种类；不写则从表头认", metavar="种类")] = None,
    sheet: Annotated[str | None, typer.Option(help="工作表；不写则读表头相符的", metavar="名称")] = None,
    mapping: Annotated[Path | None, typer.Option(help="列的映射（YAML），表头叫法不同时用", metavar="文件")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不导入；最后印出可以存下来改的映射")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="看过预览后不再问")] = False,
) -> None:
    """导入本单位的明细。重复导入不会重复，改过的行更新并列出；退回的行写明行号和原因。"""
    from assistant.records.importing import Source
    from assistant.records.mapping import read_mapping

    records = _figures().records
    told = read_mapping(mapping, records.kinds) if mapping else None
    source = Source(path, kind=kind, sheet=sheet, mapping=told, who="命令行")
    interactive = not yes and sys.stdin.isatty()
    if dry_run or interactive:
        with _err.status("读表……") as status:
            shown = records.importer.preview(source, lambda rows: status.update(f"读表……{rows:,}行"))
        _print_import(shown.would_be, shown.problems, shown.changes)
        for at, row in enumerate(shown.rows[:3], 1):
            cells = "，".join(f"{name}={cell}" for name, cell in zip(shown.columns, row, strict=True) if cell)
            _line(f"第{at}行：{cells}", "dim")
        if dry_run:
            _line(shown.mapping, "")
            return
        typer.confirm("照此导入？", abort=True)
    with _err.status("导入……") as status:
        report = records.importer.bring_in(source, lambda rows: status.update(f"导入……{rows:,}行"))
    if interactive:
        _print_counts(report.done)
    else:
        _print_import(report.done, report.problems, report.changes)
    if report.done.counts.read == report.done.counts.rejected:
        raise typer.Exit(1)


@app.command("imports")
def list_imports() -> None:
    """列出导入过的文件。"""
    table = Table("导入时间", "文件", "种类", "新增", "更新", "退回", "")
    table.add_column("编号", no_wrap=True)
    for made in _figures().records.overview().imports:
        at = made.at.astimezone().strftime("%Y-%m-%d %H:%M")
        note = "已撤销" if made.undone else "示例" if made.sample else ""
        counts = made.counts
        numbers = (str(counts.new), str(counts.changed), str(counts.rejected))
        table.add_row(at, made.file, made.kind, *numbers, note, made.id)
    _out.print(table)


@app.command("undo")
def undo_import(
    import_id: Annotated[str, typer.Argument(help="counsel stats imports 列出的编号", metavar="编号")],
) -> None:
    """撤销一次导入（同一种类里最后的一次）。"""
    made = _figures().records.store.undo(import_id)
    text = f"已撤销：{made.file}（{made.kind}，新增{made.counts.new}行、更新{made.counts.changed}行）"
    _out.print(text, markup=False, highlight=False, soft_wrap=True)


@app.command("sample")
def write_sample(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹", metavar="文件夹")],
    rows: Annotated[int, typer.Option(min=1, max=2_000_000, help="检查有多少行，其余按比例")] = 3_000,
    form: Annotated[str, typer.Option("--format", help="xlsx 或 csv")] = "xlsx",
    seed: Annotated[int, typer.Option(help="种子相同，行就相同")] = 20241223,
) -> None:
    """造一套示例明细，每一行都标着“示例”；导入过真实的行以后，示例不计入任何数。"""
    from assistant.desk import today
    from assistant.records.sample import sample_sheets, write_samples

    for path in write_samples(folder, sample_sheets(rows, seed=seed, until=today()), form):
        _out.print(str(path), highlight=False, soft_wrap=True)


def _figures() -> "OfficeFigures":
    from assistant.desk import today
    from assistant.records.figures import load_figures

    settings = Settings()
    return load_figures(settings.knowledge_dir, settings.home, today)


def _print_import(made: RecordImport, problems: tuple[RowProblem, ...], changes: tuple[RowChange, ...]) -> None:
    for sheet in made.sheets:
        head = f"{made.kind} · {sheet.sheet}（表头在第{'、'.join(map(str, sheet.header_rows))}行）"
        table = Table("列", "类型", "表头", "", title=head)
        for match in sheet.columns:
            where = f"{match.letter}：{match.header}" if match.header else "——"
            table.add_row(match.column + ("（必填）" if match.required else ""), match.type, where, match.how)
        _out.print(table)
        if sheet.unused:
            _line(f"不导入的列：{'、'.join(sheet.unused)}", "dim")
    for note in made.notes:
        _line(note, "yellow")
    for problem in problems:
        value = f"（{problem.value}）" if problem.value else ""
        _line(f"退回 {problem.sheet}第{problem.line}行{problem.column or ''}{value}：{problem.problem}", "red")
    for change in changes:
        moved = f"{change.before or '空'} → {change.after or '空'}"
        _line(f"更新 第{change.line}行 {change.id} {change.column}：{moved}", "")
    _print_counts(made)


def _print_counts(made: RecordImport) -> None:
    c = made.counts
    _line(f"读{c.read}行：新增{c.new}，不变{c.same}，更新{c.changed}，退回{c.rejected}", "bold")


def _line(text: str, style: str) -> None:
    _out.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _print_ranking(ranking: Ranking) -> None:
    table = Table("名次", "部门", f"{ranking.metric}（{ranking.unit}）", "由来")
    for line in ranking.lines:
        place = str(line.rank) if line.rank else "—"
        value = "" if line.value is None else f"{line.value:,}"
        table.add_row(place, line.department, value, line.note or line.parts or "")
    _out.print(table)


def _print_operands(operands: tuple[Operand, ...]) -> None:
    if not operands:
        return
    table = Table("指标", "值", "截至", "范围")
    table.add_column("出处", overflow="fold")
    for operand in operands:
        when = operand.as_of.isoformat() if operand.as_of else f"{operand.year}年"
        table.add_row(operand.name, f"{operand.value}{operand.unit}", when, operand.scope, operand.source)
    _out.print(table)
