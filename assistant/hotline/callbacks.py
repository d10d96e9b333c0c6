"""Telling the platform what became of an order: signed, tried again with growing pauses, kept where it fails for good.

Each call is `POST callback_url` with the order as `GET /hotline/orders/{order_no}` shows it, and
`X-Counsel-Signature: sha256=<hex>`, the HMAC-SHA256 of `<X-Counsel-Timestamp>.<body>` under the shared secret.
"""

import hashlib
import hmac
import time
from collections.abc import Callable, Iterable

import httpx

from assistant.errors import InputError
from assistant.journal.callbacks import CallbackStore

PAUSES = (5.0, 30.0, 120.0, 600.0, 3600.0)
"""Seconds before each further try; after the last the call is a dead letter."""
_TIMEOUT = 10.0


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What a receiver computes to know that the call is ours and unchanged."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class Callbacks:
    """Deliveries as work for the queue. `hosts` are those that may be called; none: call-backs are off."""

    kind = "hotline-callback"

    def __init__(
        self,
        store: CallbackStore,
        *,
        hosts: tuple[str, ...] = (),
        secret: str | None = None,
        pauses: tuple[float, ...] = PAUSES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.store = store
        self._hosts = hosts
        self._secret = secret
        self._pauses = pauses
        self._clock = clock

    def allow(self, url: str) -> None:
        """InputError where an order asks for a call that this office does not make."""
        if not self._hosts or self._secret is None:
            raise InputError(
                "callback_url", "没有配置回调", "请管理员设置 HOTLINE_CALLBACK_HOSTS 和 HOTLINE_CALLBACK_SECRET"
            )
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise InputError("callback_url", f"不是网址（{error}）", "写成 https://主机/路径") from error
        if address.scheme not in ("http", "https") or address.userinfo:
            raise InputError("callback_url", "只能是不带用户名的 http 或 https 网址", "写成 https://主机/路径")
        place = address.host if address.port is None else f"{address.host}:{address.port}"
        if place not in self._hosts:
            raise InputError("callback_url", f"{place}不在允许回调的主机之内", "请管理员加入 HOTLINE_CALLBACK_HOSTS")

    def undone(self) -> Iterable[tuple[str, int]]:
        return self.store.undone()

    def run(self, key: str) -> tuple[float, int] | None:
        """One try at one delivery."""
        call = self.store.get(int(key))
        if call is None or call.state != "待送" or self._secret is None:
            return None
        stamp = str(int(self._clock()))
        body = call.body.encode()
        headers = {
            "Content-Type": "application/json",
            "X-Counsel-Timestamp": stamp,
            "X-Counsel-Signature": signature(self._secret, stamp, body),
            "X-Counsel-Delivery": key,
        }
        try:
            answer = httpx.post(call.url, content=body, headers=headers, timeout=_TIMEOUT, follow_redirects=False)
            problem = None if answer.is_success else f"对方答{answer.status_code}"
        except httpx.HTTPError as error:
            problem = f"没有送到（{type(error).__name__}）"
        if problem is None:
            self.store.sent(call.id)
            return None
        last = call.tried >= len(self._pauses)
        self.store.failed(call.id, problem, dead=last)
        return None if last else (self._pauses[call.tried], call.tried + 1)
