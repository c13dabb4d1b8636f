"""Looks at addresses and reports on files: occasions, conditional facts, and questions that stay quick over many."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from domain.address_visit import AddressOutcome, AddressUse, AddressVisit
from domain.failure import FailureReason
from domain.file_report import FileKind, FileProblem, FileReport
from storage.store import Store

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
URL = "https://static.gdzwfw.gov.cn/guide/files/c1a75a904cec495ca21446c5e970ace5"
INSPECTOR = "files/1"


def look(run: str, at: datetime, outcome: AddressOutcome = AddressOutcome.DEAD, **more: Any) -> AddressVisit:  # noqa: ANN401
    values: dict[str, Any] = {"url": URL, "uses": (AddressUse.FORM,), "duration_ms": 5, **more}
    return AddressVisit(run=run, outcome=outcome, visited_at=at, **values)


def report(sha: str, *problems: FileProblem, inspector: str = INSPECTOR) -> FileReport:
    return FileReport(sha256=sha, inspector=inspector, kind=FileKind.DOC, bytes=9, problems=problems)


def fill(store: Store, samples: Any, looks: list[tuple[float, AddressOutcome]]) -> str:  # noqa: ANN401 - conftest's Samples
    """Keep one run a look, so many hours before now, and return the newest run's id."""
    for number, (hours, outcome) in enumerate(looks):
        at = NOW - timedelta(hours=hours)
        store.runs.add(samples.run(f"night-{number}", started_at=at))
        status = None if outcome is AddressOutcome.NOT_MEASURED else 404
        store.addresses.save_visits([look(f"night-{number}", at, outcome, status=status)])
    return f"night-{len(looks) - 1}"


DEAD, WORKS, UNSEEN = AddressOutcome.DEAD, AddressOutcome.WORKS, AddressOutcome.NOT_MEASURED


@pytest.mark.parametrize(
    ("looks", "gap_h", "expected"),
    [
        ([(48, DEAD), (24, DEAD), (0, DEAD)], 6, [DEAD, DEAD, DEAD]),
        ([(2, DEAD), (1, DEAD), (0, DEAD)], 6, [DEAD]),
        ([(2, DEAD), (1, DEAD), (0, DEAD)], 0, [DEAD, DEAD, DEAD]),
        ([(9, DEAD), (8, DEAD), (0, DEAD)], 6, [DEAD, DEAD]),
        ([(96, DEAD), (72, WORKS), (48, DEAD), (24, UNSEEN), (0, DEAD)], 6, [DEAD, DEAD, WORKS]),
        ([(48, DEAD), (24, DEAD), (0, UNSEEN)], 6, [UNSEEN, DEAD, DEAD]),
        ([(24 * 90, DEAD), (24, DEAD), (0, DEAD)], 6, [DEAD, DEAD]),
    ],
)
def test_occasions(
    store: Store,
    samples: Any,  # noqa: ANN401 - conftest's Samples
    looks: list[tuple[float, AddressOutcome]],
    gap_h: float,
    expected: list[AddressOutcome],
) -> None:
    run = fill(store, samples, looks)
    record = store.addresses.records(run, [URL], inspector=INSPECTOR, gap_h=gap_h)[URL]
    assert [visit.outcome for visit in record.visits] == expected
    assert record.latest.run == run


def test_later_runs_and_other_targets_do_not_count(store: Store, samples: Any) -> None:  # noqa: ANN401
    run = fill(store, samples, [(48, DEAD), (24, DEAD)])
    live = samples.run("live", started_at=NOW - timedelta(hours=36)).model_copy(update={"target": "live"})
    later = samples.run("later", started_at=NOW)
    for other, at in ((live, live.started_at), (later, later.started_at)):
        store.runs.add(other)
        store.addresses.save_visits([look(other.id, at)])
    record = store.addresses.records(run, [URL], inspector=INSPECTOR, gap_h=6)[URL]
    assert [visit.run for visit in record.visits] == ["night-1", "night-0"]


