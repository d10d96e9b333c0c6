"""Elements of a case (what was done, what is in dispute, which fault of procedure, how it ended) read out of everyday
words: `案情要素.yaml` of the knowledge base, which a lawyer can edit."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import KnowledgeError
from assistant.schema import Noun

FILE = "案情要素.yaml"
_LONGEST = 20_000
_SENTENCE = re.compile(r"[。！？!?；;\n]")
ElementKind = Literal["行为", "争点", "程序", "处理"]


class Element(Noun):
    """One thing that a case can be about."""

    name: str
    kind: ElementKind


class _Way(BaseModel):
    """One way of saying an element: a word of each of `said` in one sentence, none of `unsaid`."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    name: str = Field(alias="名", min_length=1)
    kind: ElementKind = Field(alias="类")
    said: list[str] = Field(alias="说", min_length=1)
    unsaid: list[str] = Field(default_factory=list, alias="不说")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    groups: dict[str, list[str]] = Field(alias="词组")
    ways: list[_Way] = Field(alias="要素")


class Elements:
    """Reads elements out of texts. An empty one reads none."""

    def __init__(self, groups: dict[str, list[str]] | None = None, ways: Iterable[_Way] = ()) -> None:
        spoken = {name: re.compile("|".join(map(re.escape, words))) for name, words in (groups or {}).items()}
        self._ways = [
            (Element(name=way.name, kind=way.kind), [spoken[g] for g in way.said], [spoken[g] for g in way.unsaid])
            for way in ways
        ]

    def read(self, text: str) -> frozenset[Element]:
        """The elements that a text speaks of, sentence by sentence."""
        return frozenset(
            element
            for sentence in _SENTENCE.split(text[:_LONGEST])
            for element, said, unsaid in self._ways
            if all(group.search(sentence) for group in said) and not any(group.search(sentence) for group in unsaid)
        )


def read_elements(knowledge_dir: Path) -> Elements:
    """The elements of a knowledge base; none where there is no file. KnowledgeError names every problem."""
    path = knowledge_dir / FILE
    if not path.is_file():
        return Elements()
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(FILE, f"读不出来（{error}）", "写成“词组”与“要素”两部分") from error
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        problems = [f"{'·'.join(map(str, one['loc']))}：{one['msg']}" for one in error.errors()]
        raise KnowledgeError(
            FILE, "\n".join(problems), f"要素写成“名、类、说、不说”，类是{'、'.join(get_args(ElementKind))}之一"
        ) from error
    faults = [f"词组“{name}”里有空的说法" for name, words in file.groups.items() if not words or not all(words)]
    faults += [
        f"要素“{way.name}”用了没有写的词组“{group}”"
        for way in file.ways
        for group in (*way.said, *way.unsaid)
        if group not in file.groups
    ]
    kinds: dict[str, str] = {}
    faults += [f"要素“{way.name}”的类写了两种" for way in file.ways if kinds.setdefault(way.name, way.kind) != way.kind]
    if faults:
        raise KnowledgeError(FILE, "\n".join(faults), "逐条改正后重新加载")
    return Elements(file.groups, file.ways)
