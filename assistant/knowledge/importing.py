"""Bringing files in: read, cut, dated, compared with what is held, written as texts; and a report of all of it."""

import datetime as dt
import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from assistant.errors import InputError, KnowledgeError
from assistant.knowledge import instrument, masthead, readers, titles
from assistant.knowledge.texts import Text, content_digest, read_text, scan, version_id, write_text
from assistant.schema import InstrumentKind, Nature

Outcome = Literal["新增", "新版本", "未变化", "信息更新", "跳过", "失败"]
Field = Literal["类别", "发文机关", "施行日期"]

_PLAIN_FILES = re.compile(r"(?:readme|license|licence|changelog|contributing|index|说明|目录|使用说明)", re.IGNORECASE)
_FEW = 10  # files about which a person is asked everything
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Question:
    """What a file does not say. `choices`: empty when any words will do; `problem`: why the last answer failed."""

    path: Path
    title: str
    field: Field
    prompt: str
    choices: tuple[str, ...] = ()
    problem: str | None = None


Ask = Callable[[Question], str | None]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class ImportItem:
    """What became of one file. `reason` is empty for what simply came in; `warnings` are things to check."""

    path: Path
    outcome: Outcome
    reason: str = ""
    remedy: str = ""
    version_id: str | None = None
    title: str | None = None
    kind: InstrumentKind | None = None
    articles: int = 0
    segments: int = 0
    doubts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What came in, what was there already, what was left out and why."""

    items: tuple[ImportItem, ...]
    folder: Path
    seconds: float = 0.0

    def of(self, *outcomes: Outcome) -> tuple[ImportItem, ...]:
        return tuple(i for i in self.items if i.outcome in outcomes)

    @property
    def came_in(self) -> tuple[ImportItem, ...]:
        """Files whose text is new: new instruments and new versions."""
        return self.of("新增", "新版本")

    @property
    def changed(self) -> bool:
        """Whether the texts on disk are others than before (an index must follow)."""
        return bool(self.of("新增", "新版本", "信息更新"))

    @property
    def articles(self) -> int:
        return sum(i.articles for i in self.came_in)

    @property
    def per_kind(self) -> dict[str, int]:
        return dict(Counter(str(i.kind) for i in self.came_in).most_common())

    def summary(self) -> str:
        """For a person: counts first, then every file that did not simply come in, then what is 待核."""
        counts = Counter(i.outcome for i in self.items)
        order: tuple[Outcome, ...] = ("新增", "新版本", "信息更新", "未变化", "跳过", "失败")
        lines = [f"共 {len(self.items)} 个文件：" + "，".join(f"{o} {counts[o]}" for o in order if counts[o])]
        if self.came_in:
            segments = sum(i.segments for i in self.came_in)
            kinds = "、".join(f"{k} {n}" for k, n in self.per_kind.items())
            lines.append(
                f"导入 {len(self.came_in)} 部（{kinds}），{self.articles} 条"
                + (f"，另有不编条号的 {segments} 段" if segments else "")
                + f"；用时 {self.seconds:.1f} 秒；存放在 {self.folder}"
            )
        for item in self.of("跳过", "失败"):
            lines.append(f"  {item.outcome} {item.path}：{item.reason}" + (f"。{item.remedy}" if item.remedy else ""))
        for item in self.of("信息更新"):
            lines.append(f"  信息更新 {item.version_id}：{item.reason}")
        for item in self.items:
            lines.extend(f"  请核对 {item.title or item.path}：{warning}" for warning in item.warnings)
        doubts = Counter(d for i in self.came_in for d in i.doubts)
        if doubts:
            lines.append("待核：" + "，".join(f"{d} {n} 部" for d, n in doubts.most_common()))
        return "\n".join(lines)


def import_paths(
    paths: Iterable[Path],
    home: Path,
    *,
    kind: str | None = None,
    issuer: str | None = None,
    region: str | None = None,
    effective: dt.date | None = None,
    source: str | None = None,
    nature: Nature | None = None,
    ask: Ask | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Brings files and folders (with the folders in them) into `home/texts`, one Markdown file a version.

    What is given as `kind`, `issuer` and `region` rules over what a file says; `effective` serves where a file does not
    say from when its text is in force. What nobody says is asked for through `ask` (of more than ten files: the kind
    alone), and stays 待核 without an answer. `source` says where the texts come from and of what day they are; with it
    they count as 官方 unless `nature` says otherwise, without it as 待核. `progress(done, total, name)` is called
    once a file.

    The same content again changes nothing; a changed text of an instrument is kept beside the earlier one. A file that
    cannot be read is in the report with its reason and leaves no trace. InputError when an option or a path is wrong.
    """
    begun = time.perf_counter()
    if kind is not None and kind not in masthead.KINDS:
        raise InputError("--kind", f"类别“{kind}”不在其列", f"可用：{'、'.join(masthead.KINDS)}")
    folder = home / "texts"
    files = [f for f in _files(paths) if not f[0].resolve().is_relative_to(folder.resolve())]
    held = _Held(folder)
    given = _Given(cast(InstrumentKind | None, kind), issuer, region, effective, source, nature)
    fields: tuple[Field, ...] = ("类别", "发文机关", "施行日期") if len(files) <= _FEW else ("类别",)
    items: list[ImportItem] = []
    for done, (path, folders) in enumerate(files, start=1):
        try:
            items.append(_import_one(path, folders, folder, held, given, ask, fields))
        except KnowledgeError as error:
            where = "" if error.where in (str(path), path.name) else f"{error.where.removeprefix(path.name).strip()}："
            items.append(ImportItem(path, "失败", f"{where}{error.problem}", error.remedy))
        if progress is not None:
            progress(done, len(files), path.name)
    return ImportReport(tuple(items), folder, time.perf_counter() - begun)


