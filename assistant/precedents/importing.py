"""An office's own decisions brought in: read into drafts, shown, and written only together and only when they load."""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import InputError, KnowledgeError
from assistant.knowledge.decisions import FOLDER, load_decisions, render
from assistant.knowledge.readers import FORMATS, file_bytes
from assistant.law.library import Library
from assistant.precedents.reading.draft import Drafted, draft
from assistant.schema import Decision

State = Literal["新增", "已有", "同号", "读不了"]
Progress = Callable[[int, int, str], None]
_UNSAFE = '\\/:*?"<>|'
MOST_FILES = 2_000


@dataclass(frozen=True)
class Item:
    """What would become of one file. `problem` and `remedy` say why it does not come in."""

    path: Path
    state: State
    drafted: Drafted | None = None
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Plan:
    """What an import would do. Nothing has been written yet."""

    items: tuple[Item, ...]

    def of(self, state: State) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.state == state)

    @property
    def new(self) -> tuple[Decision, ...]:
        return tuple(item.drafted.decision for item in self.of("新增") if item.drafted is not None)


def plan(
    paths: Iterable[Path],
    held: Sequence[Decision],
    library: Library,
    progress: Progress = lambda done, of, name: None,
) -> Plan:
    """Reads the files of `paths` (folders with all below them) against the decisions held already.

    A file that was imported before is left alone, whatever a person has since corrected in what came of it. InputError
    when there is nothing to read, or too much.
    """
    files = list(_files(paths))
    if not files:
        raise InputError("、".join(map(str, paths)), "没有可以读的文件", f"可以读的格式：{'、'.join(FORMATS)}")
    if len(files) > MOST_FILES:
        raise InputError(str(files[0].parent), f"有{len(files)}个文件，一次最多{MOST_FILES}个", "分几次导入")
    digests = {one.origin_digest: one for one in held if one.origin_digest}
    numbers = {one.id: one for one in held}
    items: list[Item] = []
    for at, path in enumerate(files):
        progress(at, len(files), path.name)
        items.append(_item(path, digests, numbers, library))
    progress(len(files), len(files), "")
    return Plan(tuple(_twice(items)))


def write(made: Plan, home: Path, knowledge_dir: Path, library: Library) -> list[Path]:
    """Writes the new decisions of a plan as Markdown under `home`: all of them, or, when one does not load, none."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".import-", dir=folder))
    moved: list[Path] = []
    try:
        for decision in made.new:
            (aside / file_name(decision)).write_text(render(decision), encoding="utf-8")
        load_decisions((knowledge_dir / FOLDER, folder, aside), library)
        for file in sorted(aside.iterdir()):
            target = folder / file.name
            if target.exists():
                raise InputError(str(target), "已经有同名的文件", "移走它，或者改编号")
            file.rename(target)
            moved.append(target)
    except Exception:
        for target in moved:
            target.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return moved


def file_name(decision: Decision) -> str:
    """A name that every file system takes: the decision's number, and the origin's digest where it had to be cut."""
    name = "".join("_" if c in _UNSAFE or ord(c) < 32 else c for c in decision.id).lstrip(".")
    if len(name.encode()) > 180:
        name = f"{name.encode()[:140].decode(errors='ignore')}~{(decision.origin_digest or '')[:8]}"
    return f"{name}.md"


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one
                for one in path.rglob("*")
                if one.is_file()
                and one.suffix.lower() in FORMATS
                and not any(part.startswith((".", "~$")) for part in one.relative_to(path).parts)
            )
        else:
            yield path  # a file that is named is read, or refused with the reason


def _item(path: Path, digests: dict[str, Decision], numbers: dict[str, Decision], library: Library) -> Item:
    try:
        drafted = draft(file_bytes(path), path.name, library)
    except KnowledgeError as error:
        return Item(path, "读不了", problem=error.problem, remedy=error.remedy)
    decision = drafted.decision
    before = digests.get(decision.origin_digest or "")
    if before is not None:
        return Item(path, "已有", drafted, problem=f"已经导入为{before.where.split(':')[0]}，保留现在的内容")
    same = numbers.get(decision.id)
    if same is not None:
        return Item(
            path,
            "同号",
            drafted,
            problem=f"编号“{decision.id}”与 {same.where.split(':')[0]} 的相同，内容不同",
            remedy="核对是不是同一份；是新版本的，先移走原来的文件再导入",
        )
    return Item(path, "新增", drafted)


def _twice(items: Sequence[Item]) -> Iterator[Item]:
    """Two new files with one number: neither comes in, since nobody knows which is right; one file twice comes once."""
    by_number: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.state == "新增" and item.drafted is not None:
            by_number[item.drafted.decision.id].append(item)
    for item in items:
        if item.state != "新增" or item.drafted is None:
            yield item
            continue
        rivals = by_number[item.drafted.decision.id]
        digests = {one.drafted.decision.origin_digest for one in rivals if one.drafted is not None}
        if len(digests) > 1:
            names = "、".join(one.path.name for one in rivals)
            yield Item(
                item.path,
                "同号",
                item.drafted,
                problem=f"这一批里有两份编号都是“{item.drafted.decision.id}”：{names}",
                remedy="核对后留下一份再导入",
            )
        elif item is not rivals[0]:
            yield Item(item.path, "已有", item.drafted, problem=f"与 {rivals[0].path.name} 是同一份文件")
        else:
            yield item
