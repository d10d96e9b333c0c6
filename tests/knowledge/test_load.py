"""The library as an installation holds it, and the two YAML files people write for it."""

import datetime as dt
import time
from pathlib import Path

import pytest

from assistant.errors import KnowledgeError
from assistant.knowledge.corrections import read_aliases, read_corrections
from assistant.knowledge.importing import import_paths
from assistant.knowledge.load import load_library
from assistant.law.library import Library
from assistant.settings import ROOT

KNOWLEDGE = ROOT / "knowledge_base"
TODAY = dt.date(2026, 11, 23)

OLDER = """---
标题: 中华人民共和国治安管理处罚法
类别: 法律
通过日期: 2012-10-26
来源: 测试
性质: 示例
---

# 中华人民共和国治安管理处罚法

第一条　为了测试，制定本法。

第二条　本法自2006年3月1日起施行。
"""

FULL = """
更正:
  - 法律: 中华人民共和国甲法
    文本: 2018-12-29
    施行: 2019-01-01
    理由: 决定另定施行日
    依据: 某决定
    核对人: 某人
    核对日: 2026-11-23
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "有效性更正.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_library_loads_in_time_and_the_digest_is_stable(tmp_path: Path, library: Library) -> None:
    begun = time.process_time()
    loaded = load_library(KNOWLEDGE, tmp_path)
    assert time.process_time() - begun < 3  # 0.5 s where the machine is not shared
    assert loaded.digest == library.digest


def test_every_correction_and_alias_of_the_knowledge_base_names_what_is_held(library: Library) -> None:
    corrections = read_corrections(KNOWLEDGE / "laws" / "有效性更正.yaml")
    assert len(corrections) >= 38
    for correction in corrections:
        version = next(v for v in library.versions(correction.law) if v.version_date == correction.passed)
        if correction.start is not None:
            assert version.span.from_ == correction.start
            assert version.start_certain
    aliases = read_aliases(KNOWLEDGE / "laws" / "简称.yaml")
    assert len(aliases) > 40
    for name, title in aliases.items():
        assert library.resolve_title(name) == title, name


def test_an_imported_older_text_slots_in_before_the_corpus_text(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "治安管理处罚法@2012-10-26.md").write_text(OLDER, encoding="utf-8")
    library = load_library(KNOWLEDGE, tmp_path)
    older, newer = library.versions("中华人民共和国治安管理处罚法")
    assert (older.version_date, newer.version_date) == (dt.date(2012, 10, 26), dt.date(2025, 6, 27))
    assert older.span.to == dt.date(2025, 12, 31)
    assert older.status_on(dt.date(2025, 3, 1)) == "现行有效"
    assert newer.status_on(dt.date(2025, 3, 1)) == "尚未施行"
    assert library.version_on(older.title, dt.date(2025, 3, 1)) == older
    assert library.version_on(older.title, TODAY) == newer


def test_former_laws_that_an_office_imports_speak_for_their_days(tmp_path: Path, shared: Path) -> None:
    report = import_paths([shared / "texts" / "旧版法律"], tmp_path)
    assert len(report.came_in) == 4
    library = load_library(KNOWLEDGE, tmp_path)
    conduct = dt.date(2025, 3, 1)
    for short, until in (
        ("治安管理处罚法", dt.date(2025, 12, 31)),
        ("食品安全法", dt.date(2025, 11, 30)),
        ("反不正当竞争法", dt.date(2025, 10, 14)),
        ("行政复议法", dt.date(2023, 12, 31)),
    ):
        older, newer = library.versions(f"中华人民共和国{short}")
        assert (older.span.to, older.end) == (until, "已修改")
        assert older.status_on(until) == "现行有效"
        assert newer.status_on(until) == "尚未施行"
        assert newer.status_on(TODAY) == "现行有效"
        assert library.version_on(older.title, conduct) == (older if conduct <= until else newer)


def test_a_text_held_twice_is_taken_from_the_corpus(tmp_path: Path, library: Library) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    copy = OLDER.replace("2012-10-26", "2025-06-27")
    (texts / "治安管理处罚法@2025-06-27.md").write_text(copy, encoding="utf-8")
    loaded = load_library(KNOWLEDGE, tmp_path)
    assert len(loaded.versions("中华人民共和国治安管理处罚法")) == 1
    assert loaded.digest == library.digest


def test_a_complete_correction_is_read(tmp_path: Path) -> None:
    (one,) = read_corrections(_file(tmp_path, FULL))
    assert (one.law, one.passed, one.start) == ("中华人民共和国甲法", dt.date(2018, 12, 29), dt.date(2019, 1, 1))
    assert one.where == "有效性更正.yaml:3"


def test_all_problems_of_a_file_are_reported_with_their_lines(tmp_path: Path) -> None:
    wrong = """
说明: 测试
多余: 1
更正:
  - 法律: 中华人民共和国甲法
    文本: 2018-12-29
    施行: 明年
    理由: 甲
    依据: 乙
    核对人: 丙
    核对日: 2026-11-23
  - 法律: 中华人民共和国乙法
    文本: 2018-12-29
    生效: 2019-01-01
    理由: 甲
    依据: 乙
    核对日: 2026-11-23
  - 法律: 中华人民共和国丙法
    文本: 2018-12-29
    条文: [165条]
    理由: 甲
    理由: 乙
    依据: 乙
    核对人: 丙
    核对日: 2026-11-23
  - 只是一句话
"""
    with pytest.raises(KnowledgeError) as refused:
        read_corrections(_file(tmp_path, wrong))
    said = refused.value.problem
    for part in (
        "yaml:3：不认识的键“多余”",
        "yaml:7：“施行”应当是形如 2026-01-01 的日期",
        "yaml:12：缺少“核对人”",
        "yaml:14：不认识的键“生效”",
        "“条文”与“条文失效”应当同时写",
        "“165条”不是条号",
        "yaml:22：“理由”写了两次",
        "yaml:26：每条更正应当是键值对",
    ):
        assert part in said, said


def test_a_correction_must_correct_something_and_once(tmp_path: Path) -> None:
    twice = FULL + FULL.split("更正:\n")[1].replace("    施行: 2019-01-01\n", "    待核: true\n")
    with pytest.raises(KnowledgeError, match="更正同一文本"):
        read_corrections(_file(tmp_path, twice))
    with pytest.raises(KnowledgeError, match="没有写更正什么"):
        read_corrections(_file(tmp_path, FULL.replace("    施行: 2019-01-01\n", "")))
    with pytest.raises(KnowledgeError, match="“最后有效日”与“终止”应当同时写"):
        read_corrections(_file(tmp_path, FULL + "    最后有效日: 2020-01-01\n"))
    with pytest.raises(KnowledgeError, match="早于“施行”"):
        read_corrections(_file(tmp_path, FULL + "    最后有效日: 2018-01-01\n    终止: 已废止\n"))


@pytest.mark.parametrize("text", ["更正: [", "更正: 一句话", "- 列表", "更正:\n  - 甲: !!python/name:os.system"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(KnowledgeError):
        read_corrections(_file(tmp_path, text))


def test_one_alias_for_two_laws_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "简称.yaml"
    file.write_text("简称:\n  甲法: [一法]\n  乙法: [一法, 二法]\n  丙法: 三法\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        read_aliases(file)
    assert "简称.yaml:3：“一法”已是《甲法》的简称" in refused.value.problem
    assert "简称.yaml:4" in refused.value.problem
    file.write_text("简称: 一句话\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"简称\.yaml:1"):
        read_aliases(file)
