"""The subject index: which provision a lawyer opens first for a question, as `专题索引.yaml` has it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import KnowledgeError
from assistant.knowledge.wordgroups import WordGroups, named_words, parse_groups
from assistant.law.library import Library
from assistant.law.structure import parse_paragraphs
from assistant.numerals import NUMERAL, to_int
from assistant.schema import Citation

FILE = "专题索引.yaml"
_FORM = '每条写成：- {问: "听证 {期限}", 条: 第六十四条}'
PENALTY = "罚"  # the group of words by which a question asks for a penalty
_KEYS = {"问", "条"}
_PROVISION = re.compile(rf"(第{NUMERAL}条(?:之{NUMERAL})?)(?:第({NUMERAL})款)?(?:第（({NUMERAL})）项)?")
_LONGEST = 70  # characters of a sentence that asks one thing; a story touches many topics and means none


@dataclass(frozen=True)
class Topic:
    """One line of the index: what must be said, and `provisions`, the weightiest first."""

    words: WordGroups
    provisions: tuple[Citation, ...]
    punishes: bool = False  # one of the groups is 罚: it asks how an act is punished

    def match(self, text: str, *, penalty: bool = False) -> int:
        """How much of `text` the topic accounts for; 0 none.

        `penalty`: the text asks how an act is punished even where it does not say so.
        """
        return self.words.weight(f"{text}{PENALTY}" if penalty and self.punishes else text)


class Topics:
    """The index as read. Empty where a knowledge base has none."""

    def __init__(self, topics: Iterable[Topic] = ()) -> None:
        self._topics = tuple(topics)

    def find(
        self, question: str, laws: tuple[str, ...] = (), *, penalty: bool = False
    ) -> tuple[tuple[Citation, int], ...]:
        """The provisions that the index opens for a question, best first, with how much of it each accounts for.

        `laws` are full titles that the question names: then only topics of these count; `penalty`:
        it describes an act to be punished.
        """
        sentences = [s for s in re.split(r"[。！？!?；\n]", question) if s.strip() and len(s) <= _LONGEST]
        best: dict[Citation, int] = {}
        for topic in self._topics:
            if laws and not any(c.law in laws for c in topic.provisions):
                continue
            worth = max((topic.match(s, penalty=penalty) for s in sentences), default=0)
            for place, citation in enumerate(topic.provisions if worth else ()):
                best[citation] = max(worth - 2 * place, best.get(citation, 0))
        return tuple(sorted(best.items(), key=lambda pair: -pair[1]))


def load_topics(knowledge_dir: Path, library: Library) -> Topics:
    """The index of a knowledge base, every provision looked up. KnowledgeError names all that is wrong."""
    path = knowledge_dir / FILE
    if not path.is_file():
        return Topics()
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(FILE, f"读不出来（{error}）", _FORM) from error
    if not isinstance(data, dict) or not isinstance(data.get("条目"), dict):
        raise KnowledgeError(FILE, "最外层应有“条目”，可以有“词组”", _FORM)
    words = named_words(data.get("词组") or {})
    topics: list[Topic] = []
    bad: list[str] = []
    for law, section in data["条目"].items():
        title = library.resolve_title(law)
        if title is None:
            bad.append(f"《{law}》不在语料中")
            continue
        always, never = (str(section.get(key) or "") for key in ("须有", "除外"))
        for line, entry in enumerate(section.get("索引") or (), 1):
            problem, topic = _topic(entry, title, (always, never), words, library)
            if topic is not None:
                topics.append(topic)
            else:
                bad.append(f"{law}第{line}行：{problem}")
    if bad:
        raise KnowledgeError(FILE, "；".join(bad), _FORM)
    return Topics(topics)


def _topic(
    entry: Any, law: str, common: tuple[str, str], words: dict[str, list[str]], library: Library
) -> tuple[str, Topic | None]:
    if not isinstance(entry, dict) or set(entry) != _KEYS or not isinstance(entry["问"], str):
        return "应当只有“问”和“条”", None
    line = f"{common[0]} {entry['问']}"
    try:
        groups = parse_groups(line, words, common[1].split("|"))
    except ValueError as error:
        return str(error), None
    written = entry["条"] if isinstance(entry["条"], list) else [entry["条"]]
    provisions: list[Citation] = []
    for one in written:
        found = _looked_up(law, str(one), library)
        if found is None:
            return f"《{law}》没有{one}", None
        provisions.append(found)
    return "", Topic(groups, tuple(provisions), f"{{{PENALTY}}}" in line.split())


def _looked_up(law: str, written: str, library: Library) -> Citation | None:
    """The provision in the newest text of its law; None when that has no such 条, 款 or 项."""
    parts = _PROVISION.fullmatch(written.strip())
    newest = max(library.versions(law), key=lambda v: v.span.from_ or dt.date.min)
    article = library.article(newest.id, parts[1]) if parts else None
    if parts is None or article is None:
        return None
    paragraph, item = (to_int(parts[n]) if parts[n] else None for n in (2, 3))
    held = parse_paragraphs(article.text)
    if paragraph is not None and all(p.number != paragraph for p in held):
        return None
    if item is not None and all(i.number != item for p in held if paragraph in (None, p.number) for i in p.items):
        return None
    return Citation(law=law, article=article.number, paragraph=paragraph, item=item)
