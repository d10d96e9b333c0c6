"""One invented regulation, made into every format; nothing here is the text of any law."""

import io
import zipfile
from functools import cache

import docx

TITLE = "示例市河道清洁管理办法"
NUMBER = "示例市人民政府令第12号"
HEAD = [
    "（2020年3月5日示例市人民政府第3次常务会议通过\u30002020年3月9日示例市人民政府令第12号公布\u3000自2020年5月1日起施行）",
]
BODY = [
    "第一章\u3000总\u3000则",
    "第一条\u3000为了保持河道清洁，制定本办法。",
    "第二条\u3000本市河道的清洁活动适用本办法。",
    "第三条第二款规定的活动，不适用前款。",
    "第二章\u3000职责与处罚",
    "第一节\u3000职责",
    "第三条\u3000区水务部门负责下列工作：",
    "（一）巡查河道；",
    "（二）清理漂浮物。",
    "前款规定的工作可以委托他人承担。",
    "第三条之一\u3000委托应当订立书面合同。",
    "第二节\u3000处罚",
    "第四条\u3000向河道倾倒垃圾的，责令改正，处二百元以上一千元以下的罚款。",
    "第三章\u3000附\u3000则",
    "第五条\u3000本办法自2020年5月1日起施行。",
    "附件1：巡查记录表",
    "日期、地点、情况。",
]
NUMBERS = ["第一条", "第二条", "第三条", "第三条之一", "第四条", "第五条"]


def lines() -> list[str]:
    return [TITLE, *HEAD, *BODY]


def as_markdown() -> bytes:
    out = [f"# {TITLE}", *HEAD]
    for line in BODY:
        mark = "## " if "章\u3000" in line[:5] else "### " if "节\u3000" in line[:5] else ""
        out.append(mark + line)
    return "\n\n".join(out).encode()


def as_text(encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines()).encode(encoding)


def as_html() -> bytes:
    rows = "".join(f"<p>&#12288;&#12288;{line}</p>" for line in (*HEAD, *BODY))
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_示例市人民政府网</title>
<script>document.write("第九条　脚本写的条文")</script><style>p {{color: red}}</style></head>
<body><nav><a href="/">首页</a> &gt; 政策文件</nav><header>示例市人民政府</header>
<div id="main"><h1>{TITLE}</h1><div class="text">{rows}</div>
<script>alert("第十条　不应出现")</script><p style="display:none">看不见的字</p></div>
<footer>版权所有</footer></body></html>""".encode()


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for line in (*HEAD, *BODY):
        document.add_paragraph(line)
    return saved(document)


def saved(document: object) -> bytes:
    held = io.BytesIO()
    document.save(held)  # type: ignore[attr-defined]
    return held.getvalue()


def as_pdf(pages: list[list[str]] | None = None, width: int = 30, extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF with text in a font that every reader knows by name (no font file needed): lines of `width` characters."""
    if pages is None:
        wrapped = [piece for line in lines() for piece in _wrap(line, width)]
        pages = [wrapped[i : i + 14] for i in range(0, len(wrapped), 14)]
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",  # the page tree, when the pages are known
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for number, page in enumerate(pages, start=1):
        content = [b"BT /F1 14 Tf"]
        for row, line in enumerate((*page, f"— {number} —")):
            content.append(f"1 0 0 1 60 {780 - 24 * row} Tm <{line.encode('utf-16-be').hex()}> Tj".encode())
        content.append(b"ET")
        stream = b"\n".join(content) + b"\n" + extra
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _pdf(objects, trailer)


def scanned_pdf(pages: int = 2) -> bytes:
    """Pages with one picture each and no text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x80\nendstream",
        b"<< /Length 28 >>\nstream\n500 0 0 700 40 60 cm /I1 Do \nendstream",
    ]
    kids = []
    for _ in range(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /XObject << /I1 3 0 R >> >> >>"
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), pages)
    return _pdf(objects)


def encrypted_pdf() -> bytes:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -44 >> /ID [<00112233> <00112233>]"
    return as_pdf(trailer=lock % (b"ab" * 32, b"cd" * 32))


def encrypted_docx() -> bytes:
    """What Word writes for a document with a password: an OLE container, not a zip."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@cache
def bomb_docx() -> bytes:
    """A small .docx that unpacks to 400 MB."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(bytes(1_000_000))
    return held.getvalue()


def _wrap(line: str, width: int) -> list[str]:
    return [line[i : i + width] for i in range(0, len(line), width)] or [""]


def _pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()
