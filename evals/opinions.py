"""The suite `opinions`: papers drafted from facts, against cases written from the law and what each paper is for."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from docx import Document
from pydantic import Field

from assistant.law.library import Library
from assistant.numerals import quantities
from assistant.schema import CheckedCitation, Citation, Noun, OpinionContent, OpinionKind
from evals.reading import AS_OF
from evals.results import Figure, Miss, Result
from evals.suites import attempt

SUITE = "opinions"
_SLOT = re.compile(r"\{[^{}]*\}|\{\{|\{%")
_BLANK = re.compile(r"【待填：([^】]*)】")


class Drafting(Protocol):
    """What the suite asks of `assistant.desk.Desk.opinions`."""

    library: Library

    def preview(
        self, kind: str, *, description: str | None, facts: object, fields: dict[str, Any], as_of: dt.date
    ) -> OpinionContent: ...

    def word_file(self, content: OpinionContent) -> bytes: ...


class OpinionCase(Noun):
    """A paper to draft; see the head of `cases/opinions.yaml` for what each key asks."""

    id: str
    kind: OpinionKind
    description: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    fields: dict[str, Any] = Field(default_factory=dict)
    as_of: dt.date = AS_OF
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    within: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    without: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cite: tuple[str, ...] = ()
    cite_law: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    not_missing: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    no_vetoes: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    why: str = ""


def _has(wanted: str, text: str) -> bool:
    return any(phrase in text for phrase in wanted.split("|"))


def judge(case: OpinionCase, paper: OpinionContent) -> list[str]:
    """What a paper lacks, and what it holds but must not; empty when nothing is wrong."""
    bodies = {section.id: section.body for section in paper.sections}
    whole = "\n".join(f"{section.heading}\n{section.body}" for section in paper.sections)
    cited = {f"《{c.law}》{c.article or ''}" for s in paper.sections for c in s.citations}
    exact = {_spelled(c) for s in paper.sections for c in s.citations}
    asked = {one.fact for one in paper.missing}
    codes = {veto.code for veto in paper.vetoes}
    problems = [f"缺“{one}”" for one in case.must if not _has(one, whole)]
    problems += [f"不该有“{one}”" for one in case.must_not if one in whole]
    for section, wanted in case.within.items():
        problems += [f"“{section}”缺“{one}”" for one in wanted if not _has(one, bodies.get(section, ""))]
    for section, barred in case.without.items():
        problems += [f"“{section}”不该有“{one}”" for one in barred if one in bodies.get(section, "")]
    problems += [f"没有引{one}" for one in case.cite if one not in cited and one not in exact]
    problems += [f"没有引《{law}》" for law in case.cite_law if not any(one.startswith(f"《{law}》") for one in cited)]
    problems += [f"没有问 {one}" for one in case.missing if one not in asked]
    problems += [f"不该问 {one}" for one in case.not_missing if one in asked]
    problems += [f"没有拦住：{one}" for one in case.vetoes if one not in codes]
    problems += [f"不该拦住：{one}" for one in case.no_vetoes if one in codes]
    loose = [one.text for one in paper.unverified]
    problems += [f"没有标出未核实的引文：{one}" for one in case.unverified if one not in loose]
    return problems


def _spelled(found: CheckedCitation) -> str:
    return str(
        Citation(
            law=found.law or "",
            article=found.article,
            paragraph=found.paragraph,
            item=found.item,
            subitem=found.subitem,
        )
    )


def bad_citations(case: OpinionCase, paper: OpinionContent) -> list[str]:
    """Citations that do not hold, but for those the case itself speaks of; and sentences of law without one."""
    out = [f"引文未核实：{one.text}" for one in paper.unverified if one.text not in case.unverified]
    return out + [f"说到法律而没有引条文：{one}" for s in paper.sections for one in s.uncited]


def loose_figures(case: OpinionCase, paper: OpinionContent, library: Library) -> list[str]:
    """Numbers with a unit that stand in no fact, field, cited article or computation; counted here anew."""
    sources = [case.description or "", str(case.facts), *_texts(case.fields.values())]
    sources += [f"{value}元{value:g}元{value:g}天{value:g}人" for value in _numbers(case.facts.values())]
    sources += [f"{value:g}元{value:g}天{value:g}人" for value in _numbers(paper.facts.values())]
    sources += [f"{value:g}元" for value in _numbers(case.fields.values())]
    sources += [f"{figure.text}\n{figure.computation}" for figure in paper.figures]
    for section in paper.sections:
        for citation in section.citations:
            article = library.get(citation.article_id) if citation.article_id else None
            if article is None and citation.law:
                sources += [_day(one.version_date) for one in library.versions(citation.law) if one.version_date]
            if article is not None:
                version, span = library.version(article.version_id), library.span(article)
                sources.append(article.text)
                sources += [_day(day) for day in (version.version_date, span.from_, span.to) if day]
    sources += [_day(case.as_of), *(_day(day) for day in _days([case.facts, case.fields, paper.facts]))]
    held = quantities("\n".join(sources))
    return [
        f"“{section.heading}”的数字没有出处：{value:g}{unit}"
        for section in paper.sections
        for value, unit in sorted(quantities(section.body) - held)
    ]


def _texts(values: Iterable[object]) -> list[str]:
    return [str(one) for value in values for one in (value if isinstance(value, list | tuple) else [value])]


def _numbers(values: Iterable[object]) -> list[float]:
    out: list[float] = []
    for value in values:
        if isinstance(value, dict):
            out += _numbers(value.values())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            out.append(float(value))
    return out


def _days(values: Iterable[object]) -> list[dt.date]:
    out: list[dt.date] = []
    for value in values:
        if isinstance(value, dict):
            out += _days(value.values())
        elif isinstance(value, dt.date):
            out.append(value)
        elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            out.append(dt.date.fromisoformat(value))
    return out


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def unfilled(paper: OpinionContent, exported: str) -> list[str]:
    """Placeholders left in the Word file, and blanks in it that the paper does not ask for."""
    out = [f"占位符没有填：{mark}" for mark in _SLOT.findall(exported)]
    labels = {one.label for one in paper.missing}
    out += [
        f"空白没有列入待填：{label}" for label in _BLANK.findall(exported) if label not in labels and "“" not in label
    ]
    return out


def word_text(made: bytes) -> str:
    """All words of a .docx: paragraphs, tables, headers and footers."""
    document = Document(io.BytesIO(made))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        for part in (section.header, section.even_page_header, section.footer, section.even_page_footer):
            texts += [paragraph.text for paragraph in part.paragraphs]
    return "\n".join(texts)


def opinions(cases: Sequence[OpinionCase], desk: Drafting) -> Result:
    """The share of papers right in every respect; with every citation held; with every figure founded; filled whole."""

    def draft(case: OpinionCase) -> tuple[OpinionContent, str]:
        paper = desk.preview(
            case.kind, description=case.description, facts=case.facts, fields=case.fields, as_of=case.as_of
        )
        return paper, word_text(desk.word_file(paper))

    came, broken = attempt(SUITE, cases, draft, "文书")
    rows = [
        {
            "全对": judge(case, paper),
            "引文无误": bad_citations(case, paper),
            "数字有据": loose_figures(case, paper, desk.library),
            "模板填满": unfilled(paper, exported),
        }
        for case, (paper, exported) in came
    ]
    figures = tuple(
        Figure(
            suite=SUITE,
            part="全部",
            metric=metric,
            value=round(100 * sum(not row[metric] for row in rows) / len(rows), 2) if rows else 0.0,
            scored=len(rows),
            unscored=len(broken),
        )
        for metric in ("全对", "引文无误", "数字有据", "模板填满")
    )
    misses = tuple(
        Miss(suite=SUITE, id=case.id, asked=f"{case.kind} {case.description or case.facts}", problems=tuple(found))
        for (case, _), row in zip(came, rows, strict=True)
        if (found := [problem for problems in row.values() for problem in problems])
    )
    return Result(figures=figures, misses=misses, unscored=broken)
