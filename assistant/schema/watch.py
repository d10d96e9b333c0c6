"""What has changed under a paper or an answer since it was made."""

import datetime as dt
from typing import Literal

from assistant.schema.noun import Noun

ChangeKind = Literal[
    "已废止", "已修改", "不再收录", "清单到期", "清单变动", "知识库更新", "程序更新", "将失效", "将施行", "清单将到期",
]  # fmt: skip
"""The last three are still to come. 知识库更新, 程序更新: lists, thresholds and benchmarks, or the program, are others
than they were then, and the conclusion with them."""
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
    nothing to compute again. `unlike` says point by point what comes out otherwise: a conclusion, a tier, a step that a
    threshold calls for. `differs`: something does, so somebody must look.
    """

    kind: RestingKind
    id: str
    title: str
    owner: str | None = None
    as_of: dt.date
    changes: tuple[Change, ...]
    conclusion: str | None = None
    recomputed: str | None = None
    unlike: tuple[str, ...] = ()
    differs: bool = False
