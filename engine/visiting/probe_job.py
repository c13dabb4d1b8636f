"""The work that a worker does for one visit: the probe, its retries at once, and a control when a fault was found."""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.conclusion import OUTAGES
from domain.evidence import Evidence
from domain.failure import FailureReason
from domain.frozen import Frozen
from domain.observation import Observation
from domain.outcome import Outcome
from domain.retry import Retry, retry_of
from engine.cluster import host_lease
from engine.visiting.companions import companions_of
from portals.adapter import adapters
from portals.citizen import Account
from portals.host_policy import user_agent
from portals.manners import Manners
from portals.site import Overlay
from probes.browser.browser_settings import BrowserSettings
from probes.browser.warm_browser import WarmBrowser
from probes.control import SERVICES, control_task
from probes.probe import ProbeTask, probes
from probes.run_probe import ProbeRunner
from storage.evidence_store import EvidenceStore

TRIES_AT_ONCE = 2
CONTROLS_MAX = 2  # known good items that are tried: one of them may have broken since
CONTROL_FRESH_S = 300.0
STUCK_EXIT = 70
"""Exit code of a worker that ends itself because not even a killed browser brought its probe back."""


class ProbeOrder(Frozen):
    """One visit. ``known_good`` are tasks that passed, of any probe; ``origins`` are those of the sandbox."""

    task: ProbeTask
    number: int  # of the visit
    occasion: str  # names the round, so that a control of an earlier one is never taken for this one's
    run: str
    origins: dict[str, str] | None
    account: Account | None
    evidence_root: Path
    browser: str
    contact: str
    visitors: int
    budget_s: float
    load_s: float
    wait_s: float
    known_good: tuple[ProbeTask, ...] = ()
    manners: Manners = Manners()
    overlays: Mapping[str, Overlay] = {}  # portal → the owner's own site file


class ProbeReport(Frozen):
    """What a visit gave; ``controls`` are those that were made for it, not those that were known already."""

    observation: Observation
    evidence: tuple[Evidence, ...] = ()
    retried: tuple[FailureReason, ...] = ()
    controls: tuple[Observation, ...] = ()
    control_healthy: bool | None = None


@dataclass
class Memory:
    """What a worker remembers of the run that it works for."""

    run: str = ""
    browser: WarmBrowser | None = None  # of all portals: a new one for each would cost seconds at every change
    runners: dict[str, ProbeRunner] = field(default_factory=dict)
    passed: dict[tuple[str, str], ProbeTask] = field(default_factory=dict)  # portal, probe → a task that passed
    controls: dict[tuple[str, str, str], tuple[float, bool]] = field(default_factory=dict)


_memory = Memory()


def probe(order: ProbeOrder) -> ProbeReport:
    """Make one visit with the worker's warm browser; raise only for what is wrong with this machine."""
    try:
        runner = _warm_runner(order)
        origin = next(
            iter(
                adapters.get(order.task.portal)
                .site(order.origins, order.overlays.get(order.task.portal))
                .hosts.values()
            )
        )
        with host_lease(origin, order.visitors):
            return _visit(runner, order)
    except Exception:
        close_runners()  # the next visit gets a browser that nothing has happened to
        raise


def _visit(runner: ProbeRunner, order: ProbeOrder) -> ProbeReport:
    observation, evidence, retried = _make(runner, order.task, order.number)
    report = ProbeReport(observation=observation, evidence=evidence, retried=retried)
    if observation.outcome is Outcome.PASS:
        _memory.passed[order.task.portal, order.task.probe_id] = order.task
    return _with_control(runner, order, report) if needs_control(observation) else report


def needs_control(observation: Observation) -> bool:
    """Say whether a visit would accuse somebody."""
    outage = observation.failure in OUTAGES and probes.get(observation.probe_id).outage_is_fault
    return observation.outcome is Outcome.FAIL or outage


