"""GET /watch: what rests on law and lists that have changed since, or will."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.dependencies import TheDesk, allowed
from assistant.accounts import Visitor
from assistant.desk import today
from assistant.schema import Affected
from assistant.watch.watch import AHEAD

router = APIRouter(tags=["watch"])


class WatchAnswer(BaseModel):
    """`affected`: first what would be concluded otherwise today, then what has changed, then what is to come."""

    today: dt.date
    ahead: int
    affected: tuple[Affected, ...]


@router.get("/watch")
def scan(
    desk: TheDesk,
    who: Annotated[Visitor, allowed("conversations.read")],
    ahead: Annotated[int, Query(ge=0, le=730, description="往后看多少天")] = AHEAD,
) -> WatchAnswer:
    """Every answer and paper of one's own, and every standard reply, under which something has changed."""
    found = desk.watch.scan(today(), ahead=ahead)
    mine = tuple(one for one in found if one.owner in (None, who.name) or one.kind == "standard_reply")
    return WatchAnswer(today=today(), ahead=ahead, affected=mine)
