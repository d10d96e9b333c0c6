"""One step of growth: an index over so many articles, synthetic copies of the corpus, in a process of its own.

`python -m evals.bench.growth ARTICLES FOLDER` prints one JSON object. Copies differ from their original in
title and last words; vectors are shipped ones with a little noise, so that a million need no week of embedding.
"""

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path

import numpy as np

from assistant.errors import EngineError
from assistant.knowledge.load import load_library
from assistant.law.library import Library
from assistant.schema import Article, LawVersion, Noun
from assistant.settings import Settings
from evals.bench.measures import clock, on_disk, resident
from evals.bench.synthetic import queries
from evals.reading import AS_OF

STEPS = (24_000, 75_000, 250_000, 1_000_000)
_BATCH = 10_000
_NOISE = 0.02  # a component of a unit vector of 384 is about 0.05


class Step(Noun):
    """What an index of `articles` texts costs. `words_seconds` builds the words, `vectors_seconds` fills the store."""

    articles: int
    words_seconds: float
    vectors_seconds: float
    p50: float
    p95: float
    memory: float | None
    disk: float


def copies(library: Library, day: dt.date, wanted: int) -> Library:
    """A library of exactly `wanted` articles: those in force, then copies of them under other titles."""
    originals = list(library.in_force(day))
    versions: dict[str, LawVersion] = {}
    articles: list[Article] = []
    for article, number in islice(_numbered(originals), wanted):
        version = library.version(article.version_id)
        if number:
            name = f"{version.id}~{number}"
            if name not in versions:
                versions[name] = version.model_copy(update={"id": name, "title": f"{version.title}（样本{number}）"})
            article = article.model_copy(
                update={
                    "id": f"{article.id}~{number}",
                    "version_id": name,
                    "law": versions[name].title,
                    "text": f"{article.text}（样本{number}）",
                }
            )
        else:
            versions[version.id] = version
        articles.append(article)
    return Library(versions.values(), articles)


def _numbered(originals: Iterable[Article]) -> Iterator[tuple[Article, int]]:
    kept = list(originals)
    for number in count():
        for article in kept:
            yield article, number


def lay_vectors(library: Library, shipped: Path, home: Path, name: str, dimensions: int) -> None:
    """Vectors for every article of `copies`, as if this machine had made them."""
    from assistant.search.vectors import VectorFile, embedded_text, key_of, pack, read_shipped, unpack

    known = read_shipped(shipped, name, dimensions)
    base = unpack(np.stack(list(known.values()))) if known else None
    dice = np.random.default_rng(3)
    file = VectorFile(home / "vectors", name, dimensions)
    waiting = iter(library.all_articles)
    for batch in iter(lambda: list(islice(waiting, _BATCH)), []):
        rows = dice.normal(0, 1, (len(batch), dimensions)).astype(np.float32)
        if base is not None:
            rows = base[dice.integers(len(base), size=len(batch))] + _NOISE * rows
        file.append([key_of(embedded_text(article)) for article in batch], pack(rows))


def measure(wanted: int, home: Path) -> Step:
    """Builds the index of `wanted` articles under `home` and asks it."""
    from assistant.engines import Jieba, make_embedder, store_opener
    from assistant.search import open_search

    settings = Settings()
    library = copies(load_library(settings.knowledge_dir, home), AS_OF, wanted)
    embedder = make_embedder(settings)
    if embedder is not None:
        lay_vectors(library, settings.knowledge_dir / "vectors", home, embedder.name, embedder.dimensions)
    began = time.perf_counter()
    search = open_search(
        library, home, shipped=None, embedder=embedder, open_store=store_opener(settings), segmenter=Jieba()
    )
    words = time.perf_counter() - began
    search.wait()
    whole = time.perf_counter() - began
    asked = queries(120)
    clock(lambda query: search.find(query, as_of=AS_OF), asked[:20])
    times = clock(lambda query: search.find(query, as_of=AS_OF), asked[20:])
    step = Step(
        articles=wanted,
        words_seconds=words,
        vectors_seconds=whole - words,
        p50=times.p50,
        p95=times.p95,
        memory=resident(),
        disk=on_disk(home),
    )
    search.close()
    return step


def step_apart(wanted: int, home: Path, patience: float) -> Step:
    """`measure` in a process of its own, so that its memory is its own. EngineError when it fails or takes too long."""
    command = [sys.executable, "-m", "evals.bench.growth", str(wanted), str(home)]
    try:
        came = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"{wanted} 条", f"{patience:.0f} 秒没有建成", "用 --quick 跳过最大的一步") from error
    if came.returncode:
        raise EngineError(
            f"{wanted} 条", came.stderr.strip()[-400:] or f"退出码 {came.returncode}", "看内存与磁盘够不够"
        )
    return Step.model_validate_json(came.stdout.splitlines()[-1])


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), Path(sys.argv[2])).model_dump()))
