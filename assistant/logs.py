"""Logs: one JSON object a line, with personal data masked whatever wrote the line."""

import logging
import sys

from pythonjsonlogger.json import JsonFormatter

from assistant.masking import mask

_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Masked(logging.Filter):
    """Masks the words of a line and of its error before any handler formats them."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()).text, None
        if record.exc_info and record.exc_text is None:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info)).text
        if record.exc_text:
            record.exc_info = None  # the formatter would write the words again, unmasked
        return True


def configure(level: str = "INFO", *, json: bool = True) -> None:
    """Send all logs to standard error. Other packages speak from WARNING on, ours from `level`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Masked())
    handler.setFormatter(
        JsonFormatter(_FIELDS, json_ensure_ascii=False, rename_fields={"asctime": "time", "levelname": "level"})
        if json
        else logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("counsel").setLevel(level)
