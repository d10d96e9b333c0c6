"""The days of the case file: told beforehand, hearing asked for and held, decision served."""

import datetime as dt
import re
from collections.abc import Iterator

from assistant.rules.facts import dates
from assistant.rules.facts.clauses import Telling
from assistant.rules.facts.mentions import Mention

_ROLES = (
    ("要求听证日", re.compile(r"^[^，。；□]{0,14}?(?:提出|申请|要求)[^，。；□]{0,4}听证(?!的?权)")),
    ("听证日", re.compile(r"^[^，。；□未]{0,10}?(?:组织|举行|召开|进行)(?:了)?[^，。；□]{0,4}听证")),
    (
        "告知日",
        re.compile(
            r"^[^，。；□未没]{0,12}?(?:(?:行政)?处罚(?:事先)?告知书|事先告知|告知(?:了)?(?=，|。|；|拟|其|当事人(?!应)|陈述|申辩|听证|权利|处罚))"
        ),
    ),
    ("送达日", re.compile(r"^[^，。；□未没]{0,10}?(?:处罚)?决定(?:书)?[^，。；□未没]{0,4}送达")),
)
_SERVED = re.compile(
    r"^(?:才|方|始|即|当场|直接|依法|予以|向[^，。；□]{1,10}|邮寄|留置){0,2}送达(?:了)?(?:[。；，]|当事人|决定|$)"
)
_DECISION = re.compile(r"决定(?:书)?[^。；]{0,14}$|(?:作出|下达)[^。；]{0,30}决定[^。；]{0,12}$")
_NOT_BEFORE = re.compile(r"^(?:之)?前|^以前")
_OTHER_PAPER = re.compile(r"答复|信息公开|受理|补正|延期")


def read(telling: Telling, today: dt.date) -> Iterator[Mention]:
    """`other.告知日` and the like, as 2026-11-23. A day whose own clause does not say which it is says none."""
    text = telling.asserted
    found = list(dates.find(text, today))
    for at, when in enumerate(found):
        if when.day is None or when.day > today:
            continue
        stop = found[at + 1].start if at + 1 < len(found) else len(text)
        after, before = text[when.end : min(stop, when.end + 40)], text[max(0, when.start - 40) : when.start]
        if _NOT_BEFORE.match(after) or _OTHER_PAPER.search(after[:20]):
            continue
        name = next((name for name, words in _ROLES if words.match(after)), None)
        if name is None and _SERVED.match(after) and _DECISION.search(before):
            name = "送达日"
        if name is not None:
            yield Mention(f"other.{name}", when.day.isoformat(), when.start, when.end)
