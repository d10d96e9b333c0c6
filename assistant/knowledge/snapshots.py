"""Past states of the knowledge base and the prompts, by digest: what an answer was made on can be laid out again.

A file is kept once, under the digest of its bytes, however many states hold it; a state is a list of paths. Nothing is
ever changed: a state that is there is whole, for its list is written last.
"""

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

_LEFT_OUT = frozenset(("vectors",))
"""Made from the texts, and kept by their digests beside them."""


class Snapshots:
    """The states under one folder. Safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, roots: Mapping[str, Path]) -> None:
        """Keep the files under `roots` as the state `name`, each root under its own name. What is there stays."""
        manifest = self._manifest(name)
        if manifest.is_file():
            return
        files: dict[str, str] = {}
        for root, folder in sorted(roots.items()):
            for path in _files(folder):
                data = path.read_bytes()
                digest = hashlib.sha256(data).hexdigest()
                blob = self._blob(digest)
                if not blob.is_file():
                    _written(blob, gzip.compress(data, mtime=0))
                files[f"{root}/{path.relative_to(folder).as_posix()}"] = digest
        _written(manifest, json.dumps(files, ensure_ascii=False, indent=0).encode())

    def lay_out(self, name: str, target: Path) -> bool:
        """Write the state `name` under `target`, each root a folder. False where it was never kept."""
        manifest = self._manifest(name)
        if not manifest.is_file():
            return False
        for place, digest in json.loads(manifest.read_bytes()).items():
            path = target / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(gzip.decompress(self._blob(digest).read_bytes()))
        return True

    def _manifest(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _blob(self, digest: str) -> Path:
        return self._folder / "files" / digest[:2] / f"{digest}.gz"


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not _LEFT_OUT & set(parts) and not any(part.startswith(".") for part in parts):
            yield path


def _written(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)
