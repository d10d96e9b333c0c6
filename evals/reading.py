"""Cases: what is asked and what must come of it, read from YAML here and from JSON lines outside."""

import datetime as dt
import json
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import ValidationError

from assistant.errors import InputError
from assistant.schema import CitationVerdict, FlagCode, Noun, Status

FOLDER = Path(__file__).parent / "cases"
AS_OF = dt.date(2026, 11, 23)
"""The day the cases were written for: a law that begins or ends later changes nothing in the figures."""


class Provision(Noun):
    """An article of a law by its full title; what a search hit and a gold label are compared by."""

    law: str
    article: str

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


class RetrievalCase(Noun):
    """A question and the provisions that answer it; `part` is its style or the file it comes from."""

    id: str
    query: str
    gold: tuple[Provision, ...]
    style: str = ""
    admin: bool = True


class RefusalCase(Noun):
    """A message that must be declined or must be answered, and what may stand in no answer to it."""

    id: str
    kind: str
    message: str
    expect: Literal["refused", "answered"]
    must_not: tuple[str, ...] = ()
    why: str = ""


class ExpectedCitation(Noun):
    """What must be found of one citation; a level left out must be absent there too."""

    law: str | None = None
    article: str | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    verdict: CitationVerdict


class CitationCase(Noun):
    """A text, and the citations that stand in it, in their order."""

    id: str
    text: str
    as_of: dt.date | None = None
    expect: tuple[ExpectedCitation, ...] = ()
    why: str = ""


class AnswerCase(Noun):
    """A question put to the desk without a model, and what its answer must hold; `a|b` in a phrase is either.

    `first`: the conclusion must rest on one of these, named before any other; `must_conclude`: phrases that it holds.
    """

    id: str
    question: str
    as_of: dt.date | None = None
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    must_conclude: tuple[str, ...] = ()
    first: tuple[Provision, ...] = ()
    cite: tuple[Provision, ...] = ()
    cite_any: tuple[Provision, ...] = ()
    must_not_cite: tuple[Provision, ...] = ()
    status: tuple[Status, ...] = ()
    allow: tuple[CitationVerdict, ...] = ()
    why: str = ""


class FigureCase(Noun):
    """A question about figures, asked on the day `today`, and its number; `not_mine`: it is none and is left alone.

    `answered` False: no number may be given; `missing` says which part is not held, for the reader of the case.
    """

    id: str
    question: str
    today: dt.date
    value: int | float | None = None
    values: tuple[int | float, ...] = ()
    unit: str | None = None
    flags: tuple[FlagCode, ...] = ()
    answered: bool = True
    missing: str | None = None
    not_mine: bool = False


Case = TypeVar("Case", bound=Noun)


def _read(kind: type[Case], rows: list[tuple[str, Any]]) -> tuple[Case, ...]:
    cases, problems = [], []
    for where, row in rows:
        try:
            cases.append(kind.model_validate(row))
        except ValidationError as error:
            problems += [f"{where} {'.'.join(map(str, e['loc']))}：{e['msg']}" for e in error.errors()]
    ids = [getattr(case, "id", "") for case in cases]
    problems += [f"编号 {name} 重复" for name in sorted({name for name in ids if ids.count(name) > 1})]
    if problems:
        raise InputError("评测用例", "；".join(problems), "改好这些用例再评测")
    return tuple(cases)


def load_yaml(kind: type[Case], path: Path) -> tuple[Case, ...]:
    """All cases of one YAML file. InputError names every one that cannot be used."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    if not isinstance(rows, list):
        raise InputError(str(path), "用例文件应当是一个列表", "每个用例以“- id: …”开头")
    return _read(kind, [(f"{path.name} 第{at}个", row) for at, row in enumerate(rows, 1)])


def load_figures(path: Path) -> tuple[FigureCase, ...]:
    """The questions about figures: `today`, and `cases`, whose questions are their ids."""
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(whole, dict) or not isinstance(whole.get("cases"), list):
        raise InputError(str(path), "用例文件应当有 today 和 cases", "写成 today: 2026-11-23 和 cases: 列表")
    rows = [
        (f"{path.name} 第{at}个", {"id": row.get("question", ""), "today": whole.get("today"), **row})
        for at, row in enumerate(whole["cases"], 1)
    ]
    return _read(FigureCase, rows)


def load_outside(folder: Path) -> dict[str, tuple[RetrievalCase, ...]]:
    """Questions kept outside the project, by file: `*.jsonl`, a line `{id, query, gold: [{law, article}], admin}`."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(str(folder), "没有 .jsonl 文件", "给出一个放着 .jsonl 问题的文件夹")
    read = {}
    for path in files:
        rows: list[tuple[str, Any]] = []
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                rows.append((f"{path.name}:{at}", json.loads(line)))
            except json.JSONDecodeError as error:
                raise InputError(f"{path.name}:{at}", f"不是 JSON（{error.msg}）", "每行一个 JSON 对象") from error
        read[path.stem] = _read(RetrievalCase, rows)
    return read
