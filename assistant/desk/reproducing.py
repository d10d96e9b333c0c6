"""A desk as it was: opened on the knowledge and prompts that something was made on, beside the one of today."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.desk.desk import Desk
from assistant.desk.opening import SNAPSHOTS, open_desk
from assistant.desk.replay import Replay, find
from assistant.knowledge.snapshots import Snapshots
from assistant.settings import Settings

_KEPT = {"knowledge": "知识", "prompts": "提示词"}
_PATIENCE = 600.0
"""Seconds that the vectors of old texts may take."""


def reproduce(settings: Settings, desk: Desk, identity: str) -> Replay:
    """What was kept under `identity`, made anew on what it was made on, and on what is loaded now.

    InputError when nothing of that id was kept. What stands in the way of the first is said in the notes.
    """
    kept = find(desk, identity)
    now = kept.again(desk)
    changed = [
        name for name in ("knowledge", "prompts") if kept.of.get(name, "") not in ("", getattr(desk.provenance, name))
    ]
    notes: list[str] = []
    if kept.of.get("code", desk.provenance.code) != desk.provenance.code:
        notes.append("当时的程序是另一个版本：要逐字重现，请装回那个版本再重算；这里用现在的程序")
    if not changed:
        return kept.against(desk.provenance, now, now, notes)
    with reopened(settings, desk, kept.of) as (other, missing):
        if other is None:
            notes.append(f"没有留存当时的{'和'.join(missing)}（留存从装上能留存的版本起），不能按当时的重算")
        then = kept.again(other) if other is not None else None
    return kept.against(desk.provenance, now, then, notes)


@contextmanager
def reopened(settings: Settings, desk: Desk, of: Mapping[str, str]) -> Iterator[tuple[Desk | None, tuple[str, ...]]]:
    """The desk of the digests `of`; None, and what is missing, where those were not kept.

    It lies in a folder of its own and has its own journal: nothing it does is kept.
    """
    snapshots = Snapshots(settings.home / SNAPSHOTS)
    with tempfile.TemporaryDirectory(prefix="counsel-replay-") as folder:
        base = Path(folder)
        wanted = {name: of.get(name) or getattr(desk.provenance, name) for name in _KEPT}
        missing = tuple(_KEPT[name] for name, digest in wanted.items() if not snapshots.lay_out(digest, base))
        if missing:
            yield None, missing
            return
        home = base / "home"
        home.mkdir(exist_ok=True)
        (base / "knowledge" / "vectors").symlink_to(settings.knowledge_dir / "vectors")
        if (settings.home / "vectors").is_dir():
            (home / "vectors").symlink_to((settings.home / "vectors").resolve())
        _same_rows(settings.home / "records", home / "records")
        then = settings.model_copy(
            update={
                "home": home,
                "knowledge_dir": base / "knowledge",
                "prompts_dir": base / "prompts",
                "database_url": None,
                "chroma_url": None,
            }
        )
        other = open_desk(then)
        try:
            other.settle(_PATIENCE)
            yield other, ()
        finally:
            other.close()


def _same_rows(records: Path, target: Path) -> None:
    """The rows that figures are counted from, as they are today; a list of its own, so that none of it is changed."""
    if not records.is_dir():
        return
    target.mkdir()
    for path in records.iterdir():
        if path.suffix == ".parquet":
            (target / path.name).symlink_to(path.resolve())
        elif path.name == "manifest.json":
            shutil.copyfile(path, target / path.name)
