"""Examines portals before a night: are they reached, listed, read, and do our selectors fit their pages."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from domain.errors import UsageError
from domain.unit import Table, all_units
from engine.authorisation import require_authorisation
from engine.doctor.check_line import CheckLine, unknown
from engine.doctor.live_look import look_at_portal, look_for
from engine.doctor.page_check import check_pages
from engine.doctor.portal_check import PortalSample, ask_portal
from engine.leave import manners_of, overlays_of, require_start
from engine.night_plan import SandboxOptions, Stage
from engine.sandbox_process import read_announcement, sandbox_for
from engine.settings import Settings
from engine.stage import real_portals
from portals.adapter import PortalAdapter, adapters

BODIES_PER_TABLE = 2
SANDBOX = "sandbox"
LIVE = "live"
TARGETS = (SANDBOX, LIVE)


def examine_portals(
    settings: Settings, portal: str, *, target: str, units: tuple[str, ...], sandbox: SandboxOptions
) -> Iterator[tuple[str, CheckLine]]:
    """Yield (portal, line) of one portal, of all of them on the sandbox, or of the real ones as seen from the door.

    Raises ``UsageError`` for an unknown portal or target, ``RefusedError`` for a live portal without a mandate.
    """
    if target not in TARGETS:
        raise UsageError(f"unknown target {target!r}; allowed: {', '.join(TARGETS)}")
    if portal == LIVE:
        yield from _look_at_all(settings)
        return
    known = [adapter.id for adapter in adapters.all()]
    if portal not in (*known, SANDBOX):
        raise UsageError(f"unknown portal {portal!r}; allowed: {', '.join((*known, SANDBOX, LIVE))}")
    chosen = adapters.all() if portal == SANDBOX else (adapters.get(portal),)
    if portal != SANDBOX and target == "live":
        require_authorisation(settings, [adapter.id for adapter in chosen], overlays=overlays_of(settings))
        require_start(settings, target)
        yield from _examine_all(settings, chosen, real_portals(), units, "live")
    elif sandbox.announcement is not None:
        yield from _examine_all(settings, chosen, read_announcement(sandbox.announcement).stage, units, SANDBOX)
    else:
        with sandbox_for(sandbox) as running:
            yield from _examine_all(settings, chosen, running.stage, units, SANDBOX)


def _look_at_all(settings: Settings) -> Iterator[tuple[str, CheckLine]]:
    """Look at every real portal from the door: robots.txt and one page of each host."""
    overlays = overlays_of(settings)
    require_authorisation(settings, [adapter.id for adapter in adapters.all()], overlays=overlays)
    require_start(settings, LIVE)
    look = look_for(settings)
    for adapter in adapters.all():
        for line in look_at_portal(adapter, adapter.site(None, overlays.get(adapter.id)), look):
            yield adapter.id, line


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
                overlays=overlays_of(settings),
                manners=manners_of(settings, target, Path(folder) / "manners"),
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
