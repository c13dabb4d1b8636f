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
    RESULT_SAMPLE = "result_sample"


FILE_USES = frozenset({AddressUse.FORM, AddressUse.SAMPLE, AddressUse.RESULT_SAMPLE})


class AddressVisit(Frozen):
    """One look at one address in one run.

    ``sha256`` names the kept bytes: the file, or what a dead address answered with. ``unchanged`` says that the server
    confirmed them to be those of an earlier look, ``too_large`` that the file was not fetched to its end because
    ``bytes`` is more than we take; then nothing is kept.
    """

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
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    too_large: bool = False
    visited_at: AwareDatetime
    duration_ms: int
