"""Departments under one name each, however a sheet or a question writes them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.stats.catalogue import HOME, Catalogue
from assistant.stats.reading import Problems, known_keys, read_yaml

FILE = "部门.yaml"


@dataclass(frozen=True)
class Departments:
    """The names departments go by, and what stands before a name and says nothing (经开区, 管委会)."""

    names: dict[str, tuple[str, ...]]
    prefixes: tuple[str, ...]
    _by_word: dict[str, str]

    def named(self, text: str) -> str:
        """The one name of a department as a sheet writes it; what is not known stays as written, without blanks."""
        plain = spelt(text)
        bare = self.bare(plain)
        return self._by_word.get(plain) or self._by_word.get(bare) or bare or plain

    def bare(self, plain: str) -> str:
        """Without the district in front: 天津经济技术开发区管委会应急管理局 is 应急管理局."""
        while True:
            prefix = next((p for p in self.prefixes if plain.startswith(p) and len(plain) > len(p)), None)
            if prefix is None:
                return plain
            plain = plain[len(prefix) :]

    def words(self, name: str) -> tuple[str, ...]:
        """What a question may call a department; a name from a sheet goes by itself, and short of 管理局 too."""
        return self.names.get(name) or (name,)


def read_departments(catalogue: Catalogue, folders: Iterable[Path]) -> Departments:
    """The departments of the metrics' scopes, then those of each folder's 部门.yaml. KnowledgeError when one is bad."""
    names = {s.name: list(s.words) for s in catalogue.scopes.values() if catalogue.within(s.name, HOME)}
    names.pop(HOME, None)
    prefixes: list[str] = []
    for folder in folders:
        path = folder / FILE
        if not path.is_file():
            continue
        problems = Problems()
        file = read_yaml(path, problems)
        known_keys(file, frozenset(["去掉", "部门"]), (), "文件", problems)
        prefixes += file.texts("去掉")
        for entry in file.entries("部门"):
            if known_keys(entry, frozenset(["名称", "同义"]), ("名称",), "部门", problems):
                name = str(entry.text("名称"))
                names.setdefault(name, [name]).extend(entry.texts("同义"))
        problems.refuse(path)
    by_word: dict[str, str] = {}
    for name, words in names.items():
        for word in words:
            by_word.setdefault(spelt(word), name)
    return Departments(
        {name: tuple(dict.fromkeys(words)) for name, words in names.items()},
        tuple(sorted({spelt(p) for p in prefixes}, key=len, reverse=True)),
        by_word,
    )


def spelt(text: str) -> str:
    """Half-width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
