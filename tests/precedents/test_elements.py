"""Elements of cases: read sentence by sentence, from a file a lawyer edits; every fault of the file named at once."""

from pathlib import Path

import pytest

from assistant.errors import KnowledgeError
from assistant.precedents.elements import FILE, Elements, read_elements

SMALL = """
词组:
  食品: [蛋糕, 牛奶]
  过期: [过期, 日子过了]
  别的: [手套]
要素:
  - {名: 过期食品, 类: 行为, 说: [食品, 过期], 不说: [别的]}
  - {名: 维持, 类: 处理, 说: [过期]}
"""


def _read(folder: Path, text: str) -> Elements:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_elements(folder)


def test_every_group_must_be_spoken_in_one_sentence(tmp_path: Path) -> None:
    elements = _read(tmp_path, SMALL)
    assert {one.name for one in elements.read("蛋糕日子过了还卖")} == {"过期食品", "维持"}
    assert {one.name for one in elements.read("店里卖蛋糕。灭火器过期")} == {"维持"}
    assert {one.name for one in elements.read("拿蛋糕的手套过期")} == {"维持"}
    assert elements.read("") == frozenset()


def test_no_file_reads_nothing(tmp_path: Path) -> None:
    assert read_elements(tmp_path).read("蛋糕过期") == frozenset()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("说: [食品, 过期]", "说: [食品, 没有的组]"), ("没有的组", "过期食品")),
        (("[蛋糕, 牛奶]", "[]"), ("食品", "空的说法")),
        (("类: 处理", "类: 结局"), ("类",)),
        (("名: 维持, 类: 处理", "名: 过期食品, 类: 处理"), ("两种",)),
        (("说: [过期]}", "说: [过期], 备注: 一}"), ("备注",)),
        (("词组:", "词组: ["), ("读不出来",)),
    ],
)
def test_a_fault_is_said_with_its_place(tmp_path: Path, change: tuple[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(KnowledgeError) as refused:
        _read(tmp_path, SMALL.replace(*change))
    assert all(word in refused.value.problem for word in words)
    assert refused.value.remedy
