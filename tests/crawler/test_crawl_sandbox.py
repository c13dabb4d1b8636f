"""A crawl of the running sandbox must end in what the sandbox says is true, guide by guide."""

import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.job import CrawlJob
from crawler.launch import CrawlReport, run_crawl
from crawler.spool import SpoolEvents, read_spool
from domain.crawl import GuideOutcome, GuideVisit, Listing
from domain.errors import UsageError
from domain.facts import ItemFact
from domain.failure import FailureReason
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.item_type import is_application, is_power
from domain.unit import all_units
from engine.facts.item_facts import item_fact
from portals.adapter import adapters
from portals.documents import DocumentContext
from sandbox.serving import Sandbox
from scoring.item_groups import group_by_item, is_split
from storage.evidence_store import EvidenceStore

MakeJob = Callable[..., CrawlJob]
EVERY_UNIT = tuple(unit.id for unit in all_units())


@dataclass(frozen=True, kw_only=True)
class Crawl:
    report: CrawlReport
    events: SpoolEvents
    asked: list[str]
    evidence: EvidenceStore

    @property
    def listings(self) -> dict[str, Listing]:
        return {listing.unit: listing for listing in self.events.listings}

    @property
    def visits(self) -> dict[str, GuideVisit]:
        return {visit.item_id: visit for visit in self.events.visits}

    def parse(self, visit: GuideVisit) -> Guide:
        assert visit.document is not None
        context = DocumentContext(
            unit=visit.unit,
            item_id=visit.item_id,
            code=visit.code,
            url=visit.url,
            document=visit.document,
            captured_at=visit.fetched_at,
        )
        return adapters.get(visit.portal).documents.parse(self.evidence.get(visit.document), context)


@pytest.fixture(scope="module")
def crawl(sandbox: Sandbox, desk: Any, tmp_path_factory: pytest.TempPathFactory) -> Crawl:  # noqa: ANN401 - conftest's Desk
    desk.reset()
    folder = tmp_path_factory.mktemp("crawl")
    job = CrawlJob(
        run="run-1",
        portal="gdzwfw",
        units=EVERY_UNIT,
        origins=asdict(sandbox.origins),
        evidence_root=folder / "evidence",
        spool=folder / "spool.jsonl",
        delay_s=0,
        concurrency=8,
        options={"page_size": 4},
    )
    report = run_crawl(job, timeout_s=200)
    return Crawl(
        report=report,
        events=read_spool(job.spool),
        asked=desk.detail_codes(),
        evidence=EvidenceStore(job.evidence_root),
    )


def test_report_says_complete_and_not_whole(crawl: Crawl) -> None:
    assert crawl.report.complete
    assert crawl.report.exit_code == 0
    assert crawl.report.message == ""
    assert crawl.report.listed == crawl.report.visited == 150
    assert not crawl.report.whole, "one body's listing falls short of the portal's own total"


def test_every_body_is_accounted_for(crawl: Crawl, truth: dict[str, Any]) -> None:
    assert set(crawl.listings) == {body["key"] for body in truth["bodies"]}
    for body in truth["bodies"]:
        listing = crawl.listings[body["key"]]
        assert listing.offered == body["listed"], body["key"]
        assert listing.failure is None
        if body["listed"]:
            assert listing.guides == body["items"], body["key"]


def test_only_the_short_listing_is_not_whole(crawl: Crawl, truth: dict[str, Any]) -> None:
    short = [listing for listing in crawl.listings.values() if listing.offered and not listing.whole]
    planted = {entry["body"] for entry in truth["misbehaviours"] if entry["name"] == "listing_short"}
    assert {listing.unit for listing in short} == planted
    assert [(listing.total or 0) - listing.rows for listing in short] == [3]  # the sandbox's own catalogue says three


def test_outcomes_equal_the_truth_for_every_guide(crawl: Crawl, truth: dict[str, Any]) -> None:
    expected = {guide["item_id"]: guide["crawl"] for guide in truth["guides"]}
    assert {item: visit.outcome.value for item, visit in crawl.visits.items()} == expected
    assert set(expected.values()) == {"measured", "absent", "not_measured"}, "the corpus must exercise all three"


def test_a_guide_listed_twice_is_visited_once(crawl: Crawl) -> None:
    assert any(listing.rows > listing.guides for listing in crawl.listings.values()), "no duplicate in the corpus"
    assert len(crawl.events.visits) == len(crawl.visits)
    assert len({row.item_id for row in crawl.events.listed}) == len(crawl.events.listed)
    repeated = {code for code, count in Counter(crawl.asked).items() if count > 1}
    assert repeated == {visit.code for visit in crawl.visits.values() if visit.attempts > 1}


def test_once_only_faults_are_overcome(crawl: Crawl) -> None:
    recovered = [visit for visit in crawl.visits.values() if visit.attempts > 1 and visit.failure is None]
    assert len(recovered) == 3, "detail_429_once, detail_503_once and detail_html_500_once"
    assert {visit.attempts for visit in recovered} == {2}
    assert {visit.status for visit in recovered} == {200}


def test_reasons_name_what_was_seen(crawl: Crawl) -> None:
    reasons = {visit.failure for visit in crawl.visits.values() if visit.outcome is GuideOutcome.NOT_MEASURED}
    assert reasons == {FailureReason.HTTP_5XX, FailureReason.CAPTCHA, FailureReason.BROKEN_ANSWER}


