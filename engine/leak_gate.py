"""Nothing of a run is handed on before all that was kept of it has been read for secrets."""

from typing import Any

from domain.leak import LeakReport
from domain.run import RunState
from engine.accounts import known_secrets
from engine.night_context import NightContext
from storage.leak_scan import scan_evidence


def look_for_leaks(night: NightContext) -> LeakReport:
    """Scan the run's evidence with every secret that this run could have met."""
    return scan_evidence(night.store, night.run.id, secrets=known_secrets(night.stage.account))


def withhold(night: NightContext, summary: dict[str, Any], report: LeakReport) -> dict[str, Any]:
    """Mark a run whose evidence holds secrets: it is partial, says so, and goes out to nobody."""
    told = {"scanned": report.scanned, "opaque": report.opaque, "found": len(report.leaks)}
    if report.clean:
        return {**summary, "leaks": told}
    kinds = ", ".join(sorted({leak.kind.value for leak in report.leaks}))
    note = f"{len(report.leaks)} secrets in the evidence ({kinds}): nothing is exported, see `yuece verify --run`"
    run = night.store.runs.get(night.run.id)
    state = RunState.PARTIAL if run.state is RunState.FINISHED else run.state
    night.store.runs.update(run.model_copy(update={"state": state, "note": run.note or note}))
    return {**summary, "leaks": told, "state": state.value, "note": summary["note"] or note}
