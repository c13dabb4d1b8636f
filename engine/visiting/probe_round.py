"""Makes one visit to each of some probes' tasks and stores what all visits so far amount to."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from domain.conclusion import conclude
from domain.failure import FailureReason
from domain.observation import Visit
from domain.outcome import Outcome
from domain.retry import Retry, retry_of
from engine.cluster import AHEAD, run_jobs
from engine.night_context import NightContext
from engine.visiting import probe_job
from engine.visiting.probe_job import ProbeOrder, ProbeReport
from engine.visiting.supervision import conclude_observation, excuse, record_loss, visit_of
from engine.visiting.visit_history import VisitHistory
from probes.control import CONTROL
from probes.probe import ProbeTask, probes
from storage.member_check import is_whole_proof

ROUNDS_MAX = 4
"""Visits to a suspect in one run where occasions need no distance: three that count, and one that may have broken."""
KNOWN_GOOD_MAX = 4  # items sent along with an order; the worker remembers its own beside them


class ProbeRound:
    """One occasion of a run. ``last`` says that no other one follows in this run."""

    def __init__(
        self, night: NightContext, history: VisitHistory, *, phase: str, occasion: int, last: bool, ahead: int = AHEAD
    ) -> None:
        self._night = night
        self._history = history
        self._phase = phase
        self._mark = f"{datetime.now(UTC):%H%M%S}-{occasion}"
        self._last = last
        self._ahead = ahead
        self._gap_h = night.plan.visit_occasion_gap_h
        self._good: dict[tuple[str, str], list[ProbeTask]] = defaultdict(list)

    def make(self, tasks: Sequence[ProbeTask], made: dict[str, ProbeTask]) -> list[ProbeTask]:
        """Visit every task once and return those that are due for another visit in this run.

        ``made`` collects every task of the run, since what passed earlier is what controls look at.
        """
        self._remember_good(made.values())
        again: list[ProbeTask] = []
        for task, report in self._visit_all(tasks):
            made[task.key] = task
            if self._settle(task, report) and not self._last:
                again.append(task)
            else:
                self._night.reporter.advance(self._phase)
        return again

    def _visit_all(self, tasks: Sequence[ProbeTask]) -> Iterator[tuple[ProbeTask, ProbeReport]]:
        """Yield one report per task, made again after a pause where that may help (domain/retry.py)."""
        paused: dict[str, tuple[ProbeTask, FailureReason]] = {}
        for task, result in self._run(tasks, "first"):
            why = self._why_again(task, result)
            if why is not None:
                paused[task.key] = task, why
            else:
                yield task, self._report(task, result, ())
        if not paused:
            return
        time.sleep(self._night.settings.retry_pause_s if self._gap_h > 0 else 0)
        for task, result in self._run([task for task, _ in paused.values()], "again"):
            yield task, self._report(task, result, (paused[task.key][1],))

    def _why_again(self, task: ProbeTask, result: ProbeReport | Exception) -> FailureReason | None:
        """Say why a task is made again on this occasion; a lost worker is no visit, and takes others along with it."""
        if isinstance(result, Exception):
            self._night.reporter.note(f"probe {task.key}: {result}")
            return FailureReason.OUR_BUG
        failure = result.observation.failure
        # Where occasions need no distance, the next one is the pause.
        return failure if self._gap_h > 0 and retry_of(failure) is Retry.AFTER_PAUSE else None

    def _run(self, tasks: Sequence[ProbeTask], turn: str) -> Iterator[tuple[ProbeTask, ProbeReport | Exception]]:
        by_key = {self._job_key(task, turn): task for task in tasks}
        orders = ((key, self._order(task)) for key, task in by_key.items())
        stop, ahead = self._night.raise_if_stopped, self._ahead
        for key, result in run_jobs(self._night.client, probe_job.probe, orders, ahead=ahead, stop=stop):
            yield by_key[key], result

    def _job_key(self, task: ProbeTask, turn: str) -> str:
        return f"probe/{self._night.run.id}/{self._mark}/{turn}/{task.key}"

    def _report(
        self, task: ProbeTask, result: ProbeReport | Exception, retried: tuple[FailureReason, ...]
    ) -> ProbeReport:
        if isinstance(result, Exception):
            number = len(self._history.of(task)) + 1
            result = record_loss(task, self._night.run.id, result, number, datetime.now(UTC))
        observation = excuse(result.observation, self._night.settings.maintenance)
        return result.model_copy(update={"observation": observation, "retried": (*retried, *result.retried)})

    def _settle(self, task: ProbeTask, report: ProbeReport) -> bool:
        """Store evidence, controls and the verdict of all visits; say whether another visit could change it."""
        store = self._night.store
        store.artefacts.save(report.evidence)
        for control in report.controls:
            store.observations.save(control)
        visits = self._history.add(task, visit_of(report, len(self._history.of(task)) + 1))
        concluded = conclude_observation(report.observation, visits, gap_h=self._gap_h, is_sound=self._is_sound)
        store.observations.save(concluded)
        if report.observation.outcome is Outcome.PASS:
            self._good[task.portal, task.probe_id].append(task)
        return wants_another(task.probe_id, visits, gap_h=self._gap_h)

    def _is_sound(self, visit: Visit) -> bool:
        """Open a visit's proof again: it has a trace, and every member still has the bytes that were captured."""
        members = [sha256 for sha256 in (visit.trace, visit.screenshot) if sha256 is not None]
        store = self._night.store.evidence
        whole = visit.manifest is None or is_whole_proof(store, visit.manifest)
        return visit.trace is not None and whole and all(store.holds(sha256) for sha256 in members)

    def _remember_good(self, tasks: Iterable[ProbeTask]) -> None:
        for task in tasks:
            latest = self._history.of(task)
            if latest and latest[-1].outcome is Outcome.PASS:
                self._good[task.portal, task.probe_id].append(task)

    def _order(self, task: ProbeTask) -> ProbeOrder:
        night = self._night
        settings = night.settings
        return ProbeOrder(
            task=task,
            number=len(self._history.of(task)) + 1,
            occasion=self._mark,
            run=night.run.id,
            origins=night.stage.origins,
            account=night.stage.account,
            evidence_root=night.evidence_root,
            browser=settings.browser,
            contact=settings.contact,
            visitors=settings.pace(night.plan.target).visitors,
            budget_s=settings.probe_budget_s,
            load_s=settings.page_load_s,
            wait_s=settings.page_wait_s,
            known_good=self._known_good(task),
            manners=night.manners,
            overlays=night.plan.overlays,
        )

    def _known_good(self, suspect: ProbeTask) -> tuple[ProbeTask, ...]:
        """Return tasks of this portal that passed tonight, those of the same probe first."""
        own = self._good[suspect.portal, suspect.probe_id]
        others = [
            task
            for (portal, probe_id), tasks in self._good.items()
            if portal == suspect.portal and probe_id not in (suspect.probe_id, CONTROL)
            for task in tasks[-1:]
        ]
        return (*own[-KNOWN_GOOD_MAX:][::-1], *others)[:KNOWN_GOOD_MAX]


def wants_another(probe_id: str, visits: Sequence[Visit], *, gap_h: float) -> bool:
    """Say whether another visit in the same run could confirm or refute what these suspect.

    Where the control failed as well, the trouble is not the item's, and another visit at once would meet it again.
    """
    if len(visits) >= ROUNDS_MAX or (visits and visits[-1].control_healthy is False):
        return False
    return is_suspected(probe_id, visits, gap_h=gap_h)


def is_suspected(probe_id: str, visits: Sequence[Visit], *, gap_h: float) -> bool:
    """Say whether a fault was seen that is neither confirmed nor refuted."""
    outages = probes.get(probe_id).outage_is_fault
    return bool(visits) and conclude(visits, gap_h=gap_h, is_sound=lambda _: True, outages=outages).open
