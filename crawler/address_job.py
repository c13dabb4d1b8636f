"""The order for one process that looks at published addresses, written to files so that it can be run and killed."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from crawler.job import SANDBOX_CONTACT
from domain.address_visit import FILE_USES, AddressUse, AddressVisit
from domain.errors import UsageError
from domain.frozen import Frozen
from portals.adapter import adapters
from portals.manners import Manners
from portals.published_host_policy import PublishedHostPolicy
from portals.site import Site

FILE_BYTES_MAX = 20 * 1024 * 1024


class AddressOrder(Frozen):
    """One address to look at; ``earlier`` is the last look that brought the file, while its bytes are still kept."""

    url: str
    uses: tuple[AddressUse, ...]
    earlier: AddressVisit | None = None

    @property
    def is_file(self) -> bool:
        """Say whether the answer is wanted whole."""
        return not FILE_USES.isdisjoint(self.uses)


class AddressJob(Frozen):
    """What one process looks at; ``orders`` is a file of one ``AddressOrder`` a line, however many there are.

    The deadlines hold for one address with all its redirects. ``delay_s`` and ``concurrency`` hold for each host.
    """

    run: str
    portal: str
    origins: Mapping[str, str] | None = None  # role → origin of the sandbox; None = the real hosts
    overlay: Mapping[str, Any] = {}  # the owner's own site file
    orders: Path
    evidence_root: Path
    spool: Path
    outside: bool = True  # hosts other than the portal's own
    manners: Manners = Manners()
    delay_s: float = Field(ge=0)
    concurrency: int = Field(ge=1, le=64)
    contact: str = ""
    page_deadline_s: float = Field(default=30.0, gt=0)
    file_deadline_s: float = Field(default=120.0, gt=0)
    file_bytes_max: int = Field(default=FILE_BYTES_MAX, gt=0)
    patience: int = Field(default=2, ge=0, le=10)  # pauses per request after 429 or 503
    pause_s_max: float = Field(default=60.0, gt=0)

    def site(self) -> Site:
        """Return the portal's hosts."""
        return adapters.get(self.portal).site(self.origins, self.overlay)

    def policy(self) -> PublishedHostPolicy:
        """Return what may be visited."""
        return PublishedHostPolicy(self.site(), origins=(self.origins or {}).values(), outside=self.outside)

    def answerable(self) -> str:
        """Return the contact for the User-Agent; raise ``UsageError`` when a real host would get none."""
        if self.contact or self.origins is not None:
            return self.contact or SANDBOX_CONTACT
        raise UsageError("contact is empty, but a look at real hosts must name who answers for it")

    def read_orders(self) -> Iterator[AddressOrder]:
        """Yield the orders, one after the other."""
        with self.orders.open("rb") as lines:
            yield from (AddressOrder.model_validate_json(line) for line in lines)


def write_orders(path: Path, orders: Iterable[AddressOrder]) -> int:
    """Write orders to a file and return how many they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("wb") as lines:
        for order in orders:
            lines.write(order.model_dump_json().encode() + b"\n")
            count += 1
    return count
