"""One spelling for questions and for the words of the metric files, so that they meet."""

import unicodedata

_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u3000的了“”‘’\"'「」『』`*_#~"))


def spell(text: str) -> str:
    """Half-width, lower case, without blanks, quotation marks, 的 and 了 (they come and go in speech)."""
    return unicodedata.normalize("NFKC", text).lower().translate(_DROPPED)
