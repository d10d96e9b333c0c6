"""Whether a sentence states law, so that it must name the provision it states."""

import re

_OF_LAW = re.compile(r"依法|法律|法规|规章|法定|规定")
_NORM = re.compile(r"应当|不得|必须|可以|予以|给予|处以|不予|期限|幅度|上限|下限")


def states_law(sentence: str) -> bool:
    """Whether a sentence speaks of law and of what it bids, allows or measures."""
    return bool(_OF_LAW.search(sentence)) and bool(_NORM.search(sentence))
