"""From a question to articles in order: signals weighed by what kind of question it is.

The weights are few, stand in `weights.json`, and are fitted by `python -m evals.retrieval fit`. There are two sets, for
an ordinary question and for the description of an act that a provision punishes; they mix as `punishing` says.
"""

import json
from collections.abc import Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.search.index import Index
from assistant.search.lexicon import Lexicon
from assistant.search.mode import punishing
from assistant.search.ports import Segmenter
from assistant.search.signals import SIGNALS, Signaller


def read_weights() -> dict[str, NDArray[np.float32]]:
    """`ordinary` and `punishing`, with vectors and (`…_words`) without: each [len(SIGNALS)]."""
    text = resources.files("assistant.search").joinpath("weights.json").read_text(encoding="utf-8")
    return {
        kind: np.array([weights[signal] for signal in SIGNALS], dtype=np.float32)
        for kind, weights in json.loads(text).items()
    }


class Ranking:
    """Orders the articles of one index."""

    def __init__(self, index: Index, lexicon: Lexicon, segmenter: Segmenter | None = None) -> None:
        self.index = index
        self.signaller = Signaller(index, lexicon, segmenter)
        self._weights = read_weights()

    def rank(self, question: str, allowed: NDArray[np.bool_], least: int = 10) -> Sequence[tuple[int, float]]:
        """(place, score) of articles among those `allowed` [n], best first; at least `least` where so many are.

        Nothing for a question that shares no term with any text.
        """
        if not self.signaller.meets(question):
            return ()
        signals = self.signaller.read(question, allowed, least)
        meanings = self.index.meanings
        suffix = "" if meanings is not None and meanings.matrix.known.any() else "_words"
        share = punishing(question)
        weights = (1 - share) * self._weights["ordinary" + suffix] + share * self._weights["punishing" + suffix]
        score = signals.values @ weights
        order = np.argsort(-score, kind="stable")
        return [(int(signals.rows[i]), float(score[i])) for i in order]
