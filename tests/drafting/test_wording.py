"""Papers that a lawyer would sign: nothing doubled or conditional in a decision, each fault with its own rule."""

import pytest

from assistant.desk.opinions import OpinionDesk
from assistant.schema import OpinionContent
from tests.drafting.conftest import DECISION, REVIEW, REVIEW_FACTS, SHOP

OPINION = {
    "organ": "天津市某区人民政府", "document_no": "津某政复意〔2026〕4号", "addressee": "某区城市管理综合执法局",
    "applicant": "某广告公司", "act": "某城管罚字〔2026〕18号行政处罚决定", "date": "2026-11-18",
}  # fmt: skip
PROPOSAL = {
    "organ": "天津市某区司法局", "document_no": "津某司复建〔2026〕2号", "addressee": "某区交通运输委员会",
    "source": "交通运输行政处罚类行政复议案件", "date": "2026-11-18",
}  # fmt: skip


def _body(paper: OpinionContent, section: str) -> str:
    return next((s.body for s in paper.sections if s.id == section), "")


def _codes(paper: OpinionContent) -> set[str]:
    return {veto.code for veto in paper.vetoes}


def test_a_decision_tells_each_condition_once_with_the_fact_where_it_adds_something(papers: OpinionDesk) -> None:
    paper = papers.preview("no_penalty_decision", description=SHOP, fields=DECISION)
    reasons = _body(paper, "reasons")
    assert (
        "及时改正（店主当场补贴了价签），没有造成危害后果，符合《中华人民共和国行政处罚法》第三十三条第一款" in reasons
    )
    assert _body(paper, "decision").endswith("当事人已经改正，不得再犯。")
    assert "还在的" not in "".join(s.body for s in paper.sections)  # a decision orders, or does not


def test_the_party_stands_under_the_names_of_its_kind(papers: OpinionDesk) -> None:
    person = papers.preview(
        "no_penalty_decision",
        description="李某，2013年5月6日出生，2026年10月2日在车站墙面涂画，当日被发现。",
        fields={**DECISION, "party": "李某", "party_id": "120116201305060000", "basis": "《治安管理处罚法》第二十六条"},
    )
    assert _body(person, "party").split("\n") == [
        "当事人：李某", "身份证件号码：120116201305060000", "住址：洞庭路某号",
    ]  # fmt: skip
    assert "13周岁，不满十四周岁" in _body(person, "reasons")
    assert "《中华人民共和国治安管理处罚法》第十二条" in _body(person, "decision")
    company = papers.preview("no_penalty_decision", fields={**DECISION, "party": "某商贸有限公司", "party_id": "9112"})
    assert "统一社会信用代码：9112\n住所：" in _body(company, "party")


def test_the_time_that_ran_out_is_told_in_a_sentence_and_its_days_are_founded(papers: OpinionDesk) -> None:
    facts = {
        "violation": "未明码标价", "party_type": "企业", "conduct_date": "2023-08-01", "conduct_end_date": "2023-09-30",
        "discovered_date": "2026-10-08", "concerns_life_or_finance": False,
    }  # fmt: skip
    paper = papers.preview("no_penalty_decision", facts=facts, fields=DECISION)
    assert "期限为二年，至2025年9月30日届满，2026年10月8日才被发现" in _body(paper, "reasons")
    assert _body(paper, "facts").startswith(
        "经查明，当事人（企业）于2023年8月1日至2023年9月30日有下列行为：未明码标价。"
    )
    assert "unfounded" not in _codes(paper)


def test_food_that_failed_is_ruled_by_its_own_law_whatever_it_is_called(papers: OpinionDesk) -> None:
    told = "某超市2026年4月2日销售的韭菜经抽检腐霉利超标，有证据足以证明没有主观过错。"
    paper = papers.preview(
        "no_penalty_decision",
        description=told,
        facts={"no_fault_proof": True},
        fields={**DECISION, "basis": "《食品安全法》第一百二十四条第一款第（一）项"},
    )
    assert "no_ground" in _codes(paper)
    assert "other.履行进货查验义务" in {one.fact for one in paper.missing}


def test_a_penalty_that_must_not_be_imposed_is_not_called_within_the_law(papers: OpinionDesk) -> None:
    facts = {"party_type": "个体工商户", "first_violation": True, "harm": "无", "corrected": "责令前改正"}
    fields = {"matter": "广告用语", "basis": "《广告法》第五十七条第（一）项", "fine": 200000}
    opinion = papers.preview("legal_opinion", facts=facts, fields=fields)
    conclusion = _body(opinion, "conclusion").split("\n")
    assert conclusion[0].startswith("违法行为轻微并及时改正，没有造成危害后果，应当不予行政处罚（")
    assert conclusion[1].endswith("以执法人员结合证据认定轻微为前提。")
    assert conclusion[2] == "不应当给予拟处的罚款200000元。"
    assert "法定幅度内" not in _body(opinion, "conclusion")
    review = papers.preview("legality_review", facts=facts, fields={**REVIEW, **fields, "kinds": []})
    assert "| 裁量 | 不符合 |" in _body(review, "items")


