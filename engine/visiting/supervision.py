"""Writes the terminal record of every planned probe, whatever became of the worker that made it (docs/fairness.md)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from distributed import KilledWorker

from domain.conclusion import OUTAGES, conclude
from domain.errors import MachineError
from domain.failure import BLAME, REASON_TITLES_ZH, FailureReason
from domain.maintenance import MaintenanceWindow, in_window
from domain.observation import Observation, Visit
from domain.outcome import Outcome
from engine.visiting.probe_job import ProbeReport
from probes.probe import ProbeTask, probes


def record_loss(task: ProbeTask, run: str, error: Exception, number: int, started_at: datetime) -> ProbeReport:
    """Make the record of a visit that brought none back: the worker died, or the job raised."""
    ours = isinstance(error, KilledWorker | MachineError)
    reason = FailureReason.BROWSER_CRASHED if ours else FailureReason.OUR_BUG
    said = "执行探测的进程中断" if isinstance(error, KilledWorker) else f"{type(error).__name__}: {error}"
    observation = Observation(
        run=run,
        portal=task.portal,
        unit=task.unit,
        subject=task.code,
        item_id=task.item_id,
        probe_id=task.probe_id,
        probe_version=probes.get(task.probe_id).version,
        attempt=number,
        outcome=BLAME[reason],
        failure=reason,
        reason=f"{REASON_TITLES_ZH[reason]}：{said}"[:500],
        inputs=task.model_dump(mode="json"),
        started_at=started_at,
        finished_at=datetime.now(UTC),
    )
    return ProbeReport(observation=observation)


def excuse(observation: Observation, windows: Iterable[MaintenanceWindow]) -> Observation:
    """Turn an outage inside an announced window into maintenance."""
    if observation.failure not in OUTAGES:
        return observation
    window = in_window(windows, observation.portal, observation.started_at)
    if window is None:
        return observation
    reason = FailureReason.MAINTENANCE
    said = f"{REASON_TITLES_ZH[reason]}（{window.source}）：{observation.reason}"
    return observation.model_copy(update={"outcome": BLAME[reason], "failure": reason, "reason": said})


def visit_of(report: ProbeReport, number: int) -> Visit:
    """Write down a visit as it ended by itself."""
    seen = report.observation
    pictures = [step.screenshot for step in seen.steps if step.screenshot]
    return Visit(
        number=number,
        run=seen.run,
        started_at=seen.started_at,
        finished_at=seen.finished_at,
        outcome=seen.outcome,
        failure=seen.failure,
        reason=seen.reason,
        control_healthy=report.control_healthy,
        screenshot=pictures[-1] if pictures else None,
        trace=seen.trace,
        manifest=seen.manifest,
        retried=report.retried,
    )


def conclude_observation(
    latest: Observation, visits: Sequence[Visit], *, gap_h: float, is_sound: Callable[[Visit], bool]
) -> Observation:
    """Give the latest visit's record the verdict of all visits."""
    outages = probes.get(latest.probe_id).outage_is_fault
    said = conclude(visits, gap_h=gap_h, is_sound=is_sound, outages=outages)
    changed = said.outcome is not latest.outcome
    return latest.model_copy(
        update={
            "outcome": said.outcome,
            "failure": said.failure,
            "reason": said.reason,
            "value": None if changed else latest.value,
            "unit_of_value": "" if changed else latest.unit_of_value,
            "attempt": len(visits),
            "visits": tuple(visits),
        }
    )


def doubt(observation: Observation, why: str) -> Observation:
    """Take back what a night said whose instrument is in doubt; none of its visits counts later either."""
    visits = tuple(
        visit.model_copy(update={"control_healthy": False}) if visit.run == observation.run else visit
        for visit in observation.visits
    )
    return observation.model_copy(
        update={
            "outcome": Outcome.INCONCLUSIVE,
            "reason": f"存疑，不计：{why}。{observation.reason}",
            "value": None,
            "unit_of_value": "",
            "visits": visits,
        }
    )
