"""What people say and what statutes write: `用语.yaml` of the knowledge base, which a lawyer can edit."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from assistant.errors import KnowledgeError

FILE = "用语.yaml"
_FORM = "每组写成：- {俗: [酒驾, 酒后开车], 法: [饮酒后驾驶机动车]}"


class Lexicon:
    """Groups of everyday words, each with the words of the law for them."""

    def __init__(self, groups: Sequence[tuple[Sequence[str], Sequence[str]]] = ()) -> None:
        self._groups = tuple((tuple(said), tuple(written)) for said, written in groups)

    def written(self, question: str) -> tuple[str, ...]:
        """The statutory words for the everyday words of a question; those that it uses already are left out."""
        found: dict[str, None] = {}
        for said, written in self._groups:
            if any(word in question for word in said):
                found.update((word, None) for word in written if word not in question)
        return tuple(found)


def read_lexicon(knowledge_dir: Path) -> Lexicon:
    """The lexicon of a knowledge base; an empty one where there is no file. KnowledgeError names every bad group."""
    path = knowledge_dir / FILE
    if not path.is_file():
        return Lexicon()
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(FILE, f"读不出来（{error}）", _FORM) from error
    if not isinstance(data, dict):
        raise KnowledgeError(FILE, "最外层应是“领域: 组”", _FORM)
    groups: list[tuple[list[str], list[str]]] = []
    bad: list[str] = []
    for field, members in data.items():
        for n, group in enumerate(members if isinstance(members, list) else [members], 1):
            said, written = (group.get("俗"), group.get("法")) if isinstance(group, dict) else (None, None)
            if (
                isinstance(said, list)
                and isinstance(written, list)
                and all(isinstance(word, str) and word for word in (*said, *written))
            ):
                groups.append((said, written))
            else:
                bad.append(f"{field}第 {n} 组")
    if bad:
        raise KnowledgeError(FILE, f"{'、'.join(bad)}写法不对", _FORM)
    return Lexicon(groups)
