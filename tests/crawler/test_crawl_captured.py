"""The same 1,370 real records must read alike through sandbox and crawl, and straight from the file."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from crawler.coverage import unseen_fields
from crawler.job import ALL_LISTED, CrawlJob
from crawler.launch import run_crawl
from crawler.spool import read_spool
from domain.crawl import GuideOutcome
from domain.guide import Guide
from domain.guide_fields import FieldName, FieldState
from portals.adapter import adapters
from portals.documents import DocumentContext
from portals.mapped_list import read_mapped
from sandbox.serving import running_sandbox
from storage.evidence_store import EvidenceStore

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT.parent / "shared" / "data" / "gd_guides_2021.jsonl"
MAPPING = ROOT / "portals" / "mappings" / "gd_2021.toml"
COUNT = 1370

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason="the captured records are not on this machine")


@pytest.fixture(scope="module")
def mapped() -> dict[str, Guide]:
    return {guide.code: guide for guide in read_mapped(RECORDS, MAPPING)}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Guide]:
    folder = tmp_path_factory.mktemp("captured")
    with running_sandbox(["--corpus", str(RECORDS)]) as sandbox:
        job = CrawlJob(
            run="run-1",
            portal="gdzwfw",
            units=ALL_LISTED,
            origins=asdict(sandbox.origins),
            options={"region": ["440000", "440100"]},
            evidence_root=folder / "evidence",
            spool=folder / "spool.jsonl",
            delay_s=0,
            concurrency=8,
        )
        report = run_crawl(job, timeout_s=250)
    assert report.complete, report.message
    assert report.whole
    evidence, documents = EvidenceStore(job.evidence_root), adapters.get("gdzwfw").documents
    visits = read_spool(job.spool).visits
    assert {visit.outcome for visit in visits} == {GuideOutcome.MEASURED}
    assert all(visit.unit.startswith("org-") for visit in visits)
    guides = {}
    for visit in visits:
        context = DocumentContext(
            unit=None,
            item_id=visit.item_id,
            code=visit.code,
            url=visit.url,
            document=visit.document or "",
            captured_at=visit.fetched_at,
        )
        guides[visit.code] = documents.parse(evidence.get(visit.document or ""), context)
    return guides


def test_every_record_arrives_both_ways(mapped: dict[str, Guide], crawled: dict[str, Guide]) -> None:
    assert len(mapped) == COUNT
    assert set(crawled) == set(mapped)


def test_mapped_fields_agree_in_value_and_state(mapped: dict[str, Guide], crawled: dict[str, Guide]) -> None:
    names = {name for guide in mapped.values() for name in guide.fields}
    assert len(names) == 22
    differing: Counter[str] = Counter()
    for code, guide in mapped.items():
        for name in names:
            ours, theirs = guide.field(name), crawled[code].field(name)
            differing[name.value] += (ours.value, ours.state) != (theirs.value, theirs.state)
    assert +differing == Counter()


def test_materials_agree(mapped: dict[str, Guide], crawled: dict[str, Guide]) -> None:
    assert any(guide.materials for guide in mapped.values())
    for code, guide in mapped.items():
        assert crawled[code].materials == guide.materials


def test_what_the_capture_lacks_is_unseen_both_ways(mapped: dict[str, Guide], crawled: dict[str, Guide]) -> None:
    unseen = unseen_fields(crawled.values())
    seen = {name for name in FieldName if next(iter(mapped.values())).field(name).measured}
    assert not seen & unseen
    for code, guide in crawled.items():
        hidden = guide.without(unseen)
        assert hidden.laws is None
        assert hidden.field(FieldName.LEGAL_BASIS).state is FieldState.NOT_MEASURED
        assert {name for name in FieldName if hidden.field(name).measured} >= seen, code


def test_misleading_columns_are_not_mixed_up(mapped: dict[str, Guide]) -> None:
    """The record as the portal printed it in 2021: 法定 70, 承诺 18 working days (handle_time is the legal one)."""
    record = mapped["11440000006940116U2440102002002"]
    assert record.text(FieldName.LEGAL_LIMIT) == "70个工作日"
    assert record.text(FieldName.PROMISE_LIMIT) == "18个工作日"
    assert record.text(FieldName.ONLINE) == "是"
    assert not record.field(FieldName.BOOKABLE).measured
