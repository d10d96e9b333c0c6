"""Keys of the installation, each in a file of its own in the product's home, readable by its owner alone."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept_key(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """The key in `path`, made by `make` on first use. Of several processes that start at once all get the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(mine, path)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            mine.unlink()
    return path.read_text(encoding="ascii").strip()
