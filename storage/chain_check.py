"""Follows the chain of run manifests, so that a night that was taken out or rewritten is noticed by the next one."""

import json
from collections.abc import Iterator, Sequence

from cryptography.x509 import Certificate
from pydantic import ValidationError

from domain.errors import YueceError
from domain.manifest import RUN_MANIFEST_NAME, RUN_RECORD_NAME, Manifest
from domain.run import Run
from storage.fault_line import BrokenLink, Damage
from storage.run_manifest import Link, RunRecord, observed_members, provenance
from storage.store import Store
from storage.time_stamp import check_time_stamp

TIME_STAMP_NAME = f"{RUN_MANIFEST_NAME}.tsr"


def check_run_manifest(store: Store, run: Run, roots: Sequence[Certificate], walked: set[str]) -> Iterator[BrokenLink]:
    """Yield what is wrong with a closed run: its manifest, what it lists, the links behind it, its time stamp.

    ``walked`` holds the run manifests that were reached already, so that a long chain is walked once.
    """
    if run.manifest is None:
        return
    data = read_link(store, Link(run=run.id, manifest=run.manifest))
    if isinstance(data, BrokenLink):
        yield data
        return
    try:
        manifest = Manifest.decode(data)
    except ValueError as error:
        yield _broken(run, RUN_MANIFEST_NAME, Damage.UNREADABLE, str(error))
        return
    yield from find_replaced(store, run, manifest)
    yield from check_record(store, run, manifest, walked)
    yield from check_stamp(store, run, data, roots)


def read_link(store: Store, link: Link) -> bytes | BrokenLink:
    """Read a run manifest by its hash."""
    try:
        return store.evidence.get(link.manifest)
    except YueceError as error:
        gone = store.evidence.path(link.manifest) is None
        damage = Damage.MISSING if gone else Damage.CHANGED
        return BrokenLink(
            where=link.run, member=RUN_MANIFEST_NAME, damage=damage, sha256=link.manifest, detail=str(error)
        )


def find_replaced(store: Store, run: Run, manifest: Manifest) -> Iterator[BrokenLink]:
    """Yield observations that were closed with the run and are now gone or others, and those that came after it."""
    closed = {member.name: member.sha256 for member in manifest.members if member.name != RUN_RECORD_NAME}
    shown = {member.name: member.sha256 for member in observed_members(store.observations.of_run(run.id))}
    for name in sorted(closed.keys() | shown.keys()):
        if name not in shown:
            yield _broken(run, name, Damage.MISSING, "the store no longer shows what was closed", closed[name])
        elif name not in closed:
            yield _broken(run, name, Damage.UNLISTED, "it was kept after the run was closed", shown[name])
        elif closed[name] != shown[name]:
            yield _broken(run, name, Damage.REPLACED, f"closed as {closed[name]}", shown[name])


def check_record(store: Store, run: Run, manifest: Manifest, walked: set[str]) -> Iterator[BrokenLink]:
    """Yield what is wrong with run.json: its bytes, the provenance in it, and every link back to the first run."""
    record = read_record(store, run.id, manifest)
    if isinstance(record, RunRecord) and record.run != provenance(run):
        yield _broken(run, RUN_RECORD_NAME, Damage.REPLACED, "the store's record of the run is another one")
    yield from follow(store, run.id, record, walked)


def follow(store: Store, later: str, record: RunRecord | BrokenLink, walked: set[str]) -> Iterator[BrokenLink]:
    """Walk back along the links from a run's record; the first one that does not hold ends the walk."""
    while not isinstance(record, BrokenLink) and record.previous is not None:
        link = record.previous
        if link.manifest in walked:
            return
        walked.add(link.manifest)
        data = read_link(store, link)
        if isinstance(data, BrokenLink):
            record = data.model_copy(update={"detail": f"the chain breaks behind {later}: {data.detail}"})
            break
        try:
            record = read_record(store, link.run, Manifest.decode(data))
        except ValueError as error:
            record = BrokenLink(
                where=link.run,
                member=RUN_MANIFEST_NAME,
                damage=Damage.UNREADABLE,
                sha256=link.manifest,
                detail=str(error),
            )
        later = link.run
    if isinstance(record, BrokenLink):
        yield record


def read_record(store: Store, run: str, manifest: Manifest) -> RunRecord | BrokenLink:
    """Read the run.json that a run manifest names."""
    member = manifest.find(RUN_RECORD_NAME)
    if member is None:
        detail = "the run manifest does not name it"
        return BrokenLink(where=run, member=RUN_RECORD_NAME, damage=Damage.UNLISTED, detail=detail)
    try:
        return RunRecord.model_validate(json.loads(store.evidence.get(member.sha256)))
    except YueceError as error:
        gone = store.evidence.path(member.sha256) is None
        return BrokenLink(
            where=run,
            member=RUN_RECORD_NAME,
            damage=Damage.MISSING if gone else Damage.CHANGED,
            sha256=member.sha256,
            detail=str(error),
        )
    except (ValueError, ValidationError) as error:
        return BrokenLink(where=run, member=RUN_RECORD_NAME, damage=Damage.UNREADABLE, detail=str(error))


def check_stamp(store: Store, run: Run, manifest: bytes, roots: Sequence[Certificate]) -> Iterator[BrokenLink]:
    """Yield what is wrong with the time stamp of a run manifest, where there is one."""
    if run.time_stamp is None:
        return
    try:
        stamp = check_time_stamp(store.evidence.get(run.time_stamp), manifest, roots)
    except YueceError as error:
        gone = store.evidence.path(run.time_stamp) is None
        yield _broken(run, TIME_STAMP_NAME, Damage.MISSING if gone else Damage.CHANGED, str(error), run.time_stamp)
        return
    if stamp.problem:
        yield _broken(run, TIME_STAMP_NAME, Damage.DISTRUSTED, stamp.problem, run.time_stamp)


def _broken(run: Run, member: str, damage: Damage, detail: str, sha256: str = "") -> BrokenLink:
    return BrokenLink(where=run.id, member=member, damage=damage, sha256=sha256, detail=detail)
