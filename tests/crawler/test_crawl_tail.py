"""A spool that is read while it is written gives every event once, and no half line."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.rules.example_guide import good_guide
from crawler.spool import GuideEvent, ListedEvent, SpoolEvents, SpoolWriter, VisitEvent, read_spool
from crawler.spool_tail import EVENTS_MAX, SpoolTail, whole_lines
from domain.crawl import GuideOutcome, GuideVisit, ListedGuide
from domain.errors import MachineError
from storage.packed_guide import pack_guide, unpack_guide

ROOT = Path(__file__).resolve().parents[2]


def listed(number: int) -> ListedGuide:
    return ListedGuide(portal="gdzwfw", unit="dept-01", item_id=f"i{number}", code="c", title="t", url="https://www/")


def visit(number: int) -> GuideVisit:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    return GuideVisit(**listed(number).model_dump(), outcome=GuideOutcome.ABSENT, fetched_at=moment)


def items(batches: list[SpoolEvents]) -> list[str]:
    return [row.item_id for events in batches for row in events.listed]


def test_news_come_once(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    tail = SpoolTail(path)
    assert list(tail.news()) == []
    with SpoolWriter(path) as spool:
        spool.write(ListedEvent(value=listed(1)))
        spool.write(VisitEvent(value=visit(1)))
        first = list(tail.news())
        assert items(first) == ["i1"]
        assert first[0].visits == [visit(1)]
        assert list(tail.news()) == []
        spool.write(ListedEvent(value=listed(2)))
        assert items(list(tail.news())) == ["i2"]


def test_a_line_being_written_waits(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    line = ListedEvent(value=listed(1)).model_dump_json().encode() + b"\n"
    tail = SpoolTail(path)
    path.write_bytes(line + line[:40])
    assert items(list(tail.news())) == ["i1"]
    assert list(tail.news()) == []
    path.write_bytes(line + line.replace(b"i1", b"i2"))
    assert items(list(tail.news())) == ["i2"]


def test_the_other_half_of_a_line_is_no_line() -> None:
    assert list(whole_lines([b"1\n", b"2\n", b"3", b"3\n", b"4\n"])) == [b"1\n", b"2\n"]


def test_a_long_spool_comes_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    count = 2 * EVENTS_MAX + 1
    path.write_bytes(b"".join(ListedEvent(value=listed(n)).model_dump_json().encode() + b"\n" for n in range(count)))
    batches = list(SpoolTail(path).news())
    assert [len(events.listed) for events in batches] == [EVENTS_MAX, EVENTS_MAX, 1]
    assert items(batches) == [f"i{n}" for n in range(count)]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    path.write_bytes(ListedEvent(value=listed(1)).model_dump_json().encode() + b"\n")
    tail = SpoolTail(path)
    list(tail.news())
    with path.open("ab") as file:
        file.write(b'{"type":"visit"}\n')
    with pytest.raises(MachineError, match=r"line 2 of spool spool\.jsonl"):
        list(tail.news())


def test_a_guide_travels_packed(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    with SpoolWriter(path) as spool:
        spool.write(GuideEvent(value=pack_guide(good_guide())))
        spool.write(ListedEvent(value=listed(1)))
    (packed,) = read_spool(path).guides
    assert unpack_guide(packed.parsed) == good_guide()
    outline = read_spool(path, outline=True)
    assert outline.guides == []
    assert outline.listed == [listed(1)]


def test_a_crawl_process_starts_without_the_database() -> None:
    code = "import sys, crawler.process; sys.exit('sqlalchemy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
