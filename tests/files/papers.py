"""Files as offices and strangers make them: written by other people's programs, or byte by byte from the standards."""

import io
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from sandbox.corpus.attachments import make_docx

PICTURES = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF", "webp": "WEBP"}
HYPERTEXT = "<!DOCTYPE html><html><head><title>登录</title></head><body>请先登录</body></html>"


def make_picture(kind: str, *, blank: bool = False, size: tuple[int, int] = (320, 240)) -> bytes:
    image = Image.new("RGB", size, "white")
    if not blank:
        ImageDraw.Draw(image).line((0, 0, *size), fill="black", width=3)
    buffer = io.BytesIO()
    image.save(buffer, PICTURES[kind])
    return buffer.getvalue()


def make_xlsx(rows: list[list[str | float]], *, sheets: int = 1) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for number in range(sheets):
            sheet = book.add_worksheet(f"表{number + 1}")
            for place, row in enumerate(rows if number == 0 else []):
                sheet.write_row(place, 0, row)
    return buffer.getvalue()


def make_zip(members: dict[str, bytes], *, mode: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", mode) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, mode)
    return buffer.getvalue()


def replace_part(package: bytes, part: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert part in members
    return make_zip({**members, part: data})


def lock_package(package: bytes, password: str) -> bytes:
    """Encrypt an Office Open XML package as Office does ([MS-OFFCRYPTO], agile encryption)."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(password, out)
    return out.getvalue()


def lock_pdf(data: bytes, *, user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_bare_pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """Write a PDF from its objects, with a true cross-reference table (ISO 32000-1 §7.5)."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return (
        out + head + table + b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, len(out))
    )


def pdf_stream(data: bytes, *, filters: str = "/FlateDecode") -> bytes:
    return b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(data), filters.encode(), data)


def make_pdf_with(content: bytes) -> bytes:
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return make_bare_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, content])


def deflate_zeros(size: int) -> bytes:
    """Return the deflated form of so many zero bytes without ever holding them, nor packing all of them."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = bytes(1024 * 1024)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone, so that it can be repeated
    last = packer.compress(bytes(size % len(block))) + packer.flush()
    adler32 = (size % 65521) << 16 | 1  # of zeros only (RFC 1950 §9)
    return b"\x78\xda" + packed * (size // len(block)) + last + struct.pack(">I", adler32)


def png_chunk(tag: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))


def make_huge_png(width: int, height: int) -> bytes:
    """Write a PNG of one bit a pixel, all black: a gigabyte and more once decoded to bytes."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = deflate_zeros(((width + 7) // 8 + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def nest(depth: int) -> bytes:
    data = make_zip({"申请表.txt": "申请表".encode()})
    for _ in range(depth):
        data = make_zip({"里面.zip": data})
    return data


def make_laughs(package_part: str = "word/document.xml") -> bytes:
    """Put an entity expansion bomb into a true document's main part."""
    lines = ['<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    xml = f'<?xml version="1.0"?><!DOCTYPE d [{"".join(lines)}]><d><body><p><r><t>&a9;</t></r></p></body></d>'
    return replace_part(make_docx(("申请表",)), package_part, xml.encode())


def convert(office: str, folder: Path, name: str, data: bytes, target: str) -> bytes:
    """Let LibreOffice write a file in another format."""
    (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = list((folder / "out").glob(f"*.{target.partition(':')[0]}"))
    return made[0].read_bytes() if made else b""
