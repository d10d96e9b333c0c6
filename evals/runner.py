"""`python -m evals`: puts the cases to the desk, prints the figures, and fails below the bars."""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.errors import CounselError, InputError
from assistant.knowledge.corpus import read_corpus
from assistant.rules.facts import read
from assistant.schema import FileReview
from assistant.settings import ROOT, Settings
from assistant.stats import load_metrics
from evals import suites
from evals.case_file_samples import CaseFileCase
from evals.case_files import case_files
from evals.decisions_in_chat import ChatCase, decisions_in_chat
from evals.exemptions import ExemptionCase, exemptions
from evals.facts import FactCase, facts
from evals.hotline import OrderCase, hotline
from evals.opinions import OpinionCase, opinions
from evals.penalties import PenaltyCase, penalties
from evals.precedents import SearchCase, decisions, lists
from evals.proportionality import ReviewCase, proportionality
from evals.reading import (
    AS_OF,
    FOLDER,
    AnswerCase,
    CitationCase,
    RefusalCase,
    RetrievalCase,
    load_figures,
    load_outside,
    load_yaml,
)
from evals.report import show
from evals.results import BARS, Bars, Report, Result, joined, load_bars

Suite = Callable[[suites.Desk, Path, dt.date], Result]
"""A suite as the runner calls it: the desk, the folder of cases, the day."""


def _retrieval(desk: suites.Desk, cases: Path, as_of: dt.date) -> Result:
    own = load_yaml(RetrievalCase, cases / "retrieval.yaml")
    return suites.retrieval(desk, own, as_of, suites.own_parts, "retrieval")


def _facts(_desk: suites.Desk, cases: Path, _as_of: dt.date) -> Result:
    return facts(load_yaml(FactCase, cases / "facts.yaml"), lambda text, today: read(text, today=today))


def _stats(_desk: suites.Desk, cases: Path, _as_of: dt.date) -> Result:
    store = load_metrics(ROOT / "knowledge_base" / "metrics")
    return suites.stats(store.answer, [c for file in sorted(cases.glob("stats*.yaml")) for c in load_figures(file)])


def _case_files(desk: suites.Desk, cases: Path, _as_of: dt.date) -> Result:
    def review(files: Iterable[tuple[str, bytes]], *, as_of: dt.date) -> FileReview:
        return desk.case_files.engine.check(files, as_of)

    batches = ("case_files", "case_files_second", "case_files_third", "case_files_fourth")
    parts = dict(zip(("第一批", "第二批", "第三批", "第四批"), batches, strict=True))
    return joined(
        [
            case_files(load_yaml(CaseFileCase, cases / f"{name}.yaml"), review, cases / name, part)
            for part, name in parts.items()
        ]
    )


SUITES: dict[str, Suite] = {
    "retrieval": _retrieval,
    "citations": lambda desk, cases, day: suites.citations(
        desk, load_yaml(CitationCase, cases / "citations.yaml"), day
    ),
    "refusals": lambda desk, cases, day: suites.refusals(desk, load_yaml(RefusalCase, cases / "refusals.yaml"), day),
    "answers": lambda desk, cases, day: suites.answers(desk, load_yaml(AnswerCase, cases / "answers.yaml"), day),
    "penalties": lambda desk, cases, day: penalties(load_yaml(PenaltyCase, cases / "penalties.yaml"), read_corpus()[1]),
    "stats": _stats,
    "facts": _facts,
    "exemptions": lambda desk, cases, day: exemptions(
        load_yaml(ExemptionCase, cases / "exemptions.yaml"), desk.check_exemption
    ),
    "proportionality": lambda desk, cases, day: proportionality(
        load_yaml(ReviewCase, cases / "proportionality.yaml"), desk.check_proportionality
    ),
    "decisions_in_chat": lambda desk, cases, day: decisions_in_chat(
        desk, load_yaml(ChatCase, cases / "decisions_in_chat.yaml"), day
    ),
    "decisions": lambda desk, cases, day: decisions(
        [c for file in sorted(cases.glob("precedents*.yaml")) for c in load_yaml(SearchCase, file)],
        desk,
        desk.precedents,
        day,
    ),
    "lists": lambda desk, cases, day: lists(load_yaml(SearchCase, cases / "lists.yaml"), desk, day),
    "opinions": lambda desk, cases, day: opinions(load_yaml(OpinionCase, cases / "opinions.yaml"), desk.opinions),
    "case_files": _case_files,
    "hotline": lambda desk, cases, day: hotline(load_yaml(OrderCase, cases / "hotline.yaml"), desk.hotline.answer),
}
OWN = tuple(SUITES)
OUTSIDE = "outside"
HOME = Path("var/evals")
"""Evaluations keep their index and journal here, apart from the office's conversations and imported texts."""

