"""The probe phase: makes every planned probe that the store has no observation of."""

from collections.abc import Iterator, Sequence

from domain.observation import Observation
from domain.outcome import Outcome
from engine import jobs
from engine.cluster import run_jobs
from engine.night_context import NightContext
from engine.night_plan import FACES, plan_probes
from probes.probe import ProbeTask

ATTEMPTS = 2
"""A probe that ended in our own error is made once more: a crashed browser is no result."""


def planned_tasks(night: NightContext) -> tuple[ProbeTask, ...]:
    """Return tonight's probes; the same crawl gives the same plan."""
    guides = (
        guide for portal in night.plan.portals for guide in night.store.guides.of_run(night.run.id, portal=portal)
    )
    return plan_probes(night.plan, guides)


def compare_faces(night: NightContext) -> None:
    """Make the comparisons of page, print and mobile page with the data, which the audit judges."""
    probe_tasks(night, [task for task in _missing_tasks(night) if task.probe_id == FACES], phase="faces")


def probe_all(night: NightContext) -> None:
    """Make the planned probes that the store has no observation of."""
    probe_tasks(night, _missing_tasks(night))


def probe_tasks(night: NightContext, tasks: Sequence[ProbeTask], *, phase: str = "probe") -> None:
    """Make probes, portal by portal so that a worker keeps one browser warm, and store what they saw."""
    missing = list(tasks)
    night.reporter.begin(phase, len(missing))
    for attempt in range(1, ATTEMPTS + 1):
        missing = list(_attempt(night, missing, attempt, phase))
    _close_browsers(night)


def _missing_tasks(night: NightContext) -> list[ProbeTask]:
    done = night.store.observations.keys(night.run.id)
    return [task for task in planned_tasks(night) if task.key not in done]


def _attempt(night: NightContext, tasks: list[ProbeTask], attempt: int, phase: str) -> Iterator[ProbeTask]:
    """Make the probes and yield those that ended in our own error."""
    orders = {f"probe/{night.run.id}/{attempt}/{task.key}": _order(night, task, attempt) for task in tasks}
    for key, result in run_jobs(night.client, jobs.probe, orders.items()):
        task = orders[key].task
        if isinstance(result, Exception):
            night.reporter.note(f"probe {task.key}: {result}")
            yield task
            continue
        observation, evidence = result
        night.store.artefacts.save(evidence)
        night.store.observations.save(observation)
        if _again(observation, attempt):
            yield task
        else:
            night.reporter.advance(phase)


def _again(observation: Observation, attempt: int) -> bool:
    return observation.outcome is Outcome.ERROR and attempt < ATTEMPTS


def _order(night: NightContext, task: ProbeTask, attempt: int) -> jobs.ProbeOrder:
    return jobs.ProbeOrder(
        task=task,
        attempt=attempt,
        run=night.run.id,
        origins=night.stage.origins,
        account=night.stage.account,
        evidence_root=night.evidence_root,
        browser=night.settings.browser,
        contact=night.settings.contact,
        visitors=night.settings.pace(night.plan.target).visitors,
        budget_s=night.settings.probe_budget_s,
    )


def _close_browsers(night: NightContext) -> None:
    """Close each worker's browser from the worker's own thread, where its Playwright lives."""
    workers = list(night.client.scheduler_info()["workers"])
    futures = [night.client.submit(jobs.close_runners, workers=[worker], pure=False) for worker in workers]
    night.client.gather(futures, errors="skip")