def test_agreement_says_what_it_hangs_on(papers: OpinionDesk) -> None:
    seen = dict.fromkeys(("authority", "officers", "party_right", "evidence_right", "shown", "papers_right"), "符合")
    paper = papers.preview("legality_review", facts=REVIEW_FACTS, fields={**REVIEW, **seen})
    assert _body(paper, "conclusion").startswith(
        "同意市场监管执法支队对某餐饮公司拟作出的行政处罚，以定性核对无误为前提。"
    )
    whole = papers.preview("legality_review", facts=REVIEW_FACTS, fields={**REVIEW, **seen, "charge": "符合"})
    assert _body(whole, "conclusion") == "同意市场监管执法支队对某餐饮公司拟作出的行政处罚。"
    assert "当场处罚" not in _body(whole, "procedure")


def test_days_of_the_file_show_what_was_late_though_no_provision_is_named(papers: OpinionDesk) -> None:
    told = "某局2026年1月8日对某广告公司擅自设置户外广告立案，2026年5月29日作出罚款决定，决定书6月20日才送达。"
    paper = papers.preview("reconsideration_opinion", description=told, fields=OPINION)
    problems = _body(paper, "problems")
    assert "超过51日" in problems
    assert "《中华人民共和国行政处罚法》第六十一条" in problems
    assert "规范送达" in _body(paper, "advice")


def test_what_is_only_named_is_no_fault_and_a_fault_has_the_rule_that_fits_it(papers: OpinionDesk) -> None:
    told = "某店违法所得3.8元。3件把听证告知期限写成3日，2件由办案人员主持听证，4件没有加盖骑缝章。"
    lines = _body(papers.preview("reconsideration_proposal", description=told, fields=PROPOSAL), "problems").split("\n")
    assert lines == [
        "1．3件把听证告知期限写成3日（《中华人民共和国行政处罚法》第六十四条第（一）项）。",
        "2．2件由办案人员主持听证（《中华人民共和国行政处罚法》第六十四条第（四）项）。",
        "3．4件没有加盖骑缝章。",
    ]


def test_an_act_that_is_no_penalty_is_not_held_against_the_law_of_penalties(papers: OpinionDesk) -> None:
    fields = {**OPINION, "act": "某人社工伤不认〔2026〕12号不予认定工伤决定", "problems": "事实不清，没有调查。"}
    paper = papers.preview("reconsideration_opinion", description="工伤认定案件。", fields=fields)
    assert "行政处罚法" not in "".join(s.body for s in paper.sections)
    assert {one.fact for one in paper.missing} == {"fields.advice"}


@pytest.mark.parametrize(
    ("told", "cited"),
    [
        ("办法规定养犬须缴纳管理费每年300元。", "《中华人民共和国价格法》第四十七条第一款"),
        ("按实缴增值税地方留成部分给予奖励。", "《中华人民共和国税收征收管理法》第三条"),
        ("在本区注册并承诺十年内不迁出的企业可以享受。", "《中华人民共和国民营经济促进法》第十一条第一款"),
    ],
)
def test_a_draft_decision_is_held_against_what_such_a_paper_may_not_set(
    papers: OpinionDesk, told: str, cited: str
) -> None:
    paper = papers.preview("major_decision_review", description=told, fields={"matter": "某办法"})
    assert cited in _body(paper, "content")
    assert f"{cited}（" in _body(paper, "law")  # and its words stand at the end


def test_an_office_in_brackets_is_part_of_a_document_number(papers: OpinionDesk) -> None:
    fields = {**DECISION, "document_no": "津公（滨）不罚决字[2026]第003号"}
    paper = papers.preview("no_penalty_decision", description=SHOP, fields=fields)
    assert paper.fields["document_no"] == "津公（滨）不罚决字〔2026〕3号"


def test_a_range_without_a_least_is_said_as_people_say_it(papers: OpinionDesk) -> None:
    fields = {**REVIEW, "matter": "未明码标价", "basis": "《价格法》第四十二条", "fine": 500, "kinds": []}
    paper = papers.preview("legality_review", facts={"party_type": "企业", "corrected": "未改正"}, fields=fields)
    assert "法定幅度为5000元以下：" in _body(paper, "discretion")
    assert "拟处的500元在幅度以内" in _body(paper, "discretion")


def test_what_the_description_states_of_the_penalty_is_not_asked_again(papers: OpinionDesk) -> None:
    told = (
        "某超市2026年9月15日被发现销售超过保质期的豆干，货值91元，没有违法所得。9月17日立案。"
        "拟依据食品安全法第一百二十四条第一款第（五）项，没收豆干14袋，处罚款80000元。"
    )
    paper = papers.preview("legality_review", description=told, fields={"party": "某超市"})
    assert "罚款80000元" in _body(paper, "submission")
    assert "五万元以上十万元以下" in _body(paper, "discretion")
    assert not {"fields.basis", "fields.fine"} & {one.fact for one in paper.missing}
    assert any(note.startswith("下列各项是从描述里读出的，请核对") for note in paper.notes)
    other = papers.preview("legality_review", description=told, fields={"party": "某超市", "fine": 60000})
    assert "罚款60000元" in _body(other, "submission")  # what a person fills in goes before


