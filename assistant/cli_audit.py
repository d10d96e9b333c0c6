"""`counsel audit` and `counsel replay`: what was done, and a past answer made anew."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.errors import InputError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.desk.replay import Comparison

app = typer.Typer(help="审计日志：核对有没有被改动，导出。", no_args_is_help=True)
replays = typer.Typer(add_completion=False)
out = Console()
err = Console(stderr=True)


@app.command("verify")
def verify_log(
    anchor: Annotated[
        str | None,
        typer.Option("--anchor", help="以前另行记下的「行号:指纹」，用来发现整段重写或末尾被截去", metavar="行号:指纹"),
    ] = None,
) -> None:
    """逐行核对审计日志。有一行被改动、删除、插入或换了位置，退出码为 1。"""
    from assistant.accounts import Office
    from assistant.audit import verify

    office = Office(Settings())
    found = verify(office.audit, _anchor(anchor))
    office.close()
    for problem in found.problems:
        _say(f"✗ {problem}", "red")
    if not found.whole:
        out.print(f"核对了 {found.rows} 行，日志不完整", markup=False)
        raise typer.Exit(1)
    out.print(f"[green]核对了 {found.rows} 行，完整[/green]")
    if found.rows:
        out.print("最后一行的指纹（记在别处，日后可以用 --anchor 对照）：")
        out.print(f"{found.number}:{found.seal}", markup=False, highlight=False, soft_wrap=True)


@app.command("export")
def export_log(
    target: Annotated[Path | None, typer.Argument(help="写到哪个文件；不写则印在屏幕上", metavar="文件")] = None,
) -> None:
    """把审计日志导出为 CSV。"""
    from assistant.accounts import COMMAND_LINE, Office

    office = Office(Settings())
    office.audit.record(COMMAND_LINE.name, "audit.read", detail={"csv": True})
    if target is None:
        sys.stdout.writelines(office.audit.csv())
    else:
        with target.open("w", encoding="utf-8", newline="") as file:
            file.writelines(office.audit.csv())
        out.print(f"写好 {target}", markup=False, soft_wrap=True)
    office.close()


@replays.command("replay")
def replay(
    identity: Annotated[
        str, typer.Argument(help="回答的编号（至少前 8 位）或会话的编号，文书的编号，或工单号", metavar="编号")
    ],
) -> None:
    """重算一个过去的回答、文书或工单答复：先按当时的知识，再按今天的。与当时相同，退出码为 0；不同为 1。"""
    from assistant.accounts import COMMAND_LINE, Office
    from assistant.desk import open_desk, reproduce
    from assistant.desk.replay import KINDS

    settings = Settings()
    with err.status("载入知识库与索引……"):
        desk = open_desk(settings)
    try:
        with err.status("重算……"):
            made = reproduce(settings, desk, identity.strip())
        office = Office(settings)
        name = f"{'message' if made.kind == 'answer' else made.kind}:{made.id}"
        same = (made.then or made.now).same
        office.audit.record(COMMAND_LINE.name, "replay", object=name, detail={"same": same})
        told = [e for e in office.audit.entries(action="ask", object=name) if e.outcome == "ok"]
        office.close()
    finally:
        desk.close()
    _say(f"{KINDS[made.kind]} {made.id}，{made.made_at.astimezone():%Y-%m-%d %H:%M}，以 {made.as_of} 的法律为准")
    if told and f'"answer":"{made.digest}"' not in told[0].detail:
        _say(f"✗ 留存的回答与审计日志第 {told[0].number} 行记下的指纹不符：留存的已不是当时给出的那一个", "red")
    for change in made.made_of:
        alike = change.name not in made.differs
        _say(
            f"  {change.name}：{change.then}" + ("（与现在相同）" if alike else f" → 现在 {change.now}"),
            "" if alike else "yellow",
        )
    for note in made.notes:
        _say(f"  {note}", "yellow")
    if made.then is not None:
        _compared("按当时的知识重算", made.then)
    if made.then is None or made.differs:
        _compared("按今天的知识重算", made.now)
    if not same:
        raise typer.Exit(1)


def _compared(how: str, found: "Comparison") -> None:
    if found.same:
        _say(f"{how}：与当时逐字相同", "green")
        return
    _say(f"{how}：与当时不同", "yellow")
    if found.conclusion:
        _say(f"结论\n  当时：{found.conclusion.then}\n  重算：{found.conclusion.now}", "yellow")
    for what, changes in (("引文", found.citations), ("裁断", found.findings)):
        for change in changes:
            _say(f"{what} {change.name}：{change.then or '没有'} → {change.now or '没有'}", "yellow")
    for line in found.text:
        _say(line, "green" if line.startswith("+") else "red" if line.startswith("-") else "dim")


def _anchor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    number, _, seal = text.strip().partition(":")
    if not number.isdigit() or len(seal) != 64:
        raise InputError("--anchor", f"{text} 不是「行号:指纹」", "照 counsel audit verify 印出的最后一行抄下来")
    return int(number), seal


def _say(text: str, style: str = "") -> None:
    out.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
