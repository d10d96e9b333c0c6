"""Who may come in: an account's session or API token; until there are accounts, a sign-in token.

While there are no accounts there is one person, 本机用户. As Jupyter does, such a server makes a sign-in token for the
link it prints; that token works once, and a new link is printed after each use. `COUNSEL_TOKEN` is lasting, and is a
bearer token too. From the first account on neither lets anybody in.
"""

import hmac
import secrets
import threading
from collections.abc import Callable

from fastapi import Request, Response

from api.problems import ProblemError
from assistant.accounts import Acting, Office, Visitor
from assistant.accounts.sessions import LASTS, LOCAL_LASTS

COOKIE = "counsel_session"
_SAFE = ("GET", "HEAD", "OPTIONS")


class Access:
    """Sign-in, sessions and bearer tokens of one server. The database is opened at the first need."""

    def __init__(
        self, office: Callable[[], Office], token: str | None, announce: Callable[[str], None] | None = None
    ) -> None:
        self._open = office
        self._office: Office | None = None
        self._lasting = token
        self._announce = announce
        self._lock = threading.Lock()
        self._once = secrets.token_urlsafe(24)

    @property
    def office(self) -> Office:
        """People, sessions and the audit log. EngineError while the database cannot be opened."""
        if self._office is None:
            with self._lock:
                if self._office is None:
                    self._office = self._open()
                    self._office.sessions.clear()
        return self._office

    def close(self) -> None:
        if self._office is not None:
            self._office.close()

    @property
    def sign_in_token(self) -> str:
        """What the printed link carries."""
        return self._lasting or self._once

    # in and out

    def sign_in_with_token(self, token: str, request: Request, response: Response) -> None:
        """Begin a session of 本机用户. ProblemError 401 when the token is not (or no longer) good."""
        own_page(request)
        sessions = self.office.sessions
        with self._lock:
            if not _same(token, self.sign_in_token) or sessions.accounts_exist():
                raise ProblemError(401, "登录令牌不对或已经用过；请用服务端最新打印的链接，已有账户的用账户登录")
            if self._lasting is None:
                self._once = secrets.token_urlsafe(24)
                if self._announce is not None:
                    self._announce(self._once)
        secret = sessions.sign_in_locally(address=address_of(request), replaces=session_of(request))
        give_session(request, response, secret, local=True)
        request.state.visitor = sessions.by_session(secret)

    def sign_in_with_password(self, name: str, password: str, request: Request, response: Response) -> None:
        """Begin a session of an account. AccessError when refused, or when it is too soon to try again."""
        own_page(request)
        secret = self.office.sessions.sign_in(name, password, address=address_of(request), replaces=session_of(request))
        give_session(request, response, secret)
        request.state.visitor = self.office.sessions.by_session(secret)

    def sign_out(self, request: Request, response: Response) -> None:
        own_page(request)
        secret = session_of(request)
        if secret:
            self.office.sessions.sign_out(secret, address=address_of(request))
        for name in (COOKIE, f"__Host-{COOKIE}"):
            response.delete_cookie(name, path="/", httponly=True, samesite="strict", secure=name != COOKIE)

    # who is there

    def who(self, request: Request) -> Visitor | None:
        """Who is behind a request; None when nobody is signed in. Looked up once a request."""
        if not hasattr(request.state, "visitor"):
            request.state.visitor = self._look(request)
        found: Visitor | None = request.state.visitor
        return found

    def require(self, request: Request) -> Visitor:
        """Who is behind a request. ProblemError 401 when nobody is signed in, 403 for a foreign page's request."""
        visitor = self.who(request)
        if visitor is None:
            raise ProblemError(401, "请先登录，或带上访问令牌", {"WWW-Authenticate": "Bearer"})
        if "authorization" not in request.headers and request.method not in _SAFE:
            own_page(request, strictly=True)
        return visitor

    def _look(self, request: Request) -> Visitor | None:
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            given = bearer.strip()
            if self._lasting is not None and _same(given, self._lasting) and not self.office.sessions.accounts_exist():
                return Visitor.local("COUNSEL_TOKEN")
            return self.office.sessions.by_token(given) if given else None
        secret = session_of(request)
        return self.office.sessions.by_session(secret) if secret else None


def address_of(request: Request) -> str:
    """Where a request comes from; a proxy's word counts only where it is trusted (`TRUSTED_PROXIES`)."""
    return request.client.host[:80] if request.client is not None else ""


def acting(visitor: Visitor, request: Request) -> Acting:
    """Who makes a change, for the audit log."""
    return Acting(name=visitor.name, credential=visitor.credential, address=address_of(request))


def session_of(request: Request) -> str | None:
    return request.cookies.get(f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE)


def give_session(request: Request, response: Response, secret: str, *, local: bool = False) -> None:
    """The session's cookie: no script reads it, no other site's page sends it, and over TLS it never leaves TLS."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        f"__Host-{COOKIE}" if secure else COOKIE,
        secret,
        max_age=int((LOCAL_LASTS if local else LASTS).total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure,
        path="/",
    )


def own_page(request: Request, *, strictly: bool = False) -> None:
    """ProblemError 403 unless the request comes from our own page.

    SameSite=Strict already keeps other sites' requests out; this holds where a browser does not, and for the sign-in
    itself. `strictly`: a request that does not say where it comes from is refused too, since every browser says it.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is not None:
        good = origin.partition("://")[2] == request.headers.get("host")
    else:
        good = site in ("same-origin", "none") or (site is None and not strictly)
    if not good:
        raise ProblemError(
            403, "这个请求不是从本系统的页面发出的，已拒绝；程序调用请用接口令牌（Authorization: Bearer）"
        )


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8"))
