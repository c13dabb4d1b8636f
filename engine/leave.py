"""Whether we may be there now: the stop switch, quiet hours, and what a run promises its hosts."""

import re
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.errors import RefusedError, StoppedError, UsageError
from engine.settings import Settings
from portals.adapter import adapters
from portals.manners import Manners
from portals.site import Overlay, read_overlay

CHINA = ZoneInfo("Asia/Shanghai")
STOP_FILE = "STOP"
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)")


def stop_file(settings: Settings) -> Path:
    """Return the switch: while this file exists, no run begins and every running one ends."""
    return settings.home.absolute() / STOP_FILE


def manners_of(settings: Settings, target: str, folder: Path) -> Manners:
    """Return what a run promises its hosts; ``folder`` is shared by its processes."""
    pace = settings.pace(target)
    return Manners(
        folder=folder.absolute(),
        stop=stop_file(settings),
        delay_s=pace.delay_s,
        part_delay_s=pace.part_delay_s,
        requests_max=pace.requests_max,
        bytes_max=pace.bytes_max,
    )


def require_leave(settings: Settings, target: str, *, now: datetime | None = None) -> None:
    """Raise ``StoppedError`` (exit 4) when the switch has been pulled, or a live run has run into quiet hours."""
    switch = stop_file(settings)
    if switch.exists():
        reason = switch.read_text(encoding="utf-8", errors="replace").strip() or "no reason given"
        raise StoppedError(f"stopped ({reason}); `yuece stop --lift` and `yuece nightly --resume last` go on")
    hours = quiet_now(settings, now) if target == "live" else None
    if hours is not None:
        raise StoppedError(f"quiet hours ({hours}) have begun; `yuece nightly --resume last` goes on after them")


def require_start(settings: Settings, target: str, *, now: datetime | None = None) -> None:
    """Raise ``RefusedError`` (exit 5) when a run may not even begin."""
    try:
        require_leave(settings, target, now=now)
    except StoppedError as error:
        raise RefusedError(f"no run begins: {error}") from None


def quiet_now(settings: Settings, now: datetime | None = None) -> str | None:
    """Return the quiet hours that the moment lies in; raise ``UsageError`` for hours that cannot be read."""
    clock = (now or datetime.now(UTC)).astimezone(CHINA).time()
    return next((hours for hours in settings.quiet_hours if lies_in(hours, clock)), None)


def lies_in(hours: str, clock: time) -> bool:
    """Say whether a time of day lies in hours such as ``08:30-12:00`` or, over midnight, ``22:00-06:00``."""
    match = HOURS.fullmatch(hours)
    if match is None:
        raise UsageError(f"quiet_hours has {hours!r}; allowed: HH:MM-HH:MM")
    begin, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    minute = clock.hour * 60 + clock.minute
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


def overlays_of(settings: Settings) -> dict[str, Overlay]:
    """Read the owner's own site files; raise ``UsageError`` that names what does not fit."""
    return {
        portal: read_overlay(own.site_file, adapters.get(portal).site_file) for portal, own in settings.portals.items()
    }
