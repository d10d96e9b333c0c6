"""Legal texts as files: one Markdown file a version, with a YAML head that says what the text is.

    ---
    标题: 中华人民共和国价格法
    类别: 法律
    施行日期: 1998-05-01
    来源: 国家法律法规数据库
    性质: 官方
    ---

    # 中华人民共和国价格法

    ## 第一章 总则

    第一条　为了……

    【附件1】 ……

`第…条` or `【…】` at the head of a line opens an article or a segment without number; the lines below it are its
paragraphs (款, 项). A paragraph that must begin so is written with a backslash before it. Headings below the title are
编, 章, 节. The file is what is imported, what a lawyer may correct, and what is loaded: there is no other copy.
"""

import datetime as dt
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

import yaml

from assistant.errors import KnowledgeError
from assistant.knowledge.instrument import Piece, squeeze
from assistant.law.library import short_title
from assistant.numerals import article_number
from assistant.schema import Article, InstrumentKind, LawVersion, Nature, Source, Span

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SAFE_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_SAFE_DUMPER):  # type: ignore[misc]  # the fast one is chosen when the program runs
    """One value written twice stands there twice: a lawyer should not meet `&id001`."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_FIELDS = (
    *("编号", "标题", "类别", "发文机关", "文号", "地域", "通过日期", "公布日期", "首次施行", "施行日期"),
    *("来源", "性质", "待核", "备注", "题注", "内容摘要", "原文件", "原文摘要"),
)
_LISTS = frozenset({"待核", "题注"})
_OPENING = r"(?:(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)|【([^【】]{1,80})】)(?:[ \u3000]|$)"
_article_number = lru_cache(maxsize=4096)(article_number)  # every text has its 第一条
_OPENS = re.compile(_OPENING)
_ESCAPED = re.compile(rf"\\|#|{_OPENING}")
_HEADING = re.compile(r"(#{1,6})(?:\s+(.*))?$")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_UNDATED = "日期不详"


class Text(NamedTuple):
    """One version as a file holds it. `doubts` names the fields that are not certain (效力: validity as a whole)."""

    title: str
    kind: InstrumentKind
    pieces: tuple[Piece, ...]
    id: str = ""
    issuer: str | None = None
    document_no: str | None = None
    region: str | None = None
    passed: dt.date | None = None
    published: dt.date | None = None
    commenced: dt.date | None = None
    effective: dt.date | None = None
    source: str | None = None
    nature: Nature = "待核"
    doubts: tuple[str, ...] = ()
    note: str | None = None
    masthead: tuple[str, ...] = ()
    digest: str = ""
    origin: str | None = None
    origin_digest: str | None = None

    @property
    def day(self) -> dt.date | None:
        """The day that names the version: passed, else published, else in force."""
        return self.passed or self.published or self.effective

    @property
    def articles(self) -> int:
        return sum(p.number is not None for p in self.pieces)

    def version(self) -> LawVersion:
        """As the Library knows it. Without a day of effect the version's own day stands in, and is not certain."""
        start = self.effective or (self.day if self.kind != "案例" else None)
        return LawVersion(
            id=self.id or version_id(self.title, self.day),
            title=self.title,
            kind=self.kind,
            issuer=self.issuer,
            document_no=self.document_no,
            region=self.region,
            published=self.published,
            version_date=self.passed or self.published,
            commenced=self.commenced or self.effective,
            span=Span(from_=start),
            start_certain=(self.effective is not None and "施行日期" not in self.doubts) or self.kind == "案例",
            doubtful="效力" in self.doubts or (start is None and self.kind != "案例"),
            note=self.note,
            source=Source(title=self.source or self.origin or "导入文本", nature=self.nature),
        )


def version_id(title: str, day: dt.date | None) -> str:
    """`专利法实施细则@2023-12-11`."""
    return f"{short_title(title)}@{day.isoformat() if day else _UNDATED}"


def content_digest(pieces: Iterable[Piece]) -> str:
    """What two texts have in common when they say the same: labels and words, whatever the layout."""
    hasher = hashlib.sha256()
    for piece in pieces:
        hasher.update(f"{piece.label}\x1f{squeeze(piece.text)}\x1e".encode())
    return hasher.hexdigest()


# ---- writing


def file_name(text: Text) -> str:
    """A name that every file system takes: the version's id, cut where it is too long."""
    name = _UNSAFE.sub("_", text.id or version_id(text.title, text.day)).lstrip(".")
    if len(name.encode()) > 180:
        short, _, day = name.rpartition("@")
        name = f"{short.encode()[:140].decode(errors='ignore')}~{hashlib.sha256(name.encode()).hexdigest()[:8]}@{day}"
    return f"{name}.md"


