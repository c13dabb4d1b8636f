"""The order for one crawl process, written to a file so that it can be run, killed and run again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from crawler.known_document import KnownDocument
from domain.errors import UsageError
from domain.frozen import Frozen
from domain.unit import Unit, all_units, find_unit
from portals.adapter import PortalAdapter, adapters
from portals.manners import Manners
from portals.site import Site

ALL_LISTED: Literal["all-listed"] = "all-listed"
SANDBOX_CONTACT = "sandbox@localhost"


class CrawlJob(Frozen):
    """What one process crawls: some bodies of one portal.

    ``units`` are unit ids, or ``"all-listed"`` for every body of the portal's own directory under made-up ids such as
    ``org-006940116`` (a captured list has none of the evaluated bodies). ``done`` names per unit the guides that have a
    visit already; they are listed again and not fetched again. ``known`` names those that need fetching only if they
    changed.
    """

    run: str
    portal: str
    units: tuple[str, ...] | Literal["all-listed"]
    origins: Mapping[str, str] | None = None  # role → origin of the sandbox; None = the real hosts
    overlay: Mapping[str, Any] = {}  # the owner's own site file
    options: Mapping[str, Any] = {}  # laid over the [options] of site.toml: region, page_size …
    done: Mapping[str, tuple[str, ...]] = {}
    known: Mapping[str, Mapping[str, KnownDocument]] = {}  # unit → item id → what an earlier run kept of it
    trusted_days: int = Field(default=0, ge=0, le=365)  # how long a listing's unchanged version is believed
    only: tuple[str, ...] | None = None  # fetch these items alone; () = list and fetch nothing
    evidence_root: Path
    spool: Path
    manners: Manners = Manners()  # what the run promised its hosts, kept together with every browser
    delay_s: float = Field(ge=0)
    concurrency: int = Field(ge=1, le=64)
    contact: str = ""  # who answers for the robot; needed for the real hosts
    timeout_s: float = Field(default=30.0, gt=0)  # of one request
    retries: int = Field(default=2, ge=0, le=10)  # after an error of the line or the server
    patience: int = Field(default=3, ge=0, le=10)  # pauses per request after 429 or 503
    pause_s_max: float = Field(default=60.0, gt=0)  # longest pause that Retry-After can ask for

    @property
    def adapter(self) -> PortalAdapter:
        """Return the portal's plug-in."""
        return adapters.get(self.portal)

    def site(self) -> Site:
        """Return the portal's hosts with the job's options over its own."""
        site = self.adapter.site(self.origins, self.overlay)
        return site.model_copy(update={"options": {**site.options, **self.options}})

    def wanted(self) -> tuple[Unit, ...]:
        """Return the bodies to crawl; ``()`` when the directory decides."""
        return () if self.units == ALL_LISTED else tuple(find_unit(unit, all_units()) for unit in self.units)

    def answerable(self) -> str:
        """Return the contact for the User-Agent; raise ``UsageError`` when a real host would get none."""
        if self.contact or self.origins is not None:
            return self.contact or SANDBOX_CONTACT
        raise UsageError("contact is empty, but a crawl of real hosts must name who answers for it")
