"""The closed set of checks: the names that the items of the standard may use, and what examines each."""

from collections.abc import Callable

from assistant.casefiles.checks import crime, decision, hearing, law, money, notice, order, papers, party, people
from assistant.casefiles.checks.counsel import Counsel
from assistant.casefiles.outcome import Outcome
from assistant.casefiles.volume import Volume

Check = Callable[[Volume, Counsel], Outcome]


def _plain(check: Callable[[Volume], Outcome]) -> Check:
    """A check that asks the file alone."""
    return lambda volume, _: check(volume)


CHECKS: dict[str, Check] = {
    "执法主体": _plain(people.organ),
    "执法资格": _plain(people.qualification),
    "两名执法人员": _plain(people.two_officers),
    "执法证号": _plain(people.officer_numbers),
    "亮证": _plain(people.shown),
    "处罚对象": _plain(party.subject),
    "当事人一致": _plain(party.consistent),
    "主体消灭": _plain(party.extinct),
    "证据": _plain(papers.evidence),
    "主要文书": _plain(papers.main_documents),
    "卷内目录": _plain(papers.contents),
    "一案一卷": _plain(papers.one_case),
    "排列顺序": _plain(papers.order),
    "漏填": _plain(papers.blanks),
    "文号": _plain(papers.numbering),
    "签名": _plain(papers.signatures),
    "印章": _plain(papers.seal),
    "立案": _plain(papers.filing),
    "结案": _plain(papers.closing),
    "隐藏文字": _plain(papers.concealed),
    "程序先后": _plain(order.sequence),
    "日期衔接": _plain(order.days),
    "登记保存期限": _plain(order.kept_evidence),
    "办案期限": _plain(order.in_time),
    "送达": _plain(order.service),
    "告知权利": _plain(notice.rights),
    "告知内容": _plain(notice.notice_content),
    "申辩复核": _plain(notice.defence),
    "告知与决定": _plain(notice.not_heavier),
    "听证": hearing.hearing,
    "法制审核": hearing.legal_review,
    "集体讨论": hearing.discussed,
    "当场处罚": hearing.on_the_spot,
    "违法事实": _plain(decision.facts),
    "决定书要素": _plain(decision.elements),
    "救济告知": _plain(decision.remedies),
    "裁量理由": _plain(decision.reasons),
    "责令改正": _plain(decision.correction),
    "涉罪移送": crime.handed_over,
    "违则罚则有效": _plain(law.provisions_hold),
    "违则罚则对应": _plain(law.belong_together),
    "引文": _plain(law.other_citations),
    "种类幅度": law.in_range,
    "违法所得": _plain(money.gains),
    "金额一致": _plain(money.agree),
    "履行": _plain(money.performed),
}

__all__ = ["CHECKS", "Check", "Counsel"]
