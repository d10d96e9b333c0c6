"""The office's own records at a size: one import and questions over it, in a process of its own.

`python -m evals.bench.records ROWS FOLDER FORM` prints one JSON object. The rows are 示例, of the product's generator.
"""

import datetime as dt
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import EngineError
from assistant.records.figures import load_figures
from assistant.records.importing import Source
from assistant.records.rows import page
from assistant.records.sample import sample_sheets, write_samples
from assistant.schema import Noun
from assistant.settings import Settings
from evals.bench.measures import Row, clock, megabytes, milliseconds, on_disk

DAY = dt.date(2026, 11, 20)
QUESTIONS = (
    "今年三季度应急局检查多少次",
    "今年哪个部门检查最多",
    "末位三个单位是哪些",
    "今年人员参与率多少",
    "各部门履责率排名",
    "今年每个月检查多少次",
    "今年检查同比增长多少",
    "今年检查了多少家企业",
    "今年三季度检查比二季度多多少",
    "市场监管局今年人均执法量",
)


class Measured(Noun):
    """Seconds of an import and of the same import again, what it held at most, and questions over what came in."""

    rows: int
    seconds: float
    again: float
    memory: float
    disk: float
    questions: tuple[float, ...]
    page: float


def measure(rows: int, folder: Path, form: str) -> Measured:
    """Imports `rows` inspections with the registers they stand on, and asks."""
    wanted = {"检查", "执法人员", "权责"}
    sheets = [sheet for sheet in sample_sheets(rows, until=DAY) if sheet.kind in wanted]
    paths = write_samples(folder / "samples", sheets, form)
    figures = load_figures(Settings().knowledge_dir, folder / "home", lambda: DAY)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    inspections, *registers = paths
    for path in registers:
        figures.records.importer.bring_in(Source(path))
    began = time.perf_counter()
    report = figures.records.importer.bring_in(Source(inspections))
    first = time.perf_counter() - began
    if report.done.counts.new != rows:
        raise EngineError("导入", f"{rows}行里只进了{report.done.counts.new}行")
    began = time.perf_counter()
    same = figures.records.importer.bring_in(Source(inspections)).done.counts.same
    again = time.perf_counter() - began
    if same != rows:
        raise EngineError("再导入", f"{rows}行里有{rows - same}行变了")
    memory = max(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024

    def ask(question: str) -> None:
        if not figures.query(question, DAY).answered:
            raise EngineError("问", f"没有答：{question}")

    ask(QUESTIONS[0])
    asked = clock(ask, QUESTIONS)
    counting, period = figures.records.counting, figures.records.of_year(DAY.year)
    last = page(counting, "行政检查记录", None, period, 1).pages
    paged = clock(lambda at: page(counting, "行政检查记录", None, period, at), [1, last // 2 + 1, last])
    return Measured(
        rows=rows, seconds=first, again=again, memory=memory, disk=on_disk(folder / "home"), questions=asked.each,
        page=max(paged.each),
    )  # fmt: skip


def apart(rows: int, folder: Path, form: str, patience: float) -> Measured:
    """As `measure`, in a process of its own, so that its memory is its own."""
    made = subprocess.run(
        [sys.executable, "-m", "evals.bench.records", str(rows), str(folder), form],
        capture_output=True, text=True, timeout=patience, check=False,
    )  # fmt: skip
    if made.returncode:
        raise EngineError("明细", made.stderr.strip().splitlines()[-1] if made.stderr.strip() else "没有量成")
    return Measured.model_validate_json(made.stdout)


def record_rows(folder: Path, rows: int, patience: float) -> Iterator[Row]:
    """The table's lines: a CSV and a workbook of `rows`, and the questions over them."""
    group = f"明细 {rows:,} 行"
    for form in ("csv", "xlsx"):
        here = folder / f"records-{form}"
        here.mkdir()
        found = apart(rows, here, form, patience)
        note = f"{rows / found.seconds:,.0f} 行/秒；原样再导入 {found.again:.0f} 秒，全部不变"
        yield Row(group, f"导入 .{form}", f"{found.seconds:.0f} 秒", note=note)
        yield Row(group, f"导入 .{form} 的内存峰值", megabytes(found.memory), note=f"占盘 {found.disk:.0f} MB")
        if form == "csv":
            each = sorted(found.questions)
            name = f"{len(each)} 种问题，最慢"
            yield Row(group, name, milliseconds(each[-1]), note=f"中位 {milliseconds(each[len(each) // 2])}；上限 2 秒")
            yield Row(group, "数背后的行，翻到最远一页", milliseconds(found.page))


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]).model_dump()))
