"""Judges a stored run again under today's rules, without network, and says what that changed."""

from dataclasses import dataclass
from functools import partial

from domain.field_coverage import FieldCoverage
from domain.run import Run, RunState
from engine import jobs
from engine.cluster import run_here
from engine.collecting.reading import read_unread
from engine.judging.auditing import Judging
from engine.judging.examination import examine_run
from engine.judging.judgement_changes import Change, ChangeLine, ChangeTally
from engine.judging.quarantine import settle
from engine.judging.survey import Survey
from engine.night_plan import MAIN_PORTAL
from engine.reporter import Reporter
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class JudgedAgain:
    """The outcome: how many guides were read and judged anew, how many judgements stood, and what changed."""

    run: str
    state: RunState
    guides: int
    read: int
    judged: int
    copied: int
    findings: int
    appeared: int
    vanished: int
    reworded: int
    changes: tuple[ChangeLine, ...]  # without findings that stayed
    in_doubt: tuple[FieldCoverage, ...]

    @property
    def stayed(self) -> int:
        """Count the findings that stand as they stood."""
        return self.findings - self.appeared - self.reworded


def judge_again(store: Store, run: Run, reporter: Reporter) -> JudgedAgain:
    """Read what today's parser has not read, judge what today's rules have not judged, and keep both.

    The run is examined like a new one: it goes into quarantine or leaves it according to what is read now.
    """
    parse = partial(run_here, jobs.parse)
    read = sum(read_unread(store, run.id, portal, parse, reporter) for portal in run.portals)
    changes = ChangeTally(store)

    def judge(survey: Survey) -> Judging:
        judging = Judging(store=store, survey=survey, changes=changes)
        judging.run(partial(run_here, jobs.audit), reporter)
        return judging

    seen = examine_run(store, run, judge)
    settled = settle(store, run, seen)
    return JudgedAgain(
        run=run.id,
        state=settled.state,
        guides=seen.guides,
        read=read,
        judged=seen.judged,
        copied=seen.copied,
        findings=store.audits.count_findings(run.id, portal=MAIN_PORTAL),
        appeared=changes.count(Change.APPEARED),
        vanished=changes.count(Change.VANISHED),
        reworded=changes.count(Change.REWORDED),
        changes=tuple(line for line in changes.lines() if line.change is not Change.STAYED),
        in_doubt=seen.vanished,
    )
