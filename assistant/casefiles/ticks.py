"""Boxes of a form: what was not ticked was not said. 送达方式：☑直接送达 □留置送达 says that it was handed over."""

import re

_ON, _OFF = "☑☒✓✔√■▣", "□☐○◻❑"
TICKED = re.compile(rf"[{_ON}]\s*[\u4e00-\u9fff]|[\u4e00-\u9fff]\s*[{_ON}]|[（(]\s*[√✓✔]\s*[）)]")
"""A box that somebody ticked: only a document that has one is read as a form with boxes."""
_OPTION = re.compile(rf"[{_OFF}]\s*(?=[\u4e00-\u9fff（(])[^{_OFF}{_ON}|。；\n]*")
_EMPTY = re.compile(r"[\u4e00-\u9fff]{2,10}[（(]\s*[）)][、，；\s]*")
_MARKED = re.compile(r"[（(]\s*[√✓✔]\s*[）)]")


def chosen(text: str) -> str:
    """A line without the options that were left open."""
    if _MARKED.search(text):
        return _EMPTY.sub("", text)
    return _OPTION.sub("", text).strip()
