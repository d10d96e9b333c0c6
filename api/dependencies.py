"""What the routes are given: the open desk, and who asks.

Every route says who may use it: `Annotated[Visitor, allowed("opinions.write")]` for an action of the table in
`assistant.accounts.permissions`, or `Person` for anybody who is signed in. A test fails for a route that says nothing.
"""

from typing import Annotated, Any

from fastapi import Depends, Request

from api.access import Access
from api.opening import Opening
from api.problems import ProblemError
from assistant.accounts import ACTIONS, Visitor
from assistant.desk import Desk


def opening(request: Request) -> Opening:
    found: Opening = request.app.state.opening
    return found


def the_desk(state: Annotated[Opening, Depends(opening)]) -> Desk:
    """The desk, or a 503 with the reason until it is open."""
    return state.desk()


def access(request: Request) -> Access:
    found: Access = request.app.state.access
    return found


class Permission:
    """Lets in who may do `action`: 401 when nobody is signed in, 403 when it is not his to do."""

    def __init__(self, action: str) -> None:
        if action not in ACTIONS:
            raise KeyError(f"no action {action!r} in assistant.accounts.permissions")
        self.action = action

    def __call__(self, request: Request, gate: Annotated[Access, Depends(access)]) -> Visitor:
        visitor = gate.require(request)
        if getattr(request.state, "action", None) in (None, "signed_in"):
            request.state.action = self.action
        if not visitor.may(self.action):
            raise ProblemError(403, _why_not(visitor, self.action))
        return visitor


def allowed(action: str) -> Any:
    """The dependency of a route: its visitor, who may do `action`."""
    return Depends(Permission(action))


def _why_not(visitor: Visitor, action: str) -> str:
    label = ACTIONS[action].label
    if visitor.must_change_password:
        return "密码是别人设的，请先改成自己的密码"
    if visitor.scopes is not None and action not in visitor.scopes:
        return f"这个令牌没有「{label}」的权限（{action}）"
    return f"您的角色（{'、'.join(visitor.roles)}）没有「{label}」的权限；需要时请找管理员"


def person(visitor: Annotated[Visitor, allowed("signed_in")]) -> str:
    """The name of who asks; 401 when nobody is signed in."""
    return visitor.name


TheDesk = Annotated[Desk, Depends(the_desk)]
Person = Annotated[str, Depends(person)]
Gate = Annotated[Access, Depends(access)]
TheOpening = Annotated[Opening, Depends(opening)]
