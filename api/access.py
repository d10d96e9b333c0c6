"""Who may come in: a bearer token, or a session that began with a sign-in token.

Until there are accounts there is one person, 本机用户. As Jupyter does, a server without accounts makes a
sign-in token for the link it prints; that token works once, and a new link is printed after each use.
`COUNSEL_TOKEN` is lasting, and is a bearer token too.
"""

import hmac
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

from api.problems import ProblemError

COOKIE = "counsel_session"
SESSION_SECONDS = 30 * 24 * 3600
LOCAL_USER = "本机用户"


def session_secret(home: Path) -> str:
    """The key that signs sessions, kept in `home` so that a restart signs nobody out."""
    path = home / "session.key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


class Access:
    """Sign-in, sessions and bearer tokens of one server."""

    def __init__(self, secret: str, token: str | None, announce: Callable[[str], None] | None = None) -> None:
        self._sessions = URLSafeTimedSerializer(secret, salt="session")
        self._lasting = token
        self._announce = announce
        self._lock = threading.Lock()
        self._once = secrets.token_urlsafe(24)

    @property
    def sign_in_token(self) -> str:
        """What the printed link carries."""
        return self._lasting or self._once

    def sign_in(self, token: str, response: Response, *, secure: bool) -> None:
        """Begin a session. ProblemError 401 when the token is not (or no longer) good."""
        with self._lock:
            if not _same(token, self.sign_in_token):
                raise ProblemError(401, "登录令牌不对或已经用过；请用服务端最新打印的链接")
            if self._lasting is None:
                self._once = secrets.token_urlsafe(24)
                if self._announce is not None:
                    self._announce(self._once)
        response.set_cookie(
            COOKIE,
            self._sessions.dumps(LOCAL_USER),
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=secure,
            path="/",
        )

    @staticmethod
    def sign_out(response: Response) -> None:
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")

    def who(self, request: Request) -> str | None:
        """The person behind a request; None when nobody is signed in."""
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            good = self._lasting is not None and _same(bearer.strip(), self._lasting)
            return LOCAL_USER if good else None
        cookie = request.cookies.get(COOKIE)
        if not cookie:
            return None
        try:
            return str(self._sessions.loads(cookie, max_age=SESSION_SECONDS))
        except BadSignature:
            return None

    def require(self, request: Request) -> str:
        """The person behind a request. ProblemError 401 when nobody is signed in, 403 for a foreign page's request."""
        person = self.who(request)
        if person is None:
            raise ProblemError(401, "请先登录，或带上访问令牌", {"WWW-Authenticate": "Bearer"})
        by_cookie = "authorization" not in request.headers
        # SameSite=Strict already keeps other sites' requests out; this holds where a browser does not.
        if by_cookie and request.method not in ("GET", "HEAD") and not _own_origin(request):
            raise ProblemError(403, "这个请求来自别的网站，已拒绝")
        return person


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8"))


def _own_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
