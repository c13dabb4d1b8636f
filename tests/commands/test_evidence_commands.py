"""``yuece evidence`` and ``yuece verify``: proofs go out and are checked; damage of any kind is one sentence."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.evidence import EvidenceKind
from domain.manifest import Manifest, Member
from domain.observation import Observation, Step, StepStatus
from domain.outcome import Outcome
from domain.run import Run, RunKind, RunState
from storage.run_manifest import close_evidence
from storage.store import Store
from tests.commands.conftest import call_here, call_process

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ID = "run-1/gdzwfw/keyword-search/item-1"


def put(store: Store, data: bytes, kind: EvidenceKind, media_type: str) -> str:
    record = store.evidence.put(data, kind=kind, media_type=media_type, url="u", run="run-1", captured_at=NOW)
    store.artefacts.save([record])
    return record.sha256


def observe(item_id: str, **changes: object) -> Observation:
    seen = Observation(
        run="run-1",
        portal="gdzwfw",
        unit="dept-01",
        subject="code",
        item_id=item_id,
        probe_id="keyword-search",
        probe_version=1,
        outcome=Outcome.PASS,
        started_at=NOW,
        finished_at=NOW,
    )
    return seen.model_copy(update=changes)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "home") as store:
        run = Run(
            id="run-1",
            kind=RunKind.PROBE,
            period="2021H1",
            target="sandbox",
            state=RunState.FINISHED,
            started_at=NOW,
            finished_at=NOW,
            units=(),
            portals=("gdzwfw",),
            tool_version="0.1.0",
            tool_commit="abc",
            packages={},
            settings_hash="0",
            settings={},
        )
        store.runs.add(run)
        picture = put(store, b"picture" * 100, EvidenceKind.SCREENSHOT, "image/webp")
        told = put(
            store, b'{\n "observation": "' + ID.encode() + b'"\n}\n', EvidenceKind.CIRCUMSTANCES, "application/json"
        )
        members = (Member(name="circumstances.json", sha256=told), Member(name="steps/01.webp", sha256=picture))
        manifest = put(store, Manifest(members=members).encode(), EvidenceKind.MANIFEST, "text/plain")
        step = Step(index=1, title="检索", status=StepStatus.DONE, started_at=NOW, duration_ms=9, screenshot=picture)
        store.observations.save(observe("item-1", manifest=manifest, steps=(step,)))
        store.observations.save(observe("item-2"))
        store.runs.update(close_evidence(store, run))
    return tmp_path / "home"


def file_of(home: Path, member: str) -> Path:
    with Store.open(home) as store:
        seen = store.observations.get(ID)
        manifest = Manifest.decode(store.evidence.get(seen.manifest or ""))
        found = manifest.find(member)
        path = store.evidence.path(found.sha256 if found else seen.manifest or "")
    assert path is not None
    return path


def test_a_proof_goes_out_and_checks_itself(home: Path, tmp_path: Path) -> None:
    done = call_process(home, "evidence", "export", ID, "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    checked = subprocess.run(
        ["sh", "check.sh"], cwd=tmp_path / "out", capture_output=True, text=True, timeout=30, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert f"OK 2 files, observation {ID}" in checked.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("evidence", "export", "run-1/gdzwfw/keyword-search/item-2", "--out", "new"), "has no manifest"),
        (("evidence", "export", ID, "--out", "evidence"), "is not an empty folder"),
        (("evidence", "export", "run-9/gdzwfw/keyword-search/item-1", "--out", "new"), "unknown observation"),
        (("evidence", "wacz", ID, "--out", "new.wacz"), "has no trace"),
    ],
)
def test_what_cannot_go_out_is_refused_in_one_sentence(home: Path, arguments: tuple[str, ...], named: str) -> None:
    done = call_here(home, *arguments)
    assert done.returncode == 2, done.stderr
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / "new").exists()


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "rewritten": lambda path: path.write_bytes(b"something else"),
    "deleted": Path.unlink,
    "a folder now": become_folder,
}


@pytest.mark.parametrize("member", ["steps/01.webp", "MANIFEST"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_verify_names_any_damage_and_never_shows_a_traceback(home: Path, member: str, damage: str) -> None:
    DAMAGES[damage](file_of(home, member))
    done = call_here(home, "verify")
    assert done.returncode == 1, done.stdout
    line = next(line for line in done.stdout.splitlines() if f" {member} " in line)
    assert ID in line
    assert ("step 1 检索" in line) == (member != "MANIFEST")


def test_replay_and_export_of_a_damaged_proof_are_one_sentence(home: Path, tmp_path: Path) -> None:
    file_of(home, "steps/01.webp").write_bytes(b"other")
    done = call_here(home, "evidence", "export", ID, "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "has changed" in done.stderr
    assert "Traceback" not in done.stderr
    shown = call_here(home, "replay", ID)
    assert shown.returncode == 0, shown.stderr
    assert "steps/01.webp" in shown.stdout


def test_verify_says_that_there_is_no_authority(home: Path) -> None:
    done = call_here(home, "verify")
    assert done.returncode == 0, done.stdout
    assert "no time-stamping authority is configured" in done.stdout
