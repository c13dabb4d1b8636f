"""Writes the proof of one observation as a folder that anyone can check without this program."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from domain.errors import MachineError, UsageError
from domain.evidence import EvidenceKind
from domain.manifest import MANIFEST_NAME, RUN_MANIFEST_NAME, RUN_RECORD_NAME, Manifest, Member
from domain.observation import Observation
from domain.run import Run
from storage.chain_check import TIME_STAMP_NAME, read_record
from storage.fault_line import BrokenLink
from storage.run_manifest import folder_of
from storage.store import Store

CHECKER = Path(__file__).with_name("check_evidence.sh")
CHECKER_NAME = "check.sh"
OWN_LINE_NAME = "OWN-LINE"
WITHHELD_NAME = "WITHHELD"
RUN_FOLDER = "run"
PREVIOUS_FOLDER = "previous"


def export_evidence(
    store: Store, observation: Observation, out: Path, roots: Path | None = None, *, originals: bool = False
) -> tuple[Path, ...]:
    """Write every member of an observation's manifest, the run's manifest and a checker; return the files.

    A table that people handed in speaks of other bodies, too, and names people: it is left out, and named in
    ``WITHHELD``, unless ``originals`` says otherwise.

    Raises ``UsageError`` for an observation without a manifest and for a folder that is not empty, ``MachineError``
    for evidence that is missing or has changed.
    """
    if observation.manifest is None:
        raise UsageError(f"observation {observation.id!r} has no manifest; allowed: one that a program made")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{str(out)!r} is not an empty folder")
    written = list(_write_members(store, observation.manifest, out, originals=originals))
    run = store.runs.get(observation.run)
    if run.manifest is not None:
        written += _write_run(store, run, observation, out / RUN_FOLDER)
        if roots is not None:
            written.append(_write(out / RUN_FOLDER / "roots.pem", roots.read_bytes()))
    checker = out / CHECKER_NAME
    shutil.copyfile(CHECKER, checker)
    checker.chmod(0o755)
    return (*written, checker)


def _write_members(store: Store, sha256: str, out: Path, *, originals: bool) -> Iterator[Path]:
    data = store.evidence.get(sha256)
    try:
        manifest = Manifest.decode(data)
    except ValueError as error:
        raise MachineError(f"the manifest {sha256} cannot be read: {error}") from error
    withheld = [] if originals else [member for member in manifest.members if is_original(store, member)]
    for member in manifest.members:
        if member not in withheld:
            yield _write(out / member.name, store.evidence.get(member.sha256))
    if withheld:
        yield _write(out / WITHHELD_NAME, Manifest(members=tuple(withheld)).encode())
    yield _write(out / MANIFEST_NAME, data)


def is_original(store: Store, member: Member) -> bool:
    """Say whether a member is a file as people handed it in."""
    return store.artefacts.get(member.sha256).kind is EvidenceKind.HANDED_IN


def _write_run(store: Store, run: Run, observation: Observation, folder: Path) -> list[Path]:
    """Write the run's manifest with its record and stamp, and those of the run before it."""
    written = list(_write_closed(store, run.id, run.manifest or "", folder))
    own = f"{observation.manifest}  {folder_of(observation)}/{MANIFEST_NAME}\n"
    written.append(_write(folder / OWN_LINE_NAME, own.encode()))
    if run.time_stamp is not None:
        written.append(_write(folder / TIME_STAMP_NAME, store.evidence.get(run.time_stamp)))
    record = read_record(store, run.id, Manifest.decode(store.evidence.get(run.manifest or "")))
    if isinstance(record, BrokenLink):
        raise MachineError(record.sentence)
    if record.previous is not None:
        link = record.previous
        written += _write_closed(store, link.run, link.manifest, folder / PREVIOUS_FOLDER)
    return written


def _write_closed(store: Store, run: str, manifest: str, folder: Path) -> Iterator[Path]:
    data = store.evidence.get(manifest)
    yield _write(folder / RUN_MANIFEST_NAME, data)
    record = Manifest.decode(data).find(RUN_RECORD_NAME)
    if record is None:
        raise MachineError(f"the manifest of run {run!r} names no {RUN_RECORD_NAME}")
    yield _write(folder / RUN_RECORD_NAME, store.evidence.get(record.sha256))


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