def test_every_answer_is_kept_and_whole(crawl: Crawl) -> None:
    known = {record.sha256 for record in crawl.events.evidence}
    for visit in crawl.visits.values():
        assert visit.document in known
        assert crawl.evidence.get(visit.document or "")


def test_every_measured_document_parses(crawl: Crawl, truth: dict[str, Any]) -> None:
    names = {guide["item_id"]: guide["name"] for guide in truth["guides"]}
    measured = [visit for visit in crawl.visits.values() if visit.outcome is GuideOutcome.MEASURED]
    for visit in measured:
        guide = crawl.parse(visit)
        assert guide.code == visit.code
        assert guide.unit == visit.unit
        assert visit.title == names[visit.item_id]


def test_planted_blanks_are_blank_and_only_those(crawl: Crawl, truth: dict[str, Any]) -> None:
    """Where the sandbox blanked a field, the parser must find nothing there, and something everywhere else."""
    by_label = {"咨询电话": FieldName.ENQUIRY_PHONE, "投诉电话": FieldName.COMPLAINT_PHONE}
    checked = 0
    for guide in truth["guides"]:
        visit = crawl.visits[guide["item_id"]]
        if guide["crawl"] != "measured":
            continue
        parsed = crawl.parse(visit)
        blanked = {defect["field"] for defect in guide["defects"] if defect["kind"].endswith("-blank")}
        for label, name in by_label.items():
            assert (parsed.text(name) == "") == (label in blanked), (guide["item_id"], label)
            checked += label in blanked
    assert checked, "the corpus plants no blank telephone"


@pytest.mark.parametrize("portal", ["yss", "yst"])
def test_mobile_portals_list_what_their_own_pages_count(portal: str, job: MakeJob, sandbox: Sandbox) -> None:
    page = urllib.request.urlopen(f"{getattr(sandbox.origins, portal)}/h5/services", timeout=10).read().decode()
    total = int(page.partition('data-total="')[2].partition('"')[0])
    order = job(portal=portal)
    report = run_crawl(order, timeout_s=100)
    events = read_spool(order.spool)
    assert report.complete
    assert report.whole
    assert sum(listing.guides for listing in events.listings) == len(events.visits) == total > 0
    assert {visit.outcome for visit in events.visits} == {GuideOutcome.MEASURED}


@pytest.mark.parametrize("portal", ["yss", "yst"])
def test_live_mobile_portals_are_not_offered_and_nothing_is_asked(portal: str, job: MakeJob) -> None:
    order = job(portal=portal, origins=None)
    report = run_crawl(order, timeout_s=60)
    assert report.complete
    listings = read_spool(order.spool).listings
    assert {listing.unit for listing in listings} == set(EVERY_UNIT)
    assert not any(listing.offered for listing in listings)


def test_a_live_crawl_without_contact_is_refused(job: MakeJob, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="contact"):
        run_crawl(job(origins=None, contact=""), timeout_s=5)
    assert not (tmp_path / "spool.jsonl").exists()


@pytest.fixture(scope="module")
def facts(crawl: Crawl) -> dict[str, list[ItemFact]]:
    """Facts of the measured items by body; packages have none."""
    found: dict[str, list[ItemFact]] = defaultdict(list)
    for visit in crawl.visits.values():
        if visit.document is not None and visit.outcome is GuideOutcome.MEASURED:
            fact = item_fact(crawl.parse(visit), None, None)
            if not fact.package:
                found[visit.unit].append(fact)
    return found


def count_types(items: list[ItemFact]) -> dict[str, list[ItemFact]]:
    return {
        "permits": [item for item in items if item.item_type_code == "01"],
        "applied": [item for item in items if is_application(item.item_type_code)],
        "served": [item for item in items if is_application(item.item_type_code) or item.item_type_code == "21"],
        "powers": [item for item in items if is_power(item.item_type_code)],
    }


COUNTS: dict[str, Callable[[list[ItemFact], dict[str, list[ItemFact]]], object]] = {
    "permits_at_hall_window": lambda _, of: sum(item.in_hall is item.hall_window is True for item in of["permits"]),
    "comprehensive": lambda items, _: sum(item.comprehensive_window is True for item in items),
    "application_comprehensive": lambda _, of: sum(item.comprehensive_window is True for item in of["applied"]),
    "nearby": lambda items, _: sum(item.nearby is True for item in items),
    "regional": lambda items, _: sum(item.across_regions is True for item in items),
    "served_items": lambda _, of: len(group_by_item(of["served"])),
    "served_items_split": lambda _, of: sum(map(is_split, group_by_item(of["served"]))),
    "power_items": lambda _, of: len(group_by_item(of["powers"])),
    "basic_codes": lambda items, _: sorted({item.basic_code for item in items} - {""}),
    "exempt_and_issued": lambda _, of: sorted(
        list(item.exempt_materials) for item in of["applied"] if item.exempt_materials and item.exempt_materials[1]
    ),
    "on_phone": lambda items, _: sum(item.phone_address is True for item in items),
}


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_what_rows_count_is_what_the_sandbox_planted(
    name: str, facts: dict[str, list[ItemFact]], truth: dict[str, Any]
) -> None:
    ours = {unit: COUNTS[name](items, count_types(items)) for unit, items in facts.items()}
    planted = {unit: truth["expected"][unit][name] for unit in facts}
    assert ours == planted
    assert any(planted.values()), "the corpus must show it"
