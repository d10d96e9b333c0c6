"""Matters as rows to be counted: what share of them had a public-sector lawyer's part, and how long it took."""

import datetime as dt
from collections.abc import Iterable, Sequence

from assistant.clock import SHANGHAI
from assistant.matters.store import MatterStore
from assistant.records.feeding import Row
from assistant.schema import Matter

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class MatterFeed:
    """The matters of a store as the records take them. Withdrawn ones do not count."""

    kind = "法律事务"
    columns: Sequence[str] = (
        "事项编号", "登记日期", "部门", "类型", "领域", "状态", "公职律师参与", "公职律师", "办理分钟", "签发日期",
    )  # fmt: skip

    def __init__(self, store: MatterStore) -> None:
        self._store = store

    def mark(self) -> str:
        return self._store.mark()

    def rows(self) -> Iterable[Row]:
        lawyers = {one.name for one in self._store.lawyers()}
        for matter in self._store.since(_EPOCH, dt.datetime.now(dt.UTC) + dt.timedelta(days=1)):
            if matter.state != "已撤回":
                yield _row(matter, lawyers)


def _row(matter: Matter, lawyers: set[str]) -> Row:
    part = sorted(lawyers & {matter.assignee, matter.reviewer, matter.signer} - {None})
    signed = next((event.at for event in reversed(matter.events) if event.act == "签发"), None)
    return (
        matter.id,
        matter.created_at.astimezone(SHANGHAI).date(),
        matter.department,
        matter.kind,
        matter.field,
        matter.state,
        "是" if part else "否",
        "、".join(part),
        sum(event.minutes for event in matter.events if event.who in lawyers),
        signed.astimezone(SHANGHAI).date() if signed is not None else None,
    )
