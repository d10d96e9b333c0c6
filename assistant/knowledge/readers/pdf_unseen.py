"""Characters of a PDF page that nobody sees: white on white, too small, beyond the edge of the paper, or not painted.

Unpainted words over a picture of the page are the text that a scanner recognised; they are read, but not as typed.
"""

import ctypes
from typing import Any, NamedTuple

from pypdfium2 import raw

_LIGHT = 0xF0  # a channel from here on is not told from white paper
_TINY = 2.0  # points from the foot of a line to its head
_DARK = 170  # of a rendered point: something that white words stand out from
_WHOLE = 0.5  # the share of a page that a scan of it covers at least


class Unseen(NamedTuple):
    """Why a character is not seen, by its index; and whether the page is a picture with words laid under it."""

    why: dict[int, str]
    overlaid: bool


def unseen(page: Any, text_page: Any, codes: list[int]) -> Unseen:
    """Looks at each text object of the page once."""
    why: dict[int, str] = {}
    known: dict[int, str | None] = {}
    white: list[int] = []
    unpainted: list[int] = []
    for at, code in enumerate(codes):
        if code <= 32:
            continue
        found = raw.FPDFText_GetTextObject(text_page.raw, at)
        address = ctypes.cast(found, ctypes.c_void_p).value or 0
        if not address:
            continue
        if address not in known:
            known[address] = _judge(page, found)
        said = known[address]
        if said == "白色文字":
            white.append(at)
        elif said == "不显示的文字":
            unpainted.append(at)
        elif said is not None:
            why[at] = said
    if white:
        why |= dict.fromkeys(_on_paper(page, text_page, white), "白色文字")
    overlaid = bool(unpainted) and picture_share(page) >= _WHOLE
    if not overlaid:
        why |= dict.fromkeys(unpainted, "不显示的文字")
    return Unseen(why, overlaid)


def _judge(page: Any, words: Any) -> str | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if raw.FPDFPageObj_GetBounds(words, left, bottom, right, top):
        x0, y0, x1, y1 = page.get_bbox()
        if right.value < x0 or left.value > x1 or top.value < y0 or bottom.value > y1:
            return "页面以外的文字"
        if top.value - bottom.value > 0 and _size(words) < _TINY:
            return "极小的文字"
    if raw.FPDFTextObj_GetTextRenderMode(words) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return "不显示的文字"
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if raw.FPDFPageObj_GetFillColor(words, red, green, blue, alpha):
        if alpha.value == 0:
            return "不显示的文字"
        if min(red.value, green.value, blue.value) >= _LIGHT:
            return "白色文字"
    return None


def _size(words: Any) -> float:
    """Points of the letters as they are painted, scaled by the object's own matrix."""
    size = ctypes.c_float()
    matrix = raw.FS_MATRIX()
    if not raw.FPDFTextObj_GetFontSize(words, size) or not raw.FPDFPageObj_GetMatrix(words, matrix):
        return _TINY
    return float(size.value * max(abs(matrix.d), abs(matrix.b)))


def _on_paper(page: Any, text_page: Any, white: list[int]) -> list[int]:
    """Those of the white characters that have nothing dark behind them."""
    image = page.render(scale=1, grayscale=True).to_numpy()
    height, width = image.shape[:2]
    x0, _, _, y1 = page.get_bbox()
    kept = []
    for at in white:
        left, bottom, right, top = text_page.get_charbox(at, loose=True)
        rows = slice(max(0, int(y1 - top)), min(height, int(y1 - bottom) + 1))
        columns = slice(max(0, int(left - x0)), min(width, int(right - x0) + 1))
        behind = image[rows, columns]
        if not behind.size or float(behind.mean()) > _DARK:
            kept.append(at)
    return kept


def picture_share(page: Any) -> float:
    """How much of the page its largest picture covers, from 0 to 1."""
    width, height = page.get_size()
    best = 0.0
    for picture in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        best = max(best, (right - left) * (top - bottom) / max(width * height, 1.0))
    return min(best, 1.0)
