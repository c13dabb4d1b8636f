"""One look at one address while it is under way: over which hops, for how long, and how much has come."""

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.address_job import AddressOrder

LOOK = "look"
"""Where a request carries its look in ``Request.meta``."""

DRIP_AFTER_S, DRIP_BYTES_PER_S = 20.0, 256
"""An answer slower than this after so many seconds is not waited for until the deadline."""

FLOWING_BYTES_PER_S = 8 * 1024
"""A file that still comes this fast at the deadline is cut off by us; one that drips is no use to a citizen."""


@dataclass(kw_only=True, slots=True)
class Look:
    """Changes while the answers come in; belongs to one address."""

    order: AddressOrder
    left_s: float  # until the deadline
    url: str  # of the hop under way
    hops: int = 0
    spent_s: float = 0.0  # on hops that ended
    received: int = 0  # bytes of the hop under way
    declared: int | None = None  # its Content-Length
    head_at_s: float | None = field(default=None)  # when its head came, by the monotonic clock
    cut_off: bool = False  # we stopped reading: it is too large, or has said enough
    dripping: bool = False  # we stopped reading: at this pace nobody gets the file

    @property
    def host(self) -> str:
        """Return the host under way."""
        return urlsplit(self.url).hostname or ""

    def begin_hop(self, url: str) -> None:
        """Turn to an address; what the one before brought is forgotten."""
        self.url, self.received, self.declared, self.head_at_s = url, 0, None, None
        self.cut_off = self.dripping = False

    def end_hop(self, latency_s: float) -> None:
        """Charge the time from asking to the last byte."""
        body_s = 0.0 if self.head_at_s is None else time.monotonic() - self.head_at_s
        self.spent_s += latency_s + body_s
        self.left_s -= latency_s + body_s

    def take(self, count: int) -> None:
        """Count bytes that came, and notice an answer that only drips."""
        self.received += count
        if self.head_at_s is not None and not self.dripping:
            seconds = time.monotonic() - self.head_at_s
            self.dripping = seconds >= DRIP_AFTER_S and self.received < DRIP_BYTES_PER_S * seconds

    def is_flowing(self, seconds: float) -> bool:
        """Say whether the answer came fast enough for a citizen during so many seconds."""
        return self.received >= FLOWING_BYTES_PER_S * seconds
