"""Puts what is known about published addresses beside the guides that publish them, a few hundred guides at a time."""

from collections.abc import Iterable, Iterator, Mapping

from crawler.published_addresses import addresses_of
from domain.dossier import AddressRecord
from domain.guide import Guide
from domain.run import Run
from files.report import INSPECTOR
from storage.rows import batches
from storage.store import Store

GUIDES_AT_ONCE = 200
Records = Mapping[str, AddressRecord]
GAP_H = 6.0  # for a run of a version that did not write its own down


def with_addresses(store: Store, run: Run, guides: Iterable[Guide]) -> Iterator[tuple[Guide, Records | None]]:
    """Yield each guide with the records of its addresses, ``None`` where the run was not to look at any."""
    looked, gap_h = run.settings.get("addresses", False), float(run.settings.get("link_occasion_gap_h", GAP_H))
    if not looked:
        yield from ((guide, None) for guide in guides)
        return
    for batch in batches(guides, GUIDES_AT_ONCE):
        urls = dict.fromkeys(url for guide in batch for url, _ in addresses_of(guide))
        known = store.addresses.records(run.id, urls, inspector=INSPECTOR, gap_h=gap_h)
        for guide in batch:
            own = {url: known[url] for url, _ in addresses_of(guide) if url in known}
            yield guide, own
