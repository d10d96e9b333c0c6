"""The steps of a matter and who may take them; who is to get it; what part the lawyers had."""

import datetime as dt
from collections.abc import Callable

from assistant.clock import SHANGHAI
from assistant.errors import ConflictError, InputError
from assistant.matters.store import MatterStore, matter_of, note
from assistant.matters.tables import MatterRow
from assistant.schema import (
    Lawyer,
    LawyerWork,
    Matter,
    MatterAct,
    MatterKind,
    MatterState,
    NewMatter,
    Participation,
    Sight,
)

MINUTES_LIMIT = 24 * 60
"""Minutes one step may have taken."""
NOTE_LIMIT = 2_000

_FROM: dict[MatterAct, tuple[MatterState, ...]] = {
    "分派": ("待分派", "办理中"),
    "记录": ("待分派", "办理中", "待审核", "待签发"),
    "提交": ("办理中",),
    "审核通过": ("待审核",),
    "退回": ("待审核", "待签发"),
    "签发": ("待签发",),
    "撤回": ("待分派", "办理中", "待审核", "待签发"),
}
"""From which states a step can be taken."""


class MatterDesk:
    """What is done with matters. `finished(opinion_id)`: whether a paper is final; None: there is no such paper."""

    def __init__(self, store: MatterStore, finished: Callable[[str], bool | None]) -> None:
        self.store = store
        self._finished = finished

    def open(self, new: NewMatter, who: str, department: str | None) -> Matter:
        """A matter that came in."""
        return self.store.open(new, who, department)

    def suggested(self, field: str | None) -> tuple[Lawyer, ...]:
        """Whom to give a matter of a field: those at home in it first, among them who has least to do."""
        rated = [(field not in one.fields if field else False, one.open, one.name, one) for one in self.store.lawyers()]
        return tuple(one for *_, one in sorted(rated, key=lambda r: r[:3]))

    def assign(self, matter_id: str, lawyer: str, who: str, sight: Sight, words: str = "") -> Matter:
        """Give a matter to a lawyer. InputError where nobody of that name is one."""
        if lawyer not in {one.name for one in self.store.lawyers()}:
            raise InputError("lawyer", f"{lawyer}没有登记为公职律师", "先在管理页登记，或换一位")
        return self._take(
            matter_id, "分派", "办理中", who, sight, f"给{lawyer}。{words}".rstrip("。"), 0, assignee=lawyer
        )

    def remark(self, matter_id: str, who: str, sight: Sight, words: str, minutes: int = 0) -> Matter:
        """Note what was done, and how long it took."""
        return self._take(matter_id, "记录", None, who, sight, words, minutes)

    def submit(
        self,
        matter_id: str,
        who: str,
        sight: Sight,
        *,
        opinion_id: str | None = None,
        words: str = "",
        minutes: int = 0,
    ) -> Matter:
        """The lawyer is done, and it is for another to review."""
        if opinion_id is not None and self._finished(opinion_id) is None:
            raise InputError("opinion_id", "没有这份文书", "先拟文书，再填它的编号")
        _check(words, minutes)
        with self.store.step(matter_id, sight) as row:
            self._from(row, "提交")
            if row.assignee != who:
                raise InputError("who", f"这个事项由{row.assignee}办理", "由承办人提交")
            row.opinion_id = opinion_id or row.opinion_id
            row.state = "待审核"
            note(row, who, "提交", words, minutes)
            return matter_of(row)

    def review(
        self, matter_id: str, who: str, sight: Sight, *, passed: bool, words: str = "", minutes: int = 0
    ) -> Matter:
        """Another looks at it: on to be signed, or back to be mended with the reason."""
        if not passed and not words.strip():
            raise InputError("note", "退回没有写理由", "写明要改什么")
        _check(words, minutes)
        with self.store.step(matter_id, sight) as row:
            self._from(row, "审核通过" if passed else "退回")
            if passed and row.assignee == who:
                raise InputError("who", "承办人不能审核自己办的事项", "由另一位审核")
            if passed:
                row.reviewer, row.state = who, "待签发"
            else:
                row.state = "办理中"
            note(row, who, "审核通过" if passed else "退回", words, minutes)
            return matter_of(row)

    def sign(self, matter_id: str, who: str, sight: Sight, *, words: str = "", minutes: int = 0) -> Matter:
        """Signed and done. InputError where its paper is not final: nothing is signed that was not verified."""
        _check(words, minutes)
        with self.store.step(matter_id, sight) as row:
            self._from(row, "签发")
            if row.opinion_id is not None and not self._finished(row.opinion_id):
                raise InputError("opinion_id", "文书还没有定稿", "先在文书页定稿：引文全部核实，没有未了的否决项")
            row.signer, row.state = who, "已办结"
            note(row, who, "签发", words, minutes)
            return matter_of(row)

    def withdraw(self, matter_id: str, who: str, sight: Sight, words: str) -> Matter:
        """It is not to be done after all, and why."""
        if not words.strip():
            raise InputError("note", "撤回没有写理由", "写明为什么不办了")
        return self._take(matter_id, "撤回", "已撤回", who, sight, words, 0)

    def participation(self, first: dt.date, last: dt.date) -> Participation:
        """The lawyers' part in what came in from `first` to `last`, both days included."""
        if last < first:
            raise InputError("to", "止日早于起日", "把两个日期对调")
        begin = dt.datetime.combine(first, dt.time(), SHANGHAI)
        end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), SHANGHAI)
        matters = [m for m in self.store.since(begin, end) if m.state != "已撤回"]
        names = {one.name for one in self.store.lawyers()}
        with_lawyer = [m for m in matters if names & {m.assignee, m.reviewer, m.signer}]
        kinds: dict[MatterKind, tuple[int, int]] = {}
        for matter in matters:
            total, part = kinds.get(matter.kind, (0, 0))
            kinds[matter.kind] = (total + 1, part + (matter in with_lawyer))
        return Participation(
            from_=first,
            to=last,
            total=len(matters),
            with_lawyer=len(with_lawyer),
            rate=round(len(with_lawyer) / len(matters), 4) if matters else None,
            by_kind=kinds,
            lawyers=tuple(_work(name, matters) for name in sorted(names)),
        )

    def _take(
        self,
        matter_id: str,
        act: MatterAct,
        state: MatterState | None,
        who: str,
        sight: Sight,
        words: str,
        minutes: int,
        *,
        assignee: str | None = None,
    ) -> Matter:
        _check(words, minutes)
        with self.store.step(matter_id, sight) as row:
            self._from(row, act)
            row.state = state or row.state
            row.assignee = assignee or row.assignee
            note(row, who, act, words, minutes)
            return matter_of(row)

    @staticmethod
    def _from(row: MatterRow, act: MatterAct) -> None:
        if row.state not in _FROM[act]:
            raise ConflictError("state", f"事项现在是“{row.state}”，不能{act}", "刷新后看最新的进展")


def _check(words: str, minutes: int) -> None:
    if len(words) > NOTE_LIMIT:
        raise InputError("note", f"有{len(words)}个字，超过{NOTE_LIMIT}个字的上限", "长的内容写进文书")
    if not 0 <= minutes <= MINUTES_LIMIT:
        raise InputError("minutes", f"{minutes}分钟不像一次办理的时长", f"填0至{MINUTES_LIMIT}")


def _work(name: str, matters: list[Matter]) -> LawyerWork:
    return LawyerWork(
        name=name,
        handled=sum(m.assignee == name for m in matters),
        reviewed=sum(m.reviewer == name for m in matters),
        signed=sum(m.signer == name for m in matters),
        minutes=sum(e.minutes for m in matters for e in m.events if e.who == name),
    )
