"""The runner survives crashes, hangs and damaged evidence, and never lets an exception of a journey out."""

import os
import signal
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from probe_stage import TRACED, Bench, Guides, task_of

from domain.errors import MachineError, UsageError
from domain.evidence import EvidenceKind
from domain.failure import FailureReason
from domain.manifest import Manifest
from domain.observation import StepStatus
from domain.outcome import Outcome
from portals.adapter import adapters
from portals.citizen import CitizenBrowser, GuidePage, SlotDay
from portals.gdzwfw.citizen import GdzwfwCitizen
from portals.site import Site
from probes.run_probe import ProbeRunner
from sandbox.serving import Sandbox
from storage.evidence_store import EvidenceStore

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
BOOK = "booking-calendar"
SETTINGS = TRACED


class UnluckyCitizen(GdzwfwCitizen):
    """A citizen whose first look at a calendar meets a misfortune; the later ones go well."""

    def __init__(self, misfortune: str) -> None:
        self.misfortune = misfortune
        self.runner: ProbeRunner | None = None

    def open_booking(self, browser: CitizenBrowser, site: Site, code: str) -> tuple[SlotDay, ...]:
        misfortune, self.misfortune = self.misfortune, ""
        assert self.runner is not None
        pid = self.runner.browser.pid
        assert pid is not None
        if misfortune == "killed":
            os.kill(pid, signal.SIGKILL)
        if misfortune == "frozen":
            os.killpg(os.getpgid(pid), signal.SIGSTOP)
        if misfortune == "driver frozen":
            os.kill(driver_of(pid), signal.SIGSTOP)
        if misfortune == "driver killed":
            os.kill(driver_of(pid), signal.SIGKILL)
        if misfortune == "page killed":
            os.kill(renderer_of(pid), signal.SIGKILL)
        if misfortune == "bug":
            raise ZeroDivisionError("division by zero in a probe")
        return super().open_booking(browser, site, code)


class SlowCitizen(GdzwfwCitizen):
    """A citizen who never finishes reading.

    He does not open page after page: a browser that is killed in the middle of a navigation can leave Playwright
    waiting for ever (an answer names an object of a dead page), and then only the last resort, the end of the worker,
    helps.
    """

    def open_guide(self, browser: CitizenBrowser, site: Site, code: str) -> GuidePage:
        browser.open(site.url("www", "guide", code=code))
        while True:
            browser.count("a")
            time.sleep(0.05)


def renderer_of(pid: int) -> int:
    """Find the process of the page that was opened last."""
    group = os.getpgid(pid)
    renderers = [
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit()
        and b"--type=renderer" in (folder / "cmdline").read_bytes()
        and os.getpgid(int(folder.name)) == group
    ]
    return max(renderers)


def driver_of(pid: int) -> int:
    """Walk up from the browser to Playwright's node process."""
    while "node" not in Path(f"/proc/{pid}/comm").read_text(encoding="utf-8"):
        pid = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        assert pid > 1, "no driver above the browser"
    return pid


def unlucky_runner(bench: Bench, misfortune: str, budget_s: float = 60) -> ProbeRunner:
    citizen = UnluckyCitizen(misfortune)
    settings = TRACED.model_copy(update={"budget_s": budget_s})
    runner = bench.runner(adapter=replace(adapters.get("gdzwfw"), citizen=citizen), settings=settings)
    citizen.runner = runner
    return runner


def test_a_probe_leaves_a_whole_record(runner: ProbeRunner, guides: Guides, evidence: EvidenceStore) -> None:
    task = task_of(guides.plain("booking"), BOOK)
    observation, kept = runner.run(task, attempt=3)
    assert (observation.key, observation.attempt) == (task.key, 3)
    assert observation.browser.startswith("chromium")
    assert observation.started_at < observation.finished_at
    pictures = [sha256 for step in observation.steps for sha256 in (*step.used, step.screenshot)]
    assert [record.sha256 for record in kept if record.kind is EvidenceKind.SCREENSHOT] == pictures
    kinds = {record.kind for record in kept}
    assert {EvidenceKind.TRACE, EvidenceKind.HAR, EvidenceKind.CIRCUMSTANCES, EvidenceKind.OBSERVED} <= kinds
    assert kept[-1].kind is EvidenceKind.MANIFEST
    listed = {member.sha256 for member in Manifest.decode(evidence.get(kept[-1].sha256)).members}
    assert listed == {record.sha256 for record in kept[:-1]}
    assert observation.trace in listed
    for record in kept:
        assert len(evidence.get(record.sha256)) == record.bytes
    assert [step.index for step in observation.steps] == [1, 2]
    assert all(step.status is StepStatus.DONE and step.duration_ms > 0 and step.url for step in observation.steps)


