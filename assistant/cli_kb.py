"""`counsel kb`: hold the knowledge base to its rules, and bring an office's own list in."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.errors import CounselError, InputError, KnowledgeError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.knowledge.list_tables import ListDraft

app = typer.Typer(help="知识库：检查全部文件，导入本单位的清单。", no_args_is_help=True, add_completion=False)
_PREVIEW = 5  # items shown before anything is written
_out = Console()
_err = Console(stderr=True)


@app.command("check")
def check_knowledge() -> None:
    """检查知识库的全部文件，一次列出所有问题（文件和行号）；有问题时退出状态为 1。"""
    from assistant.casefiles import CHECKS
    from assistant.desk import today
    from assistant.knowledge.casefiles import load_case_file_rules
    from assistant.knowledge.decisions import FOLDER, load_decisions
    from assistant.knowledge.discretion import load_discretion
    from assistant.knowledge.hotline import load_hotline
    from assistant.knowledge.lists import load_lists
    from assistant.knowledge.load import load_library
    from assistant.knowledge.topics import load_topics
    from assistant.records.figures import load_figures

    settings = Settings()
    problems: list[CounselError] = []
    try:
        library = load_library(settings.knowledge_dir, settings.home)
    except KnowledgeError as error:
        _refuse([error])  # nothing else can be held against laws that were not read
        raise typer.Exit(1) from error
    try:
        lists = load_lists((settings.knowledge_dir / "lists", settings.home / "lists"), library)
        unseen = sum(rule.when is None or not rule.whole for rule in lists.rules)
        lapsed = [head for head in lists.lists.values() if head.in_force.to is not None and head.in_force.to < today()]
        _out.print(f"清单 {len(lists.lists)} 张，事项 {len(lists.rules)} 项，其中条件待核 {unseen} 项")
        for head in lapsed:
            _out.print(f"  已到期：{head.title}（{head.region}，止于{head.in_force.to}）", highlight=False)
    except KnowledgeError as error:
        problems.append(error)
    try:
        held = load_discretion(settings.knowledge_dir / "discretion", library, today())
        unsettled = [t for t in held.thresholds if t.checked == "待确认"]
        _out.print(f"程序门槛 {len(held.thresholds)} 项，其中待确认 {len(unsettled)} 项")
    except KnowledgeError as error:
        problems.append(error)
    try:
        decisions = load_decisions((settings.knowledge_dir / FOLDER, settings.home / FOLDER), library)
        titled = sum(one.seen == "仅标题" for one in decisions)
        open_ended = sum("未见" in one.outcomes for one in decisions)
        _out.print(f"案例 {len(decisions)} 个，其中仅见标题 {titled} 个，处理结果未见 {open_ended} 个")
    except KnowledgeError as error:
        problems.append(error)
    try:
        figures = load_figures(settings.knowledge_dir, settings.home, today)
        bad = [f for f in figures.findings if not f.agrees]
        _out.print(f"指标 {len(figures.metrics)} 项，数据 {len(figures.figures)} 个，核对 {len(figures.findings)} 处")
        for text in (*(f"来源的数对不上：{f.text}" for f in bad), *figures.remarks):
            _out.print(f"  {text}", markup=False, highlight=False, soft_wrap=True)
    except KnowledgeError as error:
        problems.append(error)
    try:
        held_hotline = load_hotline(settings.knowledge_dir, library)
        _out.print(f"热线事项 {len(held_hotline.matters)} 项")
    except KnowledgeError as error:
        problems.append(error)
    try:
        rules = load_case_file_rules(settings.knowledge_dir / "casefiles", library, today(), CHECKS)
        vetoes = sum(item.veto for item in rules.standard.items)
        scored = len(rules.standard.items) - vetoes
        _out.print(f"案卷评查 {vetoes} 项否决、{scored} 项计分（{rules.standard.nature}），文书 {len(rules.kinds)} 种")
    except KnowledgeError as error:
        problems.append(error)
    try:
        load_topics(settings.knowledge_dir, library)
    except KnowledgeError as error:
        problems.append(error)
    if problems:
        _refuse(problems)
        raise typer.Exit(1)
    _out.print("没有发现问题")


def _refuse(problems: list[CounselError]) -> None:
    for error in problems:
        _err.print(f"{error.where}：", markup=False, highlight=False)
        _err.print(error.problem, markup=False, highlight=False, soft_wrap=True)
    count = sum(len(error.problem.splitlines()) for error in problems)
    _err.print(f"共{count}处问题，逐条改正后再检查", markup=False, highlight=False)


@app.command("import-list")
def import_list(
    file: Annotated[Path, typer.Argument(help="清单文件：.xlsx、.docx 或者 .csv", metavar="文件")],
    title: Annotated[str, typer.Option("--title", help="清单名称")],
    region: Annotated[str, typer.Option("--region", help="地域，如 经开区、天津市")],
    issuer: Annotated[str | None, typer.Option("--issuer", help="发文机关")] = None,
    category: Annotated[str, typer.Option("--category", help="不予处罚、首违不罚、从轻、减轻、不予强制")] = "不予处罚",
    number: Annotated[str | None, typer.Option("--number", help="文号")] = None,
    start: Annotated[str | None, typer.Option("--from", help="施行日期", metavar="日期")] = None,
    end: Annotated[str | None, typer.Option("--to", help="有效期止", metavar="日期")] = None,
    checked_by: Annotated[str | None, typer.Option("--checked-by", help="与原文核对的人；不写就标为待核")] = None,
    field: Annotated[str | None, typer.Option("--field", help="执法领域")] = None,
    renumber: Annotated[bool, typer.Option("--renumber", help="不用表里的编号，按行次重新编号")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不询问，直接写入")] = False,
) -> None:
    """导入本单位的清单：先显示列的对应和前几项，确认后才写入；有错时什么都不写。"""
    from assistant.desk import today
    from assistant.knowledge.list_tables import draft_list
    from assistant.knowledge.load import load_library

    settings = Settings()
    head: dict[str, object] = {"清单": title, "地域": region, "类别": category, "性质": "官方"}
    head |= {key: value for key, value in (("发文机关", issuer), ("文号", number), ("领域", field)) if value}
    span = {key: _day(text) for key, text in (("起", start), ("止", end)) if text}
    if span:
        head["有效期"] = span
    checked = {"核对人": checked_by, "核对日": today()} if checked_by else {"核对人": None, "核对日": None}
    head["来源"] = {"标题": file.name, **checked}
    library = load_library(settings.knowledge_dir, settings.home)
    draft = draft_list(file, head, library, renumber=renumber)
    _show(draft)
    if draft.problems:
        _err.print("\n".join(draft.problems), markup=False, highlight=False, soft_wrap=True)
        _err.print(
            f"共{len(draft.problems)}处问题，什么都没有写；请改正表格，编号重复的也可以加 --renumber 按行次重新编号",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        raise typer.Exit(1)
    target = settings.home / "lists" / f"{file.stem}.yaml"
    clash = settings.knowledge_dir / "lists" / target.name
    if target.exists() or clash.exists():
        raise InputError(str(target), "已经有同名的清单", "请改文件名，或者先移走原来的清单")
    if checked_by is None:
        _out.print(
            "没有写 --checked-by：清单标为待核，只作参考；与原文核对以后再写上核对人", highlight=False, soft_wrap=True
        )
    if not yes and not typer.confirm("写入吗？"):
        raise typer.Exit(1)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(draft.text, encoding="utf-8")
    _out.print(f"已写入 {target}；请由法律人员对照原文补全待核的条件", highlight=False, soft_wrap=True)


def _show(draft: "ListDraft") -> None:
    """What was understood of a table: its columns, the rows left out, the first items."""
    table = Table("本系统", "表格的列", title="列的对应（请核对）")
    for ours, theirs in draft.columns.items():
        table.add_row(ours, theirs)
    _out.print(table)
    for said, names in (("没有用到的列", draft.ignored), ("没有找到的列", draft.absent)):
        if names:
            _out.print(f"{said}：{'、'.join(names)}", highlight=False)
    if draft.skipped:
        _out.print(
            f"不是事项、没有导入的行：{'；'.join(draft.skipped[:8])}", markup=False, highlight=False, soft_wrap=True
        )
    for item in draft.items[:_PREVIEW]:
        _out.print(f"  {item['编号']}. {item['事项']}", markup=False, highlight=False, soft_wrap=True)
        basis = "、".join(
            [*item.get("违则", []), *item.get("罚则", []), *(f"{b}（语料外）" for b in item.get("语料外", []))]
        )
        _out.print(f"     依据：{basis or '没有写'}", markup=False, highlight=False, soft_wrap=True)
        partly = "（没有读全）" if item.get("条件不全") else ""
        _out.print(f"     条件：{_told(item['条件'])}{partly}", markup=False, highlight=False, soft_wrap=True)
    _out.print(f"共{len(draft.items)}项，其中条件没有读懂或者没有读全的{draft.unread}项（标为待核，只作参考）")


def _told(condition: object) -> str:
    """A condition as the list file has it, in one line."""
    if isinstance(condition, list):
        return "、".join(map(str, condition))
    if not isinstance(condition, dict):
        return str(condition)
    return "，".join(f"{name} {_told(want)}" for name, want in condition.items())


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(text, "不是有效的日期", "应写作2026-11-23") from error
