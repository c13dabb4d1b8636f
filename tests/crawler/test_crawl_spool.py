"""The spool must give back what was written, and only that."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.coverage import GUIDES_MIN, unseen_fields
from crawler.spool import Event, ListedEvent, ListingEvent, SpoolWriter, VisitEvent, read_spool
from domain.crawl import GuideOutcome, GuideVisit, ListedGuide, Listing
from domain.errors import MachineError
from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState

LISTED = ListedGuide(portal="gdzwfw", unit="dept-06", item_id="i1", code="c1", title="教师资格认定", url="http://x/1")
VISIT = GuideVisit(**LISTED.model_dump(), outcome=GuideOutcome.MEASURED, fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
LISTING = Listing(portal="gdzwfw", unit="dept-06", total=1, rows=1, guides=1)
EVENTS: tuple[Event, ...] = (ListedEvent(value=LISTED), VisitEvent(value=VISIT), ListingEvent(value=LISTING))


def test_events_come_back_as_written(tmp_path: Path) -> None:
    with SpoolWriter(tmp_path / "spool.jsonl") as spool:
        for event in EVENTS:
            spool.write(event)
            assert (tmp_path / "spool.jsonl").read_bytes().endswith(b"\n"), "each event is out before the next"
    events = read_spool(tmp_path / "spool.jsonl")
    assert (events.listed, events.visits, events.listings, events.evidence) == ([LISTED], [VISIT], [LISTING], [])


def test_a_torn_last_line_is_ignored_at_every_length(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    with SpoolWriter(path) as spool:
        for event in EVENTS[:2]:
            spool.write(event)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(first, len(whole)):
        path.write_bytes(whole[:cut])
        assert read_spool(path).visits == []
        assert read_spool(path).listed == [LISTED]


def test_a_missing_spool_is_empty(tmp_path: Path) -> None:
    assert read_spool(tmp_path / "none.jsonl").visits == []


def test_a_damaged_whole_line_is_an_error_and_named(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    path.write_bytes(b'{"type":"visit"}\n')
    with pytest.raises(MachineError, match=r"line 1 of spool spool\.jsonl"):
        read_spool(path)


def make_guide(number: int, **raws: str | None) -> Guide:
    fields = {
        FieldName(name): Field(raw=raw, value=raw or "", state=FieldState.OK if raw else FieldState.BLANK)
        for name, raw in raws.items()
    }
    return Guide(
        portal="gdzwfw",
        unit=None,
        item_id=str(number),
        code=str(number),
        title="",
        url="",
        document="",
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        parser="t/1",
        fields=fields,
    )


def test_unseen_is_what_no_guide_of_a_large_crawl_carries() -> None:
    guides = [make_guide(n, name="x", range=None, place="" if n == 3 else None) for n in range(GUIDES_MIN)]
    unseen = unseen_fields(guides)
    assert FieldName.RANGE in unseen
    assert FieldName.NAME not in unseen
    assert FieldName.PLACE not in unseen, "one guide has the key, blank: the portal does carry the field"
    assert unseen_fields(guides[1:]) == frozenset(), "too few guides to tell"
    hidden = guides[0].without(unseen)
    assert hidden.field(FieldName.RANGE).state is FieldState.NOT_MEASURED
