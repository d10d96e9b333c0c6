"""What the audit log holds: plain nouns, and how one is sealed."""

import hashlib
import hmac
import json
from collections.abc import Mapping

from assistant.schema import Noun

Detail = Mapping[str, str | int | bool | None]


class Entry(Noun):
    """One thing that was done: who, by which session or token, from where, what, on which object, how it ended.

    Objects are named by their ids. Neither the words of a question nor personal data stand in the log. `at` (UTC, ISO)
    and `detail` (JSON) are texts, exactly as they were sealed.
    """

    number: int
    at: str
    who: str
    credential: str
    address: str
    action: str
    object: str
    outcome: str
    detail: str
    previous: str
    seal: str

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in WORDS)


WORDS = ("at", "who", "credential", "address", "action", "object", "outcome", "detail")
"""The texts of a row that its seal covers, in their order."""


def detail_text(detail: Detail) -> str:
    """A detail as it is kept: one spelling for one meaning."""
    return json.dumps(dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal_of(key: str, number: int, words: tuple[str, ...], previous: str) -> str:
    """The keyed digest of a row: whoever has the database but not the key cannot write one that holds."""
    text = json.dumps([number, *words, previous], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def key_name(key: str) -> str:
    """Which key this is, without telling it."""
    return hmac.new(key.encode(), b"the audit log's key", hashlib.sha256).hexdigest()[:16]
