"""Digests of what an answer is made of, kept with every answer."""

import hashlib
from pathlib import Path

import assistant
from assistant import __version__

_SHOWN = 12


def code_digest() -> str:
    """The package's version and a fingerprint of its sources."""
    root = Path(assistant.__file__).parent
    return f"{__version__}+{_digest(root, '*.py')}"


def prompts_digest(folder: Path) -> str:
    """A fingerprint of every prompt and phrase."""
    return _digest(folder, "*.md")


def knowledge_digest(library: str, *folders: Path) -> str:
    """The library's own fingerprint with that of every list, table and text in the folders: the knowledge base, and
    what the office brought in of its own."""
    digest = hashlib.sha256(library.encode())
    for folder in folders:
        for pattern in ("*.yaml", "*.md"):
            digest.update(_digest(folder, pattern).encode())
    return digest.hexdigest()[:_SHOWN]


def _digest(root: Path, pattern: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob(pattern)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:_SHOWN]
