"""/admin/audit: who did what, whether the log is whole, and the whole of it as CSV. For administrators."""

import datetime as dt
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from api.dependencies import Gate, allowed
from api.wire import RowNumber
from assistant.accounts import ACTIONS
from assistant.audit import Entry, Verification, verify

router = APIRouter(prefix="/admin/audit", tags=["admin"], dependencies=[allowed("audit.read")])

Word = Annotated[str | None, Query(max_length=200)]


class AuditLine(BaseModel):
    """One row of the log. `label` is the action in Chinese."""

    number: int
    at: dt.datetime
    who: str
    address: str
    action: str
    label: str
    object: str
    outcome: str
    detail: dict[str, Any]

    @classmethod
    def of(cls, entry: Entry) -> "AuditLine":
        return cls(
            number=entry.number,
            at=dt.datetime.fromisoformat(entry.at),
            who=entry.who,
            address=entry.address,
            action=entry.action,
            label=label_of(entry.action),
            object=entry.object,
            outcome=entry.outcome,
            detail=json.loads(entry.detail),
        )


class AuditPage(BaseModel):
    lines: tuple[AuditLine, ...]
    more: bool = Field(description="前面还有；用最后一行的number作before再取")


_LABELS = {
    "session.begin": "登录",
    "session.end": "退出登录",
    "session.end_all": "全部退出登录",
    "account.password": "改自己的密码",
    "people.add": "建账户",
    "people.change": "改账户",
    "people.password": "重设密码",
    "people.sign_out": "令其退出登录",
    "tokens.create": "建接口令牌",
    "tokens.revoke": "作废接口令牌",
    "replay": "重算回答",
}


def label_of(action: str) -> str:
    """An action of the log in Chinese."""
    if action in _LABELS:
        return _LABELS[action]
    return ACTIONS[action].label if action in ACTIONS else action


@router.get("", summary="看审计日志")
def read_audit(
    gate: Gate,
    who: Word = None,
    action: Word = None,
    object: Word = None,
    before: RowNumber | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> AuditPage:
    """The last rows first, of somebody, an action or an object where that is given."""
    found = gate.office.audit.entries(who=who, action=action, object=object, before=before, limit=limit + 1)
    return AuditPage(lines=tuple(AuditLine.of(entry) for entry in found[:limit]), more=len(found) > limit)


@router.post("/verify", summary="核对审计日志")
def verify_audit(gate: Gate) -> Verification:
    """Look at every row: one that was changed, removed, inserted or put elsewhere is named."""
    return verify(gate.office.audit)


@router.get(
    ".csv", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}}, summary="导出审计日志"
)
def export_audit(gate: Gate) -> StreamingResponse:
    """The whole log as a table."""
    return StreamingResponse(
        gate.office.audit.csv(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )
