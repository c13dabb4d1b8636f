"""The scoring phase: facts out of the store, scores back into it."""

from collections.abc import Iterable
from dataclasses import replace

from domain.period import Period
from domain.score import Score, UnitTotal
from domain.unit import Unit
from engine.unit_facts import gather_facts
from exports.publication_gate import refuse_quarantined
from probes.probe import ProbeTask
from scoring.like_services import least_efforts
from scoring.score_units import score_units
from scoring.targets import load_targets
from storage.store import Store


def score_run(
    store: Store,
    run: str,
    units: Iterable[Unit],
    planned: Iterable[ProbeTask],
    *,
    readability_calibrated: bool = False,
) -> tuple[tuple[Score, ...], tuple[UnitTotal, ...]]:
    """Score one run from what is stored; the run's earlier scores are replaced.

    Readability enters a score only when it is ``readability_calibrated``. A run in quarantine raises
    ``PublishRefusedError``.
    """
    scored = store.runs.get(run)
    refuse_quarantined(scored)
    period = Period.parse(scored.period)
    facts = gather_facts(store, run, units, planned)
    targets = replace(
        load_targets(period=period),
        readability_calibrated=readability_calibrated,
        least_efforts_s=least_efforts(facts),
    )
    scores, totals = score_units(facts, run=run, period=period, targets=targets)
    store.scores.save(run, scores, totals)
    return scores, totals
