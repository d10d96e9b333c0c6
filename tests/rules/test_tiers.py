"""Tiers: reckoned from circumstances as 待核, or of an official benchmark; and several provisions beside each other."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import KnowledgeError
from assistant.knowledge.discretion import Discretion, load_discretion
from assistant.knowledge.lists import load_lists
from assistant.law.library import Library
from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.settings import ROOT

TODAY = dt.date(2026, 11, 23)
LIFTS = "《特种设备安全法》第八十四条"
KNOWN: dict[str, Any] = {"party_type": "企业", "first_violation": True, "corrected": "责令期限内改正", "harm": "轻微"}
HEAD = """清单: 特种设备裁量基准
发文机关: 天津经开区市场监管局
地域: {region}
类别: 裁量基准
性质: 官方
有效期: {{起: 2026-01-01, 止: {to}}}
来源: {{标题: 基准, 核对人: 张三, 核对日: 2026-02-01}}
事项:
  - {{编号: 1, 事项: 使用未经检验的设备, 罚则: [《中华人民共和国特种设备安全法》第八十四条], 阶次: 从轻,
     条件: {{初次违法: 是, 危害后果: {{属于: [无, 轻微]}}}}, 罚款: {{自: 30000, 至: 80000}}}}
  - {{编号: 2, 事项: 使用未经检验的设备, 罚则: [《中华人民共和国特种设备安全法》第八十四条], 阶次: 一般,
     条件: {{初次违法: 否, 危害后果: {{属于: [无, 轻微]}}}}, 罚款: {{自: 0.3, 至: 0.7, 单位: 幅度}}}}