@pytest.mark.parametrize("misfortune", ["killed", "driver killed", "page killed"])
def test_a_killed_browser_is_our_error_and_the_next_probe_goes_on(
    bench: Bench, guides: Guides, misfortune: str
) -> None:
    runner = unlucky_runner(bench, misfortune, budget_s=20)
    task = task_of(guides.plain("booking"), BOOK)
    crashed, _evidence = runner.run(task)
    assert (crashed.outcome, crashed.failure) == (Outcome.ERROR, FailureReason.BROWSER_CRASHED), crashed.reason
    assert crashed.steps[0].status is StepStatus.DONE
    assert crashed.steps[1].status is StepStatus.FAILED
    assert crashed.steps[1].screenshot is None
    healthy, _evidence = runner.run(task, attempt=2)
    assert healthy.outcome is Outcome.PASS, healthy.reason


@pytest.mark.parametrize("misfortune", ["frozen", "driver frozen"])
def test_a_hanging_browser_is_killed_after_its_budget(bench: Bench, guides: Guides, misfortune: str) -> None:
    runner = unlucky_runner(bench, misfortune, budget_s=8)
    task = task_of(guides.plain("booking"), BOOK)
    hung, _evidence = runner.run(task)
    assert (hung.outcome, hung.failure) == (Outcome.ERROR, FailureReason.OUT_OF_TIME), hung.reason
    assert (hung.finished_at - hung.started_at).total_seconds() < 25
    healthy, _evidence = runner.run(task, attempt=2)
    assert healthy.outcome is Outcome.PASS, healthy.reason


def test_an_endless_journey_ends_with_its_budget(bench: Bench, guides: Guides) -> None:
    adapter = replace(adapters.get("gdzwfw"), citizen=SlowCitizen())
    runner = bench.runner(adapter=adapter, settings=TRACED.model_copy(update={"budget_s": 3}))
    observation, _evidence = runner.run(task_of(guides.plain("booking"), BOOK))
    assert (observation.outcome, observation.failure) == (Outcome.ERROR, FailureReason.OUT_OF_TIME)
    assert (observation.finished_at - observation.started_at).total_seconds() < 10


def test_a_bug_of_ours_is_our_error_with_its_sentence(bench: Bench, guides: Guides) -> None:
    runner = unlucky_runner(bench, "bug")
    observation, kept = runner.run(task_of(guides.plain("booking"), BOOK))
    assert (observation.outcome, observation.failure) == (Outcome.ERROR, FailureReason.OUR_BUG)
    assert "ZeroDivisionError: division by zero in a probe" in observation.reason
    assert observation.trace in {record.sha256 for record in kept}


class LeakyStore(EvidenceStore):
    """A disk that keeps other bytes than it was given: the store's own check must catch it."""

    def put(self, data: bytes, **facts: object):  # type: ignore[no-untyped-def] # noqa: ANN201 - same as the parent
        record = super().put(data, **facts)  # type: ignore[arg-type] # same as the parent
        path = self.path(record.sha256)
        assert path is not None
        path.write_bytes(path.read_bytes()[:-7] + b"damaged")
        return record


def test_damaged_evidence_spoils_the_result(bench: Bench, guides: Guides, tmp_path: Path) -> None:
    runner = bench.runner(evidence=LeakyStore(tmp_path))
    observation, _evidence = runner.run(task_of(guides.plain("booking"), BOOK))
    assert (observation.outcome, observation.failure) == (Outcome.ERROR, FailureReason.OUR_BUG)
    assert "证据复核失败" in observation.reason


def test_the_browser_is_recycled(bench: Bench, guides: Guides) -> None:
    runner = bench.runner(settings=TRACED.model_copy(update={"recycle_after": 2}))
    task = task_of(guides.plain("booking"), BOOK)
    pids = []
    for _ in range(4):
        observation, _evidence = runner.run(task)
        assert observation.outcome is Outcome.PASS
        pids.append(runner.browser.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_nothing_is_carried_from_probe_to_probe(runner: ProbeRunner, guides: Guides) -> None:
    """Each probe is a new visitor: the second one has to sign in again."""
    for _ in range(2):
        observation, _evidence = runner.run(task_of(guides.plain("application"), "online-entrance"))
        assert observation.measures["asks_login"] is True


def test_a_contact_makes_the_browser_honest(sandbox: Sandbox, bench: Bench, guides: Guides, desk: object) -> None:
    runner = bench.runner(settings=None, contact="yuece@example.org", budget_s=60)
    observation, _evidence = runner.run(task_of(guides.plain("booking"), BOOK))
    assert observation.outcome is Outcome.PASS
    log = desk.ask("/access-log")  # type: ignore[attr-defined] # the desk fixture
    assert "YueceBot/0.1 (+yuece@example.org)" in {entry["user_agent"] for entry in log}


def test_unknown_probe_and_missing_browser_are_errors_of_the_door(
    bench: Bench, guides: Guides, sandbox: Sandbox, evidence: EvidenceStore
) -> None:
    task = task_of(guides.rows[0], BOOK)
    with pytest.raises(UsageError, match="booking-calendar"):
        bench.runner().run(task.model_copy(update={"probe_id": "booking"}))
    bench.close()
    adapter = adapters.get("gdzwfw")
    lost = ProbeRunner(
        adapter=adapter,
        site=adapter.site(asdict(sandbox.origins)),
        evidence=evidence,
        run="r",
        browser="/nowhere/chromium",
    )
    with lost, pytest.raises(MachineError, match="/nowhere/chromium"):
        lost.run(task)
