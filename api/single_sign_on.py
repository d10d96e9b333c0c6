"""Signing in at the office's own OpenID provider (单位统一登录): code flow with PKCE, state and nonce.

What has to be remembered between going there and coming back travels in a signed cookie for ten minutes.
"""

from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool

from api.access import Access, address_of, give_session, session_of
from assistant.accounts.people import good_roles
from assistant.errors import AccessError, InputError
from assistant.keys import kept_key
from assistant.schema import Role
from assistant.settings import Settings

_COOKIE = "counsel_single_sign_on"
_PATH = "/api/v1/session/single-sign-on"
_SECONDS = 600


class SingleSignOn:
    """The way to the provider and back. `label` is what the button says."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is asked of the provider yet. InputError for settings that will not do."""
        if settings.oidc_issuer is None or settings.oidc_client_id is None:
            raise InputError("OIDC_CLIENT_ID", "设了 OIDC_ISSUER，没有设 OIDC_CLIENT_ID", "两项一起设")
        self.label = settings.oidc_label
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._claim = settings.oidc_name_claim
        self._roles = _new_roles(settings.oidc_new_roles)
        self._signer = URLSafeTimedSerializer(kept_key(settings.home / "session.key"), salt="single-sign-on")
        secret = settings.oidc_client_secret
        self._client: Any = OAuth().register(
            "office",
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10},
        )

    async def go(self, request: Request) -> Response:
        """Send the browser to the provider."""
        request.scope["session"] = {}
        back = str(request.url_for("come_back"))
        try:
            response: Response = await self._client.authorize_redirect(request, back)
        except (AuthlibBaseError, httpx2.HTTPError, ValueError):
            return _home("unreachable")
        response.set_cookie(
            _COOKIE,
            self._signer.dumps(request.session),
            max_age=_SECONDS,
            path=_PATH,
            httponly=True,
            samesite="lax",  # the provider's page sends the browser back here
            secure=request.url.scheme == "https",
        )
        return response

    async def come_back(self, request: Request, gate: Access) -> Response:
        """Begin a session of whoever the provider vouches for, and show the page; a refusal is shown there too."""
        try:
            request.scope["session"] = self._signer.loads(request.cookies.get(_COOKIE, ""), max_age=_SECONDS)
        except BadSignature:
            return _home("expired")
        try:
            metadata = await self._client.load_server_metadata()
            token = await self._client.authorize_access_token(request)
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError):
            return _home("failed")
        claims: dict[str, Any] | None = token.get("userinfo")
        if claims is None or str(metadata.get("issuer", "")).rstrip("/") != self._issuer:
            return _home("failed")
        name, subject = claims.get(self._claim), claims.get("sub")
        if not isinstance(name, str) or not isinstance(subject, str) or not name or not subject:
            return _home("nameless")
        try:
            secret = await run_in_threadpool(
                gate.office.sessions.sign_in_by_issuer,
                self._issuer,
                subject,
                name,
                title=str(claims.get("name") or ""),
                address=address_of(request),
                new_roles=self._roles,
                replaces=session_of(request),
            )
        except (AccessError, InputError):
            return _home("refused")
        response = _home()
        give_session(request, response, secret)
        return response


def _home(problem: str | None = None) -> Response:
    response = RedirectResponse(f"/?{urlencode({'sign_in': problem})}" if problem else "/", status_code=303)
    response.delete_cookie(_COOKIE, path=_PATH, httponly=True, samesite="lax")
    return response


def _new_roles(text: str | None) -> tuple[Role, ...]:
    if not text:
        return ()
    roles = good_roles(text.replace("、", ",").replace("，", ",").split(","))
    if {"管理员", "热线平台"} & set(roles):
        raise InputError("OIDC_NEW_ROLES", "第一次统一登录不能自动成为管理员或热线平台", "管理员由管理员来定")
    return roles
