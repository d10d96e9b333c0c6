"""GET /watch: what rests on law and lists that have changed since, or will."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.dependencies import TheDesk, allowed
from assistant.accounts import Visitor
from assistant.desk import today
from assistant.schema import Affected, RestingKind
from assistant.watch.watch import AHEAD

router = APIRouter(tags=["watch"])

_SEEN: dict[RestingKind, str] = {
    "answer": "conversations.read",
    "opinion": "opinions.read",
    "standard_reply": "hotline.read",
}
"""Which action shows what is kept."""


class WatchAnswer(BaseModel):
    """`affected`: first what would be concluded otherwise today, then what has changed, then what is to come."""

    today: dt.date
    ahead: int
    affected: tuple[Affected, ...]


@router.get("/watch", summary="依据有变动的")
def list_affected(
    desk: TheDesk,
    who: Annotated[Visitor, allowed("conversations.read")],
    ahead: Annotated[int, Query(ge=0, le=730, description="往后看多少天")] = AHEAD,
) -> WatchAnswer:
    """Every answer, paper and standard reply that the visitor may see, under which something has changed."""
    sights = {kind: who.sight(action) for kind, action in _SEEN.items() if who.may(action)}
    return WatchAnswer(today=today(), ahead=ahead, affected=desk.watch.scan(today(), ahead=ahead, sights=sights))