def test_a_penalty_of_before_is_not_the_proposed_one(papers: OpinionDesk) -> None:
    told = "消防大队已依消防法第六十条第一款第（三）项罚款10000元。应急管理局拟对同一行为再作处理。"
    paper = papers.preview("legality_review", description=told)
    assert "fields.basis" in {one.fact for one in paper.missing}


def test_the_paper_an_officer_tells_of_gives_no_order_to_the_program(papers: OpinionDesk) -> None:
    told = "告知书只写“拟罚款12万元”，没有写事实、理由和依据；未告知听证权利；决定书9月1日作出，9月25日才送达。"
    paper = papers.preview("reconsideration_opinion", description=told, fields=OPINION)
    problems = _body(paper, "problems")
    assert "没有写事实、理由和依据（《中华人民共和国行政处罚法》第四十四条" in problems
    assert "送达期限到2026年9月10日，2026年9月25日送达" in problems
    assert not any("指挥程序" in note for note in paper.notes)


def test_steps_that_were_skipped_are_read_where_the_description_says_so(papers: OpinionDesk) -> None:
    told = "起草单位未做公平竞争审查，未公开征求意见，社会稳定风险评估拟在批准后再补。"
    paper = papers.preview("major_decision_review", description=told, fields={"matter": "某方案"})
    conclusion = _body(paper, "conclusion")
    assert "公众参与、风险评估、公平竞争审查" in conclusion
    assert "fields.experts" in {one.fact for one in paper.missing}


def test_a_reply_in_the_simple_procedure_has_its_own_term(papers: OpinionDesk) -> None:
    told = "周某不服当场作出的警告，复议机构决定适用简易程序，2026年11月16日把申请书副本送到我局。"
    paper = papers.preview("reconsideration_reply", description=told, fields={"applicant": "周某", "act": "警告决定"})
    assert "于2026年11月16日收到行政复议申请书副本" in _body(paper, "request")
    assert "《中华人民共和国行政复议法》第五十四条第一款" in _body(paper, "request")
    assert next(f.text for f in paper.figures if f.name == "答复期限") == "2026年11月23日"


def test_a_case_that_cannot_be_spared_says_why(papers: OpinionDesk) -> None:
    facts = {"party_type": "企业", "first_violation": False, "harm": "较大", "corrected": "责令前改正"}
    paper = papers.preview("no_penalty_decision", facts=facts, fields=DECISION)
    assert "本案不符合不予行政处罚的条件：" in _body(paper, "reasons")
    assert "本机关决定" not in _body(paper, "decision")
    assert "no_ground" in _codes(paper)


def test_the_draft_under_review_is_no_citation_and_another_law_that_is_not_held_is(papers: OpinionDesk) -> None:
    fields = {"matter": "《园区企业服务办法（草案）》"}
    told = "办法规定，入园企业每年缴纳园区管理费二万元，依照《某市不存在的办法》第五条执行。"
    paper = papers.preview("major_decision_review", description=told, fields=fields)
    assert [one.text for one in paper.unverified] == ["《某市不存在的办法》第五条"]


def test_where_only_refusal_is_punished_a_correction_leaves_nothing_to_punish(papers: OpinionDesk) -> None:
    told = (
        "某经营部销售的豆条标签钠的单位漏印，属标签瑕疵，不影响食品安全且不会误导消费者。"
        "10月9日责令改正，10月11日已按期改正。"
    )
    basis = {"matter": "食品标签有瑕疵", "basis": "《食品安全法》第一百二十五条第二款"}
    paper = papers.preview("no_penalty_decision", description=told, fields={**DECISION, **basis})
    assert "规定的处罚以拒不改正（逾期不改正）为前提" in _body(paper, "reasons")
    assert _body(paper, "decision").startswith("根据《中华人民共和国食品安全法》第一百二十五条第二款，本机关决定")
    assert "no_ground" not in _codes(paper)
    refused = told.replace("10月11日已按期改正", "当事人拒不改正")
    again = papers.preview("no_penalty_decision", description=refused, fields={**DECISION, **basis})
    assert "no_ground" in _codes(again)


def test_an_opinion_on_a_paper_about_to_be_issued_says_what_it_may_not_set(papers: OpinionDesk) -> None:
    told = (
        "街道打算印发《沿街门店整治通知》，规定对不配合整治的门店予以查封，直至整改合格为止，"
        "由一名带班队员带协管员去贴封条。"
    )
    paper = papers.preview("legal_opinion", description=told, fields={"matter": "以通知形式查封门店"})
    assert _body(paper, "conclusion").startswith("拟印发的文件涉及设定行政强制，不得照此印发")
    assert "《中华人民共和国行政强制法》第十条第四款、第十七条、第十八条、第二十五条第一款" in _body(paper, "analysis")
    assert paper.unverified == ()
    asked = papers.preview(
        "legal_opinion", description="执法人员查封了一处仓库，期限怎么算？", fields={"matter": "查封的期限"}
    )
    assert "拟印发的文件" not in "".join(s.body for s in asked.sections)
