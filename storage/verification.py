"""The proof that the proof still stands: every artefact, manifest and link of the chain is read and hashed again."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from domain.evidence import Evidence, EvidenceKind
from domain.frozen import Frozen
from domain.run import Run
from storage.chain_check import check_run_manifest
from storage.evidence_store import is_whole
from storage.fault_line import BrokenLink
from storage.member_check import MemberCheck
from storage.store import Store
from storage.time_stamp import load_roots

BULK = frozenset({EvidenceKind.DOCUMENT, EvidenceKind.LISTING})
"""Kinds of which a night keeps tens of thousands and which belong to no observation."""


class VerificationReport(Frozen):
    """What the check found; ``checked`` counts records, each distinct file is read once.

    ``broken`` says for every member of a manifest, and for every link of the chain, what is wrong with it.
    """

    checked: int
    missing: tuple[Evidence, ...]
    changed: tuple[Evidence, ...]
    manifests: int = 0
    broken: tuple[BrokenLink, ...] = ()
    stamped: int = 0  # runs with a time stamp

    @property
    def sound(self) -> bool:
        return not self.missing and not self.changed and not self.broken


def verify(store: Store, run: str | None = None, *, roots: Path | None = None) -> VerificationReport:
    """Re-hash the evidence of one run, or of every run; damage is reported, never raised.

    The evidence of a run includes the documents that it took over from earlier runs because nothing had changed.
    ``roots`` are the certificates (PEM) by which time stamps are judged.

    Raises ``UsageError`` for an unknown run and for roots that cannot be read.
    """
    runs = (store.runs.get(run),) if run is not None else store.runs.all()
    trusted = load_roots(roots)
    checked = 0
    missing: list[Evidence] = []
    changed: list[Evidence] = []
    members = MemberCheck(store)
    for sha256, records in _by_file(store, run):
        checked += len(records)
        path = store.evidence.path(sha256)
        if path is None:
            missing += records
        elif not is_whole(path, sha256):
            changed += records
        elif any(record.kind not in BULK for record in records):
            members.trust(sha256)
    broken = [link for one in runs for link in _check_run(store, one, members)]
    walked: set[str] = set()
    broken += [link for one in runs for link in check_run_manifest(store, one, trusted, walked)]
    return VerificationReport(
        checked=checked,
        missing=tuple(missing),
        changed=tuple(changed),
        manifests=members.manifests,
        broken=tuple(broken),
        stamped=sum(one.time_stamp is not None for one in runs),
    )


def _check_run(store: Store, run: Run, members: MemberCheck) -> Iterator[BrokenLink]:
    for observation in store.observations.of_run(run.id):
        yield from members.check(observation)


def _by_file(store: Store, run: str | None) -> Iterator[tuple[str, list[Evidence]]]:
    carried = () if run is None else store.artefacts.carried(run)
    for records in (store.artefacts.of_run(run), carried):
        for sha256, group in groupby(records, key=lambda record: record.sha256):
            yield sha256, list(group)
