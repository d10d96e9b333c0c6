"""Names of instruments: which one a name means, and where names stand in a text."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.law.citations.reading import plain
from assistant.law.library import Library
from assistant.schema import LawVersion

STATE = "中华人民共和国"
_NO_PARENS = str.maketrans("", "", "()")
_SENTENCE = re.compile(r"[。\n]")
_NAMED = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class Abolished:
    """An instrument that is not held, of which a held text says that it ended."""

    title: str
    by: LawVersion
    article: str

    @property
    def since(self) -> dt.date | None:
        """The day it ended: when the law that repeals it first commenced. None where that day is not certain."""
        return self.by.commenced or (self.by.span.from_ if self.by.start_certain else None)


def _trie_pattern(words: list[str]) -> str:
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[""] = {}

    def render(node: dict[str, Any]) -> str:
        branches: list[str] = []
        for c, below in node.items():
            if not c:
                continue
            tail = c
            while len(below) == 1 and "" not in below:
                (c2, below) = next(iter(below.items()))
                tail += c2
            branches.append(re.escape(tail) + (render(below) if set(below) != {""} else ""))
        inner = "|".join(branches)
        return f"(?:{inner})?" if "" in node else f"(?:{inner})"

    return render(root)


class Titles:
    """Every name under which an instrument of `library` may be cited: full, short, customary."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._by_name: dict[str, str] = {}
        for name, title in library.names.items():
            self._by_name[plain(name)] = title
            if "修正案" in name:  # 刑法修正案十二 for 刑法修正案（十二）
                self._by_name.setdefault(plain(name).translate(_NO_PARENS), title)

    def lookup(self, name: str) -> str | None:
        """The full title a (plain) name means; None when no instrument of that name is held."""
        found = self._by_name.get(name) or self._by_name.get(STATE + name)
        if found is None and name.startswith(STATE):
            found = self._by_name.get(name.removeprefix(STATE))
        return found

    def containing(self, name: str) -> str | None:
        """The instrument held whose short name a longer, unknown name contains: the one it is easily taken for."""
        inside = [m[0] for m in self.pattern.finditer(name) if len(m[0]) >= 3 and self.lookup(m[0])]
        return self.lookup(max(inside, key=len)) if inside else None

    @cached_property
    def abolished(self) -> dict[str, Abolished]:
        """Names of instruments that are not held but that a held text names as repealed by it."""
        found: dict[str, Abolished] = {}
        for title in self._library.titles:
            for version in self._library.versions(title):
                for article in self._library.articles_of(version.id)[-4:]:
                    if "同时废止" not in article.text or article.number is None:
                        continue
                    for sentence in _SENTENCE.split(article.text):
                        for name in _NAMED.findall(sentence.partition("同时废止")[0]) if "同时废止" in sentence else ():
                            key = plain(name)
                            if self.lookup(key) is None:
                                note = Abolished(name, version, article.number)
                                found.setdefault(key, note)
                                found.setdefault(key.removeprefix(STATE), note)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the longest name at a place, among those held and those known to be repealed."""
        names = {*self._by_name, *self.abolished}
        names |= {STATE + n for n in names if not n.startswith(STATE) and n.endswith("法")}
        return re.compile(_trie_pattern(sorted(n for n in names if len(n) > 1)))
