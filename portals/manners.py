"""How gently a host is visited, kept by all processes of a run together: crawlers and browsers share its meter.

The meter is a small file per host under a lock, so that it holds between processes without a server. It holds on one
machine; between machines the leases of the cluster do (``engine.cluster.host_lease``).
"""

import fcntl
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from pydantic import Field

from domain.frozen import Frozen

STATE = struct.Struct("<dddd")  # next document, next part (Unix times), requests so far, bytes so far
STOPPED, BUDGET = "stopped", "budget"


class Manners(Frozen):
    """What a run promises its hosts; the default promises nothing, as on a sandbox of one's own."""

    folder: Path | None = None  # of this run, shared by its processes: meters and robots.txt files; None: no meters
    stop: Path | None = None  # while this file exists, nothing leaves
    delay_s: float = Field(default=0.0, ge=0)  # between two documents, data calls of a crawler included
    part_delay_s: float = Field(default=0.0, ge=0)  # between any two requests, a page's pictures and scripts included
    requests_max: int | None = Field(default=None, ge=1)  # to one host in one run
    bytes_max: int | None = Field(default=None, ge=1)  # from one host in one run

    @property
    def is_stopped(self) -> bool:
        """Say whether somebody has pulled the switch."""
        return self.stop is not None and self.stop.exists()

    @property
    def metered(self) -> bool:
        """Say whether hosts have meters at all."""
        limits = (self.delay_s, self.part_delay_s, self.requests_max, self.bytes_max)
        return self.folder is not None and any(limits)

    @property
    def robots(self) -> Path | None:
        """Return the folder in which robots.txt files are shared."""
        return None if self.folder is None else self.folder / "robots"


class HostMeter:
    """The meters of one process; every call opens the host's file, so that nothing is held between two requests."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners

    def take(self, host: str, *, document: bool = True) -> float | str:
        """Reserve the next place at a host: return the seconds to wait for it, or the rule that refuses it.

        Rules: ``stopped`` (the switch), ``budget`` (requests or bytes of this run are used up).
        """
        manners = self._manners
        if manners.is_stopped:
            return STOPPED
        if not manners.metered:
            return 0.0
        with self._opened(host) as door:
            next_document, next_part, requests, received = read_state(door)
            if exceeds(requests + 1, manners.requests_max) or exceeds(received + 1, manners.bytes_max):
                return BUDGET
            now = time.time()
            place = max(now, next_part, next_document if document else 0.0)
            reserved = place + manners.delay_s if document else next_document
            write_state(door, reserved, place + manners.part_delay_s, requests + 1, received)
            return place - now

    def receive(self, host: str, size: int) -> None:
        """Count the bytes of an answer."""
        if size and self._manners.metered:
            with self._opened(host) as door:
                next_document, next_part, requests, received = read_state(door)
                write_state(door, next_document, next_part, requests, received + size)

    def used(self, host: str) -> tuple[int, int]:
        """Return (requests, bytes) of this run at one host."""
        if not self._manners.metered:
            return 0, 0
        with self._opened(host) as door:
            _document, _part, requests, received = read_state(door)
            return int(requests), int(received)

    @contextmanager
    def _opened(self, host: str) -> Iterator[int]:
        folder = (self._manners.folder or Path()) / "meters"
        folder.mkdir(parents=True, exist_ok=True)
        door = os.open(folder / quote(host, safe=""), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield door
        finally:
            os.close(door)


def read_state(door: int) -> tuple[float, float, float, float]:
    """Read a meter; a new one is empty."""
    data = os.pread(door, STATE.size, 0)
    next_document, next_part, requests, received = STATE.unpack(data) if len(data) == STATE.size else (0.0,) * 4
    return next_document, next_part, requests, received


def write_state(door: int, *state: float) -> None:
    """Write a meter."""
    os.pwrite(door, STATE.pack(*state), 0)


def exceeds(amount: float, allowed: int | None) -> bool:
    """Say whether an amount lies above what is allowed, where anything is."""
    return allowed is not None and amount > allowed
