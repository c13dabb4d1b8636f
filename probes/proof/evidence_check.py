"""Opens the proof of a visit again before the visit counts as done."""

import io
import zipfile
from collections.abc import Iterable

from domain.errors import YueceError
from domain.evidence import Evidence
from domain.manifest import Manifest
from domain.observation import Observation
from storage.evidence_store import EvidenceStore


def find_damage(observation: Observation, evidence: Iterable[Evidence], store: EvidenceStore) -> str:
    """Read and hash every artefact and every member of the manifest again; return what is wrong, "" when all is whole.

    A picture of a step that the manifest does not name is as wrong as a damaged one.
    """
    try:
        for record in evidence:
            check_whole(store.get(record.sha256), record)
        if observation.manifest is not None:
            check_members(observation, store)
    except (YueceError, ValueError, zipfile.BadZipFile) as error:
        return str(error)
    return ""


def check_whole(data: bytes, record: Evidence) -> None:
    """Raise ``ValueError`` or ``BadZipFile`` for an artefact that is not what its record says."""
    if len(data) != record.bytes:
        raise ValueError(f"{record.sha256} has {len(data)} bytes instead of {record.bytes}")
    if record.media_type == "application/zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            damaged = archive.testzip()
        if damaged is not None:
            raise ValueError(f"{record.sha256} holds a damaged member {damaged!r}")


def check_members(observation: Observation, store: EvidenceStore) -> None:
    """Raise ``ValueError`` or ``MachineError`` when the manifest does not hold what the observation shows."""
    listed = {member.sha256 for member in Manifest.decode(store.get(observation.manifest or "")).members}
    for sha256 in listed:
        if store.path(sha256) is None:
            raise ValueError(f"the manifest names {sha256}, which is not kept")
    for step in observation.steps:
        for picture in (step.screenshot, *step.used):
            if picture is not None and picture not in listed:
                raise ValueError(f"a picture of step {step.index} is not in the manifest")
    if observation.trace is not None and observation.trace not in listed:
        raise ValueError("the trace is not in the manifest")
