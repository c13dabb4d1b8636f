"""Every planned probe ends with exactly one observation, whatever becomes of workers and browsers; nights add up."""

import json
import os
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import KilledWorker

from domain.failure import FailureReason
from domain.maintenance import MaintenanceWindow
from domain.observation import Observation, StepStatus
from domain.outcome import Outcome
from domain.run import RunKind
from domain.unit import all_units
from engine.collecting.crawling import crawl_all
from engine.collecting.reading import read_documents
from engine.night_context import NightContext
from engine.night_plan import NightPlan, SandboxOptions, task_for
from engine.provenance import begin_run
from engine.reporter import SilentReporter
from engine.settings import PlanSizes, Settings
from engine.stage import opened_run
from engine.visiting.probe_doubt import DOWN, DRIFT, find_doubts
from engine.visiting.probing import probe_tasks
from engine.visiting.supervision import excuse, record_loss
from probes.control import CONTROL
from probes.probe import ProbeTask

BOOK = "booking-calendar"
UNITS = tuple(unit.id for unit in all_units())


def plan_of(**changes: object) -> NightPlan:
    usual: dict[str, object] = {
        "target": "sandbox",
        "period": "2021H1",
        "units": UNITS,
        "portals": ("gdzwfw",),
        "sizes": PlanSizes(),
        "salt": "supervision",
        "addresses": False,
        "sandbox": SandboxOptions(size="150", seed=20),
    }
    return NightPlan.model_validate(usual | changes)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NightContext]:
    settings = Settings(
        home=tmp_path_factory.mktemp("home"),
        authorisation=None,
        workers=2,
        probe_budget_s=40,
        page_load_s=8,
        page_wait_s=5,
        retry_pause_s=0,
    )
    with opened_run(settings, plan_of(), SilentReporter(), kind=RunKind.PROBE) as opened:
        crawl_all(opened.night)
        read_documents(opened.night)
        yield opened.night


def bookable(night: NightContext, count: int) -> list[ProbeTask]:
    guides = night.store.guides.of_run(night.run.id, portal="gdzwfw")
    tasks = (task_for(guide, BOOK) for guide in guides)
    return [task for task in tasks if task.declared_bookable][:count]


def next_night(night: NightContext, hours: float, *, gap_h: float) -> NightContext:
    """Begin another run over the same sandbox, as if so many hours had passed."""
    plan = night.plan.model_copy(update={"visit_occasion_gap_h": gap_h})
    run = begin_run(
        kind=RunKind.PROBE,
        period=plan.period,
        target=plan.target,
        units=plan.units,
        portals=plan.portals,
        plan=plan.model_dump(mode="json"),
        browser="",
    )
    run = run.model_copy(update={"started_at": run.started_at + timedelta(hours=hours)})
    night.store.runs.add(run)
    return replace(night, plan=plan, run=run)


def seen(night: NightContext, task: ProbeTask) -> Observation:
    return night.store.observations.get(f"{night.run.id}/{task.key}")


def made_observations(night: NightContext) -> list[Observation]:
    return [one for one in night.store.observations.of_run(night.run.id) if one.probe_id != CONTROL]


@contextmanager
def later(action: object, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, action)  # type: ignore[arg-type] # any callable
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def workers_of(night: NightContext) -> list[int]:
    return [int(pid) for pid in night.client.run(os.getpid).values()]


def browsers_of(pids: list[int]) -> list[psutil.Process]:
    return [one for pid in pids for one in psutil.Process(pid).children(recursive=True) if is_browser(one)]


def is_browser(process: psutil.Process) -> bool:
    try:
        name = process.name()
    except psutil.NoSuchProcess:  # gone while we looked
        return False
    return "headless" in name or "chrom" in name


@pytest.mark.browser
def test_a_killed_worker_and_a_killed_browser_cost_no_observation(night: NightContext) -> None:
    tonight = next_night(night, 0, gap_h=0)
    tasks = bookable(night, 10)
    killed: list[str] = []

    def strike() -> None:
        workers = workers_of(tonight)
        deadline = time.monotonic() + 120
        while not (browsers := browsers_of(workers)) and time.monotonic() < deadline:
            time.sleep(0.1)
        browsers[0].kill()
        killed.append("browser")
        time.sleep(2)
        os.kill(workers[-1], signal.SIGKILL)
        killed.append("worker")

    with later(strike, 3):
        probe_tasks(tonight, tasks)
    assert killed == ["browser", "worker"]
    observations = made_observations(tonight)
    assert len(tasks) == 10
    assert sorted(one.key for one in observations) == sorted(task.key for task in tasks)
    for one in observations:
        assert one.outcome is not Outcome.FAIL or len(one.visits) >= 3
        assert one.visits


