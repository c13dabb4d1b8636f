"""Closes a run's evidence: one list of all its observations' manifests, chained to the run that was closed before."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from domain.evidence import EvidenceKind
from domain.frozen import Frozen
from domain.manifest import MANIFEST_NAME, RUN_RECORD_NAME, Manifest, Member
from domain.observation import Observation
from domain.run import Run, RunKind
from storage.store import Store

TEXT_TYPE = "text/plain; charset=utf-8"
JSON_TYPE = "application/json"
PROVENANCE = (
    "id",
    "kind",
    "period",
    "target",
    "started_at",
    "units",
    "portals",
    "tool_version",
    "tool_commit",
    "packages",
    "browser",
    "settings_hash",
    "settings",
    "vantage",
)
"""What is fixed about a run from its beginning; what a later judgement may change stays out of the chain."""


class Link(Frozen):
    """The closed run before this one."""

    run: str
    manifest: str


class RunRecord(Frozen):
    """What ``run.json`` holds: the provenance that binds the manifests below it, and the link to the run before."""

    run: dict[str, object]
    previous: Link | None


def close_evidence(store: Store, run: Run) -> Run:
    """Write the run's record and manifest and return the run with its manifest's hash.

    A run that is closed again is chained to its own earlier manifest, so that no link is ever replaced.
    """
    previous = previous_link(store, run)
    record = RunRecord(run=provenance(run), previous=previous)
    data = (json.dumps(record.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode()
    own = _keep(store, run.id, data, EvidenceKind.RUN_RECORD, JSON_TYPE)
    members = (Member(name=RUN_RECORD_NAME, sha256=own), *observed_members(store.observations.of_run(run.id)))
    manifest = _keep(store, run.id, Manifest(members=members).encode(), EvidenceKind.RUN_MANIFEST, TEXT_TYPE)
    return run.model_copy(update={"manifest": manifest, "time_stamp": None})


def previous_link(store: Store, run: Run) -> Link | None:
    """Return the link to what was closed last: this run's own earlier manifest, or the latest other run."""
    if run.manifest is not None:
        return Link(run=run.id, manifest=run.manifest)
    last = store.runs.last_closed()
    return Link(run=last.id, manifest=last.manifest) if last is not None and last.manifest else None


def close_left_open(store: Store) -> None:
    """Close hand-ins whose process died before their evidence was closed; nothing else resumes them."""
    for run in store.runs.all()[::-1]:
        if run.kind is RunKind.MANUAL and run.manifest is None:
            store.runs.update(close_evidence(store, run))


def provenance(run: Run) -> dict[str, object]:
    """Return the fixed part of a run's record as JSON values."""
    dumped = run.model_dump(mode="json")
    return {name: dumped[name] for name in PROVENANCE}


def observed_members(observations: Iterator[Observation]) -> Iterator[Member]:
    """Name the manifest of every observation, and of every earlier visit of this run behind it."""
    for seen in observations:
        folder = folder_of(seen)
        if seen.manifest is not None:
            yield Member(name=f"{folder}/{MANIFEST_NAME}", sha256=seen.manifest)
        for visit in seen.visits:
            if visit.run == seen.run and visit.manifest not in (None, seen.manifest):
                yield Member(name=f"{folder}/visit-{visit.number}/{MANIFEST_NAME}", sha256=str(visit.manifest))


def folder_of(observation: Observation) -> str:
    """Return an observation's folder; characters that a file name cannot have are written as in an address."""
    parts = (observation.portal, observation.probe_id, observation.item_id)
    return "/".join(("observations", *(file_part(part) for part in parts)))


def file_part(text: str) -> str:
    """Write a text as one part of a path: letters, digits, ``_`` and inner ``-`` stay."""
    kept = (char if char.isascii() and (char.isalnum() or char in "_-") else percent(char) for char in text)
    part = "".join(kept)
    return f"%2D{part[1:]}" if part.startswith("-") else part or "%00"


def percent(char: str) -> str:
    """Return a character as ``%XX`` of its UTF-8 bytes."""
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _keep(store: Store, run: str, data: bytes, kind: EvidenceKind, media_type: str) -> str:
    record = store.evidence.put(data, kind=kind, media_type=media_type, url=run, run=run, captured_at=datetime.now(UTC))
    store.artefacts.save([record])
    return record.sha256
