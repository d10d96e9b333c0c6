"""The days of a case file as a description tells them: notice, hearing, service; and the day of an act."""

import datetime as dt

import pytest

from assistant.rules.facts import read

TODAY = dt.date(2026, 11, 24)


def _known(told: str) -> dict[str, str]:
    return {name: str(fact.value) for name, fact in read(told, today=TODAY).facts.known().items()}


def test_notice_hearing_and_service_are_days_of_the_file_and_not_of_the_act() -> None:
    told = (
        "2026年5月12日立案。6月10日告知听证权利，当事人6月12日申请听证，6月24日组织听证，"
        "7月1日作出罚款决定，7月3日送达。"
    )
    assert _known(told) == {
        "filed_date": "2026-05-12", "decision_date": "2026-07-01", "other.告知日": "2026-06-10",
        "other.要求听证日": "2026-06-12", "other.听证日": "2026-06-24", "other.送达日": "2026-07-03",
    }  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        "7月20日告知申请人不予立案。",  # an answer to a report is no notice of a penalty
        "2026年5月12日送达责令改正通知书。",
        "2026年6月1日答复并送达申请人。",
        "2026年6月10日没有告知当事人陈述申辩的权利。",
    ],
)
def test_other_papers_give_no_such_day(told: str) -> None:
    assert not [name for name in _known(told) if name in ("other.告知日", "other.送达日")]


def test_the_day_of_an_act_of_a_person_told_by_birth_gives_the_age() -> None:
    known = _known("李某，2013年5月6日出生，2026年10月2日在车站的墙面上涂画，当日被发现。")
    assert (known["conduct_date"], known["age"], known["discovered_date"]) == ("2026-10-02", "13", "2026-10-02")


def test_a_long_cause_before_the_filing_is_no_act_of_that_day() -> None:
    known = _known("某区城管执法局2026年1月8日对某广告公司未经批准设置户外广告立案。")
    assert known["filed_date"] == "2026-01-08"
    assert "conduct_date" not in known


def test_sums_and_heads_that_a_range_is_reckoned_with() -> None:
    assert _known("吴某加建房屋，工程造价20万元。")["other.建设工程造价"] == "200000.0"
    assert _known("某劳务公司向42名新招员工每人收取押金600元。")["affected_people"] == "42"
