"""Lists archives without unpacking them, and reads the parts of documents that are archives, both within limits."""

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from domain.file_report import FileProblem
from files.contents import Contents, UnopenableError, bomb, damaged
from files.kinds import ENTRY_MAGIC
from files.limits import InspectionLimits

CHUNK_BYTES = 64 * 1024
LINK_TARGET_BYTES_MAX = 4096
UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
DRIVE = re.compile(r"[A-Za-z]:")
NESTED = ".zip"
READ_FAULTS = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
NAMES_IN_NOTE = 5


@dataclass(kw_only=True)
class Budget:
    """What may still be unpacked from one file, its nested archives included."""

    bytes_left: int
    entries_left: int

    def take(self, size: int) -> None:
        """Take bytes from the budget.

        Raises:
            UnopenableError: the file unpacks beyond the limits.
        """
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise bomb("unpacks to more bytes than the limit")

    def take_entries(self, count: int) -> None:
        """Take entries from the budget; raises like ``take``."""
        self.entries_left -= count
        if self.entries_left < 0:
            raise bomb("holds more entries than the limit")


def make_budget(limits: InspectionLimits) -> Budget:
    """Return the whole budget of one file."""
    return Budget(bytes_left=limits.unpacked_bytes_max, entries_left=limits.entries_max)


@contextmanager
def opened_archive(data: bytes, budget: Budget) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose declared sizes and number of entries fit the budget.

    Raises:
        UnopenableError: it is damaged or unpacks beyond the limits.
    """
    budget.take_entries(data.count(ENTRY_MAGIC))  # before the directory is read: its entries cost memory each
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except READ_FAULTS as fault:
        raise damaged(fault) from fault
    with archive:
        if sum(entry.file_size for entry in archive.infolist()) > budget.bytes_left:
            raise bomb("declares more unpacked bytes than the limit")
        yield archive


def stream_part(archive: zipfile.ZipFile, entry: str | zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """Yield a part in chunks, each taken from the budget.

    Raises:
        UnopenableError: the part is missing, damaged, encrypted or too large.
    """
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                budget.take(len(chunk))
                yield chunk
    except KeyError as fault:
        raise damaged(f"part {entry} is missing") from fault
    except READ_FAULTS as fault:
        raise damaged(fault) from fault
    except Exception as fault:  # zlib, bz2 and lzma each raise errors of their own
        if isinstance(fault, UnopenableError | MemoryError):
            raise
        raise damaged(fault) from fault


def list_archive(data: bytes, limits: InspectionLimits) -> Contents:
    """List an archive and the archives inside it; nothing is unpacked to disk.

    Raises:
        UnopenableError: it is damaged, or it is a bomb by size, number of entries or depth.
    """
    names: list[str] = []
    problems: set[FileProblem] = set()
    walk(data, limits.archive_depth_max, make_budget(limits), names, problems)
    note = f"{len(names)} files: {', '.join(names[:NAMES_IN_NOTE])}" if names else "no files"
    ordered = tuple(problem for problem in FileProblem if problem in problems)
    return Contents(holds_more=bool(names), text=None if names else "", problems=ordered, note=note)


def walk(data: bytes, depth_left: int, budget: Budget, names: list[str], problems: set[FileProblem]) -> None:
    """Add the names and problems of one archive and of those inside it."""
    with opened_archive(data, budget) as archive:
        for entry in archive.infolist():
            name = readable_name(entry)
            if leaves_its_folder(entry, name) or links_outside(archive, entry, budget):
                problems.add(FileProblem.UNSAFE_PATHS)
            if entry.is_dir():
                continue
            names.append(name)
            if entry.flag_bits & ENCRYPTED_FLAG:
                problems.add(FileProblem.ENCRYPTED)
            elif name.lower().endswith(NESTED):
                if depth_left == 0:
                    raise bomb("archives inside archives beyond the limit of depth")
                walk_nested(b"".join(stream_part(archive, entry, budget)), depth_left - 1, budget, names, problems)


def walk_nested(data: bytes, depth_left: int, budget: Budget, names: list[str], problems: set[FileProblem]) -> None:
    """Walk into a nested archive; one that is damaged or no archive at all is a file like any other."""
    try:
        walk(data, depth_left, budget, names, problems)
    except UnopenableError as fault:
        if fault.problem is FileProblem.BOMB:
            raise


def readable_name(entry: zipfile.ZipInfo) -> str:
    """Return the name; without the UTF-8 flag Chinese programs write GBK, which zipfile reads as code page 437."""
    if entry.flag_bits & UTF8_FLAG:
        return entry.filename
    try:
        return entry.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def leaves_its_folder(entry: zipfile.ZipInfo, name: str) -> bool:
    """Say whether an entry's name would be written outside the folder it is unpacked into."""
    paths = {name.replace("\\", "/"), entry.orig_filename.replace("\\", "/")}
    return any(path.startswith("/") or DRIVE.match(path) or ".." in path.split("/") for path in paths)


def links_outside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bool:
    """Say whether an entry is a symbolic link that leaves the folder."""
    if not stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & ENCRYPTED_FLAG:
        return False
    if entry.file_size > LINK_TARGET_BYTES_MAX:
        return True
    target = b"".join(stream_part(archive, entry, budget)).decode("utf-8", "replace").replace("\\", "/")
    depth = entry.filename.count("/")
    return target.startswith("/") or bool(DRIVE.match(target)) or target.split("/").count("..") > depth
