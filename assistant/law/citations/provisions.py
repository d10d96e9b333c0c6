"""The grammar of 条, 款, 项 and 目.

`第一百二十四条第一款第（一）、（三）项、第二款`, `124条1款1项`, `第三十三条至第三十五条`, `第一百二十条之一至之六`.
"""

import re
from dataclasses import dataclass, replace

from assistant.numerals import to_chinese, to_int

_N = "[零〇一二三四五六七八九十百千两0-9]{1,9}"
_P = rf"(?:\({_N}\)|{_N})"
_SEP = r"(?:以及|或者|[、,和与及或并])"
_RANGE = r"(?:—{1,2}|[至到\-~])"
_LINK = rf"(?:{_SEP}|{_RANGE})"
# 第三条款, 第一条例, 第二项目, 第一条件: words of their own.
_UNIT = re.compile(
    rf"(?P<nums>第?{_P}(?:{_LINK}第?{_P}|\({_N}\)){{0,40}})"
    rf"(?:(?P<article>条)(?P<of>之{_N}(?:{_LINK}之{_N}){{0,20}}(?![般切样致旦直方类些种]))?(?![款例件约线](?!第))"
    r"|(?P<paragraph>款)(?![式待])|(?P<item>项)(?!目(?!第))|(?P<subitem>目)(?![标录的前光]))"
)
_NUMBER = re.compile(rf"({_LINK})?第?\(?({_N})\)?")
_OF = re.compile(rf"({_LINK})?之({_N})")
_JOIN = re.compile(r"[的之中]{0,2}(?=第|\()")
_CONNECT = re.compile(rf"({_SEP}|{_RANGE})(?=第|\(|{_N}条)")
_BARE = re.compile(rf"{_N}条")
_IS_RANGE = re.compile(_RANGE)
_RANKS = ("article", "paragraph", "item", "subitem")
RANGE_LIMIT = 100  # a longer range is told by its two ends alone

FIRST = re.compile(rf"第?{_P}(?:{_LINK}第?{_P}){{0,40}}条(?![款例件约线])")
"""Where an article may follow a name directly: `第三十三条`, `33条`, `第三十三、三十四条`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A provision within an instrument and where it is named; None where the words leave a level open."""

    start: int
    end: int
    article: str | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    note: str | None = None

    @property
    def rank(self) -> int:
        """0 for a place that begins with its article, 1 with its 款, 2 with its 项, 3 with its 目."""
        for rank, level in enumerate(_RANKS):
            if getattr(self, level) is not None:
                return rank
        return len(_RANKS)


def _read(number: str) -> int | None:
    try:
        return to_int(number)
    except ValueError:
        return None


def _expand(pairs: list[tuple[str | None, int]]) -> list[int]:
    """[(None, 1), ("、", 3), ("至", 5)] as [1, 3, 4, 5]."""
    out: list[int] = []
    for link, number in pairs:
        ranged = link is not None and _IS_RANGE.fullmatch(link)
        if ranged and out and out[-1] < number <= out[-1] + RANGE_LIMIT:
            out.extend(range(out[-1] + 1, number + 1))
        else:
            out.append(number)
    return out


def _numbers(text: str, pattern: re.Pattern[str]) -> list[int] | None:
    pairs: list[tuple[str | None, int]] = []
    for match in pattern.finditer(text):
        number = _read(match[2])
        if number is None or number >= 100_000:
            return None
        pairs.append((match[1], number))
    return _expand(pairs)


def _article(number: int, of: int | None = None) -> str:
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(of)}" if of else "")


def _split_article(article: str) -> tuple[int, int]:
    head, _, of = article.removeprefix("第").partition("条")
    return to_int(head), to_int(of.removeprefix("之")) if of else 0


