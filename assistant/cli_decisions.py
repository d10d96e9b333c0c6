"""`counsel decisions`: bring an office's own decisions in, shown before anything is written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.precedents.importing import Item
    from assistant.precedents.reading.draft import Drafted

app = typer.Typer(help="案例：导入本单位的决定书，列出现有的案例。", no_args_is_help=True, add_completion=False)
_out = Console()


@app.callback()
def _group() -> None:
    """So that a single command keeps its name."""


@app.command("import")
def import_decisions(
    paths: Annotated[
        list[Path], typer.Argument(help="决定书或者文件夹：.docx、.pdf、.txt、Markdown、.html", metavar="路径...")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不询问，直接写入")] = False,
) -> None:
    """导入本单位的决定书：隐去当事人，读出案由、焦点、结果、依据、裁量理由，先显示读到的和读自何处，确认后才写入。"""
    from assistant.knowledge.decisions import FOLDER, load_decisions
    from assistant.knowledge.load import load_library
    from assistant.precedents.importing import plan, write

    settings = Settings()
    library = load_library(settings.knowledge_dir, settings.home)
    held = load_decisions((settings.knowledge_dir / FOLDER, settings.home / FOLDER), library)
    made = plan(paths, held, library)
    for item in made.items:
        _show(item)
    counts = "，".join(
        f"{state}{len(made.of(state))}份" for state in ("新增", "已有", "同号", "读不了") if made.of(state)
    )
    _out.print(f"共{len(made.items)}个文件：{counts}", highlight=False)
    if not made.new:
        _out.print("没有要写入的")
        raise typer.Exit(1 if made.of("同号") or made.of("读不了") else 0)
    _out.print("姓名和单位按写法隐去，写法特殊的可能漏掉，写入前请通读一遍", highlight=False)
    if not yes and not typer.confirm("写入吗？"):
        raise typer.Exit(1)
    for path in write(made, settings.home, settings.knowledge_dir, library):
        _out.print(f"已写入 {path}", highlight=False, markup=False, soft_wrap=True)
    _out.print("读错的直接改文件；核对原件以后填上核对人和核对日，才不再显示待核。服务重启后可以查到")
    if made.of("同号") or made.of("读不了"):
        raise typer.Exit(1)


def _show(item: "Item") -> None:
    drafted = item.drafted
    if item.state != "新增" or drafted is None:
        reason = f"{item.problem}。{item.remedy}" if item.remedy else item.problem
        _out.print(f"{item.state} {item.path.name}：{reason}", highlight=False, markup=False, soft_wrap=True)
        return
    table = Table("项", title=item.path.name, title_justify="left")
    table.add_column("读到的", overflow="fold")
    table.add_column("读自")
    for name, value, place in _rows(drafted):
        table.add_row(name, value, place)
    _out.print(table)
    for doubt in drafted.doubts:
        _out.print(f"  请核对：{doubt}", highlight=False, markup=False)


def _rows(drafted: "Drafted") -> list[tuple[str, str, str]]:
    one = drafted.decision
    places = {found.field.split("·")[0]: found.place for found in one.read_from}
    amounts = "、".join(f"{name}{value:,.0f}元" for name, value in one.amounts.items())
    circumstances = [
        f"{found.field[3:]}（{found.words}）" for found in one.read_from if found.field.startswith("情节·")
    ]
    rows = (
        ("编号", one.id, "文书头部"),
        ("标题", one.title, "当事人"),
        ("机关", one.decided_by, "文书头部"),
        ("被申请人", one.office, places.get("被申请人", "")),
        ("决定日期", str(one.dates.decided or ""), "落款"),
        ("案由", one.conduct, places.get("案由", "")),
        ("争议焦点", "；".join(one.issues), places.get("争议焦点", "")),
        ("处理结果", "、".join(one.outcomes), places.get("处理结果", "")),
        ("理由类别", "、".join(one.reasons), places.get("理由类别", "")),
        ("裁量理由", one.reasoning, places.get("裁量理由", "")),
        ("情节", "、".join(circumstances), places.get("情节", "")),
        ("依据", "、".join(map(str, one.basis)), places.get("依据", "")),
        ("语料外", "、".join(one.outside), ""),
        ("金额", amounts, places.get("金额", "")),
        ("隐去", "、".join(drafted.masked), ""),
    )
    return [(name, value, place) for name, value, place in rows if value]