@pytest.mark.browser
def test_live_nights_add_up_and_evidence_must_verify(night: NightContext) -> None:
    """Three nights of one visit each to a calendar that is full on all of them; then two traces are damaged."""
    desk = (night.stage.origins or {})["control"]
    prepared = ask(f"{desk}/scenarios/prepare", {"names": ["calendar-full"]})
    ask(f"{desk}/scenarios/wake", {"items": True})
    tasks = {one.item_id: one for one in bookable(night, 150)}
    task, sound = tasks[prepared["items"]["calendar-full"]], tasks[prepared["spare"]["booking"]]
    nights = [next_night(night, hours, gap_h=0.0001) for hours in (1, 2, 3, 4)]
    for tonight in nights[:3]:
        probe_tasks(tonight, [sound, task])
        assert seen(tonight, sound).outcome is Outcome.PASS
    assert [seen(tonight, task).outcome for tonight in nights[:3]] == [
        Outcome.INCONCLUSIVE,
        Outcome.INCONCLUSIVE,
        Outcome.FAIL,
    ]
    accused = seen(nights[2], task)
    assert accused.failure is FailureReason.NO_FREE_SLOT
    assert [visit.run for visit in accused.visits] == [tonight.run.id for tonight in nights[:3]]
    assert all(visit.control_healthy for visit in accused.visits)
    for visit in accused.visits[:2]:
        damage(night, visit.trace or "")
    probe_tasks(nights[3], [sound, task])
    assert len(seen(nights[3], task).visits) == 4
    assert seen(nights[3], task).outcome is Outcome.INCONCLUSIVE


def ask(url: str, body: object) -> Any:  # noqa: ANN401 - JSON of any shape
    with urllib.request.urlopen(urllib.request.Request(url, data=json.dumps(body).encode()), timeout=30) as answer:
        return json.loads(answer.read())


def damage(night: NightContext, sha256: str) -> None:
    path: Path | None = night.store.evidence.path(sha256)
    assert path is not None
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))


def observation(night: NightContext, **changes: object) -> Observation:
    task = bookable(night, 1)[0]
    lost = record_loss(task, night.run.id, RuntimeError("x"), 1, night.run.started_at).observation
    return lost.model_copy(update=changes)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KilledWorker("job", None, 1), FailureReason.BROWSER_CRASHED),
        (ZeroDivisionError("division by zero"), FailureReason.OUR_BUG),
    ],
)
def test_a_visit_that_brings_nothing_back_is_ours(night: NightContext, error: Exception, reason: FailureReason) -> None:
    task = bookable(night, 1)[0]
    record = record_loss(task, night.run.id, error, 2, night.run.started_at).observation
    assert (record.outcome, record.failure, record.key) == (Outcome.ERROR, reason, task.key)
    assert all(step.status is StepStatus.SKIPPED for step in record.steps)


def test_an_outage_in_an_announced_window_is_maintenance(night: NightContext) -> None:
    at = night.run.started_at
    window = MaintenanceWindow(start=at, end=at + timedelta(hours=2), source="门户公告")
    down = observation(night, outcome=Outcome.INCONCLUSIVE, failure=FailureReason.HTTP_5XX, started_at=at)
    assert excuse(down, (window,)).failure is FailureReason.MAINTENANCE
    assert excuse(down, ()).failure is FailureReason.HTTP_5XX
    closed = observation(night, outcome=Outcome.FAIL, failure=FailureReason.NOT_OPEN, started_at=at)
    assert excuse(closed, (window,)) == closed


def test_what_many_bodies_have_at_once_is_doubted(night: NightContext) -> None:
    def seen_at(number: int, failure: FailureReason | None) -> Observation:
        outcome = Outcome.PASS if failure is None else Outcome.INCONCLUSIVE
        return observation(night, item_id=str(number), unit=f"dept-{number:02}", failure=failure, outcome=outcome)

    drift = [seen_at(number, FailureReason.LAYOUT_CHANGED) for number in range(3)]
    good = [seen_at(number, None) for number in range(3, 9)]
    assert find_doubts([*drift, *good]) == {("gdzwfw", BOOK): DRIFT}
    assert find_doubts([*drift[:2], *good]) == {}
    assert find_doubts([one.model_copy(update={"unit": "dept-01"}) for one in drift]) == {}
    down = [seen_at(number, FailureReason.HTTP_5XX) for number in range(4)]
    assert find_doubts(down) == {("gdzwfw", BOOK): DOWN}
    assert find_doubts([*down, *good]) == {}
