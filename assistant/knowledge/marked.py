"""YAML read together with the line each value stands on, so that a problem can be shown where it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import KnowledgeError


class MarkedYaml:
    """A YAML file's value and `where(path)`: file and line of the key or list item at that path."""

    def __init__(self, file: Path) -> None:
        """KnowledgeError when the file is not YAML, or names one key twice in the same place."""
        self.file = file
        self._lines: dict[tuple[object, ...], int] = {}
        self.duplicates: list[str] = []
        try:
            node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
            self.value: Any = self._read(node, ()) if node is not None else None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise KnowledgeError(str(file), f"不是可读的 YAML 文件（{error}）", "改正后重新加载") from error

    def _read(self, node: yaml.Node, path: tuple[object, ...]) -> Any:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            value = {}
            for key_node, child in node.value:
                key = self._scalar(key_node)
                self._lines[(*path, key)] = key_node.start_mark.line + 1
                if key in value:
                    self.duplicates.append(f"{self.where((*path, key))}：“{key}”写了两次")
                value[key] = self._read(child, (*path, key))
            return value
        if isinstance(node, yaml.SequenceNode):
            return [self._read(child, (*path, at)) for at, child in enumerate(node.value)]
        return self._scalar(node)

    @staticmethod
    def _scalar(node: yaml.Node) -> Any:
        loader = yaml.SafeLoader("")
        try:
            return loader.construct_object(node, deep=True)
        finally:
            loader.dispose()

    def where(self, path: tuple[object, ...]) -> str:
        """`有效性更正.yaml:12` for the nearest place to `path` that stands in the file."""
        while path and path not in self._lines:
            path = path[:-1]
        return f"{self.file.name}:{self._lines.get(path, 1)}"

    def entries(self, key: str) -> Iterator[tuple[int, Any]]:
        """The items of the list under `key` at the top, counted; nothing when there is none."""
        if isinstance(self.value, dict) and isinstance(self.value.get(key), list):
            yield from enumerate(self.value[key])
