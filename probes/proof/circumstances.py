"""Writes down under what circumstances a visit was made: hosts, clocks, versions, and hashes of what made it."""

import hashlib
import inspect
import json
import platform
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from probes.browser.browser_settings import BrowserSettings
from probes.proof.wire_record import Entry

PACKAGES = ("yuece", "playwright", "pillow", "pydantic", "zstandard")
DATE = "date"


@dataclass(frozen=True)
class Clock:
    """A moment on both clocks of this machine, so that a clock that was set meanwhile gives itself away."""

    utc: datetime = field(default_factory=lambda: datetime.now(UTC))
    monotonic_s: float = field(default_factory=time.monotonic)


def clock_facts(began: Clock, ended: Clock) -> dict[str, Any]:
    """Compare the wall clock with the monotonic one; a step between them means that the wall clock was set."""
    wall_s = (ended.utc - began.utc).total_seconds()
    steady_s = ended.monotonic_s - began.monotonic_s
    return {
        "began": began.utc.isoformat(),
        "ended": ended.utc.isoformat(),
        "utc_offset": datetime.now().astimezone().strftime("%z"),
        "monotonic_s": round(steady_s, 3),
        "wall_minus_monotonic_s": round(wall_s - steady_s, 3),
    }


def portal_skews_s(entries: Iterable[Entry]) -> dict[str, float]:
    """Return per host by how many seconds its clock is ahead of ours, as its ``Date`` headers say (± 0.5 s).

    The largest counts, since an answer out of a cache still carries the date at which it was first given.
    """
    skews: dict[str, list[float]] = {}
    for entry in entries:
        told = next((one["value"] for one in entry["response"]["headers"] if one["name"].lower() == DATE), "")
        received = _received_at(entry)
        if told and received is not None:
            try:
                skew_s = (parsedate_to_datetime(told).replace(tzinfo=UTC) - received).total_seconds() + 0.5
            except ValueError:
                continue
            skews.setdefault(urlsplit(entry["request"]["url"]).netloc, []).append(skew_s)
    return {host: round(max(found), 1) for host, found in sorted(skews.items())}


def _received_at(entry: Entry) -> datetime | None:
    """Return when an answer began to arrive: a header is written a moment before."""
    try:
        began = datetime.fromisoformat(entry["startedDateTime"])
    except ValueError:
        return None
    timings = entry.get("timings", {})
    waited_ms = sum(max(0, timings.get(name, -1)) for name in ("blocked", "dns", "connect", "send", "wait"))
    return datetime.fromtimestamp(began.timestamp() + waited_ms / 1000, UTC)


def host_table(seen: Mapping[str, dict[str, Any]], entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """List every host that answered; hosts that only a frame in another process spoke to come from the archive."""
    table = dict(seen)
    for entry in entries:
        parts = urlsplit(entry["request"]["url"])
        origin = f"{parts.scheme}://{parts.netloc}"
        address = entry.get("serverIPAddress", "")
        if address and origin not in table:
            table[origin] = {
                "origin": origin,
                "address": address,
                "port": entry.get("_serverPort"),
                "protocol": entry["response"].get("httpVersion", ""),
                "tls": entry.get("_securityDetails") or {},
            }
    return [table[origin] for origin in sorted(table)]


@cache
def versions() -> dict[str, str]:
    """Name the tool, its packages that touch evidence, Python and the machine's system."""
    found = {name: version(name) for name in PACKAGES}
    return {**found, "python": platform.python_version(), "system": platform.platform(terse=True)}


def settings_hash(settings: BrowserSettings) -> str:
    """Hash the browser's settings."""
    return hashlib.sha256(json.dumps(settings.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()


@cache
def source_hash(*things: object) -> str:
    """Hash the source files of functions or classes, so that a changed journey is not taken for the same one."""
    files = sorted(
        {inspect.getsourcefile(thing) or "" for thing in things if inspect.isroutine(thing) or inspect.isclass(thing)}
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(Path(file).read_bytes() if file else b"")
    return digest.hexdigest()


@cache
def tool_hash() -> str:
    """Hash every source file of the probes, in the order of their names."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for file in sorted(package.rglob("*.py")):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
