"""The questions a crawl asks of a portal: which guides a unit has, where each one is, and what an answer says."""

from typing import Literal, Protocol

from pydantic import AwareDatetime

from domain.crawl import GuideOutcome
from domain.failure import FailureReason
from domain.frozen import Frozen
from domain.guide import Guide
from domain.unit import Unit
from portals.site import Site


class Fetch(Frozen):
    """One HTTP request to be made politely; ``media_type`` is that of a POST body."""

    method: Literal["GET", "POST"] = "GET"
    url: str
    body: bytes = b""
    media_type: str = ""


class UnitAddress(Frozen):
    """How a portal names a body in its listings, learned from the portal's own directory."""

    unit: str
    area_code: str
    org_code: str = ""  # "" for a county: every department of the area


class ListedRow(Frozen):
    """One row of a listing page."""

    item_id: str
    code: str
    title: str
    version: str = ""  # what the row says about the guide's edition; "" when it says nothing


class ListingPage(Frozen):
    """One page of a listing; ``total`` is the portal's own count of rows over all pages."""

    total: int
    rows: tuple[ListedRow, ...]
    last: bool


class Answer(Frozen):
    """What one detail answer amounts to before anything is parsed."""

    outcome: GuideOutcome
    failure: FailureReason | None = None


class DocumentContext(Frozen):
    """What the parser cannot read out of the document itself."""

    unit: str | None
    item_id: str
    code: str = ""  # the code that the listing gives, which opens the guide's page; "" = take the document's own
    listed_title: str = ""  # the name that the listing gives
    url: str  # the page that a citizen would open
    document: str  # SHA-256 of the bytes
    captured_at: AwareDatetime


class UnreadableAnswerError(Exception):
    """A directory or listing answer is not what the portal documents; ``reason`` says what it is instead."""

    def __init__(self, reason: FailureReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class DocumentSource(Protocol):
    """The HTTP side of a portal."""

    parser: str  # "gdzwfw-item/1"; bump the number when the same bytes would be read differently

    def directory(self, site: Site) -> tuple[Fetch, ...]:
        """Requests whose answers name the bodies that the portal shows; ``NotOffered`` where it has no public door."""
        ...

    def read_directory(self, bodies: tuple[bytes, ...], units: tuple[Unit, ...]) -> dict[str, UnitAddress]:
        """Map unit ids to addresses, leaving out units not shown; may raise ``UnreadableAnswerError``."""
        ...

    def read_whole_directory(self, bodies: tuple[bytes, ...]) -> dict[str, UnitAddress]:
        """Address every body of the directory under a made-up unit id such as ``org-006940116``: for captured lists."""
        ...

    def listing(self, site: Site, address: UnitAddress, page: int) -> Fetch:
        """Request for page 1, 2, … of a unit's listing."""
        ...

    def read_listing(self, body: bytes, page: int) -> ListingPage:
        """Read one page. May raise ``UnreadableAnswerError``."""
        ...

    def detail(self, site: Site, row: ListedRow) -> Fetch:
        """Request for one guide's document."""
        ...

    def page_url(self, site: Site, row: ListedRow) -> str:
        """Address of the page that a citizen would open."""
        ...

    def classify(self, status: int, body: bytes) -> Answer:
        """Decide between measured, absent and not measured; never raises."""
        ...

    def parse(self, body: bytes, context: DocumentContext) -> Guide:
        """Read a measured document. Raises ``ValueError`` on bytes that ``classify`` would not call measured."""
        ...
