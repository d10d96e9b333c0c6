"""The smallest PDF that holds Chinese text, for sample files: no font inside, pages of lines or of a picture."""

import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
_MARGIN, _SIZE, _LEADING = 72, 12, 20
PER_LINE = (WIDTH - 2 * _MARGIN) // _SIZE
PER_PAGE = (HEIGHT - 2 * _MARGIN) // _LEADING


class Picture:
    """A page that is a picture: `rgb` has 3 bytes a point, rows from the top."""

    def __init__(self, width: int, height: int, rgb: bytes) -> None:
        self.width, self.height, self.rgb = width, height, rgb


def wrapped(lines: Sequence[str]) -> list[str]:
    """Lines cut where the margin cuts them."""
    return [line[i : i + PER_LINE] for line in lines for i in range(0, max(len(line), 1), PER_LINE)]


def pages_of(lines: Sequence[str]) -> list[list[str]]:
    """Lines as pages."""
    rows = wrapped(lines)
    return [rows[i : i + PER_PAGE] for i in range(0, len(rows), PER_PAGE)] or [[]]


def pdf(pages: Sequence[Sequence[str] | Picture]) -> bytes:
    """A file of pages of text (a first line that is short stands in the middle, as titles do) or of pictures."""
    objects: list[bytes] = [b"", b""]  # catalogue and page tree come last

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    inner = add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor %d 0 R >>" % descriptor
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>"
        % inner
    )
    numbers = []
    for page in pages:
        if isinstance(page, Picture):
            image = add(
                b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
                b" /Filter /FlateDecode %s" % (page.width, page.height, _stream(page.rgb)[3:])
            )
            content = b"q %d 0 0 %d 0 0 cm /I Do Q" % (WIDTH, HEIGHT)
            resources = b"<< /XObject << /I %d 0 R >> >>" % image
        else:
            content = b"\n".join(_text(page))
            resources = b"<< /Font << /F %d 0 R >> >>" % font
        stream = add(b"<< /Filter /FlateDecode %s" % _stream(content)[3:])
        numbers.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources %s /Contents %d 0 R >>"
                % (WIDTH, HEIGHT, resources, stream)
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    kids = b" ".join(b"%d 0 R" % n for n in numbers)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(numbers))
    return _file(objects)


def _text(lines: Sequence[str]) -> list[bytes]:
    out = []
    for row, line in enumerate(lines):
        left = (WIDTH - len(line) * _SIZE) // 2 if len(line) <= 16 and row < 2 else _MARGIN
        top = HEIGHT - _MARGIN - row * _LEADING
        words = line.encode("utf-16-be").hex().encode()
        out.append(b"BT /F %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET" % (_SIZE, left, top, words))
    return out


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
