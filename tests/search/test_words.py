"""The word index: BM25 over characters and pairs."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from assistant.search.grams import codes, fold
from assistant.search.words import K1, B, Words

TEXTS = ["行政处罚的种类", "行政许可的设定", "处罚决定应当公开", "", "ABC 第１２条 abc"]


def _bm25(query: str, texts: list[str]) -> list[float]:
    """BM25 as the book has it, over characters and neighbouring pairs; slow and plain."""

    def terms(text: str) -> list[str]:
        text = fold(text)
        kept = [c if c.isalnum() else " " for c in text]
        pairs = [a + b for a, b in itertools.pairwise(kept) if " " not in (a, b)]
        return [c for c in kept if c != " "] + pairs

    bags = [terms(t) for t in texts]
    mean = sum(map(len, bags)) / len(bags)
    scores = []
    for bag in bags:
        score = 0.0
        for term in terms(query):
            n = sum(term in b for b in bags)
            if n:
                tf = bag.count(term)
                idf = math.log(1 + (len(bags) - n + 0.5) / (n + 0.5))
                score += idf * tf / (tf + K1 * (1 - B + B * len(bag) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", ["行政处罚", "处罚处罚", "abc", "第12条", "无关", "", "的"])
def test_scores_are_those_of_bm25(query: str) -> None:
    words = Words.build([(1.0, TEXTS)])
    assert words.score(query) == pytest.approx(_bm25(query, TEXTS), rel=1e-4, abs=1e-5)


def test_a_field_counts_by_its_weight() -> None:
    words = Words.build([(3.0, ["许可", "其他"]), (1.0, ["其他", "许可"])])
    first, second = words.score("许可")
    assert first > second > 0


def test_shards_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Words.build([(1.0, TEXTS)]).score("行政处罚的决定")
    monkeypatch.setattr("assistant.search.words._SHARD", 2)
    assert Words.build([(1.0, TEXTS)]).score("行政处罚的决定") == pytest.approx(whole, rel=1e-6)


def test_saved_and_mapped_again_it_is_the_same(tmp_path: Path) -> None:
    words = Words.build([(1.0, TEXTS)])
    words.save(tmp_path / "words")
    again = Words.load(tmp_path / "words")
    assert np.array_equal(again.score("行政许可"), words.score("行政许可"))


def test_an_index_of_nothing_finds_nothing() -> None:
    assert Words.build([(1.0, [])]).score("行政").shape == (0,)
    assert Words.build([(1.0, ["", "，。"])]).score("行政").tolist() == [0.0, 0.0]


def test_what_is_no_character_parts_what_stands_beside_it() -> None:
    terms, owners = codes([fold("行\x00政"), fold("\ud800")])
    assert len(terms) == 2  # two characters, no pair
    assert owners.tolist() == [0, 0]
