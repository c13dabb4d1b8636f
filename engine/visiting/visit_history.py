"""Knows the visits that were made to an item before, in this run and in earlier ones of the same period and place."""

from collections.abc import Iterable, Iterator

from domain.observation import Visit
from domain.run import Run, RunState
from engine.run_place import place_of
from probes.probe import ProbeTask
from storage.store import Store


class VisitHistory:
    """Visits by task, oldest first. Where occasions need no distance, only this run's own visits count."""

    def __init__(self, store: Store, run: Run, *, gap_h: float) -> None:
        self._store = store
        self._run = run
        self.gap_h = gap_h
        self._visits: dict[str, tuple[Visit, ...]] = {}

    def load(self, tasks: Iterable[ProbeTask]) -> None:
        """Read what the store knows about these tasks."""
        wanted = frozenset(task.key for task in tasks)
        for run in self._runs():
            for key, visits in self._store.observations.visits_of(run):
                if key in wanted and visits:
                    self._visits[key] = visits  # each run's record holds the earlier visits as well

    def of(self, task: ProbeTask) -> tuple[Visit, ...]:
        """Return the visits made so far."""
        return self._visits.get(task.key, ())

    def add(self, task: ProbeTask, visit: Visit) -> tuple[Visit, ...]:
        """Remember one more visit and return all of them."""
        self._visits[task.key] = (*self.of(task), visit)
        return self._visits[task.key]

    def _runs(self) -> Iterator[str]:
        """Yield the runs whose visits count, oldest first, this one last."""
        if self.gap_h > 0:
            yield from (run.id for run in reversed(self._store.runs.all()) if self._is_earlier(run))
        yield self._run.id

    def _is_earlier(self, run: Run) -> bool:
        alike = run.period == self._run.period and place_of(run) == place_of(self._run)
        return alike and run.started_at < self._run.started_at and run.state is not RunState.QUARANTINED
