"""Plans the looks of a night: who waits for a verdict comes first, and what we have is asked for only if it changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from crawler.address_job import AddressOrder, write_orders
from domain.address_visit import FILE_USES, AddressOutcome, AddressUse, AddressVisit
from engine.night_context import NightContext
from storage.store import Store

Uses = Mapping[str, tuple[AddressUse, ...]]
LOOKS = 3  # that are searched for a file to compare with
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def in_order_of_need(night: NightContext, urls: Sequence[str]) -> list[str]:
    """Put dead addresses first, then new ones, then the rest by age: a night may be too short for all of them."""
    last = {url: looks[0] for url, looks in night.store.addresses.looks(night.run.id, urls, newest=1)}

    def need(url: str) -> tuple[bool, datetime, str]:
        look = last.get(url)
        return look is None or look.outcome is not AddressOutcome.DEAD, look.visited_at if look else LONG_AGO, url

    return sorted(urls, key=need)


def write_plan(night: NightContext, path: Path, urls: Iterable[str], uses: Uses) -> int:
    """Write the orders of one process, each with the last look whose file is still kept."""
    return write_orders(path, _orders(night, urls, uses))


def _orders(night: NightContext, urls: Iterable[str], uses: Uses) -> Iterator[AddressOrder]:
    listed = list(urls)
    kept = {
        url: look
        for url, looks in night.store.addresses.looks(night.run.id, _files(listed, uses), newest=LOOKS)
        if (look := find_kept(night.store, looks)) is not None
    }
    yield from (AddressOrder(url=url, uses=uses[url], earlier=kept.get(url)) for url in listed)


def _files(urls: Iterable[str], uses: Uses) -> Iterator[str]:
    return (url for url in urls if not FILE_USES.isdisjoint(uses[url]))


def find_kept(store: Store, looks: Iterable[AddressVisit]) -> AddressVisit | None:
    """Return the newest look that brought a file which is kept and can be asked for conditionally."""
    for look in looks:
        if look.outcome is AddressOutcome.WORKS and look.sha256 and (look.etag or look.last_modified):
            return look if store.evidence.path(look.sha256) is not None else None
    return None
