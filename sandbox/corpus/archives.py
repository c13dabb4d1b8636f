"""Zip archives that no ordinary packer makes: locked, bombs, entries that leave their folder; each of them truly so."""

import hashlib
import struct
import zlib
from collections.abc import Generator
from functools import cache

ZEROS = bytes(1 << 20)
BOMB_MIB = 1024


Entry = tuple[bytes, int, bytes, int, int]
"""Name, flags, deflated bytes, CRC-32 and size before packing."""


def join_zip(entries: list[Entry]) -> bytes:
    """Write an archive (APPNOTE.TXT 4.3)."""
    body, directory = bytearray(), bytearray()
    for name, flags, packed, crc, size in entries:
        common = struct.pack("<HHHHHIIIHH", 20, flags, 8, 0, 0x5021, crc, len(packed), size, len(name), 0)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        )
        body += b"PK\x03\x04" + common + name + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\x05\x06" + end


def deflate(content: bytes) -> bytes:
    """Deflate without a header."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def pack_files(files: dict[str, bytes]) -> bytes:
    """Pack files under exactly the names given, wherever they lead."""
    flags = 0x800  # names are UTF-8
    return join_zip(
        [(name.encode(), flags, deflate(data), zlib.crc32(data), len(data)) for name, data in files.items()]
    )


def make_path_tricks() -> bytes:
    """Pack entries that would leave the folder they are unpacked into."""
    names = ("申请表.txt", "../../../../etc/cron.d/form", "/tmp/form.sh", "C:\\Windows\\System32\\form.dll")
    return pack_files(dict.fromkeys(names, "申请表".encode()))


@cache
def make_bomb() -> bytes:
    """Pack a gibibyte of zeros into a mebibyte, one mebibyte at a time so that making it costs no memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    step = packer.compress(ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(BOMB_MIB):
        crc = zlib.crc32(ZEROS, crc)
    packed = step * BOMB_MIB + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return join_zip([("申请表.docx".encode(), 0x800, packed, crc, len(ZEROS) * BOMB_MIB)])


def cross_zip_key(password: bytes) -> Generator[int, int, None]:
    """Give the key stream of traditional PKWARE encryption; each plain byte is sent in (APPNOTE.TXT 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = ~zlib.crc32(bytes([byte]), ~keys[0] & 0xFFFFFFFF) & 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = ~zlib.crc32(bytes([keys[1] >> 24]), ~keys[2] & 0xFFFFFFFF) & 0xFFFFFFFF

    for byte in password:
        update(byte)
    while True:
        mask = (keys[2] | 2) & 0xFFFF
        update((yield ((mask * (mask ^ 1)) >> 8) & 0xFF))


def lock_zip(name: str, content: bytes, password: bytes) -> bytes:
    """Pack a file so that it opens with the password only."""
    crc, stream = zlib.crc32(content), cross_zip_key(password)
    plain = hashlib.md5(content).digest()[:11] + bytes([crc >> 24]) + deflate(content)
    mask, locked = next(stream), bytearray()
    for byte in plain:
        locked.append(byte ^ mask)
        mask = stream.send(byte)
    return join_zip([(name.encode(), 0x801, bytes(locked), crc, len(content))])
