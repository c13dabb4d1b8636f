"""The second crawl of a sandbox that says what it was asked: only what may have changed is fetched."""

import json
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.job import CrawlJob
from crawler.known_document import KnownDocument
from crawler.launch import run_crawl
from crawler.spool import read_spool
from domain.crawl import GuideOutcome, GuideVisit
from domain.unit import all_units
from sandbox.serving import Sandbox, running_sandbox

Known = dict[str, dict[str, KnownDocument]]
BODIES = tuple(unit.id for unit in all_units()[::3])
DETAIL = "getAuditItemDetailCur?TASK_CODE="


@dataclass(frozen=True)
class Office:
    """A sandbox of one's own, since these tests change its guides."""

    sandbox: Sandbox
    folder: Path

    def ask(self, path: str, body: object | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.sandbox.control_url + path, data=data)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def crawl(self, name: str, known: Known, trusted_days: int = 7) -> tuple[dict[str, GuideVisit], dict[str, int]]:
        """Crawl and return the visits by item and the last status of each document asked for, by code."""
        self.ask("/access-log/clear", {})
        job = CrawlJob(
            run=name,
            portal="gdzwfw",
            units=BODIES,
            origins=asdict(self.sandbox.origins),
            known=known,
            trusted_days=trusted_days,
            evidence_root=self.folder / "evidence",
            spool=self.folder / f"{name}.jsonl",
            delay_s=0,
            concurrency=8,
        )
        report = run_crawl(job, timeout_s=200)
        assert report.complete, report.message
        visits = {visit.item_id: visit for visit in read_spool(job.spool).visits}
        log = [entry for entry in self.ask("/access-log") if DETAIL in entry["path"]]
        return visits, {entry["path"].partition(DETAIL)[2]: entry["status"] for entry in log}


def known_of(visits: dict[str, GuideVisit], **changes: str) -> Known:
    known: Known = {}
    for visit in visits.values():
        if visit.outcome is GuideOutcome.MEASURED and visit.document:
            value = KnownDocument(
                document=visit.document,
                version=visit.version,
                etag=visit.etag,
                last_modified=visit.last_modified,
                seen_at=visit.fetched_at,
            )
            known.setdefault(visit.unit, {})[visit.item_id] = value.model_copy(update=changes)
    return known


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_sandbox(["--size", "150", "--seed", "7"]) as sandbox:
        yield Office(sandbox, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def first(office: Office) -> dict[str, GuideVisit]:
    return office.crawl("first", {})[0]


def measured(visits: dict[str, GuideVisit]) -> dict[str, GuideVisit]:
    return {item: visit for item, visit in visits.items() if visit.outcome is GuideOutcome.MEASURED}


def test_the_first_crawl_notes_version_and_validators(first: dict[str, GuideVisit]) -> None:
    assert all(visit.version and visit.etag and visit.last_modified for visit in measured(first).values())
    assert not any(visit.unchanged for visit in first.values())


def test_unchanged_documents_are_confirmed_and_not_sent_again(office: Office, first: dict[str, GuideVisit]) -> None:
    again, statuses = office.crawl("again", known_of(first))
    codes = {visit.code for visit in measured(first).values()}
    assert {statuses[code] for code in codes} == {304}
    assert {item: visit.document for item, visit in measured(again).items()} == {
        item: visit.document for item, visit in measured(first).items()
    }
    assert all(visit.unchanged and visit.status == 304 for visit in measured(again).values())
    assert Counter(visit.outcome for visit in again.values()) == Counter(visit.outcome for visit in first.values())


def test_only_changed_guides_are_fetched_also_those_without_a_new_version(
    office: Office, first: dict[str, GuideVisit]
) -> None:
    able = [item for item in sorted(measured(first)) if "TC" not in first[item].code]
    announced, silent = able[:3], able[3:5]
    office.ask("/change", {"items": announced, "bump": True})
    office.ask("/change", {"items": silent, "bump": False})
    again, statuses = office.crawl("changed", known_of(first))
    fetched = {item for item, visit in measured(again).items() if not visit.unchanged}
    assert fetched == {*announced, *silent}
    assert {statuses[again[item].code] for item in fetched} == {200}
    assert all(again[item].version != first[item].version for item in announced)
    assert all(again[item].version == first[item].version for item in silent), "the list says that nothing changed"
    assert all(again[item].document != first[item].document for item in fetched)


def test_a_full_crawl_fetches_everything_and_an_equal_version_without_validators_is_believed_for_a_while(
    office: Office, first: dict[str, GuideVisit]
) -> None:
    before, statuses = office.crawl("full", {})
    assert {statuses[visit.code] for visit in measured(before).values()} == {200}
    assert set(before) == set(first)
    blind = known_of(before, etag="", last_modified="")
    trusting, statuses = office.crawl("trusting", blind)
    codes = {visit.code for visit in measured(before).values()}
    assert not codes & set(statuses), "no document was asked for"
    assert all(visit.unchanged and visit.status is None for visit in measured(trusting).values())
    assert {item: visit.fetched_at for item, visit in measured(trusting).items()} == {
        item: visit.fetched_at for item, visit in measured(before).items()
    }, "the last real look stays the date of the document"
    wary, statuses = office.crawl("wary", blind, trusted_days=0)
    assert {statuses[code] for code in codes} == {200}
    assert not any(visit.unchanged for visit in wary.values())
