"""What a crawl reports: which guides a unit's listing promised, and how the visit to each one ended."""

from enum import StrEnum

from pydantic import AwareDatetime

from domain.failure import FailureReason
from domain.frozen import Frozen


class GuideOutcome(StrEnum):
    """Three outcomes per guide, so that an error page is never a blank guide (portals.md §0.3)."""

    MEASURED = "measured"
    ABSENT = "absent"  # the portal answers that there is no such guide
    NOT_MEASURED = "not_measured"  # we could not see it: error page, captcha, broken JSON


class ListedGuide(Frozen):
    """One guide as the listing names it; ``item_id`` is unique, ``code`` is not (portals.md §1.5)."""

    portal: str
    unit: str
    item_id: str
    code: str
    title: str
    url: str
    version: str = ""  # what the listing says about the guide's edition; "" when it says nothing


class Listing(Frozen):
    """What a unit's listing claimed and what it gave: proof of completeness.

    ``rows`` counts list rows including repeats; ``guides`` counts distinct item ids. The listing is whole when
    ``rows == total`` (the portal's own TOTALNUM).
    """

    portal: str
    unit: str
    total: int | None  # None when the listing could not be read
    rows: int
    guides: int
    offered: bool = True  # False: the portal does not show this unit at all
    failure: FailureReason | None = None

    @property
    def whole(self) -> bool:
        return self.offered and self.failure is None and self.rows == self.total


class GuideVisit(Frozen):
    """How the visit to one listed guide ended; ``document`` is the raw bytes' SHA-256 where anything was answered."""

    portal: str
    unit: str
    item_id: str
    code: str
    title: str
    url: str
    outcome: GuideOutcome
    failure: FailureReason | None = None
    status: int | None = None
    document: str | None = None
    fetched_at: AwareDatetime  # when the document was last seen; of an unchanged one, when that was confirmed
    attempts: int = 1
    version: str = ""  # the edition that the listing named when the document was fetched
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False  # not fetched again: the listing or the server said that it is the document we have
