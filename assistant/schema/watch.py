"""What has changed under a paper or an answer since it was made."""

import datetime as dt
from typing import Literal

from assistant.schema.noun import Noun

ChangeKind = Literal["已废止", "已修改", "不再收录", "清单到期", "清单变动", "将失效", "将施行", "清单将到期"]
"""The last three are still to come."""
RestingKind = Literal["answer", "opinion", "standard_reply"]


class Change(Noun):
    """One change: of what, since when, and what it is now. `then` and `now` are the words, where they differ."""

    kind: ChangeKind
    about: str
    since: dt.date | None = None
    text: str
    then: str | None = None
    now: str | None = None
    to_come: bool = False


class Affected(Noun):
    """Something kept that rests on what has changed.

    `conclusion` is what it concluded, `recomputed` what the engines conclude today from the same facts; None: there is
    nothing to compute again. `differs`: the two are not the same, so somebody must look.
    """

    kind: RestingKind
    id: str
    title: str
    owner: str | None = None
    as_of: dt.date
    changes: tuple[Change, ...]
    conclusion: str | None = None
    recomputed: str | None = None
    differs: bool = False
