"""Examines portals before a night: are they reached, listed, read, and do our selectors fit their pages."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from domain.errors import UsageError
from domain.unit import Table, all_units
from engine.authorisation import require_authorisation
from engine.check_line import CheckLine, unknown
from engine.night_plan import SandboxOptions, Stage
from engine.page_check import check_pages
from engine.portal_check import PortalSample, ask_portal
from engine.sandbox_process import read_announcement, sandbox_for
from engine.settings import Settings
from engine.stage import real_portals
from portals.adapter import PortalAdapter, adapters

BODIES_PER_TABLE = 2
SANDBOX = "sandbox"
TARGETS = (SANDBOX, "live")


def examine_portals(
    settings: Settings, portal: str, *, target: str, units: tuple[str, ...], sandbox: SandboxOptions
) -> Iterator[tuple[str, CheckLine]]:
    """Yield (portal, line) of one portal, or of all of them on the sandbox, which is started where none runs.

    Raises ``UsageError`` for an unknown portal or target, ``RefusedError`` for a live portal without a mandate.
    """
    if target not in TARGETS:
        raise UsageError(f"unknown target {target!r}; allowed: {', '.join(TARGETS)}")
    chosen = adapters.all() if portal == SANDBOX else (adapters.get(portal),)
    if portal != SANDBOX and target == "live":
        require_authorisation(settings, [adapter.id for adapter in chosen])
        yield from _examine_all(settings, chosen, real_portals(), units, "live")
    elif sandbox.announcement is not None:
        yield from _examine_all(settings, chosen, read_announcement(sandbox.announcement).stage, units, SANDBOX)
    else:
        with sandbox_for(sandbox) as running:
            yield from _examine_all(settings, chosen, running.stage, units, SANDBOX)


def _examine_all(
    settings: Settings, chosen: tuple[PortalAdapter, ...], stage: Stage, units: tuple[str, ...], target: str
) -> Iterator[tuple[str, CheckLine]]:
    for adapter in chosen:
        with tempfile.TemporaryDirectory(prefix="yuece-doctor-") as folder:
            sample = PortalSample(
                adapter=adapter,
                origins=stage.origins,
                units=units or few_units(),
                pace=settings.pace(target),
                contact=settings.contact,
                folder=Path(folder),
            )
            for line in _examine(settings, sample, stage):
                yield adapter.id, line


def _examine(settings: Settings, sample: PortalSample, stage: Stage) -> Iterator[CheckLine]:
    answer = ask_portal(sample)
    yield from answer.lines
    if answer.guides:
        yield from check_pages(settings, sample, answer.guides, stage.account)
    else:
        yield unknown("pages", "not opened: no guide could be read")


def few_units() -> tuple[str, ...]:
    """Return a few bodies of either table: enough to meet every family of guides."""
    units = all_units()
    return tuple(unit.id for table in Table for unit in [u for u in units if u.table is table][:BODIES_PER_TABLE])
