"""The crawl phase: asks the store which guides are missing, sends crawl processes and takes in what they saw."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from crawler.job import ALL_LISTED, CrawlJob
from crawler.launch import CrawlReport
from crawler.spool import SpoolEvents
from crawler.spool_tail import SpoolTail
from domain.crawl import GuideVisit
from engine import jobs
from engine.cluster import run_jobs
from engine.collecting.known_documents import known_documents
from engine.night_context import NightContext
from portals.adapter import adapters
from storage.evidence_store import EvidenceStore

BATCHES_PER_PORTAL = 3
"""Bodies of one portal are shared out over so many crawl processes, as many as the sandbox lets in at once."""
CRAWL_TIMEOUT_S = 4 * 3600


def crawl_all(night: NightContext) -> None:
    """Crawl every portal and body of the plan that the store does not hold yet.

    What the crawl processes see goes into the store while they run.
    """
    for leftover in sorted(night.spool_folder.glob("*.jsonl")):
        take_in_leftover(night, leftover)
    orders = dict(_orders(night))
    tails = {key: SpoolTail(order.job.spool) for key, order in orders.items()}

    def take_in_news() -> None:
        for tail in tails.values():
            take_in_new(night, tail)

    night.reporter.begin("crawl", sum(len(order.job.units) for order in orders.values()))
    for key, result in run_jobs(
        night.client, jobs.crawl, orders.items(), meanwhile=take_in_news, stop=night.raise_if_stopped
    ):
        take_in_new(night, tails.pop(key))
        night.reporter.advance("crawl", len(orders[key].job.units))
        if isinstance(result, Exception):
            night.reporter.note(f"crawl {key}: {result}")
        elif isinstance(result, CrawlReport) and result.message:
            night.reporter.note(f"crawl {key}: {result.message}")


def take_in_new(night: NightContext, tail: SpoolTail) -> None:
    """Write to the store what a crawl process has seen since the last time."""
    for events in tail.news():
        take_in(night, events)


def take_in_leftover(night: NightContext, spool: Path) -> None:
    """Write to the store what a killed night left behind."""
    for events in SpoolTail(spool).news():
        take_in(night, replace(events, visits=sound_visits(events.visits, night.store.evidence)))


def sound_visits(visits: Iterable[GuideVisit], evidence: EvidenceStore) -> list[GuideVisit]:
    """Leave out visits whose bytes a failing machine has lost: they did not take place."""
    return [visit for visit in visits if visit.document is None or evidence.holds(visit.document)]


def take_in(night: NightContext, events: SpoolEvents) -> None:
    """Write events to the store, after the bytes they speak of; a repeat overwrites and never doubles."""
    run = night.run.id
    night.store.evidence.sync()
    night.store.artefacts.save(events.evidence)
    night.store.crawls.save_listed(run, events.listed)
    night.store.crawls.save_visits(run, events.visits)
    night.store.guides.save_packed(events.guides)
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
    for number in range(min(BATCHES_PER_PORTAL, len(units))):
        yield tuple(units[number::BATCHES_PER_PORTAL])  # dealt out like cards: the counties, at the end, have the most


def _unfinished(night: NightContext, portal: str, unit: str) -> bool:
    """Say whether a body's listing is not closed yet or some of its guides are not visited."""
    closed = any(seen.unit == unit and seen.portal == portal for seen in night.store.crawls.listings(night.run.id))
    return not closed or bool(night.store.crawls.missing(night.run.id, portal, unit))


def _order(night: NightContext, portal: str, units: tuple[str, ...], number: int) -> jobs.CrawlOrder:
    site = adapters.get(portal).site(night.stage.origins, night.plan.overlays.get(portal))
    pace = night.settings.pace(night.plan.target)
    everyone = units == (ALL_LISTED,)
    job = CrawlJob(
        run=night.run.id,
        portal=portal,
        units=ALL_LISTED if everyone else units,
        origins=night.stage.origins,
        overlay=night.plan.overlays.get(portal, {}),
        options=night.plan.portal_options,
        manners=night.manners,
        done=_done(night, portal, None if everyone else frozenset(units)),
        known={} if night.plan.full else known_documents(night, portal, None if everyone else units),
        trusted_days=night.settings.trusted_days,
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
