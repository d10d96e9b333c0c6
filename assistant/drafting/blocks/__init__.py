"""What the program writes in a paper: each part by the name that a form calls it by."""

from assistant.drafting.blocks import (
    decision,
    exemption,
    facts,
    law,
    legality,
    opinion,
    party,
    penalty,
    precedents,
    reconsideration,
)
from assistant.drafting.blocks.written import Block, Written

_PENALTY = frozenset({"basis", "fine", "fine_person", "kinds"})

BLOCKS: dict[str, Block] = {
    "当事人": Block(party.named, frozenset({"party", "address"})),
    "案情": Block(facts.narrative),
    "事实表": Block(facts.facts_table),
    "待查事项": Block(facts.open_questions),
    "依据条文": Block(law.provisions_quoted),
    "罚则原文": Block(law.penalty_quoted, frozenset({"basis"})),
    "条文分析": Block(law.answer),
    "免罚理由": Block(exemption.grounds),
    "措施": Block(exemption.measures),
    "不罚理由": Block(exemption.reasons, frozenset({"party"})),
    "不罚决定": Block(exemption.decision, frozenset({"party"})),
    "教育和改正": Block(exemption.education, frozenset({"education"})),
    "拟处罚": Block(penalty.proposal, _PENALTY),
    "法定幅度": Block(penalty.allowed, _PENALTY),
    "审查发现": Block(penalty.findings, _PENALTY),
    "程序表": Block(penalty.procedure, _PENALTY),
    "意见结论": Block(opinion.conclusion),
    "法制审核结论": Block(legality.conclusion, frozenset({"opinion", "party", "submitted_by", *legality.CHECKS})),
    "法制审核事项": Block(legality.items, frozenset({"matter", *legality.CHECKS})),
    "类似决定": Block(precedents.similar),
    "复议案件": Block(reconsideration.opening, frozenset({"act", "applicant"})),
    "复议问题": Block(reconsideration.problems, frozenset({"problems"})),
    "复议意见": Block(reconsideration.advice, frozenset({"advice", "problems"})),
    "建议事项": Block(reconsideration.advice, frozenset({"advice", "problems"})),
    "答复请求": Block(reconsideration.request, frozenset({"request", "act", "received_on"})),
    "答复依据": Block(reconsideration.reply_basis, frozenset({"basis"})),
    "答复程序": Block(reconsideration.reply_procedure, _PENALTY),
    "回应理由": Block(reconsideration.answers, frozenset({"claims", "answers"})),
    "决策结论": Block(decision.conclusion, frozenset({"matter"})),
    "决策权限": Block(decision.authority, frozenset({"authority"})),
    "决策程序": Block(decision.steps, frozenset(key for key, _ in decision.STEPS)),
    "决策内容": Block(decision.content),
    "文件内容": Block(decision.drafted),
}
"""Every part by its name."""

__all__ = ["BLOCKS", "Block", "Written"]
