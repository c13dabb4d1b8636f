"""The crawl phase: asks the store which guides are missing, sends crawl processes and takes in what they saw."""

from collections.abc import Iterable, Iterator
from itertools import islice

from crawler.job import CrawlJob
from crawler.launch import CrawlReport
from crawler.spool import SpoolEvents, read_spool
from domain.errors import MachineError
from domain.unit import Unit
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
        units = _unfinished(night, portal)
        size = -(-len(units) // BATCHES_PER_PORTAL) or 1
        for number, batch in enumerate(batched_units(units, size)):
            key = f"crawl/{night.run.id}/{portal}/{number}"
            yield key, _order(night, portal, batch, number)


def batched_units(units: Iterable[Unit], size: int) -> Iterator[tuple[Unit, ...]]:
    """Share units out in groups of at most ``size``."""
    remaining = iter(units)
    while batch := tuple(islice(remaining, size)):
        yield batch


def _unfinished(night: NightContext, portal: str) -> list[Unit]:
    """Bodies whose listing is not closed or whose guides are not all visited."""
    closed = {listing.unit for listing in night.store.crawls.listings(night.run.id) if listing.portal == portal}
    return [unit for unit in night.units if unit.id not in closed or _missing(night, portal, unit)]


def _missing(night: NightContext, portal: str, unit: Unit) -> bool:
    return bool(night.store.crawls.missing(night.run.id, portal, unit.id))


def _order(night: NightContext, portal: str, units: tuple[Unit, ...], number: int) -> jobs.CrawlOrder:
    if not night.settings.contact and night.plan.target == "live":
        raise MachineError("a live crawl needs a contact in its User-Agent: set contact in yuece.toml or YUECE_CONTACT")
    site = adapters.get(portal).site(night.stage.origins)
    pace = night.settings.pace(night.plan.target)
    done = {
        unit.id: tuple(visit.item_id for visit in night.store.crawls.visits(night.run.id, portal=portal, unit=unit.id))
        for unit in units
    }
    job = CrawlJob(
        run=night.run.id,
        portal=portal,
        units=tuple(unit.id for unit in units),
        origins=night.stage.origins,
        done=done,
        evidence_root=night.evidence_root,
        spool=night.spool_folder / f"{portal}-{number}.jsonl",
        delay_s=pace.delay_s,
        concurrency=pace.concurrency,
        contact=night.settings.contact,
    )
    origin = next(iter(site.hosts.values()))
    return jobs.CrawlOrder(job=job, origin=origin, visitors=pace.visitors, timeout_s=CRAWL_TIMEOUT_S)
