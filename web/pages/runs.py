"""The way in: which runs there are, and what one run saw altogether."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from domain.crawl import GuideOutcome, Listing
from domain.outcome import Outcome
from domain.run import Run
from domain.score import UnitTotal
from domain.unit import Unit, all_units
from storage.store import Store
from web.visit import Visiting

router = APIRouter()
VisitCounts = Mapping[tuple[str, str, GuideOutcome], int]
ObservationCounts = Mapping[tuple[str, str | None, str, Outcome], int]


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much of what was listed was seen; ``bodies`` counts those that the portal shows."""

    bodies: int
    listed: int
    measured: int
    absent: int
    unseen: int

    @property
    def coverage(self) -> float | None:
        """Guides whose visit gave an answer over guides listed; an item that the portal lists and denies was seen."""
        return (self.measured + self.absent) / self.listed if self.listed else None


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """One body in the run's table."""

    unit: Unit
    total: UnitTotal | None
    extent: Extent
    findings: int
    outcomes: Mapping[Outcome, int]


@router.get("/", response_class=HTMLResponse)
def list_runs(visit: Visiting) -> HTMLResponse:
    """Every run, newest first."""
    return visit.render("runs.html", runs=visit.store.runs.all())


@router.get("/runs/{run_id}", response_class=HTMLResponse)
def show_run(visit: Visiting, run_id: str) -> HTMLResponse:
    """One run: outcomes, coverage, bodies."""
    run = visit.store.runs.get(run_id)
    visits = visit.store.overview.count_visits(run_id)
    listings = visit.store.crawls.listings(run_id)
    observed = visit.store.overview.count_observations(run_id)
    lines = list_units(visit.store, run, listings, visits, observed)
    return visit.render(
        "run.html",
        run=run,
        duration_s=(run.finished_at - run.started_at).total_seconds() if run.finished_at else None,
        outcomes=list(Outcome),
        by_probe=tally_probes(observed),
        portals={portal: measure_extent(listings, visits, portal=portal) for portal in run.portals},
        lines=lines,
        findings=sum(line.findings for line in lines),
    )


def measure_extent(
    listings: Iterable[Listing], visits: VisitCounts, *, portal: str | None = None, unit: str | None = None
) -> Extent:
    """Add up what was listed and visited on one portal, for one body, or both."""
    counts = dict.fromkeys(GuideOutcome, 0)
    for (seen_portal, seen_unit, outcome), count in visits.items():
        if portal in (None, seen_portal) and unit in (None, seen_unit):
            counts[outcome] += count
    shown = [one for one in listings if one.offered and portal in (None, one.portal) and unit in (None, one.unit)]
    return Extent(
        bodies=len(shown),
        listed=sum(max(one.guides, one.total or 0) for one in shown),
        measured=counts[GuideOutcome.MEASURED],
        absent=counts[GuideOutcome.ABSENT],
        unseen=counts[GuideOutcome.NOT_MEASURED],
    )


def tally_probes(observed: ObservationCounts) -> dict[tuple[str, str], dict[Outcome, int]]:
    """Count outcomes by portal and probe."""
    tallies: dict[tuple[str, str], dict[Outcome, int]] = {}
    for (portal, _, probe, outcome), count in sorted(observed.items(), key=str):
        tally = tallies.setdefault((portal, probe), dict.fromkeys(Outcome, 0))
        tally[outcome] += count
    return tallies


def list_units(
    store: Store, run: Run, listings: tuple[Listing, ...], visits: VisitCounts, observed: ObservationCounts
) -> list[UnitLine]:
    """Put everything about each of the run's bodies side by side: by table and rank, those without a rank last."""
    totals = {total.unit: total for total in store.scores.totals(run.id)}
    findings = store.overview.count_findings(run.id)
    lines = [
        UnitLine(
            unit=unit,
            total=totals.get(unit.id),
            extent=measure_extent(listings, visits, unit=unit.id),
            findings=findings.get(unit.id, 0),
            outcomes=tally_unit(observed, unit.id),
        )
        for unit in all_units()
        if unit.id in run.units
    ]
    return sorted(lines, key=lambda line: (line.unit.table != "D", _rank(line.total)))


def tally_unit(observed: ObservationCounts, unit: str) -> dict[Outcome, int]:
    """Count one body's outcomes over all probes."""
    tally = dict.fromkeys(Outcome, 0)
    for (_, seen_unit, _, outcome), count in observed.items():
        if seen_unit == unit:
            tally[outcome] += count
    return tally


def _rank(total: UnitTotal | None) -> float:
    return float("inf") if total is None or total.rank is None else total.rank