_USAGE = f"套件：{'、'.join(OWN)}；不写则全部都跑"


def run(desk: suites.Desk, chosen: Sequence[str], folder: Path | None, as_of: dt.date, cases: Path = FOLDER) -> Result:
    """Runs the chosen suites, and the questions of `folder` when one is given. InputError for unusable cases."""
    unknown = [suite for suite in chosen if suite not in SUITES]
    if unknown:
        raise InputError(unknown[0], "没有这个套件", _USAGE)
    results = [SUITES[suite](desk, cases, as_of) for suite in chosen]
    if folder is not None:
        for file, questions in load_outside(folder).items():
            results.append(suites.retrieval(desk, questions, as_of, suites.outside_parts(file, questions), OUTSIDE))
    return joined(results)


def report(
    desk: suites.Desk,
    digests: dict[str, str],
    chosen: Sequence[str],
    *,
    folder: Path | None,
    as_of: dt.date = AS_OF,
    bars: Bars | None = None,
    cases: Path = FOLDER,
) -> Report:
    """A whole run against the bars."""
    bars = bars or load_bars()
    began = time.monotonic()
    result = bars.apply(run(desk, chosen, folder, as_of, cases))
    silent = bars.silent(result, set(chosen) | ({OUTSIDE} if folder else set()))
    return Report(
        made_at=dt.datetime.now(dt.UTC),
        as_of=as_of,
        digests=digests,
        seconds=round(time.monotonic() - began, 1),
        result=result.model_copy(update={"figures": result.figures + silent}),
        unscored_allowed=bars.unscored,
    )


def main(
    suite: Annotated[list[str] | None, typer.Argument(help=_USAGE, metavar="[套件]…")] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="另外评测一个文件夹里的检索题（*.jsonl）", exists=True, file_okay=False),
    ] = None,
    json: Annotated[Path | None, typer.Option("--json", help="把结果写成 JSON", dir_okay=False)] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="以哪一天的法律为准")] = AS_OF.isoformat(),
    bars: Annotated[Path, typer.Option("--bars", help="及格线", exists=True, dir_okay=False)] = BARS,
    misses: Annotated[int, typer.Option("--misses", "-m", min=0, help="每个套件列出几个没做对的题")] = 0,
    model: Annotated[bool, typer.Option("--model", help="用设置里的模型作答；默认不用模型")] = False,
) -> None:
    """评测执法顾问。低于及格线，或有题目没能评分，退出码为 1。"""
    err = Console(stderr=True)
    try:
        chosen = suite or ([] if folder else list(OWN))
        unknown = [name for name in chosen if name not in OWN]
        if unknown:
            raise InputError("、".join(unknown), "没有这个套件", _USAGE)
        settings = Settings()
        settings = settings.model_copy(
            update={"home": HOME, "database_url": None} | ({} if model else {"chat_model": None})
        )
        from assistant.desk import open_desk
        from assistant.desk.provenance import code_digest, prompts_digest

        with err.status("载入知识库与索引……"):
            desk = open_desk(settings)
        try:
            made = report(
                desk,
                {
                    "code": code_digest(),
                    "knowledge": str(desk.readiness()["knowledge"]),
                    "prompts": prompts_digest(settings.prompts_dir),
                },
                chosen,
                folder=folder,
                as_of=_day(as_of),
                bars=load_bars(bars),
            )
        finally:
            desk.close()
    except CounselError as error:
        err.print(f"[red]{error}[/red]")
        raise typer.Exit(2) from error
    show(Console(), made, misses)
    if json:
        json.parent.mkdir(parents=True, exist_ok=True)
        json.write_text(made.model_dump_json(indent=1), encoding="utf-8")
    raise typer.Exit(0 if made.passed else 1)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError("--as-of", f"{text} 不是有效的日期", "写成 2026-11-23 这样") from error
