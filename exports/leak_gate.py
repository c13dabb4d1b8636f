"""Nothing leaves with a secret in it: a written file is read again, as a stranger would read it, before it is kept."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from domain.errors import RefusedError
from storage.leak_scan import IN_EXPORTS, LeakScan

NAMED_MAX = 5
PIECE_BYTES = 1024 * 1024
BATCH_ROWS = 2_048
TEXT_END, MARK_START = b"\n", b"<"
"""Where a file may be cut without cutting a text: after a line, and in XML, whose texts hold no "<", before a tag."""


def refuse_leaks(file: Path, secrets: Iterable[str] = ()) -> None:
    """Raise ``RefusedError`` that names the kinds of what was found, and never the thing itself."""
    known = tuple(secrets)
    for place, pieces in open_pieces(file):
        for piece in pieces:
            scan = LeakScan(known)  # one for each piece, lest it remember all of a long file
            scan.read(piece, place, kinds=IN_EXPORTS)
            found = scan.report().leaks
            if found:
                kinds = ", ".join(f"{leak.kind.value} in {place}" for leak in found[:NAMED_MAX])
                raise RefusedError(f"the file would give away secrets ({kinds}) and is not written")


def open_pieces(file: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the texts of a file, each with its place, in pieces that fit into memory whatever the file's length."""
    with file.open("rb") as opened:
        head = opened.read(4)
        opened.seek(0)
        if head == b"PK\x03\x04":
            yield from _of_archive(opened)
        elif head == b"PAR1":
            yield file.name, _of_parquet(file)
        else:
            yield file.name, cut(opened, TEXT_END)


def _of_archive(opened: IO[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    with zipfile.ZipFile(opened) as archive:
        for member in archive.infolist():
            with archive.open(member) as inside:
                yield member.filename, cut(inside, MARK_START)


def _of_parquet(file: Path) -> Iterator[bytes]:
    """Yield the texts of each group of rows, one a line."""
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - only who reads Parquet pays for it

    with ParquetFile(file) as opened:
        for batch in opened.iter_batches(batch_size=BATCH_ROWS):
            for column in batch.columns:
                yield "\n".join(str(text) for text in column.to_pylist() if text is not None).encode()


def cut(opened: IO[bytes], end: bytes) -> Iterator[bytes]:
    """Read a stream in pieces that begin and end at ``end``."""
    rest = b""
    while read := opened.read(PIECE_BYTES):
        whole, mark, rest_read = read.rpartition(end)
        if mark:
            yield rest + whole + mark
            rest = rest_read
        else:
            rest += read
    yield rest
