"""A minimal PDF writer for the guide print, with the CJK font that readers bring along instead of an embedded one."""

from collections.abc import Sequence

LINES_PER_PAGE = 42
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts "
    b"[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor "
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)


def wrap_lines(lines: Sequence[str], width: int = 40) -> list[str]:
    """Break lines after `width` characters."""
    return [line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width)]


def draw_page(lines: Sequence[str]) -> bytes:
    """Write the content stream of one page."""
    rows = [f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines]
    return "\n".join(["BT /F1 11 Tf 50 790 Td 17 TL", *rows, "ET"]).encode("ascii")


def make_pdf(lines: Sequence[str]) -> bytes:
    """Make an A4 document of plain text lines (characters outside the BMP are not drawn)."""
    wrapped = wrap_lines(["".join(char for char in line if ord(char) < 0x10000) for line in lines])
    pages = [wrapped[at : at + LINES_PER_PAGE] for at in range(0, len(wrapped), LINES_PER_PAGE)] or [[]]
    numbers = [4 + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii"),
        FONT,
    ]
    for number, page in zip(numbers, pages, strict=True):
        content = draw_page(page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {number + 1} 0 R >>".encode("ascii")
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return join_objects(objects)


def join_objects(objects: Sequence[bytes]) -> bytes:
    """Number the objects and append the cross-reference table."""
    output, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(output)
    output += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    output += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    output += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(output)
