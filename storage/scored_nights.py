"""Which night speaks for a half-year: asked by the year, by the report and by whoever compares periods."""

from domain.run import Run, RunKind, RunState
from domain.score import UnitTotal
from storage.store import Store

SCORED_STATES = (RunState.FINISHED, RunState.PARTIAL)
ScoredNight = tuple[Run, tuple[UnitTotal, ...]]


def is_scored_night(run: Run) -> bool:
    """Say whether a run is a night that was not put aside."""
    return run.kind is RunKind.NIGHTLY and run.state in SCORED_STATES


def latest_scored(store: Store, period: str, target: str | None = None) -> ScoredNight | None:
    """Return a half-year's latest scored night with its totals, of one target where it is given; ``None`` for none."""
    for run in store.runs.all():  # newest first
        if run.period == period and target in (None, run.target) and is_scored_night(run):
            totals = store.scores.totals(run.id)
            if totals:
                return run, totals
    return None