def render(text: Text) -> str:
    """The file's content. `read_text` gives back the same Text."""
    head: dict[str, object] = {
        "编号": text.id or version_id(text.title, text.day),
        "标题": text.title,
        "类别": text.kind,
        "发文机关": text.issuer,
        "文号": text.document_no,
        "地域": text.region,
        "通过日期": text.passed,
        "公布日期": text.published,
        "首次施行": text.commenced,
        "施行日期": text.effective,
        "来源": text.source,
        "性质": text.nature,
        "待核": list(text.doubts),
        "备注": text.note,
        "题注": list(text.masthead),
        "内容摘要": text.digest or content_digest(text.pieces),
        "原文件": text.origin,
        "原文摘要": text.origin_digest,
    }
    front = yaml.dump(
        {k: v for k, v in head.items() if v not in (None, [], "")},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=1000,
    )
    out = [f"---\n{front}---\n", f"# {text.title}"]
    path: tuple[str, ...] = ()
    for piece in text.pieces:
        if piece.path != path:
            shared = next((i for i, (a, b) in enumerate(zip(path, piece.path, strict=False)) if a != b), None)
            shared = min(len(path), len(piece.path)) if shared is None else shared
            if len(piece.path) == shared:  # back to a higher rank, whose heading stands far above
                shared = max(shared - 1, 0)
            out.extend("#" * (depth + 2) + f" {piece.path[depth]}" for depth in range(shared, len(piece.path)))
            if not piece.path:
                out.append("##")
            path = piece.path
        opening = piece.number or f"【{piece.label}】"
        first, *rest = piece.lines or ("",)
        out.append("\n\n".join([f"{opening}\u3000{first}".rstrip(), *(_escape(line) for line in rest)]))
    return "\n\n".join(out) + "\n"


def _escape(line: str) -> str:
    return f"\\{line}" if _ESCAPED.match(line) else line


