"""Check a paper: every citation looked up, law stated without one, numbers from nowhere, what is left blank."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.drafting.case import Case
from assistant.drafting.compose import Composed
from assistant.drafting.markup import blanks, paragraphs
from assistant.drafting.stating import states_law
from assistant.drafting.values import written
from assistant.errors import UncheckedOpinion
from assistant.law.citations import VERDICTS, check
from assistant.law.library import Library
from assistant.numerals import quantities, to_chinese
from assistant.schema import (
    CheckedCitation,
    OpinionContent,
    OpinionForm,
    OpinionSection,
    UnverifiedCitation,
    Veto,
)

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")
_LENT = re.compile(r"^[ \t]*[>|].*$", re.MULTILINE)
"""Lines that quote a provision, or stand in a table."""
_SHOWN = 3
_UNHELD = ("out_of_scope", "no_such_provision")
_OUT_OF_FORCE = ("repealed", "superseded", "not_yet_effective")
_STANDING = re.compile(r"废止|失效|尚未施行|未施行|已修改|行为时")
_LACKING = re.compile(r"未收录|没有收录|没有第|没有该")


@dataclass(frozen=True)
class Edit:
    """What somebody wrote in place of the program: a person, or a model where `by_model`."""

    body: str
    heading: str | None = None
    by_model: bool = False


def checked_sections(
    case: Case, composed: Composed, edits: Mapping[str, Edit], told: str
) -> tuple[OpinionSection, ...]:
    """The sections, numbered, each with its citations and what is amiss in it.

    `told` is the description as it was given.
    """
    out: list[OpinionSection] = []
    for section in case.form.sections:
        composed_body = composed.bodies.get(section.id, "")
        edit = edits.get(section.id)
        text = edit.body if edit is not None else composed_body
        if not text.strip() and edit is None:
            continue
        heading = edit.heading if edit is not None and edit.heading else section.heading
        citations = check(text, case.library, case.as_of)
        differs = text != composed_body or heading != section.heading
        out.append(
            OpinionSection(
                id=section.id,
                heading=f"{to_chinese(len(out) + 1)}、{heading}",
                body=text,
                citations=citations,
                uncited=tuple(uncited(text, citations, told)),
                unfounded=tuple(unfounded(text, _founded(case, composed, citations, told))),
                reasoning=section.reasoning,
                edited=differs and edit is not None and not edit.by_model,
                rewritten=differs and edit is not None and edit.by_model,
                composed=composed_body if differs else None,
            )
        )
    return tuple(out)


def uncited(text: str, citations: Sequence[CheckedCitation], told: str) -> list[str]:
    """The sentences that state law and name no provision; the words of the case itself state none."""
    out: list[str] = []
    own = _LENT.sub(lambda line: " " * len(line[0]), text)
    for match in _SENTENCE.finditer(own):
        sentence = match[0].strip()
        if not sentence or sentence in told:
            continue
        cited = any(match.start() <= c.start < match.end() for c in citations)
        if not cited and states_law(sentence):
            out.append(sentence)
    return out


def unfounded(text: str, founded: frozenset[tuple[float, str]]) -> list[str]:
    """The numbers with a unit that no source holds, as 5元 for five yuan."""
    lines = "\n".join(
        p.text if p.kind != "table" else " ".join(" ".join(row) for row in p.rows) for p in paragraphs(text)
    )
    return [f"{value:g}{unit}" for value, unit in sorted(quantities(lines) - founded)]


def _founded(
    case: Case, composed: Composed, citations: Iterable[CheckedCitation], told: str
) -> frozenset[tuple[float, str]]:
    """Every number that a paper may name: of the case, of the provisions it cites, and those computed."""
    texts = [told, *(f"{f.text}\n{f.computation}" for f in composed.figures)]
    for field in case.form.fields:
        value = case.values.get(field.key)
        if value is not None:
            texts.append(written(field, value))
    for name, fact in case.facts.known().items():
        unit = {"illegal_gains": "元", "goods_value": "元", "duration_days": "天", "age": "周岁"}.get(name, "")
        texts += [f"{fact.value}{unit}", fact.quote]
    days = [case.as_of, *(fact.value for fact in case.facts.known().values() if isinstance(fact.value, dt.date))]
    for citation in citations:
        article = case.library.get(citation.article_id) if citation.article_id else None
        if article is None:
            named = case.library.version_on(citation.law, case.as_of) if citation.law else None
            days += [named.version_date] if named is not None and named.version_date else []
            continue
        version, span = case.library.version(article.version_id), case.library.span(article)
        texts.append(article.text)
        days += [day for day in (version.version_date, span.from_, span.to) if day]
    dates = {part for d in days for part in ((float(d.year), "年"), (float(d.month), "月"), (float(d.day), "日"))}
    return quantities("\n".join(texts)) | dates


def unverified(
    sections: Sequence[OpinionSection], library: Library, conduct: dt.date | None, subject: str = ""
) -> tuple[UnverifiedCitation, ...]:
    """The citations that do not hold; `subject` is what the paper is about, whose own name is no citation.

    One of a law out of force holds where it ruled the day of the conduct, or where its sentence says how it stands;
    one that is not held holds where the sentence says no more than that.
    """
    out: list[UnverifiedCitation] = []
    for section in sections:
        bad = [c for c in section.citations if c.verdict != "verified"]
        then = (
            {c.start for c in check(section.body, library, conduct) if c.verdict == "verified"}
            if conduct is not None and any(c.verdict in _OUT_OF_FORCE for c in bad)
            else set()
        )
        for citation in bad:
            if citation.verdict in _UNHELD and citation.article is None and citation.text in subject:
                continue  # the draft that the paper is about is no law yet
            if citation.verdict in _OUT_OF_FORCE and (
                citation.start in then or _said(section.body, citation, _STANDING)
            ):
                continue
            if citation.verdict in _OUT_OF_FORCE and any(_said_of(one.body, citation.text) for one in sections):
                continue  # the words of the case name it, and the paper says how it stands
            if citation.verdict in _UNHELD and _said(section.body, citation, _LACKING):
                continue
            out.append(
                UnverifiedCitation(
                    section=section.id,
                    heading=section.heading,
                    text=citation.text,
                    verdict=citation.verdict,
                    detail=citation.detail,
                )
            )
    return tuple(out)


def _said_of(body: str, text: str) -> bool:
    """Whether a section tells of a provision that it is no longer, or not yet, law."""
    return any(text in sentence and _STANDING.search(sentence) for sentence in _SENTENCE.findall(body))


def _said(body: str, citation: CheckedCitation, words: re.Pattern[str]) -> bool:
    """Whether the sentence of a citation itself says how the provision stands, or that there is none."""
    start = body.rfind("\n", 0, citation.start) + 1
    line = body[start:].split("\n", 1)[0]
    return any(citation.text in sentence and words.search(sentence) is not None for sentence in _SENTENCE.findall(line))


def vetoes(form: OpinionForm, composed: Composed, sections: Sequence[OpinionSection]) -> tuple[Veto, ...]:
    """What stands in the way of signing, whoever wrote the words."""
    out = [*composed.vetoes, *_other_conclusion(form, sections)]
    left = [mark for section in sections for mark in blanks(section.body)]
    wanted = [f"【待填：{one.label}】" for one in composed.missing if one.required]
    if left or wanted:
        names = "、".join(dict.fromkeys([*left, *wanted]))
        out.append(Veto(code="field_blank", text=f"还有没有填写或者查明的：{names}"))
    loose = [sentence for section in sections for sentence in section.uncited]
    if loose:
        out.append(Veto(code="uncited", text=f"{len(loose)}句话说到法律而没有引条文：{_some(loose)}", answerable=True))
    numbers = [f"{section.heading}：{'、'.join(section.unfounded)}" for section in sections if section.unfounded]
    if numbers:
        text = f"有的数字未见于事实、依据或者计算：{_some(numbers)}"
        out.append(Veto(code="unfounded", text=text, answerable=True))
    return tuple(out)


def _other_conclusion(form: OpinionForm, sections: Sequence[OpinionSection]) -> list[Veto]:
    """A conclusion that a person wrote otherwise than it follows from the findings."""
    deciding = {section.id for section in form.sections if section.decides}
    out = []
    for section in sections:
        if not section.edited or section.id not in deciding or not section.composed:
            continue
        first = _SENTENCE.match(section.composed)
        if first is not None and first[0].strip() not in section.body:
            text = f"“{section.heading}”改动了核算得出的结论“{first[0].strip()}”，由复核人写明理由"
            out.append(Veto(code="conclusion_changed", text=text, answerable=True))
    return out


def _some(texts: Sequence[str]) -> str:
    shown = "；".join(text.rstrip("。") for text in texts[:_SHOWN])
    return shown + (f"；等{len(texts)}处" if len(texts) > _SHOWN else "")


def must_be_final(opinion: OpinionContent) -> None:
    """UncheckedOpinion, naming every unverified citation and open veto, unless there is none."""
    problems = [
        (f"sections.{one.section}", f"引文“{one.text}”没有通过核验（{VERDICTS[one.verdict]}）：{one.detail}")  # type: ignore[index]
        for one in opinion.unverified
    ]
    problems += [(f"vetoes.{veto.code}", veto.text) for veto in opinion.open_vetoes]
    if problems:
        raise UncheckedOpinion(f"《{opinion.title}》", problems)
