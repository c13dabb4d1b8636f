"""``yuece schedule``: waits, and starts a night at its hour."""

import sys
import threading
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console

from domain.errors import UsageError
from engine.settings import load_settings
from schedules import NIGHT_JOB, NightHours, NightProcess, night_scheduler, only_scheduler

TARGETS = ("sandbox", "live")


def run(
    portal: Annotated[str | None, typer.Option("--portal", help="live or sandbox; default: night_target.")] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="HH:MM in Asia/Shanghai; default: night_hour, night_minute.")
    ] = None,
) -> None:
    """Start the night at its hour (Asia/Shanghai), one at a time, until this command is stopped."""
    settings = load_settings()
    target = portal or settings.night_target
    if target not in TARGETS:
        raise UsageError(f"unknown portal {target!r} for a night; allowed: {', '.join(TARGETS)}")
    hour, minute = _clock(at) if at else (settings.night_hour, settings.night_minute)
    hours = NightHours(hour=hour, minute=minute, window=timedelta(hours=settings.night_window_h))
    night = NightProcess(command=(sys.executable, "-m", "yuece", "nightly", "--portal", target), hours=hours)
    with only_scheduler(settings.home):
        scheduler = night_scheduler(hours, night)
        scheduler.start()
        due = scheduler.get_job(NIGHT_JOB).next_run_time
        Console(stderr=True).print(f"next night ({target}) at {due:%Y-%m-%d %H:%M %Z}; Ctrl-C stops", markup=False)
        try:
            threading.Event().wait()
        finally:
            scheduler.shutdown(wait=False)


def _clock(text: str) -> tuple[int, int]:
    hour, colon, minute = text.partition(":")
    if colon and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60:
        return int(hour), int(minute)
    raise UsageError(f"unknown time {text!r}; allowed: HH:MM from 00:00 to 23:59")
