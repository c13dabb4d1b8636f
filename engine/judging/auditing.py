"""The audit phase: judges the guides of a run that today's rules have not judged yet, whichever run judged them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from crawler.audit import rule_set
from crawler.judging_basis import judging_basis
from domain.dossier import Dossier
from domain.errors import MachineError, YueceError
from domain.finding import Audit, Finding
from engine import jobs
from engine.cluster import run_jobs
from engine.judging.dossiers import dossiers_of_run
from engine.judging.judgement_changes import ChangeTally
from engine.judging.survey import Survey
from engine.night_context import NightContext
from engine.reporter import Reporter
from storage.audit_repository import Judgement
from storage.rows import batches
from storage.store import Store

BATCH = 200
Orders = Iterable[tuple[str, jobs.AuditOrder]]
JudgeAll = Callable[[Orders], Iterator[tuple[str, jobs.AuditResult | Exception]]]
Old = dict[str, tuple[Audit, list[Finding]]]


@dataclass(kw_only=True)
class Judging:
    """One audit of a run: what is to be judged anew, what is taken over, and what that changes.

    ``kept`` counts guides whose judgement the run has already, ``copied`` those taken over from another run, ``judged``
    those judged anew.
    """

    store: Store
    survey: Survey
    changes: ChangeTally | None = None
    kept: int = 0
    copied: int = 0
    judged: int = 0
    before: dict[str, Old] = field(default_factory=dict)  # order key → what the run said of these guides

    def run(self, judge_all: JudgeAll, reporter: Reporter) -> None:
        """Bring every judgement of the run up to date."""
        self.store.audits.save_rule_set(rule_set())
        reporter.begin("audit", self.survey.guides)
        for key, result in judge_all(self._orders(reporter)):
            if isinstance(result, Exception):
                raise YueceError(f"the audit of {key} failed: {result}") from result
            self._save(key, result)
            reporter.advance("audit", len(result))

    def _orders(self, reporter: Reporter) -> Iterator[tuple[str, jobs.AuditOrder]]:
        """Yield what is to be judged anew, in batches; the rest is taken over meanwhile."""
        for number, dossiers in enumerate(batches(dossiers_of_run(self.store, self.survey), BATCH)):
            cases = {judgement_of(dossier): dossier for dossier in dossiers}
            fresh = self._take_over(cases)
            reporter.advance("audit", len(cases) - len(fresh))
            if fresh:
                key = f"audit/{self.survey.run}/{self.survey.portal}/{number}"
                self.before[key] = self._old(fresh)
                pairs = tuple((cases[judgement], judgement.basis) for judgement in fresh)
                yield key, jobs.AuditOrder(run=self.survey.run, cases=pairs)

    def _take_over(self, cases: dict[Judgement, Dossier]) -> list[Judgement]:
        """Copy the judgements that another run has made, and return those that nobody has."""
        made = self.store.audits.made(self.survey.run, cases.keys())
        foreign = {judgement: run for judgement, run in made.items() if run != self.survey.run}
        old = self._old(foreign)
        self.store.audits.copy(self.survey.run, foreign)
        if self.changes is not None and foreign:
            new = self.store.audits.of_items(self.survey.run, self.survey.portal, [one.item_id for one in foreign])
            self._compare(old, new.values())
        self.kept += len(made) - len(foreign)
        self.copied += len(foreign)
        return [judgement for judgement in cases if judgement not in made]

    def _old(self, judgements: Iterable[Judgement]) -> Old:
        """Return what the run said of some guides before, where somebody wants to know."""
        if self.changes is None:
            return {}
        items = [judgement.item_id for judgement in judgements]
        return dict(self.store.audits.of_items(self.survey.run, self.survey.portal, items))

    def _save(self, key: str, result: jobs.AuditResult) -> None:
        foreign = {audit.rule_set for audit, _ in result} - {rule_set().id}
        if foreign:
            raise MachineError(f"a worker judges by other rules ({foreign.pop()}) than this process ({rule_set().id})")
        self.store.audits.save([audit for audit, _ in result], [one for _, found in result for one in found])
        self.judged += len(result)
        self._compare(self.before.pop(key), result)

    def _compare(self, old: Old, new: Iterable[tuple[Audit, Sequence[Finding]]]) -> None:
        if self.changes is not None:
            for audit, findings in new:
                self.changes.add(old.get(audit.item_id), (audit, findings))


def audit_all(night: NightContext, survey: Survey) -> Judging:
    """Judge the guides of 广东政务服务网; the mobile portals repeat the same items with fewer fields."""
    judging = Judging(store=night.store, survey=survey)
    judging.run(partial(run_jobs, night.client, jobs.audit), night.reporter)
    return judging


def judgement_of(dossier: Dossier) -> Judgement:
    """Name the judgement that a dossier calls for under today's rules."""
    guide = dossier.guide
    return Judgement(
        portal=guide.portal,
        item_id=guide.item_id,
        document=guide.document,
        rule_set=rule_set().id,
        basis=judging_basis(dossier),
    )
