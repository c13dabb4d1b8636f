"""The readability phase: reads how hard each guide is, once per document and version of the features."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from domain.crawl import GuideOutcome
from domain.errors import YueceError
from domain.frozen import Frozen
from domain.guide import Guide
from domain.readability import GuideReadability
from engine.cluster import run_here, run_jobs
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from engine.reporter import Reporter
from readability.features import features_version, read_guide, reading_version
from readability.office_terms import SHIPPED_TERMS, OfficeTerms, load_terms
from storage.rows import batches
from storage.store import Store

BATCH = 200
EARLIER_RUNS = 5
"""So many earlier runs are asked for readings of the same documents."""


class ReadOrder(Frozen):
    """A batch of parsed guides for a worker."""

    guides: tuple[Guide, ...]
    terms: OfficeTerms


ReadBatches = Callable[
    [Iterable[tuple[str, ReadOrder]]], Iterator[tuple[str, tuple[GuideReadability, ...] | Exception]]
]


def read(order: ReadOrder) -> tuple[GuideReadability, ...]:
    """Read how hard guides are to understand; pure, so that a repeat gives the same."""
    return tuple(read_guide(guide, order.terms) for guide in order.guides)


def read_night(night: NightContext) -> int:
    """Read the guides of a night with its workers."""
    work = partial(run_jobs, night.client, read)
    return read_missing(night.store, night.run.id, night.settings.office_terms, work, night.reporter)


def read_again(store: Store, run: str, office_terms: Path | None, reporter: Reporter) -> int:
    """Read the guides of a stored run in this process, under today's features and terms."""
    return read_missing(store, run, office_terms, partial(run_here, read), reporter)


def read_missing(store: Store, run: str, office_terms: Path | None, work: ReadBatches, reporter: Reporter) -> int:
    """Read the guides of 广东政务服务网 that have no reading of these features; return how many that were.

    What an earlier run read in the same document is taken over. The mobile portals repeat the same items.
    """
    terms = choose_terms(office_terms)
    take_over(store, run, terms)
    reporter.begin("readability", _count_unread(store, run))
    count = 0
    for key, result in work(_orders(run, unread_guides(store, run, terms), terms)):
        if isinstance(result, Exception):
            raise YueceError(f"the readability of {key} failed: {result}") from result
        store.readability.save(run, result)
        reporter.advance("readability", len(result))
        count += len(result)
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
    for batch in batches(store.guides.of_run(run, portal=MAIN_PORTAL), BATCH):
        made = store.readability.made(run, MAIN_PORTAL, [guide.item_id for guide in batch])
        for guide in batch:
            if made.get(guide.item_id) != (guide.document, reading_version(guide, terms)):
                yield guide


def _count_unread(store: Store, run: str) -> int:
    """Count the guides without any reading, for the progress bar; those of an older version come on top."""
    visits = store.overview.count_visits(run).items()
    measured = sum(n for (portal, _, outcome), n in visits if (portal, outcome) == (MAIN_PORTAL, GuideOutcome.MEASURED))
    return max(measured - store.readability.count(run, MAIN_PORTAL), 0)


def _orders(run: str, guides: Iterable[Guide], terms: OfficeTerms) -> Iterator[tuple[str, ReadOrder]]:
    for number, batch in enumerate(batches(guides, BATCH)):
        yield f"readability/{run}/{number}", ReadOrder(guides=tuple(batch), terms=terms)
