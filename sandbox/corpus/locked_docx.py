"""A Word file with a password, as Word wraps it: a compound file around what cannot be read."""

import hashlib
import struct

from sandbox.corpus.locked_pdf import rc4

SECTOR = 512
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def lock_docx(content: bytes) -> bytes:
    """Wrap a document as Word does when a password is set: a compound file with EncryptedPackage (MS-OFFCRYPTO 1.3)."""
    size = max(4096, -(-len(content) // 16) * 16 + 8)
    package = struct.pack("<Q", len(content)) + rc4(hashlib.sha256(content).digest(), bytes(size - 8))
    info = struct.pack("<HHI", 4, 4, 0x40) + make_encryption_info(content)
    return join_compound({"EncryptionInfo": info.ljust(4096), "EncryptedPackage": package})


def make_encryption_info(content: bytes) -> bytes:
    """Write the descriptor of agile encryption."""
    word = hashlib.sha256(content).hexdigest()
    cipher = (
        'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"'
        ' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"'
        ' xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<keyData {cipher} saltValue="{word[:22]}=="/>'
        f'<dataIntegrity encryptedHmacKey="{word}" encryptedHmacValue="{word}"/><keyEncryptors>'
        '<keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="100000" {cipher} saltValue="{word[:22]}=="'
        f' encryptedVerifierHashInput="{word[:22]}=="'
        f' encryptedVerifierHashValue="{word}" encryptedKeyValue="{word}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    ).encode()


def join_compound(streams: dict[str, bytes]) -> bytes:
    """Write a compound file of streams of 4,096 bytes or more each (MS-CFB 2): header, FAT, directory, contents."""
    fat, sectors, entries = [FAT_SECTOR, END], [], [name_entry("Root Entry", kind=5, child=1, start=END, size=0)]
    for number, (name, data) in enumerate(streams.items(), 1):
        first, count = len(fat), -(-len(data) // SECTOR)
        fat += [*range(first + 1, first + count), END]
        sectors.append(data.ljust(count * SECTOR, b"\0"))
        right = number + 1 if number < len(streams) else FREE
        entries.append(name_entry(name, kind=2, right=right, start=first, size=len(data)))
    entries += [bytes(128)] * (-len(entries) % 4)
    if len(fat) > SECTOR // 4 or len(entries) > 4:
        raise ValueError("this writer makes one FAT sector and one directory sector only")
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), 62, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, END, 0, END, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return header + table + b"".join(entries) + b"".join(sectors)


def name_entry(name: str, *, kind: int, start: int, size: int, right: int = FREE, child: int = FREE) -> bytes:
    """Write a directory entry (MS-CFB 2.6.1)."""
    encoded = (name + "\0").encode("utf-16-le")
    head = struct.pack("<64sHBB", encoded, len(encoded), kind, 1)
    return head + struct.pack("<III16xI16xIQ", FREE, right, child, 0, start, size)
