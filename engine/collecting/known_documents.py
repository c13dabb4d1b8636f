"""Gathers what earlier runs kept of the guides that are about to be visited, so that only what changed is fetched."""

from collections.abc import Iterator

from crawler.known_document import KnownDocument
from domain.crawl import GuideOutcome, GuideVisit
from domain.run import RunKind
from engine.night_context import NightContext
from engine.run_place import place_of

EARLIER_RUNS = 5
"""So many earlier crawls are asked; each holds a visit to every guide that was listed then, fetched or not."""
Known = dict[str, dict[str, KnownDocument]]


def known_documents(night: NightContext, portal: str, units: tuple[str, ...] | None) -> Known:
    """Return, by unit and item, the last measured document whose bytes are still kept; ``None`` = every unit."""
    known: Known = {}
    for run in _earlier_runs(night):
        for visit in _measured(night, run, portal, units):
            items = known.setdefault(visit.unit, {})
            if visit.item_id not in items and visit.document and night.store.evidence.path(visit.document):
                items[visit.item_id] = _as_known(visit, visit.document)
    return known


def _earlier_runs(night: NightContext) -> Iterator[str]:
    """Yield the crawls of the same place, newest first."""
    place, found = place_of(night.run), 0
    for run in night.store.runs.all():
        if run.started_at < night.run.started_at and run.kind is not RunKind.PROBE and place_of(run) == place:
            found += 1
            if found > EARLIER_RUNS:
                return
            yield run.id


def _measured(night: NightContext, run: str, portal: str, units: tuple[str, ...] | None) -> Iterator[GuideVisit]:
    for unit in units or (None,):
        for visit in night.store.crawls.visits(run, portal=portal, unit=unit):
            if visit.outcome is GuideOutcome.MEASURED:
                yield visit


def _as_known(visit: GuideVisit, document: str) -> KnownDocument:
    return KnownDocument(
        document=document,
        version=visit.version,
        etag=visit.etag,
        last_modified=visit.last_modified,
        seen_at=visit.fetched_at,
    )
