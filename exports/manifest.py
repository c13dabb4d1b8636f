"""The paper that travels with exported files: which run, how many rows, which bytes."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from domain.errors import UsageError
from domain.frozen import Frozen
from domain.run import Run, RunKind, RunState
from exports.atomic_file import replacing

MANIFEST_NAME = "manifest.json"
SCHEMA_VERSION = 1
"""Grows when a column is renamed, removed or changes its meaning; a new column does not change it."""


class ExportedFile(Frozen):
    """One file of the export."""

    name: str
    dataset: str
    format: str
    language: str
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
    forced: bool  # published although the gate objected
    created_at: AwareDatetime


class Manifest(Frozen):
    """Everything that lies in one export directory."""

    schema_version: int = SCHEMA_VERSION
    files: tuple[ExportedFile, ...] = ()


def describe(
    path: Path, *, dataset: str, columns: Iterable[str], rows: int, run: Run, **facts: str | bool
) -> ExportedFile:
    """Hash a finished file and describe it."""
    return ExportedFile.model_validate(
        {
            "name": path.name,
            "dataset": dataset,
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
            "created_at": datetime.now(UTC),
            **facts,
        }
    )


def record(directory: Path, file: ExportedFile) -> Path:
    """Enter a file into the directory's manifest, in the place of an older one of the same name."""
    path = directory / MANIFEST_NAME
    others = tuple(known for known in read_manifest(path).files if known.name != file.name)
    manifest = Manifest(files=tuple(sorted((*others, file), key=lambda entry: entry.name)))
    with replacing(path) as scratch:
        scratch.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; an absent one is empty, a foreign file raises ``UsageError``."""
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
