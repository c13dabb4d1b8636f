"""The last step of a scoring: intervals, standings, and the definitions by which all of it was made, into the store."""

from importlib.metadata import version

from domain.run import Run
from domain.score import Score, UnitTotal
from domain.scoring_basis import ScoringBasis
from engine.scoring_choice import ScoringChoice
from scoring.definitions import define_rows, write_values
from scoring.indicator import Targets
from scoring.total_rules import TotalRules
from storage.store import Store


def describe_basis(store: Store, run: Run, choice: ScoringChoice, targets: Targets, rules: TotalRules) -> ScoringBasis:
    """Write down by which definitions a run is being scored."""
    return ScoringBasis(
        run=run.id,
        period=run.period,
        tool_version=version("yuece"),
        reading=choice.reading.value,
        rule_sets=store.audits.rule_sets_of(run.id),
        targets=write_values(targets, rules),
        targets_placeholder=targets.placeholder,
        readability_calibrated=choice.readability_calibrated,
        seed=choice.seed,
        draws=choice.draws,
        rows=define_rows(targets),
    )


def save_ranked(
    store: Store, basis: ScoringBasis, scores: tuple[Score, ...], totals: tuple[UnitTotal, ...]
) -> tuple[Score, ...]:
    """Give the scores their intervals and rule set, rank the bodies, save everything; return the scores as saved.

    numpy comes in here and not at the top: a command that does not score has no use for it.
    """
    from scoring.uncertainty.standings import Chance, draw_scores, stand_bodies, with_intervals  # noqa: PLC0415

    chance = Chance(seed=basis.seed, draws=basis.draws)
    drawn = draw_scores(scores, chance)
    rule_set = "+".join(basis.rule_sets)
    finished = tuple(score.model_copy(update={"rule_set": rule_set}) for score in with_intervals(scores, drawn))
    store.scores.save(basis.run, finished, totals)
    store.standings.save(basis.run, basis, stand_bodies(scores, totals, drawn, chance))
    return finished
