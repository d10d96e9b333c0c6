"""The Word templates: opened and checked when the product starts, so that a broken one is not met at signing."""

import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError

from assistant.drafting.values import UNSEEN
from assistant.errors import KnowledgeError

BODY, MARK, TITLE = "正文", "状态标记", "标题"
"""Where the sections go, where 草稿 is shown, and the title."""
_ALWAYS = frozenset({BODY, MARK, TITLE, "判断日期"})
STYLES = ("heading 1", "heading 2", "heading 3", "heading 4", "公文正文", "公文末段", "公文标题", "署名", "成文日期",
          "引文", "公文表格", "表头", "表格文字", "待填", "footnote text", "footnote reference")  # fmt: skip
"""The styles that a body is set in, by the names that Word keeps."""


@dataclass(frozen=True)
class Template:
    """One checked template."""

    path: Path

    def filled(self, values: Mapping[str, str]) -> DocxTemplate:
        """The template with its placeholders filled. `values` are plain text."""
        template = DocxTemplate(str(self.path))
        template.render({name: escape(UNSEEN.sub("", text)) for name, text in values.items()}, _environment())
        return template


def read_template(path: Path, fields: Collection[str]) -> Template:
    """A template whose placeholders are all known. KnowledgeError names the file and what is wrong with it."""
    where = path.name
    if not path.is_file():
        raise KnowledgeError(where, "没有这个文件", "恢复模板，或者改正“模板”一项")
    try:
        names = DocxTemplate(str(path)).get_undeclared_template_variables(_environment())
        held = {style.name for style in Document(str(path)).styles}
    except (PackageNotFoundError, zipfile.BadZipFile, XMLSyntaxError, KeyError, ValueError) as error:
        raise KnowledgeError(
            where, f"不是完好的Word文件（{error}）", "用Word另存为.docx，或者恢复原来的模板"
        ) from error
    except TemplateError as error:
        raise KnowledgeError(where, f"占位符写得不对（{error}）", "占位符写作{{ 字段名称 }}，花括号成对") from error
    known = _ALWAYS | set(fields)
    problems = [f"有不认识的占位符“{name}”" for name in sorted(names - known)]
    problems += [f"缺少占位符“{name}”" for name in (BODY, MARK, TITLE) if name not in names]
    problems += [f"缺少样式“{name}”" for name in STYLES if name.lower() not in {str(one).lower() for one in held}]
    if problems:
        raise KnowledgeError(where, "；".join(problems), f"可用的占位符：{'、'.join(sorted(known))}")
    return Template(path)


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined)
