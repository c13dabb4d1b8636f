"""A reader of an export directory sees the old file or the new one, never half of one."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import MachineError

SCRATCH = ".export-"
SETTLED_S = 60.0
"""A scratch folder younger than this may not be locked yet by the process that made it."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a path to write to; on success it becomes ``target`` at once, on any failure nothing is left behind.

    What a killed process left behind in the same directory is swept away first.
    A full disk or a directory that cannot be written raises ``MachineError``.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        folder = tempfile.TemporaryDirectory(prefix=SCRATCH, dir=target.parent, ignore_cleanup_errors=True)
        with folder as scratch, locked(Path(scratch)):
            written = Path(scratch, target.name)
            yield written
            flush(written)
            written.replace(target)
    except OSError as error:
        raise MachineError(f"cannot write {target}: {error.strerror or error}") from error


def sweep(directory: Path) -> None:
    """Remove the scratch folders of processes that were killed: a lock ends with its process, however that ends."""
    for left in directory.glob(f"{SCRATCH}*"):
        try:
            if time.time() - left.stat().st_mtime > SETTLED_S:
                with locked(left):
                    shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue  # somebody is writing there, or has just finished


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; raise ``BlockingIOError`` where another holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def flush(path: Path) -> None:
    """Push a file's bytes to the disk, so that a power cut after the rename cannot empty it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
