"""Whole words of a question: how they are weighed, what of an article covers them, and jieba that cuts them."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.engines import Jieba
from assistant.law.library import Library
from assistant.search import open_search
from assistant.search.coverage import coverage, weighed_words
from assistant.search.signals import SIGNALS
from assistant.search.words import Words
from tests.search.conftest import TODAY, articles, version


class Spaces:
    """Cuts at spaces."""

    def words(self, text: str) -> Sequence[str]:
        return text.split()


TEXTS = ["养犬登记", "养犬牵绳", "养犬罚款", "登记"]


def test_rare_words_have_more_and_what_no_text_has_nothing() -> None:
    index = Words.build([(1.0, TEXTS)])
    shares = dict(weighed_words("养犬 牵绳 飞碟 的 养犬", Spaces(), index))
    assert set(shares) == {"养犬", "牵绳"}
    assert shares["牵绳"] > shares["养犬"] > 0
    assert sum(shares.values()) == pytest.approx(1)
    assert weighed_words("飞碟", Spaces(), index) == []


def test_an_article_covers_by_text_and_heading_and_a_sentence_by_itself() -> None:
    law = version("中华人民共和国养犬法", "2024-06-01", ("2025-01-01", None))
    apart, together, none = articles(
        law, "养犬应当登记。出户应当牵绳。", "出户应当登记、牵绳。", "附则。", path=("罚款",)
    )
    words = [("登记", 0.3), ("牵绳", 0.3), ("罚款", 0.4)]
    shares = coverage(words, [apart, together, none])
    assert shares[:, 0] == pytest.approx([1.0, 1.0, 0.4])  # the heading lends 罚款
    assert shares[:, 1] == pytest.approx([0.3, 0.6, 0.0])
    assert coverage([], [apart]).tolist() == [[0.0, 0.0]]


def test_jieba_cuts_for_search_and_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    words = Jieba().words("食品安全监督管理部门")
    assert {"食品", "安全", "监督", "管理", "部门"} <= set(words)
    assert list(tmp_path.iterdir()) == []


def test_the_signals_of_a_question_can_be_seen(small: Library, tmp_path: Path) -> None:
    search = open_search(small, tmp_path, segmenter=Spaces())
    found, values = search.signals("登记 犬绳", as_of=TODAY)
    assert values.shape == (len(found), len(SIGNALS))
    covered = values[:, SIGNALS.index("coverage")]
    best = {found[i].id for i in (covered == covered.max()).nonzero()[0]}
    assert best == {"中华人民共和国养犬法@2024-06-01#第一条"}
    search.close()
