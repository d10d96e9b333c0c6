"""The audit of a whole folder of real texts: every file in, no article lost, counted independently.

Skipped, saying so, where the folder is absent: the texts are not part of the project.
"""

import re
import time
from pathlib import Path

import pytest

from assistant.knowledge.importing import ImportReport, import_paths
from assistant.knowledge.texts import Text, read_texts, scan

_NUMERAL = "[零一二三四五六七八九十百千]+"
# An article opens at the start of a line, or after a full stop where a file lost its line breaks.
_OPENS = re.compile(rf"(?:^|(?<=[。；：] ))第{_NUMERAL}条(?:之{_NUMERAL})?(?=[ \u3000])", re.MULTILINE)
_MARKUP = re.compile(r"<!--.*?-->|[\s\u200b#*]+", re.DOTALL)


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    texts = shared / "texts"
    if not texts.is_dir():
        pytest.skip(f"no folder of real texts at {texts} (set COUNSEL_SHARED)")
    return texts


@pytest.fixture(scope="module")
def imported(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[ImportReport, Path]:
    home = tmp_path_factory.mktemp("home")
    return import_paths([folder], home, source="公开法律文本（快照 2025-04-19）"), home


@pytest.fixture(scope="module")
def held(imported: tuple[ImportReport, Path]) -> dict[str, Text]:
    return {str(text.origin): text for text in scan(imported[1] / "texts").texts}


def raw_files(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8") for p in folder.rglob("*.md") if p.name != "README.md"}


def test_every_file_comes_in_and_the_readme_is_skipped(imported: tuple[ImportReport, Path], folder: Path) -> None:
    report, _ = imported
    assert report.per_kind == {"行政法规": 683, "部门规章": 29, "案例": 10, "法律": 4}
    assert len(report.came_in) == len(raw_files(folder)) == 726
    assert [i.path.name for i in report.of("跳过", "失败")] == ["README.md"]


def test_no_article_is_lost(held: dict[str, Text], folder: Path) -> None:
    counted = {name: [m[0] for m in _OPENS.finditer(raw)] for name, raw in raw_files(folder).items()}
    assert sum(map(len, counted.values())) > 28_000
    assert {name: [p.number for p in held[name].pieces if p.number] for name in counted} == counted


def test_no_word_is_lost_and_none_is_added(held: dict[str, Text], folder: Path) -> None:
    """Title, masthead, headings, numbers and lines, put together again, are the file without its markup."""
    differing = {}
    for name, raw in raw_files(folder).items():
        text = held[name]
        words = [text.title, *text.masthead]
        path: tuple[str, ...] = ()
        for piece in text.pieces:
            if text.kind == "案例":
                words.append(piece.label)  # the heading of the file
            elif not piece.label.startswith("附"):  # an annex's path is its label, which its first line holds
                words += [h for i, h in enumerate(piece.path) if piece.path[: i + 1] != path[: i + 1]]
            path = piece.path
            words += [piece.number or "", *piece.lines]
        ours, theirs = _MARKUP.sub("", "".join(words)), _MARKUP.sub("", raw)
        if ours != theirs:
            at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), len(ours))
            differing[name] = (ours[at - 10 : at + 30], theirs[at - 10 : at + 30])
    assert differing == {}


def test_a_second_import_changes_nothing(imported: tuple[ImportReport, Path], folder: Path) -> None:
    report = import_paths([folder], imported[1], source="公开法律文本（快照 2025-04-19）")
    assert {i.outcome for i in report.items} == {"未变化", "跳过"}
    assert len(report.of("未变化")) == 726


def test_speed(imported: tuple[ImportReport, Path]) -> None:
    report, home = imported
    assert len(report.items) / report.seconds * 60 >= 200  # a minute
    begun = time.perf_counter()
    versions, _ = read_texts(home / "texts")
    assert len({v.id for v in versions}) == 726
    assert time.perf_counter() - begun < 10


def test_pairs_of_versions_and_their_days(held: dict[str, Text]) -> None:
    older, newer = held["专利法实施细则(2010-01-09).md"], held["专利法实施细则(2023-12-11).md"]
    assert older.title == newer.title
    assert (older.id, newer.id) == ("专利法实施细则@2010-01-09", "专利法实施细则@2023-12-11")
    assert "施行日期" in newer.doubts  # the file only holds the first commencement of 2001
    wall = held["长城保护条例(2006-10-01).md"]
    assert [str(d) for d in (wall.passed, wall.published, wall.effective)] == ["2006-09-20", "2006-10-11", "2006-12-01"]
    assert held["未成年人网络保护条例(2023-10-16).md"].effective is not None


def test_texts_that_break_off_in_the_source_are_marked(held: dict[str, Text]) -> None:
    marked = {name for name, text in held.items() if "全文" in text.doubts}
    assert marked == {
        "进出口商品检验法实施条例(2019-03-02).md",
        "进出口商品检验法实施条例(2022-03-29).md",
        "麻醉药品和精神药品管理条例(2016-02-06).md",
    }
