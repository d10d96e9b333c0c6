"""The scorers, on cases worked out by hand."""

import math

import pytest

from assistant.schema import CheckedCitation
from evals.reading import AnswerCase, CitationCase, Provision, RefusalCase
from evals.scorers import (
    found,
    judge_answer,
    judge_citations,
    judge_refusal,
    ndcg,
    recall,
    reciprocal_rank,
)
from tests.evals.fakes import citation, done, passage

A, B, C, D = (Provision(law="甲法", article=f"第{n}条") for n in "一二三四")


@pytest.mark.parametrize(
    ("hits", "gold", "score"),
    [
        ([A, B], [A], 1.0),
        ([B, A], [A], 1 / math.log2(3)),
        ([A, B, C], [A, C], (1 + 0.5) / (1 + 1 / math.log2(3))),
        ([B, C], [A], 0.0),
        ([], [A], 0.0),
        ([A, B], [A, A], 1.0),  # a provision labelled twice is one provision
    ],
)
def test_ndcg(hits: list[Provision], gold: list[Provision], score: float) -> None:
    assert ndcg(hits, gold) == pytest.approx(score)


def test_ndcg_looks_no_deeper_than_k() -> None:
    assert ndcg([B, A], [A], k=1) == 0
    assert ndcg([A], [A, B, C, D], k=1) == 1, "no list of one can hold more than one of four"


def test_recall_and_first_rank() -> None:
    assert recall([A, B, C], [A, D], 3) == 0.5
    assert recall([B, C, A], [A], 2) == 0
    assert reciprocal_rank([B, C, A, D], [D, A]) == pytest.approx(1 / 3)
    assert reciprocal_rank([B], [A]) == 0


def test_hits_count_once_and_only_articles() -> None:
    hits = [passage("甲法", "第一条"), passage("甲法", None), passage("甲法", "第一条"), passage("乙法", "第一条")]
    assert found(hits) == [A, Provision(law="乙法", article="第一条")]


def test_law_and_article_both_have_to_match() -> None:
    assert ndcg([Provision(law="乙法", article="第一条")], [A]) == 0


REFUSE = RefusalCase(id="x", kind="越界", message="写诗", expect="refused", must_not=("秋风",))


def test_refusal_wanted() -> None:
    assert judge_refusal(REFUSE, done("我只答法律问题", refused=True)) == []
    assert judge_refusal(REFUSE, done("好的")) == ["应当谢绝，却作答了"]
    assert judge_refusal(REFUSE, done("秋风起", refused=True)) == ["出现了“秋风”"]


def test_near_miss_declined_is_wrong() -> None:
    case = REFUSE.model_copy(update={"expect": "answered", "must_not": ()})
    assert judge_refusal(case, done("……", refused=True)) == ["应当作答，却谢绝了"]
    assert judge_refusal(case, done("……")) == []


def test_answer_with_everything() -> None:
    case = AnswerCase(
        id="x", question="？", must=("已废止|失效", "法典"), cite=(A,), cite_any=(B, C), status=("现行有效",)
    )
    good = done(
        "已失效，见法典",
        citations=(citation("甲法", "第一条"), citation("甲法", "第三条")),
        hits=(passage("甲法", "第一条"),),
    )
    assert judge_answer(case, good) == []
    bare = judge_answer(case, done("法典"))
    assert len(bare) == 4
    assert "缺“已废止|失效”" in bare


def test_answer_with_a_bad_citation() -> None:
    case = AnswerCase(id="x", question="？")
    answer = done("……", citations=(citation("甲法", "第一条", "repealed"),))
    assert judge_answer(case, answer) == ["引文未核验：《甲法》第一条（repealed）"]
    assert judge_answer(case.model_copy(update={"allow": ("repealed",)}), answer) == []
    assert judge_answer(case.model_copy(update={"allow": ("repealed",), "must_not_cite": (A,)}), answer) != []


def _cited(**more: object) -> CheckedCitation:
    return CheckedCitation.model_validate(
        {
            "text": "甲法第一条",
            "start": 2,
            "end": 7,
            "law": "甲法",
            "article": "第一条",
            "verdict": "verified",
            "detail": "",
            **more,
        }
    )


def test_citations_of_a_text() -> None:
    case = CitationCase.model_validate(
        {
            "id": "x",
            "text": "依据甲法第一条处罚",
            "expect": [{"law": "甲法", "article": "第一条", "verdict": "verified"}],
        }
    )
    assert judge_citations(case, [_cited()]) == []
    assert "verdict" in judge_citations(case, [_cited(verdict="repealed")])[0]
    assert "位置" in judge_citations(case, [_cited(start=0, end=5)])[0]
    assert "找到 0 处" in judge_citations(case, [])[0]
    assert "找到 2 处" in judge_citations(case, [_cited(), _cited()])[0]


def test_a_level_left_out_must_be_absent() -> None:
    case = CitationCase.model_validate(
        {"id": "x", "text": "依据甲法第一条处罚", "expect": [{"law": "甲法", "verdict": "verified"}]}
    )
    assert "article" in judge_citations(case, [_cited()])[0]
    assert judge_citations(case, [_cited(article=None)]) == []
