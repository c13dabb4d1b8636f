"""Starts the night at its hour, once, as a process of its own, and stops it when its window closes."""

import fcntl
import logging
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from domain.errors import MachineError

CHINA = ZoneInfo("Asia/Shanghai")
NIGHT_JOB = "nightly"
STOP_GRACE_S = 60
logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class NightHours:
    """When a night may begin and how long it may last, in Asia/Shanghai."""

    hour: int
    minute: int
    window: timedelta

    def trigger(self) -> CronTrigger:
        """Fire once a day; a trigger made by hand does not inherit the scheduler's time zone, so it is named."""
        return CronTrigger(hour=self.hour, minute=self.minute, timezone=CHINA)

    def closes_at(self, now: datetime) -> datetime:
        """Return the end of the window that ``now`` (aware) lies in, or of the last one before it."""
        local = now.astimezone(CHINA)
        opened = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        if opened > local:
            opened -= timedelta(days=1)
        return opened + self.window


@dataclass(frozen=True, kw_only=True)
class NightProcess:
    """The night's own process: started without a shell, waited for, ended when the window closes."""

    command: Sequence[str]
    hours: NightHours

    def __call__(self) -> int:
        """Run one night and return its exit code."""
        now = datetime.now(CHINA)
        left = (self.hours.closes_at(now) - now).total_seconds()
        if left <= 0:
            logger.warning("the window closed at %s: no night is started", self.hours.closes_at(now))
            return 0
        process = subprocess.Popen(list(self.command))
        try:
            return process.wait(timeout=left)
        except subprocess.TimeoutExpired:
            logger.warning("the window closed: the night is stopped and can be resumed")
            return _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> int:
    process.terminate()
    try:
        return process.wait(timeout=STOP_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def night_scheduler(hours: NightHours, night: Callable[[], object]) -> BackgroundScheduler:
    """Make the scheduler with its one job.

    The table in code is the truth, so jobs live in memory. ``coalesce``: a machine that slept through three nights
    makes one. ``max_instances=1``: a night that is still running is not joined by a second. The grace is the window:
    a night missed by less than that is caught up, a later one is left to the next day.
    """
    scheduler = BackgroundScheduler(timezone=CHINA)
    scheduler.add_job(
        night,
        hours.trigger(),
        id=NIGHT_JOB,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=int(hours.window.total_seconds()),
        replace_existing=True,
    )
    return scheduler


@contextmanager
def only_scheduler(home: Path) -> Iterator[None]:
    """Hold the home's scheduler lock: two schedulers would make every night twice."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "schedule.lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise MachineError(f"another scheduler already runs on {str(home)!r}") from error
        yield