def write_text(text: Text, folder: Path) -> Path:
    """Writes one version under `folder`, whole or not at all; a file of the same version is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(text)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(render(text))
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return path


# ---- reading


class Texts(NamedTuple):
    """Everything a folder holds, and everything that is wrong with it."""

    texts: tuple[Text, ...]
    files: tuple[Path, ...]
    problems: tuple[KnowledgeError, ...]


def read_texts(folder: Path) -> tuple[list[LawVersion], list[Article]]:
    """Every version under `folder` (folders in it included). A folder that is not there holds nothing.

    KnowledgeError names every problem of every file, with file and line, when there is any.
    """
    found = scan(folder)
    if found.problems:
        listed = "\n".join(f"  {p.where}：{p.problem}" for p in found.problems)
        raise KnowledgeError(
            str(folder), f"有 {len(found.problems)} 处问题：\n{listed}", "请改正上列文件，或移出该文件夹"
        )
    versions: list[LawVersion] = []
    articles: list[Article] = []
    for text in found.texts:
        versions.append(text.version())
        articles.extend(articles_of(text, versions[-1], len(articles)))
    return versions, articles


def articles_of(text: Text, version: LawVersion, position: int = 0) -> list[Article]:
    """The pieces of a text as articles, counted on from `position`."""
    return [
        Article(
            id=f"{version.id}#{piece.label}",
            version_id=version.id,
            law=version.title,
            number=piece.number,
            label=piece.label,
            text=piece.text,
            path=piece.path,
            position=position + at,
        )
        for at, piece in enumerate(text.pieces)
    ]


def scan(folder: Path) -> Texts:
    """Reads all, stops at nothing."""
    texts: list[Text] = []
    files: list[Path] = []
    problems: list[KnowledgeError] = []
    seen: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        if path.name.startswith(".") or path.name == "README.md":
            continue
        text, wrong = _parse(path)
        problems.extend(wrong)
        if text is None:
            continue
        if (first := seen.setdefault(text.id, path)) is not path:
            problems.append(KnowledgeError(str(path), f"编号“{text.id}”与 {first} 重复", "改其中一份的编号或日期"))
            continue
        texts.append(text)
        files.append(path)
    return Texts(tuple(texts), tuple(files), tuple(problems))


def read_text(path: Path) -> Text:
    """One file. KnowledgeError with all its problems."""
    text, problems = _parse(path)
    if text is None or problems:
        raise KnowledgeError(str(path), "；".join(f"{p.where.rpartition('：')[2]} {p.problem}" for p in problems))
    return text


def _parse(path: Path) -> tuple[Text | None, list[KnowledgeError]]:
    problems: list[KnowledgeError] = []

    def wrong(line: int, problem: str, remedy: str = "") -> None:
        problems.append(KnowledgeError(f"{path}:{line}", problem, remedy))

    try:
        content = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        wrong(1, "不是 UTF-8 编码", "另存为 UTF-8")
        return None, problems
    except OSError as error:
        wrong(1, f"打不开（{error.strerror}）")
        return None, problems
    lines = content.split("\n")
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), 0) if lines[0].rstrip() == "---" else 0
    if not end:
        wrong(
            1,
            "没有文件头（两行 --- 之间的标题、类别等）",
            "格式见 assistant/knowledge/texts.py，或用 counsel import 导入",
        )
        return None, problems
    head, at = _front(lines[1:end], wrong)
    fields = _fields(head, at, wrong)
    pieces = _body(lines[end + 1 :], end + 2, fields.get("title"), wrong)
    if not pieces and not problems:
        wrong(end + 1, "没有正文")
    if problems:
        return None, problems
    text = Text(pieces=tuple(pieces), **fields)
    return text._replace(id=text.id or version_id(text.title, text.day)), []


def _front(lines: list[str], wrong: Any) -> tuple[dict[str, str | list[str]], dict[str, int]]:
    """Keys and values as written (no types guessed), and the line of each."""
    values: dict[str, str | list[str]] = {}
    at: dict[str, int] = {}
    try:
        node = yaml.compose("\n".join(lines), Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong((mark.line if mark else 0) + 2, f"文件头不是正确的 YAML（{getattr(error, 'problem', error)}）")
        return values, at
    if not isinstance(node, yaml.MappingNode):
        wrong(2, "文件头应当是“字段: 值”")
        return values, at
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in at:
            wrong(line, f"字段“{name}”重复")
        elif name not in _FIELDS:
            wrong(line, f"不认识的字段“{name}”", f"可用：{'、'.join(_FIELDS)}")
        elif isinstance(value, yaml.SequenceNode) and all(isinstance(v, yaml.ScalarNode) for v in value.value):
            if name in _LISTS:
                values[name] = [str(v.value) for v in value.value]
            else:
                wrong(line, f"字段“{name}”只能有一个值")
        elif isinstance(value, yaml.ScalarNode):
            if value.value.strip():
                values[name] = [value.value] if name in _LISTS else value.value.strip()
        else:
            wrong(line, f"字段“{name}”的值不是文字")
        at[name] = line
    return values, at


def _fields(head: dict[str, str | list[str]], at: dict[str, int], wrong: Any) -> dict[str, Any]:
    def day(name: str) -> dt.date | None:
        value = head.get(name)
        if value is None:
            return None
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            wrong(at[name], f"{name}“{value}”不是日期", "写成 2026-01-31")
            return None

    for name in ("标题", "类别"):
        if name not in head and name not in at:
            wrong(1, f"缺少“{name}”")
    kind, nature = head.get("类别", "规范性文件"), head.get("性质", "待核")
    if kind not in get_args(InstrumentKind):
        wrong(at["类别"], f"类别“{kind}”不在其列", f"可用：{'、'.join(get_args(InstrumentKind))}")
    if nature not in get_args(Nature):
        wrong(at["性质"], f"性质“{nature}”不在其列", f"可用：{'、'.join(get_args(Nature))}")
    return {
        "id": head.get("编号", ""),
        "title": head.get("标题", ""),
        "kind": cast(InstrumentKind, kind),
        "issuer": head.get("发文机关"),
        "document_no": head.get("文号"),
        "region": head.get("地域"),
        "passed": day("通过日期"),
        "published": day("公布日期"),
        "commenced": day("首次施行"),
        "effective": day("施行日期"),
        "source": head.get("来源"),
        "nature": cast(Nature, nature),
        "doubts": tuple(head.get("待核", ())),
        "note": head.get("备注"),
        "masthead": tuple(head.get("题注", ())),
        "digest": head.get("内容摘要", ""),
        "origin": head.get("原文件"),
        "origin_digest": head.get("原文摘要"),
    }


def _body(lines: list[str], first: int, title: str | None, wrong: Any) -> list[Piece]:
    pieces: list[Piece] = []
    labels: set[str] = set()
    path: list[str] = []
    label: str | None = None
    number: str | None = None
    held: list[str] = []
    held_path: tuple[str, ...] = ()

    def close() -> None:
        if label is not None:
            pieces.append(Piece(number, label, tuple(held), held_path))

    for at, raw in enumerate(lines, start=first):
        line = raw.strip()
        if not line:
            continue
        if line[0] == "#" and (heading := _HEADING.match(line)):
            depth = len(heading[1])
            if depth == 1:
                if title and squeeze(heading[2] or "") != squeeze(title):
                    wrong(at, f"正文标题与文件头的标题“{title}”不同")
                continue
            path = path[: depth - 2] + ([heading[2].strip()] if heading[2] else [])
            continue
        if line[0] in "第【" and (opened := _OPENS.match(line)):
            close()
            number = _article_number(opened[1]) if opened[1] else None
            label = number or opened[2]
            if label in labels:
                wrong(at, f"“{label}”重复")
            labels.add(label)
            words = line[opened.end() :].strip()
            held, held_path = [words] if words else [], tuple(path)
            continue
        if label is None:
            wrong(at, "正文第一条之前有不属于任何条的文字", "写成一段，行首加【序言】")
            label = ""
            continue
        held.append(line[1:] if line[0] == "\\" else line)
    close()
    return [p._replace(lines=p.lines or ("",)) for p in pieces if p.label]
