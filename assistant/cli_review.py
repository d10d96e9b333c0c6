"""`counsel review`: a case file held to the items of an assessment, on the terminal or as a Word report."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.errors import InputError
from assistant.settings import Settings

app = typer.Typer(add_completion=False)
_out = Console()
_err = Console(stderr=True)


@app.command("review")
def review_files(
    files: Annotated[
        list[Path], typer.Argument(help="案卷：.docx、.pdf、.txt，或者装着它们的 .zip", metavar="文件...")
    ],
    docx: Annotated[Path | None, typer.Option("--docx", help="把评查报告写成 Word 文件", dir_okay=False)] = None,
    json: Annotated[bool, typer.Option("--json", help="只输出 JSON")] = False,
) -> None:
    """评查一个案卷：否决项、扣分项、待人工核对的项目，各在哪个文件的哪一页哪一段。有否决项时退出码为 1。"""
    from assistant.casefiles.wording import STATUS, grouped, scored, where
    from assistant.desk.opening import open_case_review
    from assistant.knowledge.readers import file_bytes

    given = []
    for path in files:
        if path.is_dir():
            raise InputError(str(path), "是文件夹", "请写文件，或者把文件夹压缩成 .zip")
        given.append((path.name, file_bytes(path)))
    with _err.status("载入法律与评查标准……") as status:
        engine, day = open_case_review(Settings())
        running = engine.run(given, day)
        while True:
            try:
                status.update(next(running))
            except StopIteration as done:
                review = done.value
                break
    if docx is not None:
        from assistant.casefiles.report import report

        docx.write_bytes(report(review))
    if json:
        print(review.model_dump_json(indent=1, by_alias=True))
    else:
        _out.print(f"[bold]{review.label}[/bold]　{scored(review)}", highlight=False)
        for file in review.files:
            if file.state != "read":
                _out.print(f"  {file.name}：{file.note}", markup=False, highlight=False)
        for name, items in grouped(review.items).items():
            if name == "符合" or not items:
                continue
            _out.print(f"\n[bold]{name}（{len(items)}）[/bold]", highlight=False)
            for item in items:
                lost = f"，扣{item.deducted:g}分" if item.deducted else ""
                _out.print(f"{item.code} {item.label}（{STATUS[item.status]}{lost}）", markup=False, highlight=False)
                for line in (item.text, *(f"见 {where(place)}" for place in item.where[:3])):
                    _out.print(f"    {line}", markup=False, highlight=False, soft_wrap=True)
        _out.print(f"评查标准：{review.standard}（{review.standard_nature}）", highlight=False)
    if review.verdict == "vetoed":
        raise typer.Exit(1)
