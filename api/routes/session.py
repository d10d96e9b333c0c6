"""Sign-in and sign-out of the page, who is signed in, and one's own password."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.access import address_of, give_session, own_page
from api.dependencies import Gate, allowed
from api.problems import ProblemError, refusals
from api.single_sign_on import SingleSignOn
from api.wire import PasswordRequest, SessionAnswer, SignInRequest
from assistant.accounts import Visitor

router = APIRouter(prefix="/session", tags=["session"])

Oneself = Annotated[Visitor, allowed("account")]


@router.get("", summary="谁在登录")
def read_session(request: Request, gate: Gate) -> SessionAnswer:
    """Whether somebody is signed in, who, and what he may do; else how one signs in here."""
    return _answer(request, gate)


@router.post("", summary="登录", responses=refusals(401))
def begin_session(body: SignInRequest, request: Request, response: Response, gate: Gate) -> SessionAnswer:
    """Exchange a name and password, or a sign-in token, for a session cookie."""
    if body.name is not None and body.password is not None:
        gate.sign_in_with_password(body.name, body.password, request, response)
    elif body.token is not None:
        gate.sign_in_with_token(body.token, request, response)
    return _answer(request, gate)


@router.delete("", status_code=204, summary="退出登录")
def end_session(request: Request, response: Response, gate: Gate) -> None:
    """Sign out: the session ends here too, not in the browser alone."""
    gate.sign_out(request, response)


@router.get(
    "/single-sign-on",
    response_class=RedirectResponse,
    status_code=302,
    summary="去单位统一登录",
    responses=refusals(404),
)
async def go_to_provider(request: Request) -> Response:
    """Sign in at the office's own provider: sends the browser there. 404 where none is configured."""
    return await _provider(request).go(request)


@router.get(
    "/single-sign-on/back",
    response_class=RedirectResponse,
    status_code=303,
    summary="从单位统一登录回来",
    responses=refusals(404, 401),
)
async def come_back(request: Request, gate: Gate) -> Response:
    """Where the provider sends the browser back: begins the session and shows the page."""
    return await _provider(request).come_back(request, gate)


@router.post("/password", status_code=204, summary="改自己的密码")
def change_password(body: PasswordRequest, request: Request, response: Response, gate: Gate, visitor: Oneself) -> None:
    """Set one's own password. Every other session of one's own ends; this browser gets a new one."""
    own_page(request)
    secret = gate.office.sessions.change_password(visitor, body.current, body.new, address=address_of(request))
    give_session(request, response, secret)


@router.delete("/everywhere", status_code=204, summary="全部退出登录")
def end_everywhere(request: Request, response: Response, gate: Gate, visitor: Oneself) -> None:
    """Sign out in every browser."""
    gate.office.sessions.sign_out_everywhere(visitor, address=address_of(request))
    gate.sign_out(request, response)


def _provider(request: Request) -> SingleSignOn:
    found: SingleSignOn | None = request.app.state.single_sign_on
    if found is None:
        raise ProblemError(404, "没有配置单位统一登录（OIDC_ISSUER）")
    return found


def _answer(request: Request, gate: Gate) -> SessionAnswer:
    visitor = gate.who(request)
    model = request.app.state.chat_model
    accounts = gate.office.sessions.accounts_exist()
    provider: SingleSignOn | None = request.app.state.single_sign_on
    label = provider.label if provider is not None else None
    if visitor is None:
        return SessionAnswer(signed_in=False, accounts=accounts, single_sign_on=label, model=model)
    return SessionAnswer(
        signed_in=True,
        name=visitor.name,
        title=visitor.title,
        department=visitor.department,
        roles=visitor.roles,
        actions=visitor.actions,
        must_change_password=visitor.must_change_password,
        accounts=accounts,
        single_sign_on=label,
        model=model,
    )