def _between(first: Place, last: Place, rank: int) -> list[Place] | None:
    """All the places of a range whose ends differ at the level `rank`; None when the ends do not fit."""
    if rank == 0 and first.article and last.article and first.paragraph is None and last.paragraph is None:
        (a, a_of), (b, b_of) = _split_article(first.article), _split_article(last.article)
        if a == b and a_of < b_of:
            return [replace(first, end=last.end, article=_article(a, n)) for n in range(a_of, b_of + 1)]
        if a_of or b_of or not a < b <= a + RANGE_LIMIT:
            return None
        return [replace(first, end=last.end, article=_article(n)) for n in range(a, b + 1)]
    if rank == 1 and first.paragraph and last.paragraph and first.item is None and last.item is None:
        if not first.paragraph < last.paragraph <= first.paragraph + RANGE_LIMIT:
            return None
        return [replace(first, end=last.end, paragraph=n) for n in range(first.paragraph, last.paragraph + 1)]
    if rank == 2 and first.item and last.item and first.subitem is None and last.subitem is None:
        if not first.item < last.item <= first.item + RANGE_LIMIT:
            return None
        return [replace(first, end=last.end, item=n) for n in range(first.item, last.item + 1)]
    return None


def _element(text: str, at: int, lowest: int, *, direct: bool) -> list[Place]:
    """The places named from `at` on without a link between them. `direct`: 第 may be left out (it follows a name)."""
    places = [Place(at, at)]
    rank, pos, bare = lowest - 1, at, direct
    while True:
        join = _JOIN.match(text, pos) if pos > at else None
        here = join.end() if join else pos
        unit = _UNIT.match(text, here)
        if unit is None or (not bare and text[here] not in "第("):
            break
        level = unit.lastgroup if unit.lastgroup != "of" else "article"
        assert level is not None
        at_rank = _RANKS.index(level)
        # (一)项 needs no 第, but a bare (一) is only an item or a point.
        if at_rank <= rank or (text[here] == "(" and at_rank < 2):
            break
        numbers = _numbers(unit["nums"], _NUMBER)
        if not numbers:
            break
        if any(n == 0 for n in numbers) and at_rank > 0:
            break
        last = places.pop()
        if level == "article":
            ofs = _numbers(unit["of"], _OF) if unit["of"] else None
            names = [_article(n) for n in numbers[:-1]]
            names += [_article(numbers[-1], of) for of in ofs] if ofs else [_article(numbers[-1])]
            new = [replace(last, article=name) for name in names]
        elif level == "paragraph":
            new = [replace(last, paragraph=n) for n in numbers]
        elif level == "item":
            new = [replace(last, item=n) for n in numbers]
        else:
            new = [replace(last, subitem=n) for n in numbers]
        places += new
        rank, pos, bare = at_rank, unit.end(), True
    return [replace(p, end=pos) for p in places] if pos > at else []


def chain(text: str, at: int, *, direct: bool = False) -> list[Place]:
    """All places of a list or range that begins at `at`; empty when none does.

    A later place takes over what it leaves open from the one before: in 第三条第一款、第二款 both stand in 第三条.
    Places of a range, and of a list that shares one unit (第一、三项), share one span.
    """
    places = _element(text, at, 0, direct=direct)
    if not places:
        return []
    while True:
        link = _CONNECT.match(text, places[-1].end)
        if link is None:
            return places
        bare = _BARE.match(text, link.end()) is not None
        following = _element(text, link.end(), 0, direct=bare)
        if not following:
            return places
        before = places[-1]
        named = following[0].rank
        filled = [_under(before, place) for place in following]
        if _IS_RANGE.fullmatch(link[1]) and len(filled) == 1:
            spread = _between(before, filled[0], named)
            if spread is None and named == 0:
                filled = [replace(filled[0], note="范围的首尾不成序或者跨度过大，只核对首尾两条")]
            if spread is not None:
                places = (
                    [p for p in places if p.start != before.start]
                    + [replace(p, end=spread[0].end) for p in places if p.start == before.start and p is not before]
                    + spread
                )
                continue
        places += filled


def _under(before: Place, place: Place) -> Place:
    if place.article is not None:
        return place
    place = replace(place, article=before.article)
    if place.paragraph is not None:
        return place
    place = replace(place, paragraph=before.paragraph)
    return place if place.item is not None else replace(place, item=before.item)
