"""Recognises what a file is by its bytes; names and media types lie."""

import io
import re
import struct
import zipfile
import zlib

import olefile
import puremagic

from domain.file_report import FileKind

OLE, ZIP_CONTAINER = ".doc", ".zip"  # puremagic's word for every OLE container; its word for zip is one of several
BY_MAGIC: dict[str, FileKind] = {
    ".pdf": FileKind.PDF,
    ".rtf": FileKind.RTF,
    ".jfif": FileKind.JPEG,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".gif": FileKind.GIF,
    ".bmp": FileKind.BMP,
    ".tif": FileKind.TIFF,
    ".tiff": FileKind.TIFF,
    ".webp": FileKind.WEBP,
    ".rar": FileKind.RAR,
    ".7z": FileKind.SEVEN_ZIP,
}
OLE_MAGIC, ZIP_MAGICS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_STREAMS: dict[str, FileKind] = {
    "WordDocument": FileKind.DOC,
    "Workbook": FileKind.XLS,
    "Book": FileKind.XLS,
    "PowerPoint Document": FileKind.PPT,
    "WpsContent": FileKind.WPS,
    "WPSContent": FileKind.WPS,
}
# The main stream mostly begins in the first sector: a container whose directory is lost is still recognised by it.
FIRST_SECTOR = 512
FIRST_SECTORS: dict[bytes, FileKind] = {b"\xec\xa5": FileKind.DOC, b"\x09\x08": FileKind.XLS}
ENCRYPTED_PACKAGE = "EncryptedPackage"  # [MS-OFFCRYPTO] §2.3.4.4: any of docx, xlsx, pptx
# [ECMA-376-1] §11.3.10, §12.3.23, §13.3.6: the content type of the main part tells what the package is.
MAIN_PARTS: dict[bytes, FileKind] = {
    b"wordprocessingml.": FileKind.DOCX,
    b"vnd.ms-word.": FileKind.DOCX,
    b"spreadsheetml.": FileKind.XLSX,
    b"vnd.ms-excel.": FileKind.XLSX,
    b"presentationml.": FileKind.PPTX,
    b"vnd.ms-powerpoint.": FileKind.PPTX,
}
MAIN_PART = re.compile(rb"(wordprocessingml\.|vnd\.ms-word\.|spreadsheetml\.|vnd\.ms-excel\.|presentationml\.|"
                       rb"vnd\.ms-powerpoint\.)[A-Za-z.]*\.main\+xml")  # fmt: skip
FOLDERS: dict[bytes, FileKind] = {
    b"word/document.xml": FileKind.DOCX,
    b"xl/workbook.": FileKind.XLSX,
    b"ppt/presentation.xml": FileKind.PPTX,
    b"OFD.xml": FileKind.OFD,
}
LOCAL_HEADER = 30  # bytes before the name of the first entry (APPNOTE §4.3.7)
DOCUMENT_ENTRIES = (b"[Content_Types]", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"OFD.xml", b"Doc_")
CONTENT_TYPES = "[Content_Types].xml"
ENTRY_MAGIC = b"PK\x01\x02"
ENTRIES_LISTED_MAX = 20_000  # of an archive; a larger directory costs memory, and no document has one
LIST_BYTES_MAX = 1024 * 1024  # of the list of content types
BEGINNING = 4096
# What the readers of directories raise on damaged ones.
LISTING_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    EOFError,
    OverflowError,
    RuntimeError,
)
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|title|meta|script|body|frameset|iframe|div)\b", re.IGNORECASE)
HTML_PREFIX = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->|\s)*", re.DOTALL)
WEB_ARCHIVE = re.compile(rb"\s*(?:mime-version|from|content-type):", re.IGNORECASE)
WORD_2003_XML = b'progid="Word.Document"'
BINARY = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\ufffd]")