"""


@pytest.fixture(scope="module")
def discretion(library: Library) -> Discretion:
    return load_discretion(ROOT / "knowledge_base" / "discretion", library, TODAY)


def _engine(library: Library, discretion: Discretion, folder: Path, *, region: str, to: str) -> Proportionality:
    (folder / "基准.yaml").write_text(HEAD.format(region=region, to=to), encoding="utf-8")
    return Proportionality(library, discretion, load_lists((folder,), library))


def test_a_reckoned_tier_shows_its_weights_and_is_never_official(library: Library, discretion: Discretion) -> None:
    engine = Proportionality(library, discretion)
    answer = engine.check(None, KNOWN | {"obstructed": True}, LIFTS, {"fine": 200000}, TODAY)
    tier = answer.tier
    assert tier is not None
    assert (tier.name, tier.nature, tier.score) == ("从轻", "待核", -1)
    assert {(w.name, w.weight) for w in tier.weights} >= {("初次违法", -1), ("拒绝、阻碍执法", 2)}
    assert tier.note is not None
    assert "综合判断" in tier.note
    assert answer.verdict == "within"  # what is not official binds nobody
    assert any(f.code == "tier_differs" and f.severity == "warning" for f in answer.findings)
    assert "性质：待核" in answer.text


def test_nothing_known_gives_no_tier_and_a_condition_is_not_counted_twice(
    library: Library, discretion: Discretion
) -> None:
    engine = Proportionality(library, discretion)
    assert engine.check(None, {"party_type": "企业"}, LIFTS, {"fine": 200000}, TODAY).tier is None
    facts = {"party_type": "企业", "corrected": "拒不改正", "first_violation": True, "repeated": False}
    answer = engine.check(None, facts, "《反有组织犯罪法》第七十一条", {"fine": 60000}, TODAY)
    assert answer.tier is not None
    assert {w.name for w in answer.tier.weights} == {"初次违法"}  # the clause itself is on refusal


def test_an_official_benchmark_of_this_place_binds(library: Library, discretion: Discretion, tmp_path: Path) -> None:
    engine = _engine(library, discretion, tmp_path, region="经开区", to="2027-12-31")
    light = engine.check(None, KNOWN, LIFTS, {"fine": 70000}, TODAY)
    assert light.tier is not None
    assert (light.tier.name, light.tier.nature, light.tier.max, light.verdict) == ("从轻", "官方", 80000, "within")
    heavy = engine.check(None, KNOWN, LIFTS, {"fine": 100000}, TODAY)
    assert heavy.verdict == "outside_tier"
    assert any(f.code == "outside_benchmark" and f.severity == "error" for f in heavy.findings)
    usual = engine.check(None, KNOWN | {"first_violation": False}, LIFTS, {"fine": 150000}, TODAY)
    assert usual.tier is not None
    assert (usual.tier.name, usual.tier.min, usual.tier.max) == ("一般", 111000, 219000)
    open_ = engine.check(None, {"party_type": "企业", "harm": "无"}, LIFTS, {"fine": 150000}, TODAY)
    assert any(f.code == "tier_open" for f in open_.findings)


@pytest.mark.parametrize(
    ("region", "to", "says"), [("上海市", "2027-12-31", "上海市"), ("经开区", "2026-06-30", "到期")]
)
def test_a_benchmark_of_another_place_or_time_informs(
    library: Library, discretion: Discretion, tmp_path: Path, region: str, to: str, says: str
) -> None:
    engine = _engine(library, discretion, tmp_path, region=region, to=to)
    answer = engine.check(None, KNOWN, LIFTS, {"fine": 100000}, TODAY)
    assert answer.verdict == "within"
    assert answer.tier is not None
    assert answer.tier.nature == "待核"
    assert says in next(f.text for f in answer.findings if f.code == "benchmark_for_reference")


def test_a_benchmark_is_no_ground_to_spare_anybody(library: Library, discretion: Discretion, tmp_path: Path) -> None:
    _engine(library, discretion, tmp_path, region="经开区", to="2027-12-31")
    engine = Exemption(library, load_lists((tmp_path,), library))
    answer = engine.check(None, KNOWN | {"violation": "使用未经检验的设备"}, TODAY)
    assert not [g for g in answer.grounds if g.kind == "list"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("阶次: 从轻,", "", "都要写“阶次”"),
        ("阶次: 从轻", "阶次: 很轻", "“很轻”不在"),
        ("{{自: 30000, 至: 80000}}", "{{自: 90000, 至: 80000}}", "“至”不能小于“自”"),
        ("{{自: 0.3, 至: 0.7, 单位: 幅度}}", "{{自: 0.3, 至: 7, 单位: 幅度}}", "0至1之间"),
        ("类别: 裁量基准", "类别: 从轻", "只有类别为裁量基准"),
    ],
)
def test_a_benchmark_that_does_not_hold_is_refused_with_its_line(
    library: Library, tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in HEAD
    text = HEAD.replace(old, new).format(region="经开区", to="2027-12-31")
    (tmp_path / "基准.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says) as caught:
        load_lists((tmp_path,), library)
    assert "基准.yaml:" in caught.value.problem


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("名称: 甲, 条件: {初次违法: 是}, 分值: 0, 依据: 某办法, 核对: 待核, 来源: 无", "不等于0的整数"),
        ("名称: 甲, 条件: {首次: 是}, 分值: -1, 依据: 某办法, 核对: 待核, 来源: 无", "首次"),
        ("名称: 甲, 条件: {初次违法: 是}, 分值: -1, 依据: 某办法, 核对: 核对, 来源: 无", "核对不到"),
        ("名称: 甲, 条件: {初次违法: 是}, 分值: -1, 依据: 某办法, 核对: 待核, 来源: 无, 分数: 1", "不认识的键“分数”"),
    ],
)
def test_a_circumstance_without_ground_is_refused(library: Library, tmp_path: Path, row: str, says: str) -> None:
    (tmp_path / "情节.yaml").write_text(f"情节:\n  - {{{row}}}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says):
        load_discretion(tmp_path, library, TODAY)


def test_one_act_against_two_provisions_is_fined_by_the_higher(library: Library, discretion: Discretion) -> None:
    engine = Proportionality(library, discretion)
    facts = {"party_type": "企业", "goods_value": 20000, "illegal_gains": 0}
    quality, food = "《产品质量法》第四十九条", "《食品安全法》第一百二十四条第一款"
    lower = engine.check(None, facts, quality, {"fine": 50000}, TODAY, also=(food,))
    assert lower.verdict == "wrong_basis"
    assert [(one.basis.split("》")[1], one.highest) for one in lower.compared] == [
        ("第四十九条", False), ("第一百二十四条第一款", True),
    ]  # fmt: skip
    higher = engine.check(None, facts, food, {"fine": 200000}, TODAY, also=(quality,))
    assert higher.verdict == "within"
    assert any(f.code == "concurrence" and "只罚一次" in f.text for f in higher.findings)
    open_ = engine.check(None, {"party_type": "企业"}, food, {"fine": 200000}, TODAY, also=(quality,))
    assert open_.verdict == "needs_facts"
    assert not any(one.highest for one in open_.compared)
    unknown = engine.check(None, facts, food, {"fine": 200000}, TODAY, also=("《某市某某条例》第三条",))
    assert any(f.code == "not_compared" for f in unknown.findings)
