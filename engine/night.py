"""One night from plan to export: every phase asks the store what is missing, so that a killed night can be resumed."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.errors import RefusedError
from domain.run import RunKind, RunState
from engine.accounts import known_secrets
from engine.collecting.addresses import visit_addresses
from engine.collecting.crawling import crawl_all
from engine.collecting.preflight import require_readable
from engine.collecting.readability_step import read_night
from engine.collecting.reading import read_documents
from engine.judging.examination import Examination, examine_night
from engine.judging.rule_titles import rule_titles
from engine.leak_gate import look_for_leaks, withhold
from engine.night_context import NightContext
from engine.night_plan import NightPlan
from engine.night_summary import has_gaps, summarise
from engine.reporter import Reporter
from engine.results.scoring_choice import choice_of
from engine.results.scoring_step import score_run
from engine.settings import Settings
from engine.stage import opened_run
from engine.time_stamping import stamp_run
from engine.visiting.probing import compare_faces, planned_tasks, probe_all, take_times
from exports.export import export
from storage.run_manifest import close_evidence

EXPORTED = ("scores", "findings", "observations", "guides", "readability")

NOTHING_EXAMINED = Examination()


def run_night(settings: Settings, plan: NightPlan, reporter: Reporter, *, resume: str | None = None) -> dict[str, Any]:
    """Make one night, or finish a killed one, and return its summary."""
    began = time.monotonic()
    with opened_run(settings, plan, reporter, kind=RunKind.NIGHTLY, resume=resume) as opened:
        night = opened.night
        require_readable(night)
        crawl_all(night)
        read_documents(night)
        read_night(night)
        visit_addresses(night)
        compare_faces(night)
        seen = examine_night(night)
        probe_all(night)
        take_times(night)
        if not seen.doubt:
            _score(night)
        leaks = look_for_leaks(night)
        summary = withhold(night, finish(night, opened.ledger(), seen), leaks)
        # What is in doubt, or holds a secret, is kept and shown, and goes out to nobody.
        paths = () if seen.doubt or not leaks.clean else _export_all(night)
        summary["exports"] = list(dict.fromkeys(str(path.resolve()) for path in paths))
    return {**summary, "seconds": round(time.monotonic() - began, 1)}


def run_crawl(settings: Settings, plan: NightPlan, reporter: Reporter) -> dict[str, Any]:
    """Crawl and audit alone."""
    began = time.monotonic()
    with opened_run(settings, plan, reporter, kind=RunKind.CRAWL) as opened:
        crawl_all(opened.night)
        read_documents(opened.night)
        read_night(opened.night)
        visit_addresses(opened.night)
        summary = finish(opened.night, opened.ledger(), examine_night(opened.night))
    return {**summary, "seconds": round(time.monotonic() - began, 1)}


def _score(night: NightContext) -> None:
    choice = choice_of(night.settings)
    score_run(night.store, night.run.id, night.units, planned_tasks(night), choice=choice)


def finish(night: NightContext, ledger: int, seen: Examination = NOTHING_EXAMINED) -> dict[str, Any]:
    """Close the run's record and return its summary; what is in doubt goes into quarantine."""
    summary = summarise(night, ledger)
    state = RunState.PARTIAL if has_gaps(summary) else RunState.FINISHED
    if seen.doubt:
        state = RunState.QUARANTINED
        night.store.scores.drop(night.run.id)
    counts = {**summary["guides"], "findings": summary["findings"], "ledger": ledger}
    closed = {"state": state, "finished_at": datetime.now(UTC), "counts": counts, "note": seen.doubt}
    run = close_evidence(night.store, night.run.model_copy(update=closed))
    run = stamp_run(night.store, night.settings, run, night.reporter)
    night.store.runs.update(run)
    # Everything in the spool is in the store by now.
    shutil.rmtree(night.spool_folder, ignore_errors=True)
    audit = {"judged": seen.judged, "copied": seen.copied}
    proof = {"manifest": run.manifest, "time_stamp": run.time_stamp}
    return {**summary, "audit": audit, "proof": proof, "state": state.value, "note": seen.doubt}


def _export_all(night: NightContext) -> Iterator[Path]:
    """Write the night's own workbooks; the gate stands before publication (``yuece export``), not before keeping.

    A workbook that would give away a secret is left out and named; the others are written all the same.
    """
    night.reporter.begin("export", len(EXPORTED))
    folder = night.store.home / "exports" / night.run.id
    secrets = known_secrets(night.stage.account)
    for what in EXPORTED:
        try:
            yield from export(
                night.store,
                what,
                run=night.run.id,
                format="xlsx",
                out=folder,
                rule_titles=rule_titles(),
                force=True,
                secrets=secrets,
            )
        except RefusedError as error:
            night.reporter.note(f"export {what}: {error}")
        night.reporter.advance("export")
