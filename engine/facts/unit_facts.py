"""Gathers from the store what scoring needs to know about every body of a run."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.crawl import GuideOutcome, GuideVisit, Listing
from domain.facts import ProbeFact, UnitFacts
from domain.observation import Observation
from domain.unit import Unit
from engine.facts.handed_figures import with_figures
from engine.facts.handed_lists import with_lists
from engine.facts.people_grades import with_grades
from engine.facts.stored_facts import stream_items
from engine.facts.timed_facts import Timings
from engine.night_plan import DESK_CONTROLS, MAIN_PORTAL, PAGE_TIMES
from engine.sampling.sample_proofs import drawn_commitment, prove_sample, with_samples
from probes.probe import ProbeTask
from scoring.platform_search import level_platform
from storage.fact_repository import Plan
from storage.store import Store


def gather_facts(
    store: Store, run: str, units: Iterable[Unit], planned: Iterable[ProbeTask] | None
) -> tuple[UnitFacts, ...]:
    """Return everything known of every body of one run; for a handful of bodies, since all items are held at once."""
    return tuple(with_items(store, run, gather_bodies(store, run, units, planned)))


def gather_bodies(
    store: Store, run: str, units: Iterable[Unit], planned: Iterable[ProbeTask] | None
) -> tuple[UnitFacts, ...]:
    """Return what is known of every body but its items, from listings, observations and what was handed in.

    ``planned`` is kept with the run; ``None`` asks for the plan that was kept.
    """
    listings = _listings(store, run)
    timings = Timings(store.observations.of_run(run, probe=PAGE_TIMES))
    probes = _probes_by_unit(with_grades(store.observations.of_run(run), store.row_grades.of_run(run)), timings)
    whole = [fact for fact in probes.get("", ()) if fact.probe_id == DESK_CONTROLS]  # asked of the portal as a whole
    plans = _plans(store, run, planned)
    by_hand = manual_by_unit(store, run)
    platform = level_platform(fact for made in probes.values() for fact in made)
    told = tuple(
        _unit_facts(
            unit,
            listings.get(unit.id),
            (*probes.get(unit.id, ()), *whole),
            plans.get(unit.id, {}),
        ).model_copy(update={"manual": by_hand.get(unit.id, ()), "platform_search": platform})
        for unit in units
    )
    about = store.runs.get(run)
    commitment = drawn_commitment(store, about.period, about.target)
    told = with_lists(with_figures(told, store, about.period), store, about)
    if commitment is None:
        return told
    return with_samples(told, prove_sample(store, commitment), store.samples.frame(commitment.id))


def with_items(store: Store, run: str, bodies: Sequence[UnitFacts]) -> Iterator[UnitFacts]:
    """Yield the bodies with their items, one after the other, so that memory holds the items of one."""
    listings = _listings(store, run)
    items_of = stream_items(store, run, (body.unit.id for body in bodies))
    for body, items in zip(bodies, items_of, strict=True):
        listed = _listed(listings.get(body.unit.id), len(items))
        yield body.model_copy(update={"items": items, "listed": listed})


def _listings(store: Store, run: str) -> dict[str, Listing]:
    return {listing.unit: listing for listing in store.crawls.listings(run) if listing.portal == MAIN_PORTAL}


def _plans(store: Store, run: str, planned: Iterable[ProbeTask] | None) -> Plan:
    if planned is None:
        return store.facts.plan(run) or {}
    plans = _planned_by_unit(planned)
    store.facts.save_plan(run, plans)
    return plans


def _unit_facts(
    unit: Unit, listing: Listing | None, probes: tuple[ProbeFact, ...], planned: Mapping[str, int]
) -> UnitFacts:
    return UnitFacts(
        unit=unit,
        # A body that was never asked about is not one that the portal does not show.
        offered=listing is None or listing.offered,
        listing_whole=listing is not None and listing.whole,
        listed=_listed(listing, 0),
        items=(),
        probes=probes,
        planned_probes=planned,
    )


def _listed(listing: Listing | None, seen: int) -> int:
    """Count the guides that should be there: rows that a short listing withheld count as guides that we did not see."""
    if listing is None or listing.total is None:
        return seen
    withheld = max(0, listing.total - listing.rows)
    return listing.guides + withheld


def _probes_by_unit(observations: Iterable[Observation], timings: Timings) -> dict[str, tuple[ProbeFact, ...]]:
    facts: dict[str, list[ProbeFact]] = defaultdict(list)
    for seen in observations:
        fact = ProbeFact(
            observation=seen.id,
            probe_id=seen.probe_id,
            portal=seen.portal,
            item_id=seen.item_id,
            code=seen.subject,
            outcome=seen.outcome,
            measures=timings.measures_of(seen),
        )
        facts[seen.unit or ""].append(fact)
    return {unit: tuple(items) for unit, items in facts.items()}


def manual_by_unit(store: Store, run: str) -> dict[str, tuple[ProbeFact, ...]]:
    """Return what people recorded about the run's period and target; of two records of one thing, the later one."""
    about = store.runs.get(run)
    latest = {seen.key: seen for seen in store.manual.of_period(about.period, about.target)}
    return _probes_by_unit(latest.values(), Timings(()))


def _planned_by_unit(planned: Iterable[ProbeTask]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for task in planned:
        if task.portal == MAIN_PORTAL and task.unit is not None:
            counts[task.unit][task.probe_id] += 1
    return {unit: dict(counter) for unit, counter in counts.items()}


def visit_counts(visits: Iterable[GuideVisit]) -> dict[str, int]:
    """Count visits per outcome, every outcome named."""
    counter = Counter(visit.outcome.value for visit in visits)
    return {outcome.value: counter.get(outcome.value, 0) for outcome in GuideOutcome}
