"""Words of a .docx that nobody sees on the page: hidden, white on white, or too small to read.

They are data that may try to speak to whoever reads the file by machine, so they are kept apart from the text.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from assistant.knowledge.readers.document import Hidden

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LIGHT = 0xF0  # a channel from here on is not told from white paper
_TINY = 4  # half-points
_PAPER = ("background1", "bg1", "light1", "lt1")


class Concealment:
    """Judges the runs of one document by their own marks, their styles and what stands behind them."""

    def __init__(self, styles: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._defaults: Any = None
        self._kept: list[tuple[str, str]] = []
        if styles is not None:
            self._styles = {style.get(_W + "styleId") or "": style for style in styles.iter(_W + "style")}
            self._defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")

    def takes(self, run: Any) -> bool:
        """Whether nobody sees a run; its words are then kept for `taken`."""
        words = "".join(t.text or "" for t in run.iter(_W + "t"))
        why = self.why(run) if words.strip() else None
        if why is not None:
            self._kept.append((why, words))
        return why is not None

    def taken(self, after: int) -> list[Hidden]:
        """What was kept since the last call, runs that follow each other as one; `after` goes into each."""
        found = [
            Hidden("".join(words for _, words in runs).strip(), why, after)
            for why, runs in groupby(self._kept, lambda kept: kept[0])
        ]
        self._kept.clear()
        return found

    def why(self, run: Any) -> str | None:
        """Why nobody sees a run, in Chinese; None when it is seen."""
        layers = list(self._layers(run))
        if _on(_first(layers, "vanish")):
            return "隐藏文字"
        if _white(_first(layers, "color")) and not self._darkened(run, layers):
            return "白色文字"
        size = _first(layers, "sz")
        half_points = size.get(_W + "val") or "" if size is not None else ""
        if half_points.isdecimal() and int(half_points) <= _TINY:
            return "极小的文字"
        return None

    def _layers(self, run: Any) -> Iterator[Any]:
        """The properties that make a run look as it does, the nearest first."""
        own = run.find(_W + "rPr")
        if own is not None:
            yield own
            yield from self._chain(own.find(_W + "rStyle"))
        paragraph = next(run.iterancestors(_W + "p"), None)
        if paragraph is not None:
            yield from self._chain(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        if self._defaults is not None:
            yield self._defaults

    def _chain(self, named: Any) -> Iterator[Any]:
        seen: set[str] = set()
        name = named.get(_W + "val") or "" if named is not None else ""
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            properties = style.find(_W + "rPr")
            if properties is not None:
                yield properties
            parent = style.find(_W + "basedOn")
            name = parent.get(_W + "val") or "" if parent is not None else ""

    def _darkened(self, run: Any, layers: list[Any]) -> bool:
        """Whether something dark lies behind a run: white on it is meant to be read."""
        marker = _first(layers, "highlight")
        if marker is not None and marker.get(_W + "val") not in (None, "none", "white"):
            return True
        if _dark(_first(layers, "shd")):
            return True
        for ancestor in run.iterancestors(_W + "p", _W + "tc", _W + "tbl", _W + "txbxContent"):
            kind = ancestor.tag.removeprefix(_W)
            if kind == "txbxContent":
                return True  # a shape has a fill of its own, which is not looked up
            if _dark(ancestor.find(f"{_W}{kind}Pr/{_W}shd")):
                return True
            style = ancestor.find(f"{_W}tblPr/{_W}tblStyle")
            named = self._styles.get(style.get(_W + "val") or "") if style is not None else None
            if named is not None and any(_dark(shade) for shade in named.iter(_W + "shd")):
                return True
        return False


def _first(layers: list[Any], tag: str) -> Any:
    return next((mark for layer in layers if (mark := layer.find(_W + tag)) is not None), None)


def _on(mark: Any) -> bool:
    return mark is not None and mark.get(_W + "val") not in ("0", "false", "off")


def _white(colour: Any) -> bool:
    if colour is None:
        return False
    channels = _channels(colour.get(_W + "val"))
    if channels is not None:
        return min(channels) >= _LIGHT
    return colour.get(_W + "themeColor") in _PAPER


def _dark(shade: Any) -> bool:
    if shade is None:
        return False
    channels = _channels(shade.get(_W + "fill"))
    if channels is None:
        return shade.get(_W + "themeFill") not in (None, *_PAPER)
    return min(channels) < _LIGHT


def _channels(text: str | None) -> tuple[int, ...] | None:
    """RRGGBB as three numbers; None for auto and for what is no colour."""
    if text is None or len(text) != 6:
        return None
    try:
        return tuple(bytes.fromhex(text))
    except ValueError:
        return None
