"""One execution, with everything that is needed to say later how its numbers came about."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from domain.frozen import Frozen


class RunKind(StrEnum):
    """What started the run."""

    NIGHTLY = "nightly"
    CRAWL = "crawl"
    PROBE = "probe"
    AUDIT = "audit"
    MANUAL = "manual"  # what people handed in


class RunState(StrEnum):
    """Where the run stands."""

    RUNNING = "running"
    FINISHED = "finished"
    PARTIAL = "partial"  # finished, with gaps that are named
    QUARANTINED = "quarantined"  # kept and shown, never scored: the instrument itself is in doubt


class Run(Frozen):
    """A run's provenance block."""

    id: str  # 20261123T013000Z-4f2a
    kind: RunKind
    period: str
    target: str  # live | sandbox
    state: RunState
    started_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    units: tuple[str, ...]
    portals: tuple[str, ...]
    tool_version: str
    tool_commit: str
    packages: Mapping[str, str]
    browser: str = ""
    settings_hash: str
    settings: Mapping[str, Any]  # the plan, so that --resume does the same night
    vantage: str = ""
    counts: Mapping[str, int] = {}
    note: str = ""  # one sentence, such as why the run is in quarantine
    manifest: str | None = None  # SHA-256 of the run manifest; None before the run is closed
    time_stamp: str | None = None  # SHA-256 of a time-stamping authority's answer about it
