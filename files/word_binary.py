"""Reads the text of Word's binary format of 1997 to 2003, in which offices still publish most blank forms."""

import re
import struct
from collections.abc import Iterator

from files.text_collector import TextCollector

# [MS-DOC] §2.5.1: offsets in the file information block at the start of the stream WordDocument.
WORD_MAGIC, WORD_97 = 0xA5EC, 0x00C1
FLAGS_OFFSET, TABLE_STREAM_FLAG = 0x0A, 0x0200
CLX_OFFSET = 0x01A2
PROPERTIES, PIECES = 0x01, 0x02  # [MS-DOC] §2.9.38
PIECE_BYTES, POSITION_BYTES = 8, 4
COMPRESSED = 0x40000000  # [MS-DOC] §2.9.73: eight bits to a character, at half the offset
FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*\x14?")  # what a field computes is not text; what it shows is
PICTURE = re.compile(r"[\x01\x08]")
BREAKS = {"\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x0d": "\n", "\x1e": "-"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class NotWord97Error(Exception):
    """The stream is older than Word 97 or not what the format says."""


def table_stream_name(document: bytes) -> str:
    """Return the name of the stream that holds the piece table.

    Raises:
        NotWord97Error: the stream does not begin with a block of Word 97 or later.
    """
    if len(document) < CLX_OFFSET + 8:
        raise NotWord97Error("the stream WordDocument is cut short")
    magic, version = struct.unpack_from("<HH", document)
    if magic != WORD_MAGIC:
        raise NotWord97Error("the stream WordDocument does not begin as the format says")
    if version < WORD_97:
        raise NotWord97Error("written by a Word older than 97")
    (flags,) = struct.unpack_from("<H", document, FLAGS_OFFSET)
    return "1Table" if flags & TABLE_STREAM_FLAG else "0Table"


def read_word_text(document: bytes, table: bytes, out: TextCollector) -> bool:
    """Collect the text of a document from its pieces and say whether it holds pictures.

    Raises:
        NotWord97Error: the piece table points outside the streams.
    """
    pieces = TextCollector(characters_max=4 * 1024 * 1024)
    pieces.extend(read_pieces(document, table))
    raw = pieces.text()
    shown = FIELD_CODE.sub("", raw)
    for mark, replacement in BREAKS.items():
        shown = shown.replace(mark, replacement)
    out.add(CONTROL.sub("", shown))
    return PICTURE.search(raw) is not None


def read_pieces(document: bytes, table: bytes) -> Iterator[str]:
    """Yield the text of each piece ([MS-DOC] §2.4.1)."""
    start, length = struct.unpack_from("<II", document, CLX_OFFSET)
    plc = find_pieces(table[start : start + length])
    count = (len(plc) - POSITION_BYTES) // (POSITION_BYTES + PIECE_BYTES)
    positions = struct.unpack_from(f"<{count + 1}I", plc)
    for index in range(count):
        (where,) = struct.unpack_from("<I", plc, (count + 1) * POSITION_BYTES + index * PIECE_BYTES + 2)
        characters = positions[index + 1] - positions[index]
        yield read_piece(document, where, characters)


def read_piece(document: bytes, where: int, characters: int) -> str:
    """Decode one piece: Windows-1252 when compressed, UTF-16 otherwise."""
    compressed = bool(where & COMPRESSED)
    offset = (where & ~COMPRESSED) // 2 if compressed else where
    size = characters if compressed else characters * 2
    if characters < 0 or offset + size > len(document):
        raise NotWord97Error("the text lies outside the file")
    return document[offset : offset + size].decode("cp1252" if compressed else "utf-16-le", "replace")


def find_pieces(clx: bytes) -> bytes:
    """Skip the properties in front of the piece table and return the table."""
    at = 0
    while at + 5 <= len(clx):
        if clx[at] == PIECES:
            (length,) = struct.unpack_from("<I", clx, at + 1)
            if length < POSITION_BYTES or at + 5 + length > len(clx):
                break
            return clx[at + 5 : at + 5 + length]
        if clx[at] != PROPERTIES:
            break
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    raise NotWord97Error("the document has no piece table")
