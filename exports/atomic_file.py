"""A reader of an export directory sees the old file or the new one, never half of one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import MachineError


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a path to write to; on success it becomes ``target`` at once, on any failure nothing is left behind.

    A full disk or a directory that cannot be written raises ``MachineError``.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=target.parent, ignore_cleanup_errors=True) as scratch:
            written = Path(scratch, target.name)
            yield written
            flush(written)
            written.replace(target)
    except OSError as error:
        raise MachineError(f"cannot write {target}: {error.strerror or error}") from error


def flush(path: Path) -> None:
    """Push a file's bytes to the disk, so that a power cut after the rename cannot empty it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
