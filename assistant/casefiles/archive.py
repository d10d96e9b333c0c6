"""Files out of a .zip, in memory and within bounds; nothing is ever written under the name an archive gives."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from assistant.errors import KnowledgeError

MAX_FILES = 500
MAX_UNPACKED = 300_000_000
MAX_RATIO = 150
MAX_DEPTH = 2
"""An archive in an archive is opened; one deeper is not."""
_SMALL = 10_000_000  # a small file may be packed as tightly as it likes
_UTF8 = 0x800
_ENCRYPTED = 0x1
_LEFT_BY_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Member(NamedTuple):
    """One file of an archive: its bytes, or why it has none."""

    name: str
    data: bytes
    problem: str = ""
    remedy: str = ""


class Budget:
    """What may still be unpacked, over an archive and the archives in it."""

    def __init__(self) -> None:
        self.files = MAX_FILES
        self.bytes = MAX_UNPACKED

    def take(self, size: int, name: str) -> None:
        """KnowledgeError once an archive holds too many files or too much."""
        self.files -= 1
        self.bytes -= size
        if self.files < 0:
            raise KnowledgeError(name, f"压缩包里的文件超过 {MAX_FILES} 个，没有打开", "按案件拆成几个压缩包")
        if self.bytes < 0:
            raise KnowledgeError(
                name, f"压缩包解开后超过 {MAX_UNPACKED / 1e6:.0f} MB，没有打开", "疑似压缩炸弹；确是案卷的，拆成几份"
            )


def unpack(data: bytes, name: str, budget: Budget | None = None, depth: int = 1) -> Iterator[Member]:
    """Every file of an archive in the order of its list, those of archives in it too.

    KnowledgeError for an archive that must not or cannot be opened: broken, a bomb by its own figures or by what comes
    out of it. A member that alone cannot be had is yielded with its problem.
    """
    budget = budget or Budget()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise KnowledgeError(name, f"压缩包损坏，打不开（{str(error)[:60]}）", "重新压缩后再交来") from error
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir() and not _systems(m.filename)]
        if not members:
            raise KnowledgeError(name, "压缩包是空的", "请确认压缩时选中了案卷的文件")
        for member in members:
            _refuse_bomb(member, name)
            budget.take(member.file_size, name)
        for member in members:
            yield from _open(archive, member, name, budget, depth)


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, budget: Budget, depth: int) -> Iterator[Member]:
    shown = f"{name}/{member_name(member)}" if depth > 1 else member_name(member)
    if member.flag_bits & _ENCRYPTED:
        yield Member(shown, b"", "加了密码，打不开", "去掉密码后重新压缩")
        return
    try:
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        yield Member(shown, b"", f"解不开（{str(error)[:60]}）", "重新压缩后再交来")
        return
    if len(data) > member.file_size:
        raise KnowledgeError(name, f"“{shown}”解开后比它自己说的大，没有继续", "疑似压缩炸弹；请向提供者重新索取")
    if not shown.lower().endswith(".zip"):
        yield Member(shown, data)
    elif depth >= MAX_DEPTH:
        yield Member(shown, b"", f"压缩包套了 {MAX_DEPTH} 层以上，没有打开", "解开后把文件放在一个压缩包里")
    else:
        try:
            yield from unpack(data, shown, budget, depth + 1)
        except KnowledgeError as error:
            if budget.files < 0 or budget.bytes < 0:
                raise
            yield Member(shown, b"", error.problem, error.remedy)


def _refuse_bomb(member: zipfile.ZipInfo, name: str) -> None:
    if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise KnowledgeError(
            name,
            f"“{member_name(member)}”压缩得不合常理"
            f"（{member.compress_size} 字节解开后 {member.file_size / 1e6:.0f} MB），没有打开",
            "疑似压缩炸弹；请向提供者重新索取",
        )


def member_name(member: zipfile.ZipInfo) -> str:
    """A member's name as it was meant (Chinese Windows writes GBK), without any way out of the archive (.., C:)."""
    name = member.filename
    if not member.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""  # a name that Python itself took from a Unicode field
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) or name
                break
            except UnicodeDecodeError:
                continue
    parts = [p for p in PurePosixPath(name.replace("\\", "/")).parts if p not in ("/", "..", ".") and ":" not in p]
    return "/".join(parts) or "（没有名字的文件）"


def _systems(name: str) -> bool:
    leaf = name.rsplit("/", 1)[-1]
    return name.startswith(_LEFT_BY_SYSTEMS[0]) or leaf in _LEFT_BY_SYSTEMS or leaf.startswith(("~$", "._"))
