"""The night starts at its hour, once, and not outside its window: tested with a clock that is moved."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from domain.errors import MachineError
from schedules import NIGHT_JOB, NightHours, NightProcess, night_scheduler, only_scheduler

CHINA = ZoneInfo("Asia/Shanghai")
HOURS = NightHours(hour=1, minute=30, window=timedelta(hours=5))


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


class Nights:
    """A night that can be held open, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun: list[datetime] = []
        self.may_end = threading.Event()
        self.may_end.set()

    def __call__(self) -> None:
        self.begun.append(datetime.now(UTC))
        self.may_end.wait(10)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(china("2026-11-23 12:00"), tick=False) as traveller:
        yield traveller


def settle(nights: Nights, count: int) -> None:
    deadline = time.perf_counter() + 5
    while len(nights.begun) < count and time.perf_counter() < deadline:
        threading.Event().wait(0.02)
    threading.Event().wait(0.2)
    assert len(nights.begun) == count


def test_fires_at_half_past_one_in_shanghai_and_once_a_day(clock: time_machine.Traveller) -> None:
    nights = Nights()
    scheduler = night_scheduler(HOURS, nights)
    scheduler.start()
    try:
        due = scheduler.get_job(NIGHT_JOB).next_run_time
        assert due.astimezone(UTC) == datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
        for moment, count in (
            ("2026-11-24 01:29:59", 0),
            ("2026-11-24 01:30:01", 1),
            ("2026-11-24 23:00", 1),
            ("2026-11-25 01:30:01", 2),
        ):
            clock.move_to(china(moment))
            scheduler.wakeup()
            settle(nights, count)
    finally:
        scheduler.shutdown(wait=True)


def test_a_machine_that_slept_through_three_nights_makes_one(clock: time_machine.Traveller) -> None:
    nights = Nights()
    scheduler = night_scheduler(HOURS, nights)
    scheduler.start()
    try:
        clock.move_to(china("2026-11-26 03:00"))
        scheduler.wakeup()
        settle(nights, 1)
    finally:
        scheduler.shutdown(wait=True)


def test_a_night_missed_by_more_than_its_window_is_left_out(clock: time_machine.Traveller) -> None:
    nights = Nights()
    scheduler = night_scheduler(HOURS, nights)
    scheduler.start()
    try:
        clock.move_to(china("2026-11-24 09:00"))
        scheduler.wakeup()
        settle(nights, 0)
        assert scheduler.get_job(NIGHT_JOB).next_run_time == china("2026-11-25 01:30")
    finally:
        scheduler.shutdown(wait=True)


def test_a_night_that_still_runs_is_not_joined_by_a_second(clock: time_machine.Traveller) -> None:
    nights = Nights()
    nights.may_end.clear()
    scheduler = night_scheduler(HOURS, nights)
    scheduler.start()
    try:
        for moment in ("2026-11-24 01:30:01", "2026-11-25 01:30:01"):
            clock.move_to(china(moment))
            scheduler.wakeup()
            settle(nights, 1)
    finally:
        nights.may_end.set()
        scheduler.shutdown(wait=True)


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-11-24 01:30", "2026-11-24 06:30"),
        ("2026-11-24 06:29", "2026-11-24 06:30"),
        ("2026-11-24 00:10", "2026-11-23 06:30"),
    ],
)
def test_window_closes_five_hours_after_it_opened(now: str, closes: str) -> None:
    assert HOURS.closes_at(china(now)) == china(closes)


def test_a_window_may_cross_midnight() -> None:
    late = NightHours(hour=23, minute=0, window=timedelta(hours=6))
    assert late.closes_at(china("2026-11-24 02:00")) == china("2026-11-24 05:00")


def test_the_night_is_a_process_and_its_exit_code_comes_back() -> None:
    now = datetime.now(CHINA)
    open_now = NightHours(hour=now.hour, minute=now.minute, window=timedelta(hours=1))
    assert NightProcess(command=(sys.executable, "-c", "raise SystemExit(4)"), hours=open_now)() == 4


def test_the_night_is_stopped_when_the_window_closes() -> None:
    now = datetime.now(CHINA)
    left = timedelta(seconds=now.second + now.microsecond / 1e6 + 1.0)
    closing = NightHours(hour=now.hour, minute=now.minute, window=left)
    begun = time.perf_counter()
    code = NightProcess(command=(sys.executable, "-c", "import time; time.sleep(60)"), hours=closing)()
    assert code != 0
    assert time.perf_counter() - begun < 20


def test_a_second_scheduler_on_the_same_home_is_refused(tmp_path: Path) -> None:
    lines = (
        "import sys",
        "from pathlib import Path",
        "from schedules import only_scheduler",
        "with only_scheduler(Path(sys.argv[1])): pass",
    )
    code = "\n".join(lines)
    with only_scheduler(tmp_path):
        other = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "MachineError" in other.stderr
    with only_scheduler(tmp_path):
        pass


def test_the_lock_names_the_home(tmp_path: Path) -> None:
    with only_scheduler(tmp_path), pytest.raises(MachineError, match="another scheduler"), only_scheduler(tmp_path):
        pass
