"""A live portal is visited under a written mandate only (architecture.md §6)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from domain.errors import RefusedError
from engine.settings import Settings
from portals.adapter import adapters
from portals.site import Overlay

CHINA = ZoneInfo("Asia/Shanghai")


def require_authorisation(
    settings: Settings,
    portals: Iterable[str],
    *,
    overlays: Mapping[str, Overlay] | None = None,
    today: date | None = None,
) -> None:
    """Raise ``RefusedError`` (exit 5) unless a mandate covers every host of these portals today.

    ``overlays`` are the owner's own site files: the hosts that they name are visited, so the mandate has to name them.
    """
    record = settings.authorisation
    if record is None:
        raise RefusedError(
            "a live run needs an authorisation record: set [authorisation] mandate, hosts, valid_from and valid_to"
            " in yuece.toml"
        )
    day = today or datetime.now(UTC).astimezone(CHINA).date()
    if not record.valid_from <= day <= record.valid_to:
        raise RefusedError(
            f"the authorisation {record.mandate!r} covers {record.valid_from} to {record.valid_to}, today is {day}"
        )
    uncovered = sorted(set(_hosts(portals, overlays or {})) - set(record.hosts))
    if uncovered:
        raise RefusedError(f"the authorisation {record.mandate!r} does not cover these hosts: {', '.join(uncovered)}")


def _hosts(portals: Iterable[str], overlays: Mapping[str, Overlay]) -> Iterable[str]:
    for portal in portals:
        for origin in adapters.get(portal).site(None, overlays.get(portal)).hosts.values():
            host = urlsplit(origin).hostname
            if host:
                yield host
