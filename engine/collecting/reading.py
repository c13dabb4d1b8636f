"""The parse phase: reads kept documents into guides, wherever no guide of today's parser is in the store."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from crawler.reading import context_of
from domain.errors import YueceError
from engine import jobs
from engine.cluster import run_jobs
from engine.night_context import NightContext
from engine.reporter import Reporter
from portals.adapter import adapters
from storage.rows import batches
from storage.store import Store

BATCH = 100
ReadAll = Callable[[Iterable[tuple[str, jobs.ParseOrder]]], Iterator[tuple[str, jobs.ParseResult | Exception]]]


def read_documents(night: NightContext) -> None:
    """Parse every measured document of a night that the store has no guide for."""
    night.reporter.begin("parse", sum(_count_unread(night, portal) for portal in night.plan.portals))
    for portal in night.plan.portals:
        read_unread(night.store, night.run.id, portal, partial(run_jobs, night.client, jobs.parse), night.reporter)


def _count_unread(night: NightContext, portal: str) -> int:
    return sum(1 for _ in night.store.guides.unread(night.run.id, portal, adapters.get(portal).documents.parser))


def read_unread(store: Store, run: str, portal: str, read_all: ReadAll, reporter: Reporter) -> int:
    """Parse what today's parser of a portal has not read; return how many documents that were.

    A document whose bytes are gone keeps its last reading, and is told.
    """
    read = 0
    for key, result in read_all(parse_orders(store, run, portal)):
        if isinstance(result, Exception):
            raise YueceError(f"documents of {key} cannot be read: {result}") from result
        store.guides.save_packed(result.guides)
        read += len(result.guides)
        reporter.advance("parse", len(result.guides))
        for document in result.lost:
            reporter.note(f"document {document[:12]} of run {run} is no longer in the evidence store")
    return read


def parse_orders(store: Store, run: str, portal: str) -> Iterator[tuple[str, jobs.ParseOrder]]:
    """Yield batches of documents to be read."""
    unread = store.guides.unread(run, portal, adapters.get(portal).documents.parser)
    for number, visits in enumerate(batches(unread, BATCH)):
        documents = tuple(context_of(visit) for visit in visits)
        order = jobs.ParseOrder(portal=portal, documents=documents, evidence_root=store.evidence.root)
        yield f"parse/{run}/{portal}/{number}", order
