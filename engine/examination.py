"""The examination of a crawl: how much of each field it saw, whether the instrument can be trusted, and the audit."""

from dataclasses import dataclass

from domain.field_coverage import FieldCoverage
from domain.run import Run
from engine.auditing import audit_all
from engine.instrument_health import count_outcomes, examine, find_good_run, is_released, word_doubt
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from engine.survey import Survey, surveyed
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Examination:
    """What came of it: the parts that vanished, and how many guides were judged anew or taken over."""

    vanished: tuple[FieldCoverage, ...]
    judged: int
    copied: int

    @property
    def doubt(self) -> str:
        """Say in one sentence why the run goes into quarantine; ``""`` when it does not."""
        return word_doubt(self.vanished)


def examine_night(night: NightContext) -> Examination:
    """Keep the coverage of every portal, audit the main one, and say what has vanished.

    The audit is made even when something has vanished: everything is kept and shown, only scored it is not.
    """
    vanished: list[FieldCoverage] = []
    judged = copied = 0
    for portal in night.plan.portals:
        good = find_good_run(night.store, night.run, portal)
        with surveyed(night.store, night.run.id, portal, good, with_peers=portal == MAIN_PORTAL) as survey:
            vanished += keep_coverage(night.store, night.run.id, survey, good)
            if portal == MAIN_PORTAL:
                judging = audit_all(night, survey)
                judged, copied = judging.judged, judging.copied + judging.kept
    released = is_released(night.store, night.run.id)
    return Examination(vanished=() if released else tuple(vanished), judged=judged, copied=copied)


def keep_coverage(store: Store, run: str, survey: Survey, good: Run | None) -> tuple[FieldCoverage, ...]:
    """Store the coverage of a run's portal and return the parts that have vanished since the last good run."""
    outcomes = count_outcomes(store, run, survey.portal, good)
    compared_with = good.id if good else ""
    counts = (survey.count, outcomes)
    parts = tuple(part for count in counts for part in examine(count, run, survey.portal, compared_with))
    store.coverage.replace(run, survey.portal, parts)
    return tuple(part for part in parts if part.vanished)
