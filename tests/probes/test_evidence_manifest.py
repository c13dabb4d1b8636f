"""A proof is whole, says where and how it was made, and no change of any byte of it goes unnoticed."""

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from probe_stage import TRACED, Bench, Desk, Guides, task_of
from proof_stage import Proof, close, flip, make_run, run_tool

from domain.manifest import Manifest
from domain.outcome import Outcome
from engine.evidence_export import export_evidence
from portals.citizen import Account
from portals.synthetic_identity import NOBODY
from storage.leak_scan import LeakScan
from storage.store import Store
from storage.verification import verify

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
SETTINGS = TRACED
CITIZEN = ("测试员甲", "44179919900101999", "19900000000")  # what the sandbox knows of its test citizen
APPLY, BOOK = "online-application", "booking-calendar"


@pytest.fixture(scope="module")
def proof(bench: Bench, guides: Guides, desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proof]:
    with Store.open(tmp_path_factory.mktemp("proof")) as store:
        runs = [make_run(f"run-{number}") for number in (1, 2, 3)]
        for run in runs:
            store.runs.add(run)
        runner = bench.runner(evidence=store.evidence, run="run-2")
        seen = {}
        desk.ask("/access-log/clear", b"")
        for probe_id in (APPLY, BOOK):
            observation, evidence = runner.run(task_of(guides.plain("booking", "application"), probe_id))
            assert observation.outcome is Outcome.PASS, observation.reason
            store.artefacts.save(evidence)
            store.observations.save(observation)
            seen[probe_id] = observation
        yield Proof(store=store, observations=seen, runs=tuple(close(store, run) for run in runs))


@pytest.fixture
def copy(proof: Proof, tmp_path: Path) -> Iterator[Proof]:
    """The same store again, to be damaged."""
    shutil.copytree(proof.store.home, tmp_path / "home")
    with Store.open(tmp_path / "home") as store:
        yield Proof(store=store, observations=proof.observations, runs=proof.runs)


@pytest.fixture
def folder(proof: Proof, tmp_path: Path) -> Path:
    export_evidence(proof.store, proof.observations[APPLY], tmp_path / "out")
    return tmp_path / "out"


def members_of(proof: Proof, probe_id: str = APPLY) -> dict[str, str]:
    sha256 = proof.observations[probe_id].manifest
    assert sha256 is not None
    manifest = Manifest.decode(proof.store.evidence.get(sha256))
    return {member.name: member.sha256 for member in manifest.members}


def test_the_trace_shows_the_page_where_the_journey_ended(proof: Proof) -> None:
    """Waiting and reading stay out of the trace, so its last snapshots have to be asked for."""
    shown = []
    trace = proof.store.evidence.get(members_of(proof, BOOK)["trace.zip"])
    with zipfile.ZipFile(io.BytesIO(trace)) as archive:
        for name in archive.namelist():
            if name.endswith(".trace"):
                lines = [json.loads(line) for line in archive.read(name).splitlines()]
                shown += [line["snapshot"] for line in lines if line["type"] == "frame-snapshot"]
    last = max(shown, key=lambda snapshot: snapshot["timestamp"])
    same = [snapshot for snapshot in shown if snapshot["frameUrl"] == last["frameUrl"]]
    assert "calendar-day" in json.dumps([snapshot["html"] for snapshot in same])


def test_every_step_and_every_pressed_control_has_its_picture(proof: Proof) -> None:
    names = members_of(proof)
    for step in proof.observations[APPLY].steps:
        assert names[f"steps/{step.index:02}.webp"] == step.screenshot
        for number, used in enumerate(step.used, start=1):
            assert names[f"steps/{step.index:02}-used-{number}.webp"] == used
    pressed = sum(len(step.used) for step in proof.observations[APPLY].steps)
    assert pressed >= 4
    assert {"trace.zip", "traffic.har", "circumstances.json", "observation.json", "refusals.json"} <= names.keys()


def test_refusals_are_kept_as_evidence(proof: Proof) -> None:
    told = json.loads(proof.store.evidence.get(members_of(proof)["refusals.json"]))
    refusals = proof.observations[APPLY].refusals
    assert refusals
    assert [entry["url"] for entry in told] == [refusal.url for refusal in refusals]
    assert {refusal.method for refusal in refusals} == {"POST"}
    assert all(refusal.body_bytes > 0 for refusal in refusals)


