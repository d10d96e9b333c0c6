"""YAML read together with the line each value stands on, so that a problem can be shown where it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import KnowledgeError


class MarkedYaml:
    """A YAML file's value and `where(path)`: file and line of the key or list item at that path."""

    def __init__(self, file: Path, text: str | None = None, *, above: int = 0) -> None:
        """KnowledgeError when the file is not YAML. `text`: the YAML inside the file, which begins below `above` lines.

        Keys that stand twice in the same place, and days there are not, are told in `faults`.
        """
        self.file = file
        self._above = above
        self._lines: dict[tuple[object, ...], int] = {}
        self.faults: list[str] = []
        try:
            written = file.read_text(encoding="utf-8") if text is None else text
            node = yaml.compose(written, Loader=yaml.SafeLoader)
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
                    self.faults.append(f"{self.where((*path, key))}：“{key}”写了两次")
                value[key] = self._read(child, (*path, key))
            return value
        if isinstance(node, yaml.SequenceNode):
            return [self._read(child, (*path, at)) for at, child in enumerate(node.value)]
        return self._scalar(node)

    def _scalar(self, node: yaml.Node) -> Any:
        loader = yaml.SafeLoader("")
        try:
            return loader.construct_object(node, deep=True)
        except ValueError:  # YAML takes 2026-02-31 for a date, and then there is no such day
            line = node.start_mark.line + 1 + self._above
            self.faults.append(f"{self.file.name}:{line}：“{getattr(node, 'value', '')}”不是有效的日期或者数")
            return None
        finally:
            loader.dispose()

    def where(self, path: tuple[object, ...]) -> str:
        """`有效性更正.yaml:12` for the nearest place to `path` that stands in the file."""
        while path and path not in self._lines:
            path = path[:-1]
        return f"{self.file.name}:{self._lines.get(path, 1) + self._above}"

    def entries(self, key: str) -> Iterator[tuple[int, Any]]:
        """The items of the list under `key` at the top, counted; nothing when there is none."""
        if isinstance(self.value, dict) and isinstance(self.value.get(key), list):
            yield from enumerate(self.value[key])
