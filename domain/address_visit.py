"""What one look at one published address gave: an attachment, an online handling page, a booking page."""

from enum import StrEnum

from pydantic import AwareDatetime

from domain.failure import FailureReason
from domain.frozen import Frozen


class AddressOutcome(StrEnum):
    """How the look ended; only the first two speak about the body."""

    WORKS = "works"
    DEAD = "dead"  # not found, gone, refused, no such host, server error, too slow: a citizen gets nothing
    REFUSED = "refused"  # our own policy did not let the request leave (intranet address, host not allowed)
    NOT_MEASURED = "not_measured"  # we were kept out or broke: captcha, 403, 429, robots.txt, our bug


class AddressUse(StrEnum):
    """What a guide offers the address for."""

    FORM = "form"
    SAMPLE = "sample"
    ONLINE = "online"
    BOOKING = "booking"


FILE_USES = frozenset({AddressUse.FORM, AddressUse.SAMPLE})


class AddressVisit(Frozen):
    """One look at one address in one run; ``sha256`` names the kept bytes where a file was fetched."""

    run: str
    url: str
    uses: tuple[AddressUse, ...]
    outcome: AddressOutcome
    failure: FailureReason | None = None
    status: int | None = None
    final_url: str = ""  # after redirects
    reached_login: bool = False  # the unified login counts as an entrance that works
    file_name: str = ""  # of the Content-Disposition, "" when there is none
    media_type: str = ""
    sha256: str | None = None
    bytes: int | None = None
    visited_at: AwareDatetime
    duration_ms: int
