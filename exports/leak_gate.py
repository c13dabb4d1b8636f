"""Nothing leaves with a secret in it: a written file is read again, as a stranger would read it, before it is kept."""

from collections.abc import Iterable
from pathlib import Path

from domain.errors import RefusedError
from storage.leak_scan import IN_EXPORTS, LeakScan

NAMED_MAX = 5


def refuse_leaks(file: Path, secrets: Iterable[str] = ()) -> None:
    """Raise ``RefusedError`` that names the kinds of what was found, and never the thing itself."""
    scan = LeakScan(secrets)
    scan.read(file.read_bytes(), file.name, kinds=IN_EXPORTS)
    found = scan.report().leaks
    if found:
        kinds = ", ".join(f"{leak.kind.value} in {leak.place.rpartition('!')[2]}" for leak in found[:NAMED_MAX])
        raise RefusedError(f"the file would give away secrets ({kinds}) and is not written")
