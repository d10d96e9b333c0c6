"""How nearly a held text rests on a provision that somebody names."""

import re
from collections.abc import Sequence

from assistant.law.library import short_title
from assistant.precedents.held import Held
from assistant.schema import CheckedCitation, Citation

LAW, ARTICLE, PART = 1.0, 2.0, 3.0
RELATED = 0.25
"""How nearly a text rests on a provision: on its law, its article, its part; a little less when only connected."""
_ONLY_CITED = re.compile(
    r"(?:关于|有关|涉及|引用|适用|依据|根据|对应|规定|复议|行政|典型|类似|相关|案例|案件|决定|清单|事项|免罚|处罚|裁量|基准"
    r"|有|哪些|什么|哪个|没有|的|过|了|吗|请|查|找|和|与|及|、|，|。|,|？|\?|\s)*"
)
"""What a question by provision may say besides: then only what rests on the provision is an answer."""


def only_cites(text: str, cited: Sequence[CheckedCitation]) -> bool:
    """Whether a text names provisions and asks for what rests on them, and says nothing else."""
    for one in cited:
        text = text.replace(one.text, " ")
    return bool(cited) and _ONLY_CITED.fullmatch(text) is not None


def resting_on(
    cited: Sequence[CheckedCitation | Citation], held: Sequence[Held], places: Sequence[int]
) -> list[tuple[int, float]]:
    """(place, nearness) of what rests on a cited provision: on the very part, the article, the law; nearest first."""
    rated = [(max((nearness(one, held[at]) for one in cited), default=0.0), at) for at in places]
    best = max((worth for worth, _ in rated), default=0.0)
    # Where something rests on the very article, what shares no more than the law says nothing.
    floor = ARTICLE - RELATED if best >= ARTICLE - RELATED else LAW - RELATED
    return [(at, worth) for worth, at in sorted(rated, key=lambda p: (-p[0], p[1])) if worth >= floor]


def nearness(asked: CheckedCitation | Citation, held: Held) -> float:
    """From 0 (nothing) over `LAW` and `ARTICLE` to `PART`."""
    return max(
        0.0,
        *(rests(asked, one) for one in held.cites),
        *(rests(asked, one) - RELATED for one in held.relates),
        *(rests_as_written(asked, text) for text in held.outside),
        0.0,
    )


def rests(asked: CheckedCitation | Citation, one: Citation) -> float:
    """How near one provision is to another."""
    if not asked.law or short_title(one.law) != short_title(asked.law):
        return 0.0
    if asked.article is None or one.article != asked.article:
        return LAW
    if asked.paragraph is None and asked.item is None:
        return (ARTICLE + PART) / 2
    same = asked.paragraph in (None, one.paragraph) and asked.item in (None, one.item)
    return PART if same else ARTICLE


def rests_as_written(asked: CheckedCitation | Citation, text: str) -> float:
    """The same for a basis that the corpus does not hold, as it is written."""
    if not asked.law or short_title(asked.law) not in text:
        return 0.0
    return ARTICLE if asked.article and asked.article in text else LAW