def test_an_application_with_an_account_leaks_nothing(proof: Proof, account: Account) -> None:
    """By a scan that knows nothing of our scrubbing."""
    assert proof.observations[APPLY].measures["reached_confirm"] is True
    scan = LeakScan((account.username, account.password, *CITIZEN, NOBODY.id_number))
    members = members_of(proof)
    for name, sha256 in members.items():
        scan.read(proof.store.evidence.get(sha256), name)
    scan.read(proof.store.evidence.get(str(proof.observations[APPLY].manifest)), "manifest")
    report = scan.report()
    assert report.leaks == ()
    assert {"trace.zip", "traffic.har"} <= members.keys()
    assert report.scanned > 20, "the members of the trace were read one by one"


def test_the_scan_would_see_what_was_typed(account: Account) -> None:
    """A trace that nobody scrubbed, as Playwright writes it, does not pass."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.trace", f'{{"params":{{"value":"{account.password}"}}}}')
        archive.writestr("resources/a.dat", f"username={account.username}&x=1")
    scan = LeakScan((account.username, account.password))
    scan.read(buffer.getvalue(), "trace")
    assert len(scan.report().leaks) == 2


def test_stock_tools_accept_an_exported_proof(folder: Path) -> None:
    done = run_tool("sha256sum", "--check", "--strict", "MANIFEST", folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    checked = run_tool("sh", "check.sh", folder=folder)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.splitlines()[-1].startswith("OK ")
    assert "no time stamp" in checked.stdout


def test_the_checker_notices_one_changed_byte_in_any_file(folder: Path) -> None:
    top = folder / "run" / "RUN-MANIFEST"  # nothing here vouches for it but a time stamp, or who was told its hash
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "check.sh" and path != top]
    assert len(files) > 15
    pictures = [path for path in files if path.suffix == ".webp"]
    files = [path for path in files if path not in pictures[2:]]
    for path in files:
        whole = path.read_bytes()
        flip(path, at=0.3)
        done = run_tool("sh", "check.sh", folder=folder)
        assert done.returncode == 1, path
        assert "FAULT" in done.stdout, path
        path.write_bytes(whole)
    done = run_tool("sh", "check.sh", folder=folder)
    assert done.returncode == 0
    assert f"RUN  {hashlib.sha256(top.read_bytes()).hexdigest()} " in done.stdout


def test_the_checker_notices_a_missing_and_an_added_file(folder: Path) -> None:
    (folder / "steps/01.webp").rename(folder / "steps/99.webp")
    done = run_tool("sh", "check.sh", folder=folder)
    assert done.returncode == 1
    assert "steps/01.webp" in done.stdout
    assert "steps/99.webp is not named by MANIFEST" in done.stdout


def test_a_flipped_byte_in_any_member_is_named_by_file_observation_and_step(copy: Proof) -> None:
    assert verify(copy.store).sound
    observation = copy.observations[APPLY]
    titles = {step.index: step.title for step in observation.steps}
    for name, sha256 in members_of(copy).items():
        path = copy.file(sha256)
        whole = path.read_bytes()
        flip(path)
        report = verify(copy.store, run="run-2")
        assert not report.sound
        faults = [fault for fault in report.broken if fault.where == observation.id and fault.member == name]
        assert [fault.damage.value for fault in faults] == ["changed"], name
        step = re.match(r"steps/(\d+)", name)
        assert faults[0].step == (f"{int(step[1])} {titles[int(step[1])]}" if step else "")
        assert name in faults[0].sentence
        path.write_bytes(whole)
    assert verify(copy.store).sound


def test_a_missing_member_and_a_truncated_one_are_named(copy: Proof) -> None:
    names = members_of(copy, BOOK)
    copy.file(names["steps/01.webp"]).unlink()
    har = copy.file(names["traffic.har"])
    har.write_bytes(har.read_bytes()[:40])
    named = {(fault.member, fault.damage.value) for fault in verify(copy.store).broken}
    assert {("steps/01.webp", "missing"), ("traffic.har", "changed")} <= named


def test_damaged_manifests_and_links_are_named(copy: Proof) -> None:
    one, two, three = copy.runs
    assert one.manifest is not None
    assert two.manifest is not None
    assert three.manifest is not None
    manifest = copy.observations[BOOK].manifest
    assert manifest is not None
    for sha256, where, member in (
        (manifest, copy.observations[BOOK].id, "MANIFEST"),
        (two.manifest, "run-2", "RUN-MANIFEST"),
        (three.manifest, "run-3", "RUN-MANIFEST"),
        (one.manifest, "run-1", "RUN-MANIFEST"),
    ):
        path = copy.file(sha256)
        whole = path.read_bytes()
        flip(path)
        named = {(fault.where, fault.member) for fault in verify(copy.store).broken}
        assert (where, member) in named
        path.write_bytes(whole)


def test_a_run_that_was_taken_out_is_missed_by_the_next_one(copy: Proof) -> None:
    assert copy.runs[1].manifest is not None
    copy.file(copy.runs[1].manifest).unlink()
    report = verify(copy.store, run="run-3")
    assert [fault.where for fault in report.broken] == ["run-2"]
    assert "the chain breaks behind run-3" in report.broken[0].detail


def test_an_observation_rewritten_in_the_store_is_noticed(copy: Proof) -> None:
    seen = copy.observations[BOOK]
    other = copy.observations[APPLY].steps[-1].screenshot
    steps = (seen.steps[0].model_copy(update={"screenshot": other}), *seen.steps[1:])
    copy.store.observations.save(seen.model_copy(update={"steps": steps}))
    assert {fault.damage.value for fault in verify(copy.store).broken} == {"unlisted"}
    copy.store.observations.save(seen.model_copy(update={"manifest": copy.observations[APPLY].manifest}))
    assert "replaced" in {fault.damage.value for fault in verify(copy.store).broken}
    copy.store.runs.update(copy.runs[1].model_copy(update={"tool_commit": "another"}))
    assert ("run-2", "run.json") in {(fault.where, fault.member) for fault in verify(copy.store).broken}


def test_the_archive_lists_what_the_portals_were_really_asked(proof: Proof, desk: Desk) -> None:
    """Truth: the sandbox's own access log."""
    log = {(row["method"], row["path"].partition("?")[0]) for row in desk.ask("/access-log")}
    asked = {(method, path) for method, path in log if not path.startswith(("/ledger", "/access-log"))}
    told = set()
    for probe_id in (APPLY, BOOK):
        har = json.loads(proof.store.evidence.get(members_of(proof, probe_id)["traffic.har"]))
        for entry in har["log"]["entries"]:
            assert {"request", "response", "timings", "cache", "startedDateTime", "time"} <= entry.keys()
            if entry["response"]["status"] > 0:
                told.add((entry["request"]["method"], urlsplit(entry["request"]["url"]).path))
    assert told == asked


