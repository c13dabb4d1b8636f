"""Counts one body's listing while it is read, so that completeness is proved against the portal's own total."""

from dataclasses import dataclass, field

from domain.crawl import Listing
from domain.failure import FailureReason
from portals.documents import ListedRow, ListingPage, UnitAddress


@dataclass(kw_only=True)
class ListingProgress:
    """A listing being read; ``items`` are the distinct guides met so far."""

    portal: str
    address: UnitAddress
    total: int | None = None
    rows: int = 0
    items: set[str] = field(default_factory=set)

    @property
    def unit(self) -> str:
        return self.address.unit

    def take(self, page: ListingPage) -> tuple[ListedRow, ...]:
        """Count a page and return its rows that are new; the portal lists some guides twice (portals.md §1.5)."""
        self.total = page.total
        self.rows += len(page.rows)
        fresh = {row.item_id: row for row in reversed(page.rows) if row.item_id not in self.items}
        self.items.update(fresh)
        return tuple(row for row in page.rows if fresh.get(row.item_id) is row)

    def close(self, failure: FailureReason | None = None) -> Listing:
        """Return the result; a listing that broke off keeps what it has read."""
        return Listing(
            portal=self.portal,
            unit=self.unit,
            total=self.total,
            rows=self.rows,
            guides=len(self.items),
            failure=failure,
        )


def not_offered(portal: str, unit: str) -> Listing:
    """Build the listing of a body that the portal does not show."""
    return Listing(portal=portal, unit=unit, total=None, rows=0, guides=0, offered=False)


def unreadable(portal: str, unit: str, failure: FailureReason) -> Listing:
    """Build the listing of a body whose portal could not be asked."""
    return Listing(portal=portal, unit=unit, total=None, rows=0, guides=0, failure=failure)
