"""The crawl phase: asks the store which guides are missing, sends crawl processes and takes in what they saw."""

from collections.abc import Iterator
from itertools import islice

from crawler.job import ALL_LISTED, CrawlJob
from crawler.launch import CrawlReport
from crawler.spool import SpoolEvents, read_spool
from engine import jobs
from engine.cluster import run_jobs
from engine.night_context import NightContext
from portals.adapter import adapters

BATCHES_PER_PORTAL = 4
"""Bodies of one portal are shared out over so many crawl processes: starting one costs about a second."""
CRAWL_TIMEOUT_S = 4 * 3600


def crawl_all(night: NightContext) -> None:
    """Crawl every portal and body of the plan that the store does not hold yet."""
    for leftover in sorted(night.spool_folder.glob("*.jsonl")):
        take_in(night, read_spool(leftover))
    orders = dict(_orders(night))
    night.reporter.begin("crawl", sum(len(order.job.units) for order in orders.values()))
    for key, result in run_jobs(night.client, jobs.crawl, orders.items()):
        spool = orders[key].job.spool
        take_in(night, read_spool(spool))
        night.reporter.advance("crawl", len(orders[key].job.units))
        if isinstance(result, Exception):
            night.reporter.note(f"crawl {key}: {result}")
        elif isinstance(result, CrawlReport) and result.message:
            night.reporter.note(f"crawl {key}: {result.message}")


def take_in(night: NightContext, events: SpoolEvents) -> None:
    """Write a crawl process's events to the store; a repeat overwrites and never doubles."""
    run = night.run.id
    night.store.artefacts.save(events.evidence)
    night.store.crawls.save_listed(run, events.listed)
    night.store.crawls.save_visits(run, events.visits)
    for listing in events.listings:
        night.store.crawls.save_listing(run, listing)


def _orders(night: NightContext) -> Iterator[tuple[str, jobs.CrawlOrder]]:
    for portal in night.plan.portals:
        for number, units in enumerate(_batches(night, portal)):
            yield f"crawl/{night.run.id}/{portal}/{number}", _order(night, portal, units, number)


def _batches(night: NightContext, portal: str) -> Iterator[tuple[str, ...]]:
    """Share the unfinished bodies out over a few processes."""
    if night.plan.units == (ALL_LISTED,):
        yield night.plan.units
        return
    units = [unit.id for unit in night.units if _unfinished(night, portal, unit.id)]
    size = -(-len(units) // BATCHES_PER_PORTAL) or 1
    remaining = iter(units)
    while batch := tuple(islice(remaining, size)):
        yield batch


def _unfinished(night: NightContext, portal: str, unit: str) -> bool:
    """Say whether a body's listing is not closed yet or some of its guides are not visited."""
    closed = any(seen.unit == unit and seen.portal == portal for seen in night.store.crawls.listings(night.run.id))
    return not closed or bool(night.store.crawls.missing(night.run.id, portal, unit))


def _order(night: NightContext, portal: str, units: tuple[str, ...], number: int) -> jobs.CrawlOrder:
    site = adapters.get(portal).site(night.stage.origins)
    pace = night.settings.pace(night.plan.target)
    everyone = units == (ALL_LISTED,)
    job = CrawlJob(
        run=night.run.id,
        portal=portal,
        units=ALL_LISTED if everyone else units,
        origins=night.stage.origins,
        options=night.plan.portal_options,
        done=_done(night, portal, None if everyone else frozenset(units)),
        evidence_root=night.evidence_root,
        spool=night.spool_folder / f"{portal}-{number}.jsonl",
        delay_s=pace.delay_s,
        concurrency=pace.concurrency,
        contact=night.settings.contact,
    )
    origin = next(iter(site.hosts.values()))
    return jobs.CrawlOrder(job=job, origin=origin, visitors=pace.visitors, timeout_s=CRAWL_TIMEOUT_S)


def _done(night: NightContext, portal: str, units: frozenset[str] | None) -> dict[str, tuple[str, ...]]:
    done: dict[str, list[str]] = {}
    for visit in night.store.crawls.visits(night.run.id, portal=portal):
        if units is None or visit.unit in units:
            done.setdefault(visit.unit, []).append(visit.item_id)
    return {unit: tuple(items) for unit, items in done.items()}
