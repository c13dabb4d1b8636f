"""Asks a portal for lists and a few documents, to know before a night whether it is reached and still understood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.job import CrawlJob
from crawler.launch import run_crawl
from crawler.reading import context_of
from crawler.spool import SpoolEvents, read_spool
from domain.crawl import GuideOutcome, GuideVisit, ListedGuide, Listing
from domain.errors import ExitCode
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName
from domain.item_type import GUANGDONG_ITEM_TYPES, PUBLIC_SERVICE
from engine.doctor.check_line import CheckLine, failed, failed_because, passed, unknown
from engine.settings import Pace
from portals.adapter import PortalAdapter
from portals.manners import Manners
from portals.site import Overlay
from storage.evidence_store import EvidenceStore

TIMEOUT_S = 180
PER_FAMILY = 3
"""So many guides of a family: what one body leaves out is its own affair, what all lack is ours."""
ITEM_FIELDS = (
    FieldName.NAME,
    FieldName.TASK_CODE,
    FieldName.BASIC_CODE,
    FieldName.ITEM_TYPE,
    FieldName.DEPARTMENT,
    FieldName.LEVEL,
    FieldName.AUDIENCE,
    FieldName.CONDITION,
    FieldName.HANDLING_TYPE,
    FieldName.CHARGED,
    FieldName.ENQUIRY_PHONE,
    FieldName.ONLINE,
    FieldName.VERSION_DATE,
)
"""What at least 99 of 100 real guides carry (portals.md §1.5)."""
PLAIN_FIELDS = (FieldName.NAME,)
MANDATORY: Mapping[str, tuple[FieldName, ...]] = {
    "item": ITEM_FIELDS,
    "public service": ITEM_FIELDS,
    "package": (FieldName.NAME, FieldName.DEPARTMENT, FieldName.ENQUIRY_PHONE),
    "mobile": PLAIN_FIELDS,
}
EXPECTED = ("item", "public service", "package")
PACKAGE_WORDS = ("一件事", "套餐")


@dataclass(frozen=True, kw_only=True)
class PortalSample:
    """How a portal is asked: where it is, which bodies, how gently, and where the answers lie meanwhile."""

    adapter: PortalAdapter
    origins: Mapping[str, str] | None
    units: tuple[str, ...]
    pace: Pace
    contact: str
    folder: Path
    overlays: Mapping[str, Overlay]
    manners: Manners

    def crawl(self, name: str, only: tuple[str, ...]) -> SpoolEvents:
        """List the bodies and fetch some items."""
        job = CrawlJob(
            run="check",
            portal=self.adapter.id,
            units=self.units,
            origins=self.origins,
            only=only,
            overlay=self.overlays.get(self.adapter.id, {}),
            manners=self.manners,
            evidence_root=self.folder / "evidence",
            spool=self.folder / f"{self.adapter.id}-{name}.jsonl",
            delay_s=self.pace.delay_s,
            concurrency=self.pace.concurrency,
            contact=self.contact,
        )
        run_crawl(job, timeout_s=TIMEOUT_S)
        return read_spool(job.spool)

    def read(self, visit: GuideVisit) -> Guide:
        """Read the document of a measured visit."""
        body = EvidenceStore(self.folder / "evidence").get(visit.document or "")
        return self.adapter.documents.parse(body, context_of(visit))


@dataclass(frozen=True, kw_only=True)
class PortalAnswer:
    """What the portal said: the lines of the check, and the guides that could be read."""

    lines: tuple[CheckLine, ...]
    guides: tuple[Guide, ...] = ()


def ask_portal(sample: PortalSample) -> PortalAnswer:
    """Check listing, documents and parsing of one portal, one family of guides after the other."""
    listed = sample.crawl("list", ())
    lines = list(check_listings(listed.listings))
    families = choose_families(sample.adapter, listed.listed)
    chosen = tuple(row.item_id for rows in families.values() for row in rows)
    visits = {visit.item_id: visit for visit in sample.crawl("details", chosen).visits} if chosen else {}
    guides: list[Guide] = []
    for family in EXPECTED if listed.listed and not sample.adapter.portal.mobile else ():
        if family not in families:
            lines.append(unknown(f"document ({family})", "the bodies asked list none; ask others with --units"))
    for family, rows in families.items():
        seen = [visits[row.item_id] for row in rows if row.item_id in visits]
        line, read = check_family(sample, family, seen)
        lines.append(line)
        guides += read
    return PortalAnswer(lines=tuple(lines), guides=tuple(guides))


def check_listings(listings: Sequence[Listing]) -> Iterator[CheckLine]:
    """Judge robots.txt, directory and lists."""
    offered = [listing for listing in listings if listing.offered]
    read = [listing for listing in offered if listing.failure is None]
    reasons = [listing.failure for listing in offered if listing.failure is not None]
    if not offered:
        yield unknown("listing", "the portal shows none of the bodies asked for")
    elif not read and reasons:
        yield failed_because("listing", reasons[0], f"none of {len(offered)} lists can be read")
    else:
        yield passed("robots", "robots.txt lets us in")
        guides = sum(listing.guides for listing in read)
        yield passed("listing", f"{len(read)} of {len(offered)} lists read, {guides} guides")


def choose_families(adapter: PortalAdapter, listed: Sequence[ListedGuide]) -> dict[str, list[ListedGuide]]:
    """Choose a few guides of every family that is listed."""
    families: dict[str, list[ListedGuide]] = {}
    for row in listed:
        rows = families.setdefault("mobile" if adapter.portal.mobile else family_of(row), [])
        if len(rows) < PER_FAMILY:
            rows.append(row)
    return dict(sorted(families.items()))


def family_of(row: ListedGuide) -> str:
    """Tell items, public services and packages apart by name and code (portals.md §1.5, §3.2)."""
    kind = row.code[21:23]
    if any(word in row.title for word in PACKAGE_WORDS) or kind not in GUANGDONG_ITEM_TYPES:
        return "package"
    return "public service" if kind == PUBLIC_SERVICE else "item"


def check_family(
    sample: PortalSample, family: str, visits: Sequence[GuideVisit]
) -> tuple[CheckLine, tuple[Guide, ...]]:
    """Judge the documents of one family, and whether our parser finds in them what everyone publishes."""
    name = f"document ({family})"
    measured = [visit for visit in visits if visit.outcome is GuideOutcome.MEASURED]
    if not measured:
        reason = next((visit.failure for visit in visits if visit.failure), None)
        if reason is None:
            return unknown(name, "no document was answered"), ()
        return failed_because(name, reason, f"none of {len(visits)} documents can be read"), ()
    try:
        guides = tuple(sample.read(visit) for visit in measured)
    except ValueError as error:
        return failed(name, str(error), ExitCode.OUR_ERROR), ()
    missing = [LABELS_ZH[field] for field in MANDATORY[family] if not any(guide.text(field) for guide in guides)]
    if missing:
        said = f"layout_changed: none of {len(guides)} documents shows {'、'.join(missing)}"
        return failed(name, said, ExitCode.OUR_ERROR), guides
    return passed(name, f"{len(guides)} read, every mandatory field is there"), guides
