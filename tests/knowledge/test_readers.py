"""Files of every format as text: the same articles out of each, and a clear refusal of what cannot be read."""

import io
import zipfile

import docx
import invented_regulation as samples
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.errors import KnowledgeError
from assistant.knowledge import instrument, masthead, readers, titles

FORMATS = {
    "办法.md": samples.as_markdown,
    "办法.txt": samples.as_text,
    "办法.docx": samples.as_docx,
    "办法.pdf": samples.as_pdf,
    "办法.html": samples.as_html,
}


def cut_up(data: bytes, name: str) -> tuple[str, instrument.Cut, masthead.Masthead]:
    document = readers.read_bytes(data, name)
    title, lines, body = titles.split(document)
    cut = instrument.cut(body)
    return title, cut, masthead.read(document, cut, title, lines)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_articles(name: str) -> None:
    expected = cut_up(samples.as_text(), "办法.txt")
    title, cut, head = cut_up(FORMATS[name](), name)
    assert title == samples.TITLE
    assert [p.number for p in cut.pieces if p.number] == samples.NUMBERS
    assert cut.pieces == expected[1].pieces
    assert head == expected[2]


def test_every_line_of_the_sample_is_kept() -> None:
    _, cut, head = cut_up(samples.as_text(), "办法.txt")
    kept = "".join([*head.lines, *(h for p in cut.pieces for h in p.path), *(f"{p.label}{p.text}" for p in cut.pieces)])
    squeezed = instrument.squeeze(kept)
    assert [line for line in samples.lines()[1:] if instrument.squeeze(line) not in squeezed] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_plain_text_in_the_encodings_in_use(encoding: str) -> None:
    assert readers.read_bytes(samples.as_text(encoding), "a.txt").blocks[0].text == samples.TITLE


def test_a_page_in_gb2312_is_read_by_what_it_declares() -> None:
    page = samples.as_html().decode().replace("utf-8", "gb2312").encode("gb18030")
    assert samples.TITLE in readers.read_bytes(page, "a.html").text


def test_scripts_styles_navigation_and_hidden_parts_of_a_page_are_dropped() -> None:
    text = readers.read_bytes(samples.as_html(), "a.html").text
    for unwanted in ("脚本", "不应出现", "color", "首页", "版权", "看不见"):
        assert unwanted not in text


def test_a_deeply_nested_page_is_read_or_refused_but_breaks_nothing() -> None:
    def page(depth: int) -> bytes:
        return ("<div>" * depth + "第一条　正文。" + "</div>" * depth).encode()

    assert "正文" in readers.read_bytes(page(200), "a.html").text
    with pytest.raises(KnowledgeError):
        readers.read_bytes(page(100_000), "a.html")


def test_what_a_page_says_of_a_text_outside_its_body_is_kept() -> None:
    page = (
        "<body><div>首页 政策</div><h1>示例规定</h1><div>字号：大 中 小</div><div>2020年1月2日示例局令第3号公布</div>"
        "<div><div><p>第一条　甲。</p><p>第二条　乙。<br>丙。</p></div></div><div>分享到：微信</div></body>"
    )
    assert readers.read_bytes(page.encode(), "a.html").text == (
        "示例规定\n2020年1月2日示例局令第3号公布\n第一条　甲。\n第二条　乙。\n丙。"
    )


def test_a_page_that_is_all_script_has_no_text() -> None:
    with pytest.raises(KnowledgeError, match="没有文字"):
        readers.read_bytes(b"<html><script>var a = '\xe6\x9d\xa1'</script></html>", "a.html")


def test_markdown_comments_links_and_emphasis_leave_their_words() -> None:
    text = readers.read_bytes(
        "# 题\n<!-- 暗注\n两行 -->\n**第一条** 见[办法](http://x.cn/a(1))。".encode(), "a.md"
    ).text
    assert text == "题\n第一条 见办法。"


def test_radicals_become_ideographs() -> None:
    # Kangxi and supplement radicals as some PDF producers write them.
    document = readers.read_bytes("第一条　⼈⺠政府依法⾏政，⻓江、⻝品、⻔⼾。".encode(), "a.txt")
    assert document.text.endswith("人民政府依法行政，长江、食品、门户。")


def test_control_characters_go_and_are_named() -> None:
    document = readers.read_bytes("第一条\u3000甲\x00乙\x07丙\u200b丁。\n第二条\u3000戊。".encode(), "a.txt")
    assert document.text == "第一条\u3000甲乙丙丁。\n第二条\u3000戊。"
    assert "2 个控制字符" in document.warnings[0]


def test_lone_surrogates_go() -> None:
    assert readers.clean("甲\ud800乙\udfff") == ("甲乙", 2)


