"""Words out of pictures of pages, by rapidocr with the models in its wheel: the extra `[ocr]`. Nothing is fetched."""

import io
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import pypdfium2

from assistant.errors import EngineError

_SCALE = 200 / 72  # of a page's points: 200 dots an inch
_LARGEST = 60_000_000  # points of a picture; a larger one is a bomb or no page


class PageReader:
    """Reads one page or picture at a time; the model is loaded at the first. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None

    def page(self, pdf: bytes, number: int) -> Sequence[str]:
        """The lines of a page of a PDF (from 1), from the top. EngineError when it cannot be read."""
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                page = document[number - 1]
                width, height = page.get_size()
                scale = min(_SCALE, (_LARGEST / max(width * height, 1.0)) ** 0.5)
                image = page.render(scale=scale).to_numpy()
        except pypdfium2.PdfiumError as error:
            raise EngineError("文字识别", f"第{number}页画不出来（{error}）", "重新扫描这一页") from error
        return self._lines(image)

    def picture(self, data: bytes) -> Sequence[str]:
        """The lines of a picture, from the top. EngineError when it is none, or too large."""
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(io.BytesIO(data)) as opened:
                if opened.width * opened.height > _LARGEST:
                    raise EngineError("文字识别", "图片太大，没有打开", "缩小后再交")
                image = np.asarray(opened.convert("RGB"))
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise EngineError("文字识别", "图片损坏，打不开", "重新扫描或者拍照") from error
        return self._lines(image)

    def _lines(self, image: Any) -> Sequence[str]:
        with self._lock:
            if self._engine is None:
                from rapidocr import RapidOCR

                self._engine = RapidOCR(params={"Global.log_level": "error"})
            found = self._engine(image)
        return tuple(found.txts or ())


@lru_cache(maxsize=1)
def page_reader() -> PageReader | None:
    """The reader where the extra is installed, else None; the same one for everybody."""
    return PageReader() if find_spec("rapidocr") is not None else None
