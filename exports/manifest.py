"""The paper that travels with exported files: which run, by which tool and settings, how many rows, which bytes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, ValidationError

from domain.errors import UsageError
from domain.frozen import Frozen
from domain.run import Run, RunKind, RunState
from exports.atomic_file import replacing
from exports.contract import SCHEMA_VERSION

MANIFEST_NAME = "manifest.json"


class ExportedFile(Frozen):
    """One file of the export; of a delta, ``since`` is the earlier run and ``changes`` counts what became of rows."""

    name: str
    dataset: str
    format: str
    language: str
    schema_version: str
    schema_file: str  # beside the file
    natural_key: tuple[str, ...]
    columns: tuple[str, ...]  # column keys, in the order of the file
    rows: int  # header not counted
    bytes: int
    sha256: str
    run: str
    kind: RunKind
    target: str
    period: str
    run_state: RunState
    run_started_at: AwareDatetime
    since: str | None = None
    changes: Mapping[str, int] = {}
    forced: bool  # published although the gate objected
    exported_by: str  # version of the tool that wrote the file
    created_at: AwareDatetime


class Provenance(Frozen):
    """How a run's numbers came about."""

    kind: RunKind
    period: str
    target: str
    state: RunState
    started_at: AwareDatetime
    finished_at: AwareDatetime | None
    units: int
    portals: tuple[str, ...]
    tool_version: str
    tool_commit: str
    packages: Mapping[str, str]
    browser: str
    settings_hash: str
    vantage: str
    counts: Mapping[str, int]
    note: str
    evidence_manifest: str | None  # SHA-256 of the run's own list of evidence
    time_stamp: str | None

    @classmethod
    def of(cls, run: Run) -> "Provenance":
        """Take a run's provenance over; its settings stay at home, their hash goes along."""
        facts: dict[str, Any] = {name: getattr(run, name) for name in cls.model_fields if name in Run.model_fields}
        return cls.model_validate({**facts, "units": len(run.units), "evidence_manifest": run.manifest})


class Manifest(Frozen):
    """Everything that lies in one export directory; ``provenance`` is by run."""

    schema_version: str = SCHEMA_VERSION
    files: tuple[ExportedFile, ...] = ()
    provenance: Mapping[str, Provenance] = {}


def describe(path: Path, *, columns: Iterable[str], rows: int, run: Run, **facts: object) -> ExportedFile:
    """Hash a finished file and describe it."""
    return ExportedFile.model_validate(
        {
            "name": path.name,
            "schema_version": SCHEMA_VERSION,
            "columns": tuple(columns),
            "rows": rows,
            "bytes": path.stat().st_size,
            "sha256": hash_file(path),
            "run": run.id,
            "kind": run.kind,
            "target": run.target,
            "period": run.period,
            "run_state": run.state,
            "run_started_at": run.started_at,
            "exported_by": version("yuece"),
            "created_at": datetime.now(UTC),
            **facts,
        }
    )


def record(directory: Path, file: ExportedFile, runs: Iterable[Run]) -> Path:
    """Enter a file into the directory's manifest, in the place of an older one of the same name."""
    path = directory / MANIFEST_NAME
    known = read_manifest(path)
    files = sorted((*(old for old in known.files if old.name != file.name), file), key=lambda entry: entry.name)
    told = {**known.provenance, **{run.id: Provenance.of(run) for run in runs}}
    named = {run for entry in files for run in (entry.run, entry.since)}
    provenance = {run: told[run] for run in sorted(told) if run in named}
    manifest = Manifest(files=tuple(files), provenance=provenance)
    with replacing(path) as scratch:
        scratch.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; an absent one is empty, a foreign or older one raises ``UsageError``."""
    if not path.exists():
        return Manifest()
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (ValidationError, json.JSONDecodeError) as error:
        raise UsageError(f"{path} is not a manifest of version {SCHEMA_VERSION}; choose another directory") from error


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
