"""The readability phase: reads how hard each guide is, once per document and version of the features."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from domain.crawl import GuideOutcome
from domain.errors import YueceError
from domain.frozen import Frozen
from domain.guide import Guide
from domain.readability import GuideReadability
from engine.cluster import run_jobs
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from readability.features import features_version, read_guide, reading_version
from readability.office_terms import SHIPPED_TERMS, OfficeTerms, load_terms
from storage.store import Store

BATCH = 200
BATCHES_AT_ONCE = 16
"""So many batches are with the workers at the same time: memory stays flat however long the run is."""
EARLIER_RUNS = 5
"""So many earlier runs are asked for readings of the same documents."""
Value = TypeVar("Value")


class ReadOrder(Frozen):
    """A batch of parsed guides for a worker."""

    guides: tuple[Guide, ...]
    terms: OfficeTerms


def read(order: ReadOrder) -> tuple[GuideReadability, ...]:
    """Read how hard guides are to understand; pure, so that a repeat gives the same."""
    return tuple(read_guide(guide, order.terms) for guide in order.guides)


def read_all(night: NightContext) -> None:
    """Read the guides of 广东政务服务网 that no run has read yet; the mobile portals repeat the same items."""
    terms = choose_terms(night.settings.office_terms)
    take_over(night.store, night.run.id, terms)
    night.reporter.begin("readability", _count_unread(night.store, night.run.id))
    orders = _orders(night.run.id, unread_guides(night.store, night.run.id, terms), terms)
    while together := list(islice(orders, BATCHES_AT_ONCE)):
        for key, result in run_jobs(night.client, read, together):
            if isinstance(result, Exception):
                raise YueceError(f"the readability of {key} failed: {result}") from result
            night.store.readability.save(night.run.id, result)
            night.reporter.advance("readability", len(result))


def read_again(store: Store, run: str, office_terms: Path | None) -> int:
    """Read the guides of a stored run whose reading is missing or of an older version; return how many were read."""
    terms = choose_terms(office_terms)
    take_over(store, run, terms)
    count = 0
    for batch in _batches(unread_guides(store, run, terms)):
        store.readability.save(run, [read_guide(guide, terms) for guide in batch])
        count += len(batch)
    return count


def choose_terms(office_terms: Path | None) -> OfficeTerms:
    """Return the owner's list of office terms, or the shipped one."""
    return load_terms(office_terms or SHIPPED_TERMS)


def take_over(store: Store, run: str, terms: OfficeTerms) -> None:
    """Copy what earlier runs read in documents that did not change, the newest first."""
    current = store.runs.get(run)
    earlier = [known for known in store.runs.all() if known.started_at < current.started_at]
    for known in earlier[:EARLIER_RUNS]:
        store.readability.carry_over(run, known.id, portal=MAIN_PORTAL, version=features_version(terms))


def unread_guides(store: Store, run: str, terms: OfficeTerms) -> Iterator[Guide]:
    """Stream the guides whose document, as it is parsed now, has no reading of these features."""
    made = store.readability.made(run, MAIN_PORTAL)
    for guide in store.guides.of_run(run, portal=MAIN_PORTAL):
        if made.get(guide.item_id) != (guide.document, reading_version(guide, terms)):
            yield guide


def _count_unread(store: Store, run: str) -> int:
    """Count the guides without any reading, for the progress bar; those of an older version come on top."""
    visits = store.overview.count_visits(run).items()
    measured = sum(n for (portal, _, outcome), n in visits if (portal, outcome) == (MAIN_PORTAL, GuideOutcome.MEASURED))
    return max(measured - len(store.readability.made(run, MAIN_PORTAL)), 0)


def _orders(run: str, guides: Iterable[Guide], terms: OfficeTerms) -> Iterator[tuple[str, ReadOrder]]:
    for number, batch in enumerate(_batches(guides)):
        yield f"readability/{run}/{number}", ReadOrder(guides=batch, terms=terms)


def _batches(values: Iterable[Value]) -> Iterator[tuple[Value, ...]]:
    stream = iter(values)
    while batch := tuple(islice(stream, BATCH)):
        yield batch
