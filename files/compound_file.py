"""Opens compound files (OLE): doc, xls, ppt and encrypted packages."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import msoffcrypto
import olefile
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from domain.file_report import FileProblem
from files.contents import Contents, UnopenableError, damaged
from files.kinds import ENCRYPTED_PACKAGE
from files.limits import InspectionLimits
from files.text_collector import TextCollector
from files.word_binary import NotWord97Error, read_word_text, table_stream_name

OLE_FAULTS = (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError, OverflowError)
# Excel and WPS open a workbook encrypted with this password without asking ([MS-OFFCRYPTO] §2.1, write protection).
UNASKED_PASSWORD = "VelvetSweatshop"
PICTURE_STREAMS = ("Data", "Pictures", "ObjectPool", "MBD")
ROWS_MAX = 65_536  # a sheet of a .xls
COLUMNS_MAX = 256
DRAWINGS_RECORD = 0x00EB


@contextmanager
def opened_container(data: bytes) -> Iterator[olefile.OleFileIO]:
    """Open a compound file; its small faults are forgiven, as programs forgive them.

    Raises:
        UnopenableError: it is damaged.
    """
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
    except OLE_FAULTS as fault:
        raise damaged(fault) from fault
    with container:
        yield container


def read_stream(container: olefile.OleFileIO, name: str) -> bytes:
    """Read one stream.

    Raises:
        UnopenableError: the stream is missing or cut short.
    """
    try:
        with container.openstream(name) as stream:
            data = bytes(stream.read())
        size = container.get_size(name)
    except OLE_FAULTS as fault:
        raise damaged(fault) from fault
    if len(data) < size:
        raise damaged(f"the stream {name} holds {len(data)} of its {size} bytes")
    return data


def refuse_encrypted(data: bytes, container: olefile.OleFileIO) -> None:
    """Raise when the file asks for a password.

    Raises:
        UnopenableError: encrypted.
    """
    if container.exists(ENCRYPTED_PACKAGE) or (is_encrypted(data) and not opens_unasked(data)):
        raise UnopenableError(FileProblem.ENCRYPTED, "asks for a password")


def is_encrypted(data: bytes) -> bool:
    """Ask msoffcrypto; what it cannot judge counts as not encrypted."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception as fault:  # on damaged files it fails in many ways
        if isinstance(fault, MemoryError):
            raise
        return False


def opens_unasked(data: bytes) -> bool:
    """Say whether the password that programs try by themselves opens the file."""
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=UNASKED_PASSWORD, verify_password=True)
    except Exception as fault:  # as above
        if isinstance(fault, MemoryError):
            raise
        return False
    return True


def read_doc(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a .doc: an intact container with the stream WordDocument; text where it was written by Word 97 or later.

    Raises:
        UnopenableError: damaged or encrypted.
    """
    out = TextCollector(limits.text_characters_max)
    with opened_container(data) as container:
        document = read_stream(container, "WordDocument")
        refuse_encrypted(data, container)
        try:
            pictures = read_word_text(document, read_stream(container, table_stream_name(document)), out)
        except NotWord97Error as fault:
            if "older" in str(fault):
                return Contents(note=str(fault))
            raise damaged(str(fault)) from fault
        return Contents(text=out.text(), holds_more=pictures or has_pictures(container))


def has_pictures(container: olefile.OleFileIO) -> bool:
    """Say whether the container holds pictures or embedded objects."""
    names = {path[0] for path in container.listdir() if path}
    return any(name.startswith(PICTURE_STREAMS) for name in names)


def read_ppt(data: bytes, _limits: InspectionLimits) -> Contents:
    """Check a .ppt: an intact container with its main stream; its text is not read."""
    with opened_container(data) as container:
        read_stream(container, "PowerPoint Document")
        refuse_encrypted(data, container)
    return Contents(note="text of .ppt is not read")


def read_unknown_container(data: bytes, _limits: InspectionLimits) -> Contents:
    """Check a compound file that is none of the known kinds; a package with a password is one of them."""
    with opened_container(data) as container:
        refuse_encrypted(data, container)
    return Contents(note="a compound file of an unknown program")


def read_xls(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a .xls sheet by sheet.

    Raises:
        UnopenableError: damaged or encrypted.
    """
    with opened_container(data) as container:
        refuse_encrypted(data, container)
        pictures = has_pictures(container)
        stream = read_stream(container, "Workbook" if container.exists("Workbook") else "Book")
    out = TextCollector(limits.text_characters_max)
    sheets = 0
    for sheet in read_sheets(data):
        sheets += 1
        out.extend(cell_text(sheet))
    return Contents(text=out.text(), pages=sheets, holds_more=pictures or holds_drawings(stream))


def holds_drawings(stream: bytes) -> bool:
    """Walk the workbook's records and say whether one of them holds drawings ([MS-XLS] §2.4.171)."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == DRAWINGS_RECORD:
            return True
        at += 4 + length
    return False


def read_sheets(data: bytes) -> Iterator[CalamineSheet]:
    """Yield a workbook's sheets.

    Raises:
        UnopenableError: calamine cannot read the workbook.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            yield workbook.get_sheet_by_name(name)
    except CalamineError as fault:
        raise damaged(fault) from fault
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":  # a Rust panic derives from BaseException alone
            raise damaged(str(fault)) from fault
        raise


def cell_text(sheet: CalamineSheet) -> Iterator[str]:
    """Yield the sheet's cells and the breaks between them."""
    for row in islice(sheet.iter_rows(), ROWS_MAX):
        for value in row[:COLUMNS_MAX]:
            whole = isinstance(value, float) and value.is_integer()
            yield str(int(value) if whole and isinstance(value, float) else value)
            yield "\t"
        yield "\n"
