"""The forms and their Word templates: taken whole, or refused with the file, the line and what is wrong."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from assistant.drafting import Forms, load_forms
from assistant.errors import InputError, KnowledgeError
from assistant.law.library import Library
from tests.drafting.conftest import TEMPLATES, TODAY

KINDS = {
    "legal_opinion", "legality_review", "no_penalty_decision", "reconsideration_opinion", "reconsideration_proposal",
    "reconsideration_reply", "major_decision_review",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one form and its template, to be spoilt."""
    made = tmp_path / "templates"
    made.mkdir()
    for suffix in ("yaml", "docx"):
        shutil.copy(TEMPLATES / f"行政复议意见书.{suffix}", made)
    return made


def _told(folder: Path, library: Library) -> str:
    with pytest.raises(KnowledgeError) as caught:
        load_forms(folder, library, TODAY)
    return str(caught.value)


def _edit(folder: Path, change: Callable[[str], str]) -> None:
    file = folder / "行政复议意见书.yaml"
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    file.write_text(after, encoding="utf-8")


def test_all_seven_kinds_are_there(forms: Forms) -> None:
    assert set(forms.forms) == KINDS == set(forms.templates)


def test_another_kind_is_refused_with_those_there_are(forms: Forms) -> None:
    with pytest.raises(InputError, match="legality_review（行政处罚法制审核意见书）"):
        forms.form("行政判决书")


def test_an_unknown_placeholder_is_named_with_its_file(folder: Path, library: Library) -> None:
    path = folder / "行政复议意见书.docx"
    document = Document(str(path))
    document.add_paragraph("{{ 份号 }}")
    document.save(str(path))
    told = _told(folder, library)
    assert "行政复议意见书.docx" in told
    assert "不认识的占位符“份号”" in told


def test_a_placeholder_in_the_header_is_found_too(folder: Path, library: Library) -> None:
    path = folder / "行政复议意见书.docx"
    document = Document(str(path))
    document.sections[0].header.add_paragraph("{{ 密级 }}")
    document.save(str(path))
    assert "不认识的占位符“密级”" in _told(folder, library)


def test_a_template_that_would_not_say_draft_is_refused(folder: Path, library: Library) -> None:
    path = folder / "行政复议意见书.docx"
    document = Document(str(path))
    for part in (document.sections[0].header, document.sections[0].even_page_header):
        part.paragraphs[0].text = ""
    document.save(str(path))
    assert "缺少占位符“状态标记”" in _told(folder, library)


def test_a_placeholder_that_is_left_open_is_named(folder: Path, library: Library) -> None:
    path = folder / "行政复议意见书.docx"
    document = Document(str(path))
    document.add_paragraph("{% if 文号 %}")
    document.save(str(path))
    told = _told(folder, library)
    assert "行政复议意见书.docx" in told
    assert "占位符写得不对" in told


@pytest.mark.parametrize("content", [b"", b"not a word file", b"PK\x03\x04broken"])
def test_a_broken_word_file_is_named(folder: Path, library: Library, content: bytes) -> None:
    (folder / "行政复议意见书.docx").write_bytes(content)
    told = _told(folder, library)
    assert "行政复议意见书.docx" in told
    assert "不是完好的Word文件" in told


def test_a_zip_that_is_no_word_file_is_named(folder: Path, library: Library) -> None:
    with zipfile.ZipFile(folder / "行政复议意见书.docx", "w") as archive:
        archive.writestr("a.txt", "a")
    assert "不是完好的Word文件" in _told(folder, library)


def test_a_missing_template_is_named(folder: Path, library: Library) -> None:
    (folder / "行政复议意见书.docx").unlink()
    assert "没有这个文件" in _told(folder, library)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.replace("{纠正意见}", "{案号}"), "没有名为“案号”的字段"),
        (lambda t: t.replace("程序: 案情", "程序: 随便写"), "可用的程序有"),
        (lambda t: t.replace("复议法》第七十六条", "复议法》第九百条"), "没有通过核验"),
        (lambda t: t.replace("处罚法》第三十四条]", "处罚法》第一百条]"), "没有通过核验"),
        (lambda t: t.replace("键: problems", "键: trouble"), "要用的字段（键）没有声明：problems"),
        (lambda t: t.replace("必填: 是", "必填: 也许", 1), "“必填”应为是或者否"),
        (lambda t: t.replace("键: act", "键: organ"), "写了两次"),
        (lambda t: t.replace("种类: reconsideration_opinion", "种类: letter"), "“种类”缺少或者不对"),
        (lambda t: t + "\n备注: 无\n", "不认识的键“备注”"),
        (lambda t: t.replace("字段:", "字段: [", 1), "不是可读的 YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_form_is_said_with_its_line(
    folder: Path, library: Library, change: Callable[[str], str], words: str
) -> None:
    _edit(folder, change)
    told = _told(folder, library)
    assert "行政复议意见书.yaml" in told
    assert words in told
