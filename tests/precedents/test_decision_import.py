"""An office's folder brought in: shown first, written whole or not at all, the same again changes nothing."""

from pathlib import Path

import pytest

from assistant.errors import InputError, KnowledgeError
from assistant.knowledge.decisions import FOLDER, load_decisions
from assistant.law.library import Library
from assistant.precedents.importing import Plan, plan, write
from assistant.schema import Decision
from assistant.settings import ROOT
from tests.precedents import papers

KNOWLEDGE = ROOT / "knowledge_base"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven papers in a folder with a folder in it, and what is none."""
    given = tmp_path / "卷宗"
    (given / "2026").mkdir(parents=True)
    for name in ("CHANGED", "REVOKED", "UPHELD", "MEDIATED"):
        (given / f"{name}.txt").write_text(getattr(papers, name), encoding="utf-8")
    for name in ("PUNISHED", "SPARED", "JUDGED"):
        (given / "2026" / f"{name}.txt").write_text(getattr(papers, name), encoding="utf-8")
    (given / "会议通知.txt").write_text("请各单位周五参加会议。", encoding="utf-8")
    (given / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    (given / "~$锁.docx").write_bytes(b"x")
    return given


def _held(home: Path, library: Library) -> tuple[Decision, ...]:
    return load_decisions((KNOWLEDGE / FOLDER, home / FOLDER), library)


def _states(made: Plan) -> dict[str, str]:
    return {item.path.name: item.state for item in made.items}


def test_a_folder_comes_in_and_again_changes_nothing(folder: Path, tmp_path: Path, library: Library) -> None:
    home = tmp_path / "home"
    made = plan([folder], _held(home, library), library)
    assert _states(made) == {
        "CHANGED.txt": "新增", "REVOKED.txt": "新增", "UPHELD.txt": "新增", "MEDIATED.txt": "新增",
        "PUNISHED.txt": "新增", "SPARED.txt": "新增", "JUDGED.txt": "新增", "会议通知.txt": "读不了",
    }  # fmt: skip
    assert not home.exists()  # a plan writes nothing
    written = write(made, home, KNOWLEDGE, library)
    assert len(written) == 7
    own = [one for one in _held(home, library) if one.origin is not None]
    assert {one.id for one in own} == {one.id for one in made.new}
    corrected = next(path for path in written if "12号" in path.name)
    corrected.write_text(corrected.read_text("utf-8").replace("明显不当", "适用依据错误"), encoding="utf-8")
    again = plan([folder], _held(home, library), library)
    assert set(_states(again).values()) == {"已有", "读不了"}
    assert again.new == ()
    assert "适用依据错误" in corrected.read_text("utf-8")
    assert not [path for path in (home / FOLDER).iterdir() if path.name.startswith(".")]


def test_another_paper_with_a_held_number_is_not_written(folder: Path, tmp_path: Path, library: Library) -> None:
    home = tmp_path / "home"
    write(plan([folder], (), library), home, KNOWLEDGE, library)
    (folder / "CHANGED.txt").write_text(papers.CHANGED.replace("2000元", "3000元"), encoding="utf-8")
    made = plan([folder / "CHANGED.txt"], _held(home, library), library)
    assert _states(made) == {"CHANGED.txt": "同号"}
    assert "津开政复〔2026〕12号" in made.items[0].problem
    assert made.items[0].remedy


def test_two_papers_with_one_number_are_both_left_out(folder: Path, tmp_path: Path, library: Library) -> None:
    (folder / "甲.txt").write_text(papers.CHANGED.replace("2000元", "3000元"), encoding="utf-8")
    (folder / "副本.txt").write_text(papers.UPHELD, encoding="utf-8")
    states = _states(plan([folder], (), library))
    assert states["甲.txt"] == states["CHANGED.txt"] == "同号"
    assert {states["副本.txt"], states["UPHELD.txt"]} == {"新增", "已有"}  # one paper, twice
    write(plan([folder], (), library), tmp_path / "home", KNOWLEDGE, library)
    assert not [one for one in _held(tmp_path / "home", library) if one.id.endswith("12号")]


def test_nothing_is_half_written(
    folder: Path, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    made = plan([folder], (), library)
    (home / FOLDER).mkdir(parents=True)
    (home / FOLDER / "坏.md").write_text("没有文件头", encoding="utf-8")
    with pytest.raises(KnowledgeError):  # what is there already does not load
        write(made, home, KNOWLEDGE, library)
    assert [path.name for path in (home / FOLDER).iterdir()] == ["坏.md"]
    (home / FOLDER / "坏.md").unlink()
    rename, moved = Path.rename, []

    def fails(path: Path, target: Path) -> Path:
        if len(moved) == 3:
            raise OSError("disk full")
        moved.append(target)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="disk full"):
        write(made, home, KNOWLEDGE, library)
    assert list((home / FOLDER).iterdir()) == []


def test_nothing_to_read_is_said(tmp_path: Path, library: Library) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(InputError) as refused:
        plan([tmp_path / "空"], (), library)
    assert "没有可以读的文件" in refused.value.problem
    (item,) = plan([tmp_path / "没有.docx"], (), library).items
    assert item.state == "读不了"
    assert "没有这个文件" in item.problem


def test_the_court_cases_at_hand(shared: Path, library: Library) -> None:
    """Ten published court cases: the outcome of the last instance, read by eye from their texts."""
    right = {
        "中山市": ("其他",), "凤冈县": ("撤销",), "宁某某": ("责令履行",), "成都某": ("撤销",), "某停车": ("驳回",),
        "某国际": ("驳回",), "王某某": ("变更",), "王某诉": ("确认违法",), "赵某某": ("责令履行",), "韩某某": ("驳回",),
    }  # fmt: skip
    made = plan([shared / "texts" / "案例"], (), library)
    assert len(made.new) == 10
    assert {one.title[:3]: one.outcomes for one in made.new} == right
    assert {one.kind for one in made.new} == {"行政诉讼"}
