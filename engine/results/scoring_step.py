"""The scoring phase: facts out of the store, scores back into it."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from domain.period import Period
from domain.score import Score, UnitTotal
from domain.unit import Unit
from engine.facts.unit_facts import gather_bodies, with_items
from engine.results.ranking_step import describe_basis, save_ranked
from engine.results.scoring_choice import ScoringChoice
from exports.publication_gate import refuse_quarantined
from probes.probe import ProbeTask
from scoring.like_services import least_efforts
from scoring.score_units import score_units
from scoring.targets import load_targets
from scoring.total_rules import load_total_rules
from storage.store import Store


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles from looking: facts have none, and to search a body's takes a third of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def score_run(
    store: Store,
    run: str,
    units: Iterable[Unit],
    planned: Iterable[ProbeTask] | None,
    *,
    choice: ScoringChoice | None = None,
) -> tuple[tuple[Score, ...], tuple[UnitTotal, ...]]:
    """Score one run from what is stored, body by body; the run's earlier scores are replaced.

    ``planned`` is what the run planned to try; ``None`` takes what was written down when it was scored before.
    A run in quarantine raises ``PublishRefusedError``, a client's file that does not fit ``UsageError``.
    """
    chosen = choice or ScoringChoice()
    scored = store.runs.get(run)
    refuse_quarantined(scored)
    period = Period.parse(scored.period)
    bodies = gather_bodies(store, run, units, planned)
    targets = replace(
        load_targets(chosen.targets_file, period=period),
        readability_calibrated=chosen.readability_calibrated,
        least_efforts_s=least_efforts(bodies),
    )
    rules = load_total_rules(chosen.totals_file)
    facts = with_items(store, run, bodies)
    basis = describe_basis(store, scored, chosen, targets, rules)
    with uncollected():
        scores, totals = score_units(
            facts, run=run, period=period, targets=targets, reading=chosen.reading, rules=rules
        )
        return save_ranked(store, basis, scores, totals), totals