def _make(
    runner: ProbeRunner, task: ProbeTask, number: int
) -> tuple[Observation, tuple[Evidence, ...], tuple[FailureReason, ...]]:
    retried: list[FailureReason] = []
    while True:
        observation, evidence = runner.run(task, attempt=number)
        failure = observation.failure
        if retry_of(failure) is not Retry.AT_ONCE or failure is None or len(retried) + 1 >= TRIES_AT_ONCE:
            return observation, evidence, tuple(retried)
        retried.append(failure)


def _with_control(runner: ProbeRunner, order: ProbeOrder, report: ProbeReport) -> ProbeReport:
    """Add the control of a suspect: the one that this worker made on this occasion, or a new one."""
    family = order.task.probe_id if order.task.probe_id in SERVICES else "guide"
    key = (order.task.portal, family, order.occasion)
    made_at, healthy = _memory.controls.get(key, (float("-inf"), False))
    if time.monotonic() - made_at <= CONTROL_FRESH_S:
        return report.model_copy(update={"control_healthy": healthy})
    controls, evidence = [], list(report.evidence)
    for at, task in enumerate(_controls_of(order), start=1):
        observation, kept, _ = _make(runner, task, at)
        controls.append(observation)
        evidence += kept
        if observation.outcome is Outcome.PASS:
            break
    healthy = controls[-1].outcome is Outcome.PASS
    _memory.controls[key] = (time.monotonic(), healthy)
    return report.model_copy(
        update={"controls": tuple(controls), "evidence": tuple(evidence), "control_healthy": healthy}
    )


def _controls_of(order: ProbeOrder) -> Iterator[ProbeTask]:
    """Yield the controls to be tried; the first healthy one is enough. Without a known good item the home page is."""
    suspect = order.task
    remembered = [task for (portal, _), task in _memory.passed.items() if portal == suspect.portal]
    known = [task for task in (*remembered, *order.known_good) if task.code and task.code != suspect.code]
    known.sort(key=lambda task: task.probe_id != suspect.probe_id)
    mark = f"{order.occasion}-{os.getpid()}-{time.time_ns() // 1_000_000:x}"
    for at, task in enumerate(known[:CONTROLS_MAX], start=1):
        yield control_task(suspect, task, same_service=task.probe_id == suspect.probe_id, mark=f"{mark}-{at}")
    if not known:
        yield control_task(suspect, None, same_service=False, mark=mark)


def _warm_runner(order: ProbeOrder) -> ProbeRunner:
    """Return the portal's runner; a worker's runners share one browser: a sync Playwright belongs to its thread."""
    key = f"{order.task.portal}|{order.run}|{order.origins}"
    if _memory.run != order.run:
        close_runners()
        _memory.run = order.run
        _memory.passed.clear()
        _memory.controls.clear()
    if key not in _memory.runners:
        _memory.runners[key] = _open_runner(order)
    return _memory.runners[key]


def _open_runner(order: ProbeOrder) -> ProbeRunner:
    adapter = adapters.get(order.task.portal)
    settings = BrowserSettings(
        executable=order.browser,
        user_agent=user_agent(order.contact) if order.contact else "",
        budget_s=order.budget_s,
        load_ms=round(order.load_s * 1000),
        wait_ms=round(order.wait_s * 1000),
    )
    _memory.browser = _memory.browser or WarmBrowser(settings)
    runner = ProbeRunner(
        adapter=adapter,
        site=adapter.site(order.origins, order.overlays.get(adapter.id)),
        evidence=EvidenceStore(order.evidence_root),
        account=order.account,
        run=order.run,
        companions=companions_of(adapter, order.origins, order.overlays),
        manners=order.manners,
        settings=settings,
        last_resort=end_worker,
        warm=_memory.browser,
    )
    return runner.__enter__()


def end_worker() -> None:
    """End this worker at once; its nanny starts another one, and the visit is recorded as our error."""
    os._exit(STUCK_EXIT)


def close_runners() -> None:
    """Close the worker's browser; to be run in the worker's own thread."""
    for runner in _memory.runners.values():
        runner.__exit__(None, None, None)
    _memory.runners.clear()
    if _memory.browser is not None:
        _memory.browser.close()
        _memory.browser = None
