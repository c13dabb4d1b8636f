"""What must be written down with every run, so that its numbers can be traced to a tool, a browser and a plan."""

import hashlib
import json
import platform
import secrets
import socket
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from domain.run import Run, RunKind, RunState

RECORDED_PACKAGES = (
    "scrapy",
    "playwright",
    "sqlmodel",
    "sqlalchemy",
    "distributed",
    "pydantic",
    "python-stdnum",
    "phonenumbers",
)
CHECKOUT = Path(__file__).resolve().parent.parent


def new_run_id(now: datetime | None = None) -> str:
    """Make an id that sorts by time: 20261123T013000Z-4f2a."""
    moment = now or datetime.now(UTC)
    return f"{moment:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def tool_commit() -> str:
    """Return the commit of this checkout, with ``+`` when files differ from it; ``unknown`` outside a checkout."""
    try:
        commit = _git("rev-parse", "HEAD")
        return commit + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(CHECKOUT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def settings_hash(settings: Mapping[str, Any]) -> str:
    """Hash a plan, so that two runs of the same plan can be told from runs of different ones."""
    return hashlib.sha256(json.dumps(settings, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def begin_run(
    *,
    kind: RunKind,
    period: str,
    target: str,
    units: tuple[str, ...],
    portals: tuple[str, ...],
    plan: Mapping[str, Any],
    browser: str,
) -> Run:
    """Write the head of a run's provenance block."""
    return Run(
        id=new_run_id(),
        kind=kind,
        period=period,
        target=target,
        state=RunState.RUNNING,
        started_at=datetime.now(UTC),
        units=units,
        portals=portals,
        tool_version=version("yuece"),
        tool_commit=tool_commit(),
        packages={name: version(name) for name in RECORDED_PACKAGES},
        browser=browser,
        settings_hash=settings_hash(plan),
        settings=plan,
        vantage=f"{socket.gethostname()} {platform.platform(terse=True)}",
    )