def test_word_numbers_that_stand_nowhere_in_the_file_are_worked_out() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for level, (shape, text) in enumerate([("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）")]):
        if level == 0:
            abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"/>')
        abstract.append(
            parse_xml(
                f'<w:lvl {nsdecls("w")} w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
                f'<w:lvlText w:val="{text}"/></w:lvl>'
            )
        )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in [(0, "甲。"), (0, "乙有："), (1, "丙；"), (1, "丁。"), (0, "戊。"), (1, "己。")]:
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    text = readers.read_bytes(samples.saved(document), "a.docx").text
    assert text.split("\n") == [
        "第一条\u3000甲。",
        "第二条\u3000乙有：",
        "（一）丙；",
        "（二）丁。",
        "第三条\u3000戊。",
        "（一）己。",
    ]


def test_word_tables_are_kept_in_place_and_deleted_words_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("第一条　收费标准如下：")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲类", "10元"
    paragraph = document.add_paragraph("第二条　留下")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>新增</w:t></w:r></w:ins>"))
    text = readers.read_bytes(samples.saved(document), "a.docx").text
    assert text == "第一条　收费标准如下：\n甲类 | 10元\n第二条　留下新增"


def test_pdf_pages_are_joined_and_their_furniture_is_dropped() -> None:
    pages = [["内部资料", "第一条\u3000" + "甲" * 26], ["内部资料", "乙" * 10 + "。"], ["内部资料", "第二条\u3000丙。"]]
    document = readers.read_bytes(samples.as_pdf(pages), "a.pdf")
    assert document.text == f"第一条\u3000{'甲' * 26}{'乙' * 10}。\n第二条\u3000丙。"
    assert [b.page for b in document.blocks] == [1, 3]


def _zip(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "problem", "remedy"),
    [
        ("空.md", b"", "空的", "保存完整"),
        ("空.txt", b" \r\n\x00\xef\xbb\xbf", "空的", "保存完整"),
        ("表.xlsx", b"PK", "不认识的文件格式 .xlsx", ".docx"),
        ("旧.doc", b"\xd0\xcf", "不认识的文件格式 .doc", "另存为 .docx"),
        ("大.txt", b"a" * (readers.MAX_TEXT_BYTES + 1), "太大", "拆成几份"),
        ("大.pdf", b"a" * (readers.MAX_BYTES + 1), "太大", "拆成几份"),
        ("乱.txt", bytes(range(128, 256)) * 30, "编码", "另存为 UTF-8"),
        ("二进制.txt", bytes(2000) + b"abc", "不是文本文件", "另存"),
        ("密.docx", samples.encrypted_docx(), "加了密码", "去掉密码"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "旧版 Word", "另存为 .docx"),
        ("炸弹.docx", samples.bomb_docx(), "压缩包异常", "炸弹"),
        ("破.docx", b"PK\x03\x04broken", "损坏", "修复"),
        ("别.docx", _zip(xl__workbook_xml="<a/>"), "不是 Word 文件", "另存"),
        ("缺.docx", _zip(word__document_xml="<w:document", Content_Types_xml="<Types/>"), "损坏", "修复"),
        ("密.pdf", samples.encrypted_pdf(), "加了密码", "去掉密码"),
        ("破.pdf", b"%PDF-1.7\n%%EOF", "损坏", "重新"),
        ("扫描.pdf", samples.scanned_pdf(), "扫描件", "文字识别"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_reason_and_remedy(
    name: str, data: bytes, problem: str, remedy: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        readers.read_bytes(data, name)
    assert name in caught.value.where
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_a_bad_byte_is_named_by_its_line() -> None:
    with pytest.raises(KnowledgeError) as caught:
        readers.read_bytes("第一条　甲。\n第二条　乙".encode() + b"\xff\xff\xfe\xff" + "。\n".encode(), "a.txt")
    assert caught.value.where == "a.txt 第2行"


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers.pdf, "MAX_PAGES", 1)
    with pytest.raises(KnowledgeError, match="2 页，上限 1 页"):
        readers.read_bytes(samples.scanned_pdf(2), "a.pdf")


def test_running_feet_that_count_pages_are_dropped_and_a_repeated_line_in_the_text_is_not() -> None:
    pages = [[f"第{n}条\u3000甲。", "（一）同样的话。", f"某文件 {i}/3"] for i, n in enumerate("一二三", start=1)]
    pages[1].insert(1, "乙。")
    document = readers.read_bytes(samples.as_pdf([[*p, "某网 2026"] if len(p) == 3 else p for p in pages]), "a.pdf")
    assert document.text.count("（一）同样的话。") == 3
    same = [[f"第{n}条\u3000甲。", "乙" * 30, "丙。", f"某文件 {i}/3"] for i, n in enumerate("一二三", start=1)]
    assert "某文件" not in readers.read_bytes(samples.as_pdf(same), "a.pdf").text
