"""A matter goes from hand to hand: who may take which step, nothing signed before it is final, the part counted."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import ConflictError, InputError
from assistant.journal import Database, sqlite_url
from assistant.matters import MatterDesk, MatterStore
from assistant.schema import Matter, NewMatter, Sight

ALL = Sight(who="王律师", everything=True)


class Papers(dict[str, bool]):
    """Papers by id: whether each is final."""


@pytest.fixture
def papers() -> Papers:
    return Papers({"draft": False, "final": True})


@pytest.fixture
def desk(tmp_path: Path, papers: Papers) -> Iterator[MatterDesk]:
    database = Database(sqlite_url(tmp_path))
    store = MatterStore(database)
    store.register("王律师", "三级主任", "法治办", ["市场监管", "应急管理"])
    store.register("李律师", "四级主任", "法治办", ["人社"])
    yield MatterDesk(store, papers.get)
    database.close()


def opened(desk: MatterDesk, **more: object) -> Matter:
    new = NewMatter.model_validate({"kind": "法制审核", "title": "某超市过期食品案", "field": "市场监管"} | more)
    return desk.open(new, "张执法", "市场监管局")


def test_from_coming_in_to_signed(desk: MatterDesk) -> None:
    matter = opened(desk)
    assert matter.state == "待分派"
    desk.assign(matter.id, "王律师", "李律师", ALL)
    desk.remark(matter.id, "王律师", ALL, "阅卷", 90)
    desk.submit(matter.id, "王律师", ALL, opinion_id="final", minutes=60)
    with pytest.raises(InputError, match="不能审核自己"):
        desk.review(matter.id, "王律师", ALL, passed=True)
    desk.review(matter.id, "李律师", ALL, passed=False, words="依据要引到款")
    desk.submit(matter.id, "王律师", ALL, minutes=15)
    desk.review(matter.id, "李律师", ALL, passed=True, minutes=30)
    done = desk.sign(matter.id, "李律师", ALL)
    assert done.state == "已办结"
    assert (done.assignee, done.reviewer, done.signer, done.opinion_id) == ("王律师", "李律师", "李律师", "final")
    assert [e.act for e in done.events] == ["登记", "分派", "记录", "提交", "退回", "提交", "审核通过", "签发"]
    with pytest.raises(ConflictError, match="已办结"):
        desk.withdraw(matter.id, "李律师", ALL, "再想想")


def test_a_paper_that_is_not_final_is_not_signed(desk: MatterDesk, papers: Papers) -> None:
    matter = opened(desk)
    desk.assign(matter.id, "王律师", "李律师", ALL)
    with pytest.raises(InputError, match="没有这份文书"):
        desk.submit(matter.id, "王律师", ALL, opinion_id="nowhere")
    desk.submit(matter.id, "王律师", ALL, opinion_id="draft")
    desk.review(matter.id, "李律师", ALL, passed=True)
    with pytest.raises(InputError, match="还没有定稿"):
        desk.sign(matter.id, "李律师", ALL)
    papers["draft"] = True
    assert desk.sign(matter.id, "李律师", ALL).state == "已办结"


def test_steps_out_of_turn_and_by_the_wrong_hand(desk: MatterDesk) -> None:
    matter = opened(desk)
    with pytest.raises(ConflictError, match="待分派"):
        desk.submit(matter.id, "王律师", ALL)
    with pytest.raises(InputError, match="没有登记为公职律师"):
        desk.assign(matter.id, "张执法", "李律师", ALL)
    desk.assign(matter.id, "王律师", "李律师", ALL)
    with pytest.raises(InputError, match="由承办人提交"):
        desk.submit(matter.id, "李律师", ALL)
    with pytest.raises(InputError, match="理由"):
        desk.withdraw(matter.id, "李律师", ALL, " ")
    with pytest.raises(InputError, match="minutes"):
        desk.remark(matter.id, "王律师", ALL, "", 5_000)
    kept = desk.store.get(matter.id, ALL)
    assert kept is not None
    assert [e.act for e in kept.events] == ["登记", "分派"]


def test_who_sees_what(desk: MatterDesk) -> None:
    matter = opened(desk)
    officer, colleague = Sight(who="张执法"), Sight(who="赵执法")
    boss, stranger = Sight(who="局长", department="市场监管局"), Sight(who="局长", department="人社局")
    lawyer = Sight(who="王律师", department="法治办")
    assert [bool(desk.store.get(matter.id, s)) for s in (officer, colleague, boss, stranger, lawyer)] == [
        True, False, True, False, False,
    ]  # fmt: skip
    desk.assign(matter.id, "王律师", "李律师", ALL)
    assert desk.store.get(matter.id, lawyer) is not None  # in one's hands is in one's sight
    with pytest.raises(InputError, match="没有这个事项"):
        desk.remark(matter.id, "赵执法", colleague, "看看")


def test_it_goes_to_who_is_at_home_in_it_and_has_least_to_do(desk: MatterDesk) -> None:
    desk.store.register("赵律师", "一级主任", "法治办", ["市场监管"])
    assert [one.name for one in desk.suggested("市场监管")] == ["王律师", "赵律师", "李律师"]
    desk.assign(opened(desk).id, "王律师", "李律师", ALL)
    assert [one.name for one in desk.suggested("市场监管")] == ["赵律师", "王律师", "李律师"]
    assert next(one.name for one in desk.suggested("人社")) == "李律师"


def test_what_is_due_stands_first_and_overdue_is_said(desk: MatterDesk) -> None:
    late = opened(desk, title="迟", due=dt.date(2020, 1, 1))
    soon = opened(desk, title="近", due=dt.date(2099, 1, 1))
    open_ = opened(desk, title="无期限")
    gone = opened(desk, title="撤", due=dt.date(2019, 1, 1))
    desk.withdraw(gone.id, "张执法", ALL, "不办了")
    listed = desk.store.matters(ALL)
    assert [m.title for m in listed] == ["迟", "近", "无期限", "撤"]
    assert [m.overdue for m in listed] == [True, False, False, False]
    assert {late.id, soon.id, open_.id, gone.id} == {m.id for m in listed}


def test_the_lawyers_part_is_counted_with_its_n(desk: MatterDesk) -> None:
    today = dt.datetime.now(dt.UTC).date()
    day = dt.timedelta(days=1)
    nothing = desk.participation(today - 9 * day, today - 8 * day)
    assert (nothing.total, nothing.rate) == (0, None)
    first, second = opened(desk), opened(desk, kind="会议", title="常务会")
    withdrawn = opened(desk)
    desk.withdraw(withdrawn.id, "张执法", ALL, "重复")
    desk.assign(first.id, "王律师", "李律师", ALL)
    desk.remark(first.id, "王律师", ALL, "阅卷", 45)
    found = desk.participation(today - day, today + day)
    assert (found.total, found.with_lawyer, found.rate) == (2, 1, 0.5)
    assert found.by_kind == {"法制审核": (1, 1), "会议": (1, 0)}
    assert {w.name: (w.handled, w.minutes) for w in found.lawyers} == {"王律师": (1, 45), "李律师": (0, 0)}
    with pytest.raises(InputError, match="早于"):
        desk.participation(today, today - day)
    assert second.state == "待分派"
