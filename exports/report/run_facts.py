"""Everything that the reports of one run read from the store, gathered once and shared by all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.crawl import GuideOutcome, Listing
from domain.errors import UsageError
from domain.outcome import Outcome
from domain.run import Run
from domain.score import Score, UnitTotal
from domain.scoring_basis import ScoringBasis
from domain.standing import Standing
from domain.unit import Unit, all_units
from exports.language import Language
from exports.report.english_notes import english_note
from exports.report.spelling import Say, speak
from storage.scored_nights import is_scored_night
from storage.store import Store

MAIN_PORTAL = "gdzwfw"


@dataclass(frozen=True, kw_only=True)
class RunFacts:
    """One scored run; ``standings`` and ``totals`` are by body, in the reading that the run was scored in."""

    store: Store
    run: Run
    basis: ScoringBasis | None
    scores: Mapping[str, tuple[Score, ...]]
    totals: Mapping[str, UnitTotal]
    standings: Mapping[str, Standing]
    listings: tuple[Listing, ...]
    visits: Mapping[tuple[str, str, GuideOutcome], int]
    observed: Mapping[tuple[str, str | None, str, Outcome], int]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The run's bodies in the order of the notice."""
        return tuple(unit for unit in all_units() if unit.id in self.totals)

    def measured(self, unit: str, portal: str = MAIN_PORTAL) -> int:
        """Count the guides of a body that were read."""
        return self.visits.get((portal, unit, GuideOutcome.MEASURED), 0)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How one report is to be written; ``workbench_url`` is "" where nobody serves the evaluators' pages."""

    language: Language = Language.ZH
    rule_titles: Mapping[str, str] = field(default_factory=dict)
    workbench_url: str = ""

    @property
    def say(self) -> Say:
        """What picks the words."""
        return speak(self.language)

    def note(self, text: str) -> str:
        """Write a sentence that a score carries in the report's language."""
        return text if self.language is Language.ZH else english_note(text)

    def row_title(self, score: Score) -> str:
        """Name a row of the notice; in English its own Chinese name with what the program calls it."""
        if self.language is Language.ZH:
            return score.title
        return f"{score.title} ({score.indicator.replace('-', ' ')})"

    def page(self, path: str) -> str:
        """Address of a page of the workbench; "" where nobody serves it."""
        return self.workbench_url.rstrip("/") + path if self.workbench_url else ""


def gather(store: Store, run: Run) -> RunFacts:
    """Read a scored run; raise ``UsageError`` where it was never scored."""
    totals = {total.unit: total for total in store.scores.totals(run.id)}
    if not totals:
        raise UsageError(f"run {run.id!r} holds no scores; `yuece score --run {run.id}` computes them")
    scores: dict[str, list[Score]] = {}
    for score in store.scores.of_run(run.id):
        scores.setdefault(score.unit, []).append(score)
    standings = store.standings.of_run(run.id)
    return RunFacts(
        store=store,
        run=run,
        basis=store.standings.basis(run.id),
        scores={unit: tuple(rows) for unit, rows in scores.items()},
        totals=totals,
        standings={
            one.unit: one for one in standings if one.unit in totals and one.reading == totals[one.unit].reading
        },
        listings=store.crawls.listings(run.id),
        visits=store.overview.count_visits(run.id),
        observed=store.overview.count_observations(run.id),
    )


def scored_runs(store: Store, run: Run) -> tuple[Run, ...]:
    """Return the last scored night of every period up to this run's, oldest first, this run for its own period."""
    found: dict[str, Run] = {run.period: run}
    for other in store.runs.all():  # newest first
        alike = is_scored_night(other) and other.target == run.target
        if alike and other.period < run.period and other.period not in found and store.scores.totals(other.id):
            found[other.period] = other
    return tuple(found[period] for period in sorted(found))