def test_the_report_is_that_of_the_newest_file_and_inspector(store: Store, samples: Any) -> None:  # noqa: ANN401
    store.runs.add(samples.run("a", started_at=NOW))
    kept = look("a", NOW, WORKS, status=200, sha256="f" * 64, etag='"1"', last_modified="x", unchanged=True)
    store.addresses.save_visits([kept])
    assert list(store.addresses.uninspected("a", INSPECTOR)) == ["f" * 64]
    store.addresses.save_reports([report("f" * 64, inspector="files/0"), report("f" * 64, FileProblem.ENCRYPTED)])
    record = store.addresses.records("a", [URL, "https://never/"], inspector=INSPECTOR, gap_h=6)[URL]
    assert record.latest == kept
    assert record.report is not None
    assert record.report.problems == (FileProblem.ENCRYPTED,)
    assert list(store.addresses.uninspected("a", INSPECTOR)) == []
    assert store.addresses.tally("a", INSPECTOR) == {
        "addresses": 1,
        "works": 1,
        "dead": 0,
        "refused": 0,
        "not_measured": 0,
        "files": 1,
        "unusable_files": 1,
    }


def test_what_a_dead_address_answered_is_proof_and_no_file(store: Store, samples: Any) -> None:  # noqa: ANN401
    store.runs.add(samples.run("a", started_at=NOW))
    store.addresses.save_visits([look("a", NOW, DEAD, status=404, sha256="e" * 64)])
    store.addresses.save_reports([report("e" * 64)])
    assert store.addresses.records("a", [URL], inspector=INSPECTOR, gap_h=6)[URL].report is None
    assert list(store.addresses.uninspected("a", INSPECTOR)) == []
    assert store.addresses.tally("a", INSPECTOR)["files"] == 0


def test_a_file_that_was_too_large_to_fetch_has_a_report_all_the_same(store: Store, samples: Any) -> None:  # noqa: ANN401
    store.runs.add(samples.run("a", started_at=NOW))
    store.addresses.save_visits([look("a", NOW, WORKS, status=200, too_large=True, bytes=2_000_000_000)])
    record = store.addresses.records("a", [URL], inspector=INSPECTOR, gap_h=6)[URL]
    assert record.report is not None
    assert (record.report.problems, record.report.bytes) == ((FileProblem.TOO_LARGE,), 2_000_000_000)
    assert store.addresses.tally("a", INSPECTOR)["unusable_files"] == 1


def test_a_night_that_reached_no_server_accuses_nobody(store: Store, samples: Any) -> None:  # noqa: ANN401
    store.runs.add(samples.run("a", started_at=NOW))
    dead = [look("a", NOW, DEAD, url=f"https://h{n}/", failure=FailureReason.DNS) for n in range(3)]
    store.addresses.save_visits(dead)
    assert not store.addresses.answered("a")
    assert store.addresses.withdraw_silence("a") == 3
    assert {visit.outcome for visit in store.addresses.visits("a")} == {AddressOutcome.NOT_MEASURED}


@contextmanager
def counted_steps(store: Store, every: int = 100) -> Iterator[list[int]]:
    """Count, in hundreds, the instructions that SQLite carries out: what a question costs, on any machine."""
    ticks = [0]

    def tick() -> None:
        ticks[0] += 1

    def watch(connection: Any, *_: object) -> None:  # noqa: ANN401 - whatever the driver gives
        connection.set_progress_handler(tick, every)

    engine = store._database.engine  # the store has no door of its own to it, on purpose
    engine.dispose()
    event.listen(engine, "connect", watch)
    yield ticks
    event.remove(engine, "connect", watch)


def test_many_addresses_are_answered_from_the_index(store: Store, samples: Any) -> None:  # noqa: ANN401
    """Ten times as many addresses on record do not make the same question cost more."""
    store.runs.add(samples.run("n0", started_at=NOW))
    urls = [f"https://static.gdzwfw.gov.cn/guide/files/{number:032x}" for number in range(20_000)]
    steps = []
    for known in (urls[:2_000], urls[2_000:]):
        store.addresses.save_visits(look("n0", NOW, DEAD, url=url, status=404) for url in known)
        with counted_steps(store) as ticks:
            records = store.addresses.records("n0", urls[:2_000], inspector=INSPECTOR, gap_h=6)
        steps.append(ticks[0])
        assert len(records) == 2_000
    assert 100 < steps[0] <= steps[1] < 1.2 * steps[0]
