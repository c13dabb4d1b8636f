"""Small but truly valid files for blank forms, filled samples, flow charts and result samples."""

import struct
import zlib
from collections.abc import Callable
from functools import lru_cache
from xml.sax.saxutils import escape

from sandbox.corpus.archives import Entry, deflate, join_zip
from sandbox.corpus.randomness import hexadecimal
from sandbox.model import Attachment

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "zip": "application/zip",
}
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OOXML = "application/vnd.openxmlformats-officedocument"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_ROWS = 96, 136, 12

PDF_FONT = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
)
PDF_FONT_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)


def zip_parts(parts: dict[str, str]) -> bytes:
    """Pack XML parts into a zip whose bytes depend on nothing but the parts."""
    return join_zip([pack_part(name, text) for name, text in parts.items()])


@lru_cache(maxsize=512)  # most parts of a package are the same in every file
def pack_part(name: str, text: str) -> Entry:
    """Pack one part."""
    data = (XML + text).encode()
    return (name.encode(), 0, deflate(data), zlib.crc32(data), len(data))


def make_content_types(overrides: dict[str, str]) -> str:
    """Write the package's list of content types."""
    rows = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    relations = f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{relations}{plain}{rows}</Types>'


def make_relations(target: str, kind: str) -> str:
    """Write a relationship part with one relationship."""
    row = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{row}</Relationships>'


def make_docx(lines: tuple[str, ...]) -> bytes:
    """Make a Word document with one paragraph per line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    return zip_parts(
        {
            "[Content_Types].xml": make_content_types(
                {"/word/document.xml": f"{OOXML}.wordprocessingml.document.main+xml"}
            ),
            "_rels/.rels": make_relations("word/document.xml", "officeDocument"),
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def make_xlsx(lines: tuple[str, ...]) -> bytes:
    """Make a workbook with one sheet and one text cell per line in column A."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{escape(line)}</t></is></c></row>'
        for row, line in enumerate(lines, 1)
    )
    sheet = '<sheet name="表格" sheetId="1" r:id="rId1"/>'
    return zip_parts(
        {
            "[Content_Types].xml": make_content_types(
                {
                    "/xl/workbook.xml": f"{OOXML}.spreadsheetml.sheet.main+xml",
                    "/xl/worksheets/sheet1.xml": f"{OOXML}.spreadsheetml.worksheet+xml",
                }
            ),
            "_rels/.rels": make_relations("xl/workbook.xml", "officeDocument"),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{sheet}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": make_relations("worksheets/sheet1.xml", "worksheet"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def draw_pdf_page(lines: tuple[str, ...]) -> bytes:
    """Write the content stream that prints the lines; nothing for no lines."""
    shown = " T* ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in lines)
    return f"BT /F1 14 Tf 60 780 Td 22 TL {shown} ET".encode() if lines else b""


def make_pdf(lines: tuple[str, ...]) -> bytes:
    """Make a one-page PDF that prints the lines with the standard Chinese font STSong-Light."""
    content = draw_pdf_page(lines)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        PDF_FONT,
        PDF_FONT_DESCRIPTOR,
    )
    return join_pdf(objects)


def join_pdf(objects: tuple[bytes, ...], *, trailer: bytes = b"") -> bytes:
    """Number the objects and write the cross-reference table behind them (ISO 32000-1, 7.5.4)."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for position, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (position, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R%b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def draw_rows(lines: tuple[str, ...]) -> bytes:
    """Draw what looks like a scanned sheet from afar: a frame, and rows of words whose lengths depend on the lines."""
    digest = bytes.fromhex(hexadecimal(*lines))
    white, black = b"\xff" * PICTURE_WIDTH, b"\x00" * PICTURE_WIDTH
    framed = b"\x00" + b"\xff" * (PICTURE_WIDTH - 2) + b"\x00"
    sheet = [black, *[framed] * (PICTURE_HEIGHT - 2), black]
    for row, byte in enumerate(digest[:PICTURE_ROWS]):
        words = b"".join(b"\x20" * (6 + (byte >> shift & 7)) + b"\xff" * 4 for shift in (0, 2, 4, 5))
        line = (b"\x00" + b"\xff" * 9 + words + white)[: PICTURE_WIDTH - 1] + b"\x00"
        sheet[10 + row * 10 : 14 + row * 10] = [line] * 4
    return b"".join(b"\x00" + line for line in sheet)


@lru_cache(maxsize=512)
def make_png(lines: tuple[str, ...]) -> bytes:
    """Make a small grey picture of a filled sheet that depends on the lines."""
    header = struct.pack(">IIBBBBB", PICTURE_WIDTH, PICTURE_HEIGHT, 8, 0, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"tEXt", b"Comment\x00" + hexadecimal(*lines).encode()),
        (b"IDAT", zlib.compress(draw_rows(lines))),
        (b"IEND", b""),
    )
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


MAKERS: dict[str, Callable[[tuple[str, ...]], bytes]] = {
    "pdf": make_pdf,
    "docx": make_docx,
    "xlsx": make_xlsx,
    "png": make_png,
}


def make_attachment(*, name: str, form: str, lines: tuple[str, ...]) -> Attachment:
    """Make a file of the given form (pdf, docx, xlsx, png); equal names and lines give the same guid and bytes."""
    guid = hexadecimal(name, form, *lines)
    return Attachment(guid=guid, name=f"{name}.{form}", content=MAKERS[form](lines), media_type=MEDIA_TYPES[form])
