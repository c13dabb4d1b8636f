"""Gathers from the store what scoring needs to know about every body of a run."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from crawler.coverage import unseen_fields
from domain.crawl import GuideOutcome, GuideVisit, Listing
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.finding import Audit, RuleSet
from domain.guide import Guide
from domain.observation import Observation
from domain.unit import Unit
from engine.handed_figures import with_figures
from engine.handed_lists import with_lists
from engine.item_facts import item_fact, unseen_item, with_readability
from engine.night_plan import DESK_CONTROLS, MAIN_PORTAL, PAGE_TIMES
from engine.people_grades import with_grades
from engine.sample_proofs import drawn_commitment, prove_sample, with_samples
from engine.timed_facts import Timings
from probes.probe import ProbeTask
from scoring.platform_search import level_platform
from storage.store import Store


def gather_facts(store: Store, run: str, units: Iterable[Unit], planned: Iterable[ProbeTask]) -> tuple[UnitFacts, ...]:
    """Return one ``UnitFacts`` per body, from listings, visits, guides, audits and observations of one run."""
    listings = {listing.unit: listing for listing in store.crawls.listings(run) if listing.portal == MAIN_PORTAL}
    items = _items_by_unit(store, run)
    timings = Timings(store.observations.of_run(run, probe=PAGE_TIMES))
    probes = _probes_by_unit(with_grades(store.observations.of_run(run), store.row_grades.of_run(run)), timings)
    whole = [fact for fact in probes.get("", ()) if fact.probe_id == DESK_CONTROLS]  # asked of the portal as a whole
    plans = _planned_by_unit(planned)
    by_hand = manual_by_unit(store, run)
    facts = (
        _unit_facts(
            unit,
            listings.get(unit.id),
            items.get(unit.id, ()),
            (*probes.get(unit.id, ()), *whole),
            plans.get(unit.id, {}),
        ).model_copy(update={"manual": by_hand.get(unit.id, ())})
        for unit in units
    )
    platform = level_platform(fact for made in probes.values() for fact in made)
    told = tuple(fact.model_copy(update={"platform_search": platform}) for fact in facts)
    about = store.runs.get(run)
    commitment = drawn_commitment(store, about.period, about.target)
    told = with_lists(with_figures(told, store, about.period), store, about)
    return with_samples(told, prove_sample(store, commitment) if commitment is not None else ())


def _unit_facts(
    unit: Unit,
    listing: Listing | None,
    items: tuple[ItemFact, ...],
    probes: tuple[ProbeFact, ...],
    planned: Mapping[str, int],
) -> UnitFacts:
    whole = listing is not None and listing.whole
    return UnitFacts(
        unit=unit,
        # A body that was never asked about is not one that the portal does not show.
        offered=listing is None or listing.offered,
        listing_whole=whole,
        listed=_listed(listing, len(items)),
        items=items,
        probes=probes,
        planned_probes=planned,
    )


def _listed(listing: Listing | None, seen: int) -> int:
    """Count the guides that should be there: rows that a short listing withheld count as guides that we did not see."""
    if listing is None or listing.total is None:
        return seen
    withheld = max(0, listing.total - listing.rows)
    return listing.guides + withheld


def _items_by_unit(store: Store, run: str) -> dict[str, tuple[ItemFact, ...]]:
    audits = {audit.item_id: audit for audit in store.audits.of_run(run, portal=MAIN_PORTAL)}
    rule_sets: dict[str, RuleSet] = {}
    facts: dict[str, list[ItemFact]] = defaultdict(list)
    readings = store.readability.scores(run, MAIN_PORTAL)
    unseen = unseen_fields(store.guides.of_run(run, portal=MAIN_PORTAL))
    for guide in store.guides.of_run(run, portal=MAIN_PORTAL):
        shown = guide.without(unseen)
        fact = _fact_of(store, shown, audits.get(guide.item_id), rule_sets)
        facts[guide.unit or ""].append(with_readability(fact, readings))
    for visit in store.crawls.visits(run, portal=MAIN_PORTAL):
        if visit.outcome is not GuideOutcome.MEASURED:
            facts[visit.unit].append(unseen_item(visit))
    return {unit: tuple(items) for unit, items in facts.items()}


def _fact_of(store: Store, guide: Guide, audit: Audit | None, rule_sets: dict[str, RuleSet]) -> ItemFact:
    if audit is None:
        return item_fact(guide, None, None)
    if audit.rule_set not in rule_sets:
        rule_sets[audit.rule_set] = store.audits.rule_set(audit.rule_set)
    return item_fact(guide, audit, rule_sets[audit.rule_set])


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
