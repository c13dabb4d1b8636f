"""Looks before it leaps: a night that would only collect what nobody can read is stopped before it begins."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from crawler.job import ALL_LISTED
from domain.errors import ExitCode, MachineError, RefusedError, UnreachableError, YueceError
from domain.run import RunState
from engine.doctor.check_line import CheckLine, CheckState
from engine.doctor.portal_check import PortalSample, ask_portal
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from portals.adapter import adapters

BODIES = 3
ERRORS: dict[ExitCode, type[YueceError]] = {
    ExitCode.UNREACHABLE: UnreachableError,
    ExitCode.PARTIAL: UnreachableError,  # kept out: asking thousands of times more would be the harm
    ExitCode.REFUSED: RefusedError,
    ExitCode.OUR_ERROR: MachineError,
}


def require_readable(night: NightContext) -> None:
    """Ask a few bodies of 广东政务服务网 for their lists and a few guides before all are asked.

    Raises the error that names what does not fit, and writes it down with the run, when no list or no document at all
    can be read. A night that is resumed has been through this.
    """
    plan = night.plan
    if MAIN_PORTAL not in plan.portals or plan.units == (ALL_LISTED,) or night.store.crawls.listings(night.run.id):
        return
    with tempfile.TemporaryDirectory(prefix="yuece-preflight-") as folder:
        sample = PortalSample(
            adapter=adapters.get(MAIN_PORTAL),
            origins=night.stage.origins,
            units=plan.units[:BODIES],
            pace=night.settings.pace(plan.target),
            contact=night.settings.contact,
            folder=Path(folder),
            overlays=night.plan.overlays,
            manners=night.manners,
        )
        lines = ask_portal(sample).lines
    for line in lines:
        if line.state is CheckState.FAILED:
            night.reporter.note(f"{line.name}: {line.said}")
    hopeless = find_hopeless(lines)
    if hopeless is not None:
        close_unstarted(night, f"{hopeless.name}: {hopeless.said}")
        sentence = f"the night stops before it begins: {hopeless.name}: {hopeless.said}"
        raise ERRORS[hopeless.exit_code](f"{sentence}; `yuece doctor --portal {MAIN_PORTAL}` tells more")


def find_hopeless(lines: tuple[CheckLine, ...]) -> CheckLine | None:
    """Return the line that stands against a night: no list at all, or not one family of documents that can be read."""
    listing = next((line for line in lines if line.name == "listing"), None)
    if listing is not None and listing.state is CheckState.FAILED:
        return listing
    documents = [line for line in lines if line.name.startswith("document")]
    told = [line for line in documents if line.state is not CheckState.UNKNOWN]
    return told[0] if told and all(line.state is CheckState.FAILED for line in told) else None


def close_unstarted(night: NightContext, why: str) -> None:
    """Write down that the run ended before it began."""
    ended = {"state": RunState.PARTIAL, "finished_at": datetime.now(UTC), "note": why, "counts": {"measured": 0}}
    night.store.runs.update(night.run.model_copy(update=ended))
