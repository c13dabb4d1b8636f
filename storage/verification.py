"""The proof that the proof still stands: every artefact on record is read again and hashed again."""

from collections.abc import Iterator
from itertools import groupby

from domain.evidence import Evidence
from domain.frozen import Frozen
from storage.evidence_store import is_whole
from storage.store import Store


class VerificationReport(Frozen):
    """What the check found; ``checked`` counts records, each distinct file is read once."""

    checked: int
    missing: tuple[Evidence, ...]
    changed: tuple[Evidence, ...]

    @property
    def sound(self) -> bool:
        return not self.missing and not self.changed


def verify(store: Store, run: str | None = None) -> VerificationReport:
    """Re-hash the evidence of one run, or of every run; damaged files are reported, never raised.

    The evidence of a run includes the documents that it took over from earlier runs because nothing had changed.

    Raises ``UsageError`` for an unknown run.
    """
    if run is not None:
        store.runs.get(run)
    checked = 0
    missing: list[Evidence] = []
    changed: list[Evidence] = []
    for sha256, records in _by_file(store, run):
        checked += len(records)
        path = store.evidence.path(sha256)
        if path is None:
            missing += records
        elif not is_whole(path, sha256):
            changed += records
    return VerificationReport(checked=checked, missing=tuple(missing), changed=tuple(changed))


def _by_file(store: Store, run: str | None) -> Iterator[tuple[str, list[Evidence]]]:
    carried = () if run is None else store.artefacts.carried(run)
    for records in (store.artefacts.of_run(run), carried):
        for sha256, group in groupby(records, key=lambda record: record.sha256):
            yield sha256, list(group)
