"""One look at one address while it is under way: over which hops, for how long, and how much has come."""

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.address_job import AddressOrder

LOOK = "look"
"""Where a request carries its look in ``Request.meta``."""

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
    cut_off: bool = False  # we stopped reading

    @property
    def host(self) -> str:
        """Return the host under way."""
        return urlsplit(self.url).hostname or ""

    def begin_hop(self, url: str) -> None:
        """Turn to an address; what the one before brought is forgotten."""
        self.url, self.received, self.declared, self.head_at_s, self.cut_off = url, 0, None, None, False

    def end_hop(self, latency_s: float) -> None:
        """Charge the time from asking to the last byte."""
        body_s = 0.0 if self.head_at_s is None else time.monotonic() - self.head_at_s
        self.spent_s += latency_s + body_s
        self.left_s -= latency_s + body_s

    def is_flowing(self, seconds: float) -> bool:
        """Say whether the answer came fast enough for a citizen during so many seconds."""
        return self.received >= FLOWING_BYTES_PER_S * seconds
