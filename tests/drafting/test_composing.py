"""What a paper says, and what it must not: from the facts told, the findings and the law, nothing else."""

import io

from docx import Document

from assistant.desk.opinions import OpinionDesk
from assistant.drafting import Forms
from assistant.drafting.case import Case
from assistant.drafting.compose import compose
from assistant.law.library import Library
from assistant.schema import ComparedPoint, OpinionContent, SimilarDecision, Source, Span
from tests.drafting.conftest import DECISION, REVIEW, REVIEW_FACTS, TODAY


def _body(paper: OpinionContent, section: str) -> str:
    return next((s.body for s in paper.sections if s.id == section), "")


def _whole(paper: OpinionContent) -> str:
    return "\n".join(s.body for s in paper.sections)


def test_a_question_at_the_end_of_a_sentence_leaves_the_facts_before_it(papers: OpinionDesk) -> None:
    told = "某店没有明码标价，当场改正，没有造成危害后果，可以不处罚吗？"
    paper = papers.preview("no_penalty_decision", description=told, fields=DECISION)
    assert _body(paper, "facts").startswith("某店没有明码标价，当场改正，没有造成危害后果。")
    assert "吗？" not in _whole(paper)


def test_a_tier_that_is_not_official_is_told_to_the_writer_and_stands_in_no_paper(papers: OpinionDesk) -> None:
    paper = papers.preview("legality_review", facts=REVIEW_FACTS, fields=REVIEW)
    assert "裁量阶次" not in _whole(paper)
    assert "三等分" not in _whole(paper)
    assert any("性质待核" in note for note in paper.notes)


def test_a_ground_to_spare_that_is_half_told_is_not_agreed_over(papers: OpinionDesk) -> None:
    facts = {**REVIEW_FACTS, "first_violation": True, "corrected": "责令前改正"}
    facts.pop("harm")
    paper = papers.preview("legality_review", facts=facts, fields=REVIEW)
    assert paper.verdicts["proportionality"] == "within"
    assert _body(paper, "conclusion").startswith("补充调查。")
    assert "危害后果" in _body(paper, "conclusion")


def test_problems_told_in_the_description_are_taken_with_their_basis_and_claims_are_not(papers: OpinionDesk) -> None:
    told = "申请人认为没有告知听证。审查发现，有八件没有写明陈述申辩权利，三件超过90天才作出决定。"
    paper = papers.preview("reconsideration_proposal", description=told)
    problems = _body(paper, "problems")
    assert "有八件没有写明陈述申辩权利（《中华人民共和国行政处罚法》第四十四条" in problems
    assert "三件超过90天才作出决定（《中华人民共和国行政处罚法》第六十条）" in problems
    assert "申请人认为" not in problems
    assert "听证" not in problems
    assert "fields.problems" not in {one.fact for one in paper.missing}


def test_a_reply_says_what_was_done_and_not_what_others_should_check(papers: OpinionDesk) -> None:
    facts = {
        **REVIEW_FACTS,
        "filed_date": "2026-03-20",
        "decision_date": "2026-05-10",
        "other": {"告知日": "2026-04-20"},
    }
    fields = {
        "basis": REVIEW["basis"], "fine": 60000, "kinds": ["没收非法财物"],
        "claims": ["处罚过重", "没有告知陈述申辩权利", "态度不好"], "received_on": "2026-06-01", "date": "2026-06-08",
    }  # fmt: skip
    paper = papers.preview("reconsideration_reply", facts=facts, fields=fields)
    reasons, claims = _body(paper, "reasons"), _body(paper, "claims")
    assert "待查" not in reasons
    assert "拟处罚" not in _whole(paper)
    assert "事先告知：2026年4月20日告知" in reasons
    assert "法定幅度为50000元至100000元，没有超出" in claims
    assert "【待填：对“态度不好”的回应】" in claims
    assert {one.question for one in paper.missing if one.fact == "fields.answers"} == {
        "对申请人的理由“态度不好”怎样回应？"
    }
    due = next(f for f in paper.figures if f.name == "答复期限")
    assert due.text == "2026年6月15日"
    assert "10个工作日" in due.computation


def test_a_long_description_is_not_taken_whole(papers: OpinionDesk) -> None:
    told = "某店没有明码标价，当场改正，没有造成危害后果。" + "办案人员走访了周边商户了解情况。" * 200
    paper = papers.preview("no_penalty_decision", description=told, fields=DECISION)
    assert "当场改正" in _body(paper, "facts")
    assert "走访" not in _body(paper, "facts")
    assert any("全文存卷" in note for note in paper.notes)


def test_what_is_no_character_does_not_break_the_word_file(papers: OpinionDesk) -> None:
    facts = {"violation": "没有\x02明码标价", "harm": "无", "corrected": "责令前改正"}
    made = papers.word_file(papers.preview("no_penalty_decision", facts=facts, fields=DECISION))
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs)
    assert "没有明码标价" in text


def test_old_law_that_ruled_the_conduct_may_be_cited(papers: OpinionDesk) -> None:
    facts = {"party_type": "企业", "conduct_date": "2026-06-01", "corrected": "责令期限内改正"}
    fields = {
        **REVIEW,
        "matter": "物料没有覆盖",
        "basis": "《大气污染防治法》第一百一十七条第（一）项",
        "fine": 20000,
        "kinds": [],
    }
    paper = papers.preview("legality_review", facts=facts, fields=fields)
    assert paper.unverified == ()
    assert "（已废止）" in _whole(paper)
    assert "第三十七条" in _whole(paper)


def test_decisions_alike_are_for_the_writer_of_a_paper_that_goes_out(library: Library, forms: Forms) -> None:
    similar = SimilarDecision(
        rank=1,
        kind="decision",
        id="d",
        title="某超市案",
        text="罚款5000元",
        score=1.0,
        status="现行有效",
        in_force=Span(),
        source=Source(title="报道", nature="待核"),
        outcomes=("变更",),
        reasons=("明显不当",),
        seen="摘要",
        alike=(ComparedPoint(aspect="情节", label="初次违法", theirs="是", mine="是", verdict="alike"),),
        lesson="变更。",
    )
    inside = compose(Case(forms.form("legality_review"), TODAY, library, similar=(similar,)))
    assert "某超市案（报道；待核，摘要）" in inside.bodies["similar"]
    outside = compose(Case(forms.form("reconsideration_opinion"), TODAY, library, similar=(similar,)))
    assert "某超市案" not in "".join(outside.bodies.values())
    assert any("某超市案" in note for note in outside.notes)