def recognise(data: bytes) -> FileKind:
    """Return what the bytes are; a container that is cut short is still recognised by the names inside it."""
    if data.startswith(OLE_MAGIC):
        return recognise_ole(data)
    if data.startswith(ZIP_MAGICS):
        return recognise_zip(data)
    if b"%PDF-" in data[:1024]:  # readers accept it there (ISO 32000-1 annex H)
        return FileKind.PDF
    return recognise_markup(data) or recognise_magic(data) or recognise_text(data)


def recognise_magic(data: bytes) -> FileKind | None:
    """Ask puremagic; of its answers only those count whose kind a citizen may meet."""
    try:
        answers = puremagic.magic_string(data[: 64 * 1024])
    except (puremagic.PureError, ValueError):
        return None
    kinds = (BY_MAGIC.get(answer.extension) for answer in answers if answer.byte_match)
    return next((kind for kind in kinds if kind is not None), None)


def recognise_markup(data: bytes) -> FileKind | None:
    """Recognise web pages, web archives and Word's XML of 2003 by their beginning."""
    start = data[:BEGINNING].removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        start = data[:BEGINNING].decode("utf-16", "replace").encode()
    if WORD_2003_XML in start and start.lstrip().startswith(b"<"):
        return FileKind.DOC
    prefix = HTML_PREFIX.match(start)
    if HTML.match(start, prefix.end() if prefix else 0) or (WEB_ARCHIVE.match(start) and b"multipart/related" in start):
        return FileKind.HTML
    return None


def recognise_text(data: bytes) -> FileKind:
    """Say whether the bytes are text in an encoding that Chinese offices use."""
    return FileKind.UNKNOWN if decode_text(data) is None else FileKind.TEXT


def decode_text(data: bytes) -> str | None:
    """Decode UTF-8, UTF-16 with its mark, or GB 18030; None when it is none of them."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if BINARY.search(text[:100_000]) else text
    return None


def recognise_ole(data: bytes) -> FileKind:
    """Recognise a compound file by its streams, or where it is cut short by their names anywhere in the bytes."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            names = {"/".join(path) for path in container.listdir()}
    except LISTING_FAULTS:
        names = {name for name in OLE_STREAMS if directory_entry(name) in data}
    found = next((kind for name, kind in OLE_STREAMS.items() if name in names), None)
    return found or FIRST_SECTORS.get(data[FIRST_SECTOR : FIRST_SECTOR + 2], FileKind.UNKNOWN)


def directory_entry(name: str) -> bytes:
    """Return the bytes of a stream's name in the directory: 64 bytes of UTF-16 and the length ([MS-CFB] §2.6.1)."""
    encoded = name.encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2)


def recognise_zip(data: bytes) -> FileKind:
    """Recognise a package by its content types, or where it is cut short by the names anywhere in the bytes."""
    if data.count(ENTRY_MAGIC) > ENTRIES_LISTED_MAX:
        return FileKind.ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if CONTENT_TYPES in names:
                return recognise_package(archive)
    except LISTING_FAULTS:
        return recognise_remains(data)
    if "OFD.xml" in names:
        return FileKind.OFD
    return FileKind.UNKNOWN if "mimetype" in names else FileKind.ZIP


def recognise_remains(data: bytes) -> FileKind:
    """Recognise a package that cannot be listed: its first entry is one of a document, and a main part is named."""
    if not data[LOCAL_HEADER:].startswith(DOCUMENT_ENTRIES):
        return FileKind.ZIP
    return next((kind for name, kind in FOLDERS.items() if name in data), FileKind.ZIP)


def recognise_package(archive: zipfile.ZipFile) -> FileKind:
    """Return the kind of an Office Open XML package."""
    with archive.open(CONTENT_TYPES) as stream:
        types = stream.read(LIST_BYTES_MAX)
    match = MAIN_PART.search(types)
    if match:
        return MAIN_PARTS[match[1]]
    names = archive.namelist()
    found = (kind for name, kind in FOLDERS.items() if any(entry.encode().startswith(name) for entry in names))
    return next(found, FileKind.ZIP)
