"""Sign-in and sign-out of the page, and who is signed in."""

from fastapi import APIRouter, Request, Response

from api.dependencies import Gate
from api.wire import SessionAnswer, SignInRequest

router = APIRouter(prefix="/session", tags=["session"])


@router.get("")
def read_session(request: Request, gate: Gate) -> SessionAnswer:
    """Whether somebody is signed in, and who."""
    person = gate.who(request)
    return SessionAnswer(signed_in=person is not None, name=person, model=request.app.state.chat_model)


@router.post("")
def begin_session(body: SignInRequest, request: Request, response: Response, gate: Gate) -> SessionAnswer:
    """Exchange a sign-in token for a session cookie."""
    gate.sign_in(body.token, response, secure=request.url.scheme == "https")
    return SessionAnswer(signed_in=True, name="本机用户", model=request.app.state.chat_model)


@router.delete("", status_code=204)
def end_session(response: Response, gate: Gate) -> None:
    """Sign out."""
    gate.sign_out(response)
