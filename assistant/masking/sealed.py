"""Personal data at rest: sealed with a key of the installation's own, opened for who may see it."""

import json
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from assistant.errors import EngineError
from assistant.keys import kept_key

_KEY = "personal.key"


class Seal:
    """Seals and opens with the key that stands in the product's home (made on first use, for its owner alone)."""

    def __init__(self, home: Path) -> None:
        self._fernet = Fernet(kept_key(home / _KEY, lambda: Fernet.generate_key().decode("ascii")))

    def seal(self, originals: Mapping[str, str]) -> str:
        return self._fernet.encrypt(json.dumps(dict(originals), ensure_ascii=False).encode()).decode("ascii")

    def open(self, sealed: str) -> dict[str, str]:
        """What was sealed. EngineError when it was sealed with another key."""
        try:
            opened: dict[str, str] = json.loads(self._fernet.decrypt(sealed.encode("ascii")))
        except InvalidToken as error:
            raise EngineError(
                "个人信息密钥", "打不开：不是用现在的密钥封存的", f"把原来的{_KEY}放回数据文件夹（备份里有）"
            ) from error
        return opened
