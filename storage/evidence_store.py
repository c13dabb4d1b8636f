"""Evidence bytes on disk, named by their own hash, so that a repeat is harmless and a change cannot hide."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

import zstandard

from domain.errors import MachineError
from domain.evidence import Evidence, EvidenceKind
from storage.compression import pack

PACKED = ".zst"
PLAIN_SUFFIXES = {
    "image/png": ".png",
    "image/webp": ".webp",
    "image/jpeg": ".jpg",
    "application/zip": ".zip",
    "application/pdf": ".pdf",
}
"""Media types that are compressed already; everything else is stored as one zstd frame."""
SUFFIXES = (PACKED, *PLAIN_SUFFIXES.values())
SHA256_FORM = re.compile(r"[0-9a-f]{64}")
CHUNK_BYTES = 1 << 20


class MissingEvidenceError(MachineError):
    """There are no bytes, or no record, of this hash."""


class DamagedEvidenceError(MachineError):
    """The bytes on disk are no longer those that were captured."""


class EvidenceStore:
    """Content-addressed files ``<root>/ab/<sha256>.<suffix>``; any number of processes may write at once.

    By default ``put`` waits until the disk has the bytes. With ``sync_each=False`` they outlive this process at once
    and the machine only from the next ``sync`` on: for what can be fetched again at no harm (docs/decisions/0009).
    """

    def __init__(self, root: Path, *, sync_each: bool = True) -> None:
        self.root = root
        self._sync_each = sync_each

    def put(
        self, data: bytes, *, kind: EvidenceKind, media_type: str, url: str, run: str, captured_at: datetime
    ) -> Evidence:
        """Keep bytes and return their record; raise ``MachineError`` when the disk does not take them.

        Bytes that are there already are read again, and written again only if they were damaged.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        record = Evidence(
            sha256=sha256,
            kind=kind,
            media_type=media_type,
            bytes=len(data),
            url=url,
            captured_at=captured_at,
            run=run,
        )
        known = self.path(sha256)
        if known is None:
            self._write(self._place(sha256, media_type), data)
        elif not is_whole(known, sha256):
            self._write(known, data)
        return record

    def get(self, sha256: str) -> bytes:
        """Return bytes as captured; raise ``MissingEvidenceError``, or ``DamagedEvidenceError`` when they changed."""
        path = self._existing(sha256)
        try:
            data = b"".join(read_chunks(path))
        except (OSError, zstandard.ZstdError) as error:
            raise DamagedEvidenceError(f"evidence {sha256} cannot be read: {error}") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedEvidenceError(f"evidence {sha256} has changed since it was captured")
        return data

    def sync(self) -> None:
        """Wait until the disk has everything that any process has put so far."""
        os.sync()

    def path(self, sha256: str) -> Path | None:
        """Return the file that holds these bytes; ``None`` when there is none, also for what is no hash at all."""
        if SHA256_FORM.fullmatch(sha256) is None:
            return None
        stem = f"{self.root}/{sha256[:2]}/{sha256}"
        found = next((suffix for suffix in SUFFIXES if os.path.isfile(stem + suffix)), None)  # noqa: PTH113 - six a document
        return None if found is None else Path(stem + found)

    def holds(self, sha256: str) -> bool:
        """Say whether the bytes are there and are still those that were captured."""
        path = self.path(sha256)
        return path is not None and is_whole(path, sha256)

    def _existing(self, sha256: str) -> Path:
        path = self.path(sha256)
        if path is None:
            raise MissingEvidenceError(f"no evidence {sha256!r} is in {self.root}")
        return path

    def _place(self, sha256: str, media_type: str) -> Path:
        suffix = PLAIN_SUFFIXES.get(media_type.partition(";")[0].strip().lower(), PACKED)
        return self.root / sha256[:2] / f"{sha256}{suffix}"

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_atomically(path, pack(data) if path.suffix == PACKED else data, sync=self._sync_each)
        except OSError as error:
            raise MachineError(f"evidence cannot be written to {self.root}: {error.strerror}") from error


def write_atomically(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a file so that others see all of it or nothing; raise ``OSError`` and leave nothing behind otherwise."""
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = create(draft)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            write_whole(file, data)
            if sync:
                os.fsync(descriptor)
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def create(path: Path) -> int:
    """Open a new file for writing, and make its folder the first time that one is needed."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, flags, 0o600)


def write_whole(file: RawIOBase, data: bytes) -> None:
    """Write every byte, since one call may take only a part of them."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def is_whole(path: Path, sha256: str) -> bool:
    """Re-hash a file's content in constant memory; never raises on damage."""
    digest = hashlib.sha256()
    try:
        for chunk in read_chunks(path):
            digest.update(chunk)
    except (OSError, zstandard.ZstdError):
        return False
    return digest.hexdigest() == sha256


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield a file's content as captured; raise ``ZstdError`` on a damaged frame, ``OSError`` on a failing disk."""
    with path.open("rb") as file:
        yield from _unpacked(file) if path.suffix == PACKED else _chunks(file)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(CHUNK_BYTES), b"")


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    # A stream, because a damaged header may claim any size and one call would allocate it.
    frame = zstandard.ZstdDecompressor().decompressobj()
    for chunk in _chunks(file):
        if frame.eof:
            raise zstandard.ZstdError("bytes after the end of the frame")
        yield frame.decompress(chunk)
    if not frame.eof or frame.unused_data:
        raise zstandard.ZstdError("the frame is cut short or followed by other bytes")
