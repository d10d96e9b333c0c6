"""Passwords: what a good one is, and how it is kept (argon2id, with the library's own parameters)."""

import secrets
import threading
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from assistant.errors import InputError

SHORTEST = 10
LONGEST = 72
_STRONG_ENOUGH = 3  # of 4: more than 10^8 guesses by somebody who knows the common passwords
_hasher = PasswordHasher()  # argon2id; RFC 9106, second recommendation
_AT_ONCE = threading.BoundedSemaphore(4)  # each takes 64 MiB while it runs


def check_strength(password: str, known: Sequence[str]) -> None:
    """InputError where a password is too short, too long, common, or made of what is `known` of its owner."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            "password", f"密码有{len(password)}个字符", f"请用{SHORTEST}至{LONGEST}个字符；几个不相干的词连起来最好记"
        )
    words = [part for word in known for part in (word, *word.split(".")) if part]
    judged = zxcvbn(password, user_inputs=[*words, "counsel", "zhifaguwen", "执法顾问"], max_length=LONGEST)
    if judged["score"] < _STRONG_ENOUGH or any(len(w) > 3 and w.lower() in password.lower() for w in words):
        raise InputError(
            "password",
            "这个密码太容易猜到：常见密码、键盘上的连续按键、姓名或重复的字符",
            "换一个；几个不相干的词连起来最好记",
        )


def hashed(password: str) -> str:
    with _AT_ONCE:
        return _hasher.hash(password)


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password. Where there is none to compare with, it takes as long and is false."""
    try:
        with _AT_ONCE:
            _hasher.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether the parameters have been raised since it was hashed."""
    return _hasher.check_needs_rehash(kept)
