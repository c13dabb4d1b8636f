"""Seals what a person recorded in the way in which a probe's visit is sealed."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from domain.evidence import Evidence, EvidenceKind
from domain.manifest import OBSERVED_NAME, Manifest, Member
from domain.observation import Observation
from storage.store import Store

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def seal_by_hand(
    store: Store, observation: Observation, kept: Mapping[str, Evidence]
) -> tuple[Observation, tuple[Evidence, Evidence]]:
    """Return the observation with its manifest's hash, and the records of the manifest and of observation.json.

    ``kept`` are its pictures and files by SHA-256; the bytes are in the evidence store already.
    """
    told = observation.model_dump(mode="json", exclude={"manifest"})
    data = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    observed = _put(store, observation, data, EvidenceKind.OBSERVED, "application/json")
    members = [Member(name=OBSERVED_NAME, sha256=observed.sha256)]
    for number, (sha256, record) in enumerate(sorted(kept.items()), start=1):
        suffix = SUFFIXES.get(record.media_type, "bin")
        folder = "pictures" if record.kind is EvidenceKind.SCREENSHOT else "files"
        members.append(Member(name=f"{folder}/{number:02}.{suffix}", sha256=sha256))
    manifest = Manifest(members=tuple(members)).encode()
    sealed = _put(store, observation, manifest, EvidenceKind.MANIFEST, "text/plain; charset=utf-8")
    return observation.model_copy(update={"manifest": sealed.sha256}), (observed, sealed)


def _put(store: Store, observation: Observation, data: bytes, kind: EvidenceKind, media_type: str) -> Evidence:
    return store.evidence.put(
        data, kind=kind, media_type=media_type, url=observation.id, run=observation.run, captured_at=datetime.now(UTC)
    )