@dataclass(frozen=True)
class _Given:
    kind: InstrumentKind | None
    issuer: str | None
    region: str | None
    effective: dt.date | None
    source: str | None
    nature: Nature | None


class _Held:
    """The texts on disk, by title, by content and by id."""

    def __init__(self, folder: Path) -> None:
        found = scan(folder)
        if found.problems:
            listed = "\n".join(f"  {p.where}：{p.problem}" for p in found.problems)
            raise KnowledgeError(str(folder), f"已导入的文本有问题：\n{listed}", "改正或移走上列文件后再导入")
        self.by_title: dict[str, list[Text]] = {}
        self.by_digest: dict[str, list[Text]] = {}
        self.files: dict[str, Path] = {}
        self.new: set[str] = set()
        for text, path in zip(found.texts, found.files, strict=True):
            self.add(text, path, new=False)

    def add(self, text: Text, path: Path, *, new: bool = True) -> None:
        digest = text.digest or content_digest(text.pieces)
        self.by_title.setdefault(text.title, []).append(text)
        self.by_digest.setdefault(digest, []).append(text)
        self.files[text.id] = path
        if new:
            self.new.add(text.id)

    def same(self, text: Text) -> Text | None:
        """A held text that says the same; the same words passed again on another day are another version."""
        return next(
            (t for t in self.by_digest.get(text.digest, ()) if not t.day or not text.day or t.day == text.day), None
        )

    def replace(self, old: Text, text: Text) -> None:
        for group in (self.by_title[old.title], self.by_digest[text.digest]):
            group[group.index(old)] = text


def _files(paths: Iterable[Path]) -> list[tuple[Path, tuple[str, ...]]]:
    """Every file once, with the names of the folders it was sorted into, the nearest first."""
    found: dict[Path, tuple[str, ...]] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                inside = file.relative_to(path)
                if not file.is_file() or any(part.startswith((".", "~$", "__MACOSX")) for part in inside.parts):
                    continue
                found.setdefault(file, (*(p.name for p in inside.parents if p.name), path.resolve().name))
        elif path.is_file():
            found.setdefault(path, (path.resolve().parent.name,))
        else:
            raise InputError(str(path), "没有这个文件或文件夹", "请检查路径")
    return list(found.items())


def _import_one(
    path: Path,
    folders: Sequence[str],
    folder: Path,
    held: _Held,
    given: _Given,
    ask: Ask | None,
    fields: tuple[Field, ...],
) -> ImportItem:
    if path.suffix.lower() not in readers.FORMATS:
        refusal = readers.unknown_format(path.name)
        return ImportItem(path, "跳过", refusal.problem, refusal.remedy)
    data = readers.file_bytes(path)
    if _is_kept_text(path, data):
        text = read_text(path)._replace(digest="")
        return _keep(_given_to(text._replace(digest=content_digest(text.pieces)), given), path, folder, held, given, ())
    document = readers.read_bytes(data, path.name)
    title, lines, body = titles.split(document)
    case = (given.kind or masthead.folder_kind(folders) or masthead.guess_kind(title, lines)) == "案例"
    cut = instrument.cut(body, case=case)
    head = masthead.read(document, cut, title, lines, folders)
    if reason := _no_legal_text(path, document, head, cut, given):
        return ImportItem(path, "跳过", reason, "确是法律文本的，请用 --kind 说明类别后单独导入")
    text = _text(path, data, head, cut, given)
    if ask is not None and held.same(text) is None:
        text = _asked(text, path, ask, fields)
    return _keep(text, path, folder, held, given, (*document.warnings, *cut.warnings))


def _is_kept_text(path: Path, data: bytes) -> bool:
    """Whether a file is one that an import wrote, or that was written by hand in the same form."""
    return path.suffix.lower() == ".md" and data.startswith(b"---") and "\n类别:".encode() in data[:4000]


def _no_legal_text(
    path: Path, document: readers.Document, head: masthead.Masthead, cut: instrument.Cut, given: _Given
) -> str | None:
    words = document.text
    if cut.articles >= 2 or given.kind is not None:
        return None
    if _PLAIN_FILES.fullmatch(path.stem):
        return "是说明文件，不是法律文本"
    if len(_CHINESE.findall(words)) < 0.3 * len("".join(words.split())):
        return "不是中文法律文本"
    if head.kind is None and not titles.is_instrument_title(head.title):
        return "看不出是法律文本（没有条文、文号，标题也不像）"
    return None


