"""What a text must say to be meant: groups of words that lawyers write down, as an index at the back of a book.

`听证|申辩 {期限} -价格`: every group must be said, in any order; `|` parts the ways to say one; `{名}` is a named list
of words; what follows `-` must not be said.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_NAMED = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True)
class WordGroups:
    """Groups of which each must be said by one of its words, and words of which none may be said."""

    groups: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()

    def said(self, text: str) -> tuple[str, ...]:
        """The longest word of each group that `text` says; empty when a group is not said, or what may not be is."""
        found = tuple(max((word for word in group if word in text), key=len, default="") for group in self.groups)
        return found if all(found) and not any(word in text for word in self.unless) else ()

    def weight(self, text: str) -> int:
        """How much of `text` they account for: characters of the words said, and more per group; 0 when not met."""
        said = self.said(text)
        return sum(map(len, said)) + 2 * len(said)


def named_words(written: Mapping[object, object]) -> dict[str, list[str]]:
    """The named lists of a file: `{名: "词|词"}`."""
    return {str(name): str(said).split("|") for name, said in written.items()}


def parse_groups(written: str, words: Mapping[str, Sequence[str]], never: Iterable[str] = ()) -> WordGroups:
    """One line as written; `never` are words that may not be said. ValueError says what is wrong, in Chinese."""
    groups: list[tuple[str, ...]] = []
    unless = [word for word in never if word]
    for part in written.split():
        unknown = [name for name in _NAMED.findall(part) if name not in words]
        if unknown:
            raise ValueError(f"没有名为“{unknown[0]}”的词组")
        alternatives = [
            word
            for piece in part.lstrip("-").split("|")
            for word in (words[piece[1:-1]] if piece.startswith("{") else [piece])
            if word
        ]
        if part.startswith("-"):
            unless += alternatives
        elif alternatives:
            groups.append(tuple(alternatives))
    if not groups:
        raise ValueError("“问”里没有词")
    said = {word for group in groups for word in group}
    return WordGroups(tuple(groups), tuple(word for word in unless if word not in said))
