"""The cases themselves: enough of them, and every provision they name is the law of their day."""

import datetime as dt
from collections import Counter
from itertools import chain

import pytest

from assistant.knowledge.decisions import load_decisions
from assistant.knowledge.lists import load_lists
from assistant.law.library import Library
from assistant.settings import ROOT
from evals.precedents import SearchCase
from evals.reading import AS_OF, FOLDER, AnswerCase, CitationCase, RefusalCase, RetrievalCase, load_yaml

RETRIEVAL = load_yaml(RetrievalCase, FOLDER / "retrieval.yaml")
REFUSALS = load_yaml(RefusalCase, FOLDER / "refusals.yaml")
ANSWERS = load_yaml(AnswerCase, FOLDER / "answers.yaml")


def test_there_are_enough() -> None:
    assert len(RETRIEVAL) >= 220
    assert len({case.query for case in RETRIEVAL}) == len(RETRIEVAL)
    assert min(Counter(case.style for case in RETRIEVAL).values()) >= 40
    assert sum(case.expect == "refused" for case in REFUSALS) >= 30
    assert sum(case.kind == "近似" for case in REFUSALS) >= 30
    assert all(case.expect == "answered" for case in REFUSALS if case.kind == "近似")
    assert len(ANSWERS) >= 40
    assert len(load_yaml(CitationCase, FOLDER / "citations.yaml")) >= 80


def test_every_gold_provision_is_in_force(library: Library) -> None:
    wrong = []
    for case in RETRIEVAL:
        for gold in case.gold:
            version = library.version_on(gold.law, AS_OF)
            article = version and library.article(version.id, gold.article)
            if article is None or library.status(article, AS_OF) != "现行有效":
                wrong.append(f"{case.id} {gold}")
    assert not wrong


def test_no_question_is_a_sentence_of_the_law(library: Library) -> None:
    """Questions are in the writer's own words: sixteen characters in a row would be the statute's."""
    text = "\n".join(article.text for article in library.all_articles)
    runs = chain.from_iterable(
        ((case.id, case.query[at : at + 16]) for at in range(len(case.query) - 15)) for case in RETRIEVAL
    )
    assert not [(name, run) for name, run in runs if run in text]


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.id)
def test_every_provision_an_answer_must_cite_is_held(library: Library, case: AnswerCase) -> None:
    day = case.as_of or AS_OF
    for provision in (*case.cite, *case.cite_any):
        version = library.version_on(provision.law, day)
        assert version is not None, provision
        assert library.article(version.id, provision.article), provision
    assert isinstance(day, dt.date)


def test_questions_to_decisions_and_lists_are_enough_and_name_what_is_held(library: Library) -> None:
    cases = load_yaml(SearchCase, FOLDER / "precedents.yaml")
    held = {one.id for one in load_decisions((ROOT / "knowledge_base" / "decisions",), library)}
    assert len(cases) >= 60
    assert sum(not case.gold for case in cases) >= 10
    assert not {gold for case in cases for gold in case.gold} - held
    asked = load_yaml(SearchCase, FOLDER / "lists.yaml")
    matters = {rule.matter for rule in load_lists((ROOT / "knowledge_base" / "lists",), library).rules}
    assert len(asked) >= 40
    assert not {gold for case in asked if case.kind != "裁量" for gold in case.gold} - matters
    for questions in (cases, asked):
        assert len({case.id for case in questions}) == len({case.query for case in questions}) == len(questions)