def _text(path: Path, data: bytes, head: masthead.Masthead, cut: instrument.Cut, given: _Given) -> Text:
    if not cut.pieces:
        raise KnowledgeError(path.name, "只有标题，没有正文", "请确认文件完整")
    doubts = set(head.doubts)
    known: dict[str, object] = {"类别": given.kind, "发文机关": given.issuer, "施行日期": given.effective}
    doubts -= {name for name, value in known.items() if value is not None}
    notes = list(head.notes)
    if incomplete := instrument.incomplete(cut):
        notes.append(incomplete)
        doubts.add("全文")
    effective = head.effective or given.effective
    return Text(
        title=head.title,
        kind=given.kind or head.kind or "规范性文件",
        pieces=cut.pieces,
        issuer=given.issuer or head.issuer,
        document_no=head.document_no,
        region=given.region or head.region,
        passed=head.passed,
        published=head.published,
        commenced=head.commenced or effective,
        effective=effective,
        source=given.source,
        nature=given.nature or ("官方" if given.source else "待核"),
        doubts=tuple(sorted(doubts)),
        note="；".join(notes) or None,
        masthead=head.lines,
        digest=content_digest(cut.pieces),
        origin=path.name,
        origin_digest=hashlib.sha256(data).hexdigest(),
    )


def _asked(text: Text, path: Path, ask: Ask, fields: tuple[Field, ...]) -> Text:
    """The text with what a person answered; an unanswered question leaves the field 待核."""
    for name in fields:
        if name not in text.doubts:
            continue
        answer = _answer(ask, path, text.title, name, masthead.KINDS if name == "类别" else ())
        if answer is None:
            continue
        text = text._replace(doubts=tuple(d for d in text.doubts if d != name))
        if name == "类别":
            text = text._replace(kind=cast(InstrumentKind, answer))
        elif name == "发文机关":
            text = text._replace(issuer=answer)
        else:
            day = dt.date.fromisoformat(answer)
            text = text._replace(effective=day, commenced=text.commenced or day)
    return text


def _answer(ask: Ask, path: Path, title: str, name: Field, choices: tuple[str, ...] = ()) -> str | None:
    hint = {"类别": "这份文件属于哪一类", "发文机关": "由哪个机关发布", "施行日期": "从哪一天起施行（如 2026-01-31）"}[
        name
    ]
    problem = None
    for _ in range(3):
        answer = (ask(Question(path, title, name, f"《{title}》{hint}？", choices, problem)) or "").strip()
        if not answer:
            return None
        if choices and answer not in choices:
            problem = f"“{answer}”不在可选之列"
        elif name == "施行日期":
            try:
                return dt.date.fromisoformat(answer).isoformat()
            except ValueError:
                problem = f"“{answer}”不是日期"
        else:
            return answer
    return None


def _keep(text: Text, path: Path, folder: Path, held: _Held, given: _Given, warnings: tuple[str, ...]) -> ImportItem:
    def item(outcome: Outcome, kept: Text, reason: str = "") -> ImportItem:
        segments = len(kept.pieces) - kept.articles
        return ImportItem(
            path, outcome, reason, "", kept.id, kept.title, kept.kind, kept.articles, segments, kept.doubts, warnings
        )

    if same := held.same(text):
        if same.id in held.new:
            return item("跳过", same, f"内容与同批的 {held.files[same.id].name} 相同")
        update = _given_to(same, given)
        if update == same:
            return item("未变化", same)
        write_text(update, held.files[same.id].parent)
        held.replace(same, update)
        return item("信息更新", update, "按本次给出的信息改了文件头")
    earlier = held.by_title.get(text.title, [])
    text = text._replace(id=version_id(text.title, text.day))
    if any(e.id == text.id for e in earlier):
        text = text._replace(
            id=f"{text.id}+{text.digest[:6]}",
            doubts=tuple(sorted({*text.doubts, "效力"})),
            note="；".join(filter(None, [text.note, "与先前导入的同日文本文字不同，以哪一份为准待核"])),
        )
        warnings = (*warnings, "与已有的同日文本文字不同，两份都保留，后一份列为待核")
    where = folder / text.kind
    write_text(text, where)
    held.add(text, where / path.name)
    return item("新版本" if earlier else "新增", text)


def _given_to(same: Text, given: _Given) -> Text:
    """A text that has its head already, with what was given this time."""
    answered = {"类别": given.kind, "发文机关": given.issuer, "施行日期": given.effective}
    return same._replace(
        kind=given.kind or same.kind,
        issuer=given.issuer or same.issuer,
        region=given.region or same.region,
        effective=same.effective or given.effective,
        commenced=same.commenced or given.effective,
        source=given.source or same.source,
        nature=given.nature or ("官方" if given.source and same.nature == "待核" else same.nature),
        doubts=tuple(d for d in same.doubts if answered.get(d) is None),
    )