def test_no_member_holds_the_account(proof: Proof, account: Account) -> None:
    for probe_id in (APPLY, BOOK):
        for name, sha256 in members_of(proof, probe_id).items():
            if name.endswith((".zip", ".webp")):
                continue  # test_trace_scrubbing.py and test_pictures.py look into these
            data = proof.store.evidence.get(sha256)
            assert account.password.encode() not in data, name
            assert account.username.encode() not in data, name


def test_circumstances_say_where_when_and_with_what(proof: Proof) -> None:
    told = json.loads(proof.store.evidence.get(members_of(proof)["circumstances.json"]))
    assert told["observation"] == proof.observations[APPLY].id
    assert {host["address"] for host in told["hosts"]} == {"127.0.0.1"}
    assert len(told["hosts"]) >= 3
    assert abs(told["clock"]["wall_minus_monotonic_s"]) < 0.5
    skews = told["clock"]["portal_ahead_s"]
    assert len(skews) == len(told["hosts"])
    assert all(abs(skew) <= 3 for skew in skews.values()), skews
    assert told["versions"]["playwright"] == "1.65.2"
    assert "chromium" in told["versions"]["browser"]
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in told["hashes"].values())
    assert told["removed"]["typed or session secret"] > 0
    assert told["covered_in_pictures"] > 0
