"""Says whether a crawl has left anything out, from what it wrote down and not from what it believes."""

from enum import IntEnum

from crawler.job import ALL_LISTED, CrawlJob
from crawler.spool import SpoolEvents


class CrawlExit(IntEnum):
    """How a crawl process ended."""

    COMPLETE = 0  # every wanted body has a listing and every listed guide a visit
    BROKEN = 1  # our own error; the last line of stderr says which
    GAPS = 4  # it ran to its end, and something it should have visited has no visit


def is_complete(job: CrawlJob, events: SpoolEvents) -> bool:
    """Say whether every wanted body has a listing, and every listed guide a visit now or earlier.

    A spool that an earlier process began is taken whole: its visits count as well.
    """
    visited = {(visit.unit, visit.item_id) for visit in events.visits}
    visited |= {(unit, item) for unit, items in job.done.items() for item in items}
    closed = {listing.unit for listing in events.listings}
    wanted = set(closed) if job.units == ALL_LISTED else set(job.units)
    return (
        bool(closed)
        and wanted <= closed
        and all(
            (row.unit, row.item_id) in visited for row in events.listed if job.only is None or row.item_id in job.only
        )
    )
