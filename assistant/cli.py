"""`counsel`: ask, search, check citations, import texts, keep the index, serve, and examine an installation."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant import (
    __version__,
    cli_accounts,
    cli_audit,
    cli_decisions,
    cli_kb,
    cli_review,
    cli_serve,
    cli_stats,
    cli_upkeep,
)
from assistant.errors import CounselError, InputError
from assistant.knowledge.importing import Question
from assistant.settings import Settings

app = typer.Typer(
    help="执法顾问：查法、核引文、问答，法律以指定日期为准。没有模型、没有网络也能完整工作。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
)
app.add_typer(cli_kb.app, name="kb")
app.add_typer(cli_accounts.users, name="users")
app.add_typer(cli_accounts.tokens, name="tokens")
app.add_typer(cli_audit.app, name="audit")
app.add_typer(cli_audit.replays)
app.add_typer(cli_decisions.app, name="decisions")
app.add_typer(cli_stats.app, name="stats")
app.add_typer(cli_upkeep.app)
app.add_typer(cli_review.app)
app.add_typer(cli_serve.app)
out = Console()
err = Console(stderr=True)

AsOf = Annotated[
    str | None, typer.Option("--as-of", help="以哪一天的法律为准，如 2026-11-23；默认今天", metavar="日期")
]


def _day(text: str | None) -> dt.date:
    from assistant.desk import today

    if text is None:
        return today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError("--as-of", f"{text} 不是有效的日期", "写成 2026-11-23 这样") from error


def _open() -> Any:
    from assistant.desk import open_desk

    with err.status("载入知识库与索引……"):
        return open_desk(Settings())


@app.command()
def ask(question: Annotated[str, typer.Argument(help="要问的话", metavar="问题")], as_of: AsOf = None) -> None:
    """问一个问题：结论在先，逐条引文经过核验。"""
    from assistant.schema import DoneEvent, FailedEvent

    day = _day(as_of)
    desk = _open()
    try:
        for event in desk.advise(question, as_of=day, who="命令行"):
            if isinstance(event, FailedEvent):
                raise CounselError(event.where, event.problem, event.remedy)
            if isinstance(event, DoneEvent):
                out.print(Markdown(event.answer))
                checked = sum(c.verdict == "verified" for c in event.citations)
                out.print(
                    f"[dim]以 {event.as_of} 的法律为准；引文 {len(event.citations)} 处，已核验 {checked} 处[/dim]"
                )
    finally:
        desk.close()


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="检索词或一句话", metavar="检索词")],
    as_of: AsOf = None,
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=100, help="给出几条")] = 10,
    all_texts: Annotated[bool, typer.Option("--all", help="连尚未施行、已废止、已修改的也找，并标明状态")] = False,
) -> None:
    """检索法律条文。"""
    day = _day(as_of)
    desk = _open()
    try:
        hits = desk.search(query, as_of=day, top_k=top, include_not_in_force=all_texts)
        if not hits:
            out.print("没有找到。换个说法，或用 --all 连失效的文本一起找。")
        for hit in hits:
            out.print(
                f"[bold]{hit.rank}. 《{hit.law}》{hit.article or ''}[/bold]  [dim]{hit.status} · {hit.score:.2f}[/dim]"
            )
            out.print(f"   {hit.text[:160]}{'……' if len(hit.text) > 160 else ''}")
        note = desk.search_note()
        if note:
            err.print(f"[yellow]{note}[/yellow]")
    finally:
        desk.close()


@app.command()
def cite(
    source: Annotated[
        str, typer.Argument(help="文件的路径；- 表示从标准输入读；或者直接写一段文字", metavar="文件或文字")
    ],
    as_of: AsOf = None,
) -> None:
    """核验一段文字里的每一处引文，精确到款、项。有一处不成立，退出码为 1。"""
    from assistant.desk import check_text
    from assistant.knowledge.load import load_library
    from assistant.knowledge.readers import read_file
    from assistant.law.citations import VERDICTS

    day = _day(as_of)
    if source == "-":
        text = sys.stdin.read()
    elif "\n" not in source and len(source) < 400 and Path(source).is_file():
        text = read_file(Path(source)).text
    else:
        text = source
    settings = Settings()
    citations, summary = check_text(load_library(settings.knowledge_dir, settings.home), text, day)
    table = Table("引文", "结论", "说明", show_lines=True)
    for citation in citations:
        good = citation.verdict == "verified"
        table.add_row(citation.text, f"[{'green' if good else 'red'}]{VERDICTS[citation.verdict]}[/]", citation.detail)
    if citations:
        out.print(table)
    out.print(summary.text)
    if any(c.verdict not in ("verified", "out_of_scope") for c in citations):
        raise typer.Exit(1)


@app.command("watch")
def watch_changes(
    ahead: Annotated[int, typer.Option(min=0, max=730, help="往后看多少天")] = 90,
) -> None:
    """列出依据已经变动（或将要变动）的回答、文书和口径；有结论因此不同的，退出码为 1。"""
    desk = _open()
    try:
        found = desk.watch.scan(_day(None), ahead=ahead)
    finally:
        desk.close()
    for one in found:
        mark = "[red]结论不同[/red]" if one.differs else ""
        out.print(f"[bold]{one.title}[/bold]  [dim]{one.as_of} · {one.owner or ''} · {one.id}[/dim] {mark}")
        for change in one.changes:
            out.print(f"   {'将要' if change.to_come else '已经'}：{change.text}", highlight=False)
        if one.differs:
            out.print(f"   原来：{one.conclusion}\n   现在：{one.recomputed}", highlight=False)
            for point in one.unlike:
                out.print(f"   · {point}", highlight=False)
    out.print(f"共 {len(found)} 件" if found else "没有受影响的回答、文书和口径")
    if any(one.differs for one in found):
        raise typer.Exit(1)


@app.command(name="import")
def import_texts(
    paths: Annotated[
        list[Path], typer.Argument(help="文件或文件夹：Markdown、.docx、.pdf、.html、.txt", metavar="路径...")
    ],
    kind: Annotated[str | None, typer.Option(help="类别：行政法规、部门规章、地方性法规、规范性文件……")] = None,
    issuer: Annotated[str | None, typer.Option(help="发文机关")] = None,
    region: Annotated[str | None, typer.Option(help="地域，如 天津市")] = None,
    effective: Annotated[str | None, typer.Option(help="施行日期，文中没有写时用", metavar="日期")] = None,
    source: Annotated[str | None, typer.Option(help="来源与截止日，如 国家法律法规数据库，2026-11-01 下载")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不逐项询问；读不出来的标为待核")] = False,
) -> None:
    """导入本单位的法规、规章、规范性文件和案例。重复导入不会重复；改过的成为新版本。"""
    from assistant.knowledge.importing import import_paths

    interactive = not yes and sys.stdin.isatty()
    with _progress() as bar:
        task = bar.add_task("导入", total=None)

        def ask(question: Question) -> str | None:
            bar.stop()
            try:
                return _ask(question)
            finally:
                bar.start()

        report = import_paths(
            paths,
            Settings().home,
            kind=kind,
            issuer=issuer,
            region=region,
            effective=_day(effective) if effective else None,
            source=source,
            ask=ask if interactive else None,
            progress=lambda done, total, name: bar.update(task, completed=done, total=total, description=name[:24]),
        )
    out.print(report.summary(), soft_wrap=True, highlight=False, markup=False)
    if report.changed:
        out.print("语义向量由 counsel serve 在后台补算，其间照样按词语检索；也可以现在就算：counsel index")
        out.print("正在运行的服务，重启后才用得上新导入的文本")
    if report.of("失败"):
        raise typer.Exit(1)


def _ask(question: Question) -> str | None:
    """Put one question of the importer to the person; an empty answer leaves it 待核."""
    if question.problem:
        err.print(f"[red]{question.problem}[/red]")
    out.print(f"[bold]{question.title}[/bold]（{question.path.name}）")
    choices = f"（{'、'.join(question.choices)}）" if question.choices else ""
    said = typer.prompt(f"{question.prompt}{choices}，不知道就直接回车", default="", show_default=False)
    return str(said).strip() or None


@app.command()
def index(
    ship: Annotated[bool, typer.Option("--ship", help="把语料包条文的向量写进知识库（维护者用）")] = False,
) -> None:
    """建好检索索引，把还没有的语义向量算完。可以随时中断，下次接着算。"""
    from assistant.desk.indexing import finish_index, ship_vectors

    settings = Settings()
    with _progress() as bar:
        task = bar.add_task("语义向量", total=None)

        def show(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        if ship:
            out.print(f"写好 {ship_vectors(settings, show)}", soft_wrap=True)
            return
        state = finish_index(settings, show)
        show(state.vectors, state.articles)
    out.print(f"{state.articles} 条可检索；{state.vectors} 条有语义向量")
    if state.note:
        err.print(f"[yellow]{state.note}[/yellow]")


@app.command()
def doctor() -> None:
    """检查安装，说出哪里不对、怎么修。有错误时退出码为 1。"""
    from assistant.doctor import examine

    marks = {"ok": "[green]✓[/green]", "warning": "[yellow]![/yellow]", "error": "[red]✗[/red]"}
    bad = 0
    for found in examine(Settings()):
        bad += found.state == "error"
        out.print(f"{marks[found.state]} {found.name}：{found.seen}", soft_wrap=True)
        if found.remedy:
            out.print(f"    → {found.remedy}", soft_wrap=True)
    out.print("[green]一切正常[/green]" if not bad else f"[red]{bad} 处要修[/red]")
    if bad:
        raise typer.Exit(1)


@app.command(name="version")
def show_version() -> None:
    """版本。"""
    out.print(__version__)


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=err,
    )


def main() -> None:
    """Entry point: errors a person can mend are shown in one place, without a traceback."""
    try:
        app()
    except CounselError as error:
        err.print(f"[red]✗ {error.where}：{error.problem}[/red]")
        if error.remedy:
            err.print(f"  {error.remedy}")
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
