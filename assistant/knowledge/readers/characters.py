"""Characters that look right and are not, or are no text at all."""

import re
import unicodedata

# Word and PDF producers put radicals (U+2E80–2FDF) where ideographs belong; Unicode maps only the Kangxi block itself.
_SUPPLEMENT = dict(
    zip(
        "⺁⺃⺄⺅⺇⺈⺉⺋⺌⺍⺏⺑⺒⺓⺔⺖⺘⺛⺝⺞⺟⺠⺡⺣⺧⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺷⺸⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乛乚亻几刀刂㔾小小尣尢巳幺彑忄扌旡月歺母民氵灬牛王疋目示礻竹糸纟罒罒网羊羊羊老聿肉臼艹艹艹虎衤覀西见角角讠贝车辶辶辶阝钅長長长门阜阝雨青韦页风飞食食饣飠马骨鬼鱼鸟卤麦黄黾齐齐歯齿竜龙龜亀",
        strict=True,
    )
)
_TABLE: dict[int, str | None] = {ord(k): v for k, v in _SUPPLEMENT.items()}
_TABLE |= {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_TABLE |= {c: unicodedata.normalize("NFC", chr(c)) for c in range(0xF900, 0xFAFF)}
_TABLE |= {0x2F3E: "户", 0x2FAD: "青"}  # Unicode maps these two to forms that no text of the mainland uses
_TABLE |= dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], "\n")
_MAPPED = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\x0b\x0c\x85\u2028\u2029]")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> tuple[str, int]:
    """The text with ideographs for radicals and without what cannot be seen, and how many control characters went.

    NUL, other control characters and lone surrogates count; zero-width characters and direction marks do not:
    they are everywhere in pasted text and carry nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _MAPPED.search(text):
        text = text.translate(_TABLE)
    text = _INVISIBLE.sub("", text)
    return _CONTROL.subn("", text)
