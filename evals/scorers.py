"""Scorers: plain functions from what came out and what should have, to a number or a list of complaints."""

import math
from collections.abc import Collection, Sequence

from assistant.schema import CheckedCitation, DoneEvent, FigureAnswer, Passage
from evals.reading import AnswerCase, CitationCase, ExpectedCitation, FigureCase, Provision, RefusalCase


def found(passages: Sequence[Passage]) -> list[Provision]:
    """The provisions of search hits in their order, each once; hits without an article are left out."""
    seen: dict[Provision, None] = {}
    for passage in passages:
        if passage.law and passage.article:
            seen.setdefault(Provision(law=passage.law, article=passage.article))
    return list(seen)


def ndcg(hits: Sequence[Provision], gold: Collection[Provision], k: int = 10) -> float:
    """nDCG@k with gains of 0 or 1; the ideal list holds as many of the gold provisions as k has room for. 0 to 1."""
    wanted = set(gold)
    gain = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(hits[:k], 1) if hit in wanted)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))
    return gain / ideal if ideal else 0.0


def recall(hits: Sequence[Provision], gold: Collection[Provision], k: int) -> float:
    """The share of the gold provisions among the first k hits. 0 to 1."""
    wanted = set(gold)
    return len(wanted & set(hits[:k])) / len(wanted) if wanted else 0.0


def reciprocal_rank(hits: Sequence[Provision], gold: Collection[Provision]) -> float:
    """1 over the rank of the first gold provision; 0 when none was found."""
    wanted = set(gold)
    return next((1 / rank for rank, hit in enumerate(hits, 1) if hit in wanted), 0.0)


def _present(wanted: str, text: str) -> bool:
    """Whether one of the phrases in `wanted`, parted by `|`, stands in `text`."""
    return any(phrase in text for phrase in wanted.split("|"))


def judge_refusal(case: RefusalCase, done: DoneEvent) -> list[str]:
    """What is wrong with the answer to a message that must be declined, or must not be; empty when nothing is."""
    problems = []
    if done.refused and case.expect == "answered":
        problems.append("应当作答，却谢绝了")
    if not done.refused and case.expect == "refused":
        problems.append("应当谢绝，却作答了")
    problems += [f"出现了“{phrase}”" for phrase in case.must_not if phrase in done.answer]
    return problems


def judge_citations(case: CitationCase, found: Sequence[CheckedCitation]) -> list[str]:
    """Where the citations found in a text differ from those that stand in it; empty when nowhere."""
    if len(found) != len(case.expect):
        got = "、".join(c.text for c in found) or "无"
        return [f"应有 {len(case.expect)} 处引文，找到 {len(found)} 处：{got}"]
    problems = []
    for citation, expected in zip(found, case.expect, strict=True):
        if case.text[citation.start : citation.end] != citation.text:
            problems.append(f"“{citation.text}”的位置不对")
        for field in ExpectedCitation.model_fields:
            if getattr(citation, field) != getattr(expected, field):
                problems.append(
                    f"“{citation.text}”的 {field} 是 {getattr(citation, field)}，应为 {getattr(expected, field)}"
                )
    return problems


def _cited(citations: Sequence[CheckedCitation]) -> set[Provision]:
    return {Provision(law=c.law, article=c.article) for c in citations if c.law and c.article}


def unverified(case: AnswerCase, done: DoneEvent) -> list[CheckedCitation]:
    """Citations in the answer that did not verify, but for the verdicts the case allows."""
    return [c for c in done.citations if c.verdict != "verified" and c.verdict not in case.allow]


def first_cited(done: DoneEvent) -> Provision | None:
    """The first provision that the conclusion names; None when it names none."""
    begin = max(done.answer.find(done.conclusion), 0)
    within = (c for c in done.citations if begin <= c.start < begin + len(done.conclusion))
    return next((Provision(law=c.law, article=c.article) for c in within if c.law and c.article), None)


def judge_answer(case: AnswerCase, done: DoneEvent) -> list[str]:
    """What an answer lacks, and what it holds but must not; empty when nothing is wrong."""
    cited = _cited(done.citations)
    problems = [f"缺“{phrase}”" for phrase in case.must if not _present(phrase, done.answer)]
    problems += [f"不该有“{phrase}”" for phrase in case.must_not if phrase in done.answer]
    problems += [f"结论缺“{phrase}”" for phrase in case.must_conclude if not _present(phrase, done.conclusion)]
    if case.first and first_cited(done) not in case.first:
        problems.append(f"结论首先引的是 {first_cited(done)}，应为 " + "或".join(map(str, case.first)))
    problems += [f"没有引 {provision}" for provision in case.cite if provision not in cited]
    if case.cite_any and not cited & set(case.cite_any):
        problems.append("一条都没引：" + "、".join(map(str, case.cite_any)))
    problems += [f"不该引 {provision}" for provision in case.must_not_cite if provision in cited]
    problems += [f"没有标出状态“{s}”" for s in case.status if all(hit.status != s for hit in done.hits)]
    problems += [f"引文未核验：{c.text}（{c.verdict}）" for c in unverified(case, done)]
    return problems


def fault(case: FigureCase, answer: FigureAnswer | None) -> str | None:
    """What is wrong with an answer about figures; None when it is right. `answer` None: taken for another question.

    A question without an answer may be taken for another one: it gets no number. How many are is told apart.
    """
    if case.not_mine:
        return None if answer is None else "当成了数据问题"
    if answer is None:
        return "没有认出是数据问题" if case.answered else None
    if not case.answered:
        return f"给了数：{answer.text}" if answer.answered or answer.value is not None else None
    if not answer.answered:
        return f"没有答：{answer.text}"
    if case.value is not None and answer.value != case.value:
        return f"给出{answer.value}，应为{case.value}"
    if case.unit is not None and answer.unit != case.unit:
        return f"单位{answer.unit}，应为{case.unit}"
    if case.values and answer.values != case.values:
        return f"给出{answer.values}，应为{case.values}"
    absent = set(case.flags) - {flag.code for flag in answer.flags}
    return f"缺提示{'、'.join(sorted(absent))}" if absent else None
