"""The phase that looks at the addresses which guides publish: entrances are tried, files are fetched and inspected."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from crawler.address_job import AddressJob
from crawler.address_launch import AddressReport
from crawler.published_addresses import by_host, collect_addresses, share_out
from crawler.spool import SpoolEvents
from crawler.spool_tail import SpoolTail
from domain.errors import YueceError
from engine.cluster import run_jobs
from engine.collecting import address_jobs
from engine.collecting.address_plan import Uses, in_order_of_need, write_plan
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from files.report import INSPECTOR
from portals.adapter import adapters
from storage.rows import batches

PROCESSES = 4
"""Hosts are shared out over so many processes at most; one host is never visited by two."""
ROUNDS = 2
"""A process that broke is followed by one more for what it left; one that ran out of time is not."""
FILES_PER_JOB = 50


def visit_addresses(night: NightContext) -> None:
    """Look at every published address that this run has not looked at, then inspect the files that are new."""
    if not night.plan.addresses or MAIN_PORTAL not in night.plan.portals:
        return
    for leftover in sorted(spool_folder(night).glob("*.jsonl")):
        for events in SpoolTail(leftover).news():
            take_in(night, events)
        leftover.unlink()
    uses = collect_addresses(night.store.guides.of_run(night.run.id, portal=MAIN_PORTAL))
    for number in range(ROUNDS):
        orders = dict(visit_orders(night, uses, number))
        if not orders or look_at(night, orders):
            break
    if not night.store.addresses.answered(night.run.id):
        silent = night.store.addresses.withdraw_silence(night.run.id)
        if silent:
            night.reporter.note(f"no server answered any of {silent} addresses: our own line is in doubt")
    inspect_files(night)


def spool_folder(night: NightContext) -> Path:
    """Return where the processes leave what they saw; apart from the crawl's own spools."""
    return night.spool_folder / "addresses"


def look_at(night: NightContext, orders: Mapping[str, address_jobs.VisitOrder]) -> bool:
    """Run the processes, take in what they see, and say whether none of them broke."""
    night.reporter.begin("addresses", sum(1 for order in orders.values() for _ in order.job.read_orders()))
    tails = {key: SpoolTail(order.job.spool) for key, order in orders.items()}

    def take_in_news() -> None:
        for tail in tails.values():
            take_in_new(night, tail)

    sound = True
    for key, result in run_jobs(
        night.client, address_jobs.visit, orders.items(), meanwhile=take_in_news, stop=night.raise_if_stopped
    ):
        take_in_new(night, tails.pop(key))
        if isinstance(result, AddressReport) and (not result.message or result.timed_out):
            note = result.message
        else:
            sound, note = False, result.message if isinstance(result, AddressReport) else str(result)
        if note:
            night.reporter.note(f"addresses {key}: {note}")
    return sound


def take_in_new(night: NightContext, tail: SpoolTail) -> None:
    """Write to the store what a process has seen since the last time."""
    for events in tail.news():
        take_in(night, events)
        night.reporter.advance("addresses", len(events.addresses))


def take_in(night: NightContext, events: SpoolEvents) -> None:
    """Write looks to the store, after the bytes they speak of; one whose bytes the machine lost did not take place."""
    store = night.store
    store.evidence.sync()
    store.artefacts.save(events.evidence)
    store.addresses.save_visits(
        visit for visit in events.addresses if visit.sha256 is None or store.evidence.path(visit.sha256) is not None
    )


def visit_orders(night: NightContext, uses: Uses, number: int) -> Iterator[tuple[str, address_jobs.VisitOrder]]:
    """Share out the addresses that have no look in this run."""
    seen = frozenset(night.store.addresses.visited(night.run.id))
    wanted = [url for url in uses if url not in seen]
    hosts = by_host(in_order_of_need(night, wanted))
    for share, urls in enumerate(share_out(hosts, PROCESSES)):
        name = f"{number}-{share}"
        path = spool_folder(night) / f"{name}.orders"
        write_plan(night, path, urls, uses)
        yield f"addresses/{night.run.id}/{name}", make_order(night, path, frozenset(by_host(urls)))


def make_order(night: NightContext, path: Path, hosts: frozenset[str]) -> address_jobs.VisitOrder:
    """Make the order for one process."""
    settings, pace = night.settings, night.settings.pace(night.plan.target)
    job = AddressJob(
        run=night.run.id,
        portal=MAIN_PORTAL,
        origins=night.stage.origins,
        overlay=night.plan.overlays.get(MAIN_PORTAL, {}),
        manners=night.manners,
        orders=path,
        evidence_root=night.evidence_root,
        spool=path.with_suffix(".jsonl"),
        outside=settings.outside_links == "published",
        delay_s=pace.delay_s,
        concurrency=pace.concurrency,
        contact=settings.contact,
    )
    own = adapters.get(MAIN_PORTAL).site(night.stage.origins, night.plan.overlays.get(MAIN_PORTAL)).hosts.values()
    origins = tuple(origin for origin in own if hosts & by_host([origin]).keys())
    timeout_s = settings.link_budget_h * 3600
    return address_jobs.VisitOrder(job=job, origins=origins, visitors=pace.visitors, timeout_s=timeout_s)


def inspect_files(night: NightContext) -> None:
    """Inspect every file of the run that today's inspector has no report on."""
    files = tuple(night.store.addresses.uninspected(night.run.id, INSPECTOR))
    night.reporter.begin("files", len(files))
    root = night.evidence_root
    orders = (
        (f"files/{night.run.id}/{number}", address_jobs.InspectOrder(files=tuple(batch), evidence_root=root))
        for number, batch in enumerate(batches(files, FILES_PER_JOB))
    )
    for key, result in run_jobs(night.client, address_jobs.inspect, orders):
        if isinstance(result, Exception):
            raise YueceError(f"the files of {key} cannot be inspected: {result}") from result
        night.store.addresses.save_reports(result)
        night.reporter.advance("files", len(result))
