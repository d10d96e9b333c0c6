"""A small library whose laws come, change and go, an embedder made of characters, and a store in memory."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.law.library import Library
from assistant.schema import Article, LawVersion, Source, Span
from assistant.search.ports import Vectors, VectorStore

BOILER = "本法自公布之日起施行。"


def version(title: str, passed: str, span: tuple[str | None, str | None], **more: object) -> LawVersion:
    return LawVersion.model_validate(
        {
            "id": f"{title}@{passed}",
            "title": title,
            "version_date": passed,
            "span": Span.model_validate({"from": span[0], "to": span[1]}),
            "source": Source(title="测试"),
            **more,
        }
    )


def articles(law: LawVersion, *texts: str, path: tuple[str, ...] = ()) -> list[Article]:
    figures = "一二三四五六七八九"
    return [
        Article(
            id=f"{law.id}#第{figures[i]}条",
            version_id=law.id,
            law=law.title,
            number=f"第{figures[i]}条",
            label=f"第{figures[i]}条",
            text=text,
            path=path,
            position=i,
        )
        for i, text in enumerate(texts)
    ]


@pytest.fixture
def small() -> Library:
    old = version("中华人民共和国养犬法", "2010-01-01", ("2010-03-01", "2024-12-31"), end="已修改")
    new = version("中华人民共和国养犬法", "2024-06-01", ("2025-01-01", None))
    gone = version("中华人民共和国斗鸡法", "2001-01-01", ("2001-06-01", "2020-05-31"), end="已废止")
    coming = version("中华人民共和国养猫法", "2026-10-01", ("2027-01-01", None))
    case = version("某人诉某局养犬处罚案", "2022-02-02", ("2022-02-02", None), kind="案例")
    return Library(
        [old, new, gone, coming, case],
        [
            *articles(old, "养犬应当登记，遛犬不用牵绳。", BOILER),
            *articles(new, "养犬应当登记，携带犬只出户应当使用犬绳。", "违反本法第一条规定的，处五百元罚款。", BOILER),
            *articles(gone, "斗鸡应当经过许可。", BOILER),
            *articles(coming, "养猫应当登记，猫出户应当使用猫绳。", BOILER),
            *articles(case, "法院认为：养犬人携带犬只出户没有使用犬绳，处罚决定合法。"),
        ],
    )


class Letters:
    """An embedder that counts characters; remembers what it was asked to embed."""

    name = "letters"
    dimensions = 64

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.embedded: list[str] = []

    def query(self, text: str) -> Vectors:
        out = np.full(64, 0.01, dtype=np.float32)
        for c in text:
            out[ord(c) % 64] += 1
        return out / np.linalg.norm(out)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.stack([self.query(t) for t in texts])


class Memory:
    """A vector store in memory; `closed` once it is."""

    def __init__(self) -> None:
        self.rows: dict[str, Vectors] = {}
        self.closed = False

    def keys(self) -> list[str]:
        return list(self.rows)

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        self.rows.update(zip(keys, vectors, strict=True))

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        assert not self.closed
        found = [(key, float(row @ vector)) for key, row in self.rows.items()]
        return sorted(found, key=lambda pair: -pair[1])[:k]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def stores() -> dict[str, Memory]:
    return {}


@pytest.fixture
def open_store(stores: dict[str, Memory]) -> Callable[[Path, str], VectorStore]:
    def opener(folder: Path, name: str) -> VectorStore:
        store = stores.setdefault(name, Memory())
        store.closed = False
        return store

    return opener


TODAY = dt.date(2026, 11, 23)
