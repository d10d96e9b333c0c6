"""Which facts a quoted provision turns on, and the question that asks for each."""

import re
from collections.abc import Sequence

from assistant.desk.question import Reading

_TURNS = (
    # fact of the contract, words of the law that turn on it, words of a question that settle it, what to ask
    ("goods_value", r"货值金额", r"货值", "货值金额是多少？（法条按货值金额分档）"),
    ("illegal_gains", r"违法所得", r"违法所得|获利|赚了", "有没有违法所得，数额是多少？"),
    (
        "party_type",
        r"(个人|自然人).*(单位|法人|企业)|(单位|法人|企业).*(对个人|个人处|自然人)",
        r"",
        "行为人是单位还是个人？（处罚幅度不同）",
    ),
    (
        "refused_correction",
        r"拒不改正|逾期(不|未)改正|逾期(不|未)",
        r"拒不|逾期|改正",
        "是否已经责令改正，期限内改正了没有？",
    ),
    (
        "harm",
        r"情节(严重|较重|较轻|轻微)|造成(严重|较大|重大)?.{0,6}(后果|损失|事故|损害)",
        r"情节|后果|造成",
        "造成了什么后果，情节轻重如何？",
    ),
    (
        "prior_violations",
        r"(再次|多次|两次|三次|二次|曾|一年内)",
        r"第.次|再次|首次|初次|多次",
        "此前有没有因同类行为受过处罚？",
    ),
)
_EXEMPTING = (
    ("first_violation", r"首次|初次|第一次|再次|曾", "是不是初次违法？以什么范围和期间计算？"),
    ("harm", r"后果|没有造成|未造成|轻微", "有没有危害后果，程度如何？"),
    ("corrected", r"改正|整改|纠正", "改正了没有，是在发现以前、责令以前，还是责令的期限内？"),
    ("no_fault_proof", r"故意|过失|不知道|不知情|主观", "当事人有没有证据证明没有主观过错？"),
    ("conduct_date", r"年|月|日|天前", "行为发生和被发现各在哪一天（是否超过追责时效）？"),
)


def missing_facts(reading: Reading, texts: Sequence[str], *, exempting: bool) -> tuple[dict[str, str], ...]:
    """The open facts in the order in which they decide, without those that the question states: fact and question."""
    out: dict[str, str] = {}
    if exempting:
        for fact, said, ask in _EXEMPTING:
            if not re.search(said, re.sub(r"轻微违法|首违不罚", "", reading.query)):
                out[fact] = ask
    text = "\n".join(texts)
    for fact, law_words, said, ask in _TURNS:
        if not re.search(law_words, text, re.DOTALL if fact == "party_type" else 0):
            continue
        if fact == "party_type" and reading.party:
            continue
        if said and re.search(said, reading.query):
            continue
        out.setdefault(fact, ask)
    if not exempting and reading.day is None and out:
        out["conduct_date"] = "行为发生在哪一天？（决定适用哪个文本，以及是否超过追责时效）"
    return tuple({"fact": fact, "question": ask} for fact, ask in list(out.items())[:6])
