"""Keeps the file of figures or lists as it was handed in: a run that says who brought it, and its bytes as evidence."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from domain.errors import MachineError
from domain.evidence import EvidenceKind
from domain.handed_list import HandedEntry
from domain.imported_figure import ImportedFigure
from domain.run import Run, RunKind, RunState
from intake.hand_in import PACKAGES, keep, media_type_of, new_run_id
from storage.run_manifest import close_evidence, close_left_open
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Original:
    """One accepted file: which table it is, who brought it for which half-year, and what was taken over from it."""

    what: str  # figures, lists or open-data
    period: str
    by: str
    source: str
    file_name: str
    file: bytes
    imported_at: datetime
    figures: tuple[ImportedFigure, ...] = ()
    entries: tuple[HandedEntry, ...] = ()
    tool_commit: str = "unknown"

    @property
    def units(self) -> tuple[str, ...]:
        """The bodies that it speaks of."""
        return tuple(sorted({one.unit for one in self.figures} | {one.unit for one in self.entries}))


def record_original(store: Store, original: Original) -> Run:
    """Keep a file and what was read in it; raise ``MachineError`` for a failing disk.

    Bytes go to disk first and are read again; run, evidence and figures then follow in one transaction.
    """
    close_left_open(store)
    run = begin(original)
    media_type = media_type_of(original.file_name)
    kept = keep(store, run, original.file, EvidenceKind.HANDED_IN, media_type, original.file_name)
    if not store.evidence.holds(kept.sha256):
        raise MachineError(f"evidence {kept.sha256} cannot be read again after it was written; nothing was recorded")
    store.manual.save(run, [kept], (), figures=original.figures, entries=original.entries)
    closed = close_evidence(store, run)
    store.runs.update(closed)
    return closed


def begin(original: Original) -> Run:
    """Write the provenance; what belongs to a half-year counts for every target, so none is named."""
    sha256 = hashlib.sha256(original.file).hexdigest()
    return Run(
        id=new_run_id(original.imported_at),
        kind=RunKind.MANUAL,
        period=original.period,
        target="",
        state=RunState.FINISHED,
        started_at=original.imported_at,
        finished_at=original.imported_at,
        units=original.units,
        portals=(),
        tool_version=version("yuece"),
        tool_commit=original.tool_commit,
        packages={name: version(name) for name in PACKAGES},
        settings_hash=sha256[:16],
        settings={
            "source": "import",
            "what": original.what,
            "by": original.by,
            "taken_from": original.source,
            "file_name": original.file_name,
            "file_sha256": sha256,
        },
        counts={"figures": len(original.figures)} if original.figures else {"entries": len(original.entries)},
    )


def runs_of_files(runs: Iterable[Run]) -> dict[tuple[str, str], Run]:
    """Map half-year and hash of the file to the run by which it came; the first one of a file wins."""
    found: dict[tuple[str, str], Run] = {}
    for run in runs:
        found.setdefault((run.period, str(run.settings["file_sha256"])), run)
    return found
