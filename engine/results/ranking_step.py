"""The last step of a scoring: intervals, standings, and the definitions by which all of it was made, into the store."""

from importlib.metadata import version

from crawler.checkpoints import members_of
from crawler.rules.rule import RuleKind
from domain.run import Run
from domain.score import Score, UnitTotal
from domain.scoring_basis import ScoringBasis
from engine.facts.standard_facts import COMPARED
from engine.results.scoring_choice import ScoringChoice
from scoring.definitions import define_rows, write_values
from scoring.indicator import Targets
from scoring.total_rules import TotalRules
from storage.store import Store

AUDITED, STANDARDISED = "guide-completeness-accuracy", "guide-readability"


def describe_basis(store: Store, run: Run, choice: ScoringChoice, targets: Targets, rules: TotalRules) -> ScoringBasis:
    """Write down by which definitions a run is being scored."""
    rule_sets = store.audits.rule_sets_of(run.id)
    return ScoringBasis(
        run=run.id,
        period=run.period,
        tool_version=version("yuece"),
        reading=choice.reading.value,
        rule_sets=rule_sets,
        targets=write_values(targets, rules),
        targets_placeholder=targets.placeholder,
        readability_calibrated=choice.readability_calibrated,
        seed=choice.seed,
        draws=choice.draws,
        rows=tuple(
            row.model_copy(update={"rules": rules_of(row.indicator, store, rule_sets)}) for row in define_rows(targets)
        ),
    )


def rules_of(indicator: str, store: Store, rule_sets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of the audit's rules whose outcomes an indicator reads."""
    if indicator not in (AUDITED, STANDARDISED):
        return ()
    sets = [store.audits.rule_set(id) for id in rule_sets]
    if indicator == AUDITED:
        kinds = (RuleKind.COMPLETENESS, RuleKind.ACCURACY)
        return tuple(sorted({rule for one in sets for kind in kinds for _, rule in members_of(one, kind)}))
    return tuple(sorted({rule for one in sets for rule, _ in one.members if rule in COMPARED}))


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
    store.scores.save_ranked(basis.run, finished, totals, basis, stand_bodies(scores, totals, drawn, chance))
    return finished
