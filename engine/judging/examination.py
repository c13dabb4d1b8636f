"""The examination of a crawl: how much of each field it saw, whether the instrument can be trusted, and the audit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.field_coverage import FieldCoverage
from domain.run import Run
from engine.judging.auditing import Judging, audit_all
from engine.judging.instrument_health import count_outcomes, examine, find_good_run, is_released, word_doubt
from engine.judging.survey import Survey, surveyed
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Examination:
    """What came of it: the parts that vanished, and how many guides were judged anew or taken over.

    ``compared`` says that there was a good run to compare with.
    """

    vanished: tuple[FieldCoverage, ...] = ()
    compared: bool = False
    guides: int = 0
    judged: int = 0
    copied: int = 0

    @property
    def doubt(self) -> str:
        """Say in one sentence why the run goes into quarantine; ``""`` when it does not."""
        return word_doubt(self.vanished)


def examine_night(night: NightContext) -> Examination:
    """Examine a night with the workers' help."""
    return examine_run(night.store, night.run, partial(audit_all, night))


def examine_run(store: Store, run: Run, judge: Callable[[Survey], Judging]) -> Examination:
    """Keep the coverage of every portal, let the main one be judged, and say what has vanished.

    The audit is made even when something has vanished: everything is kept and shown, only scored it is not.
    """
    vanished: list[FieldCoverage] = []
    compared = False
    counts: dict[str, int] = {}
    for portal in run.portals:
        good = find_good_run(store, run, portal)
        compared |= good is not None
        with surveyed(store, run.id, portal, good, with_peers=portal == MAIN_PORTAL) as survey:
            vanished += keep_coverage(store, run.id, survey, good)
            if portal == MAIN_PORTAL:
                judging = judge(survey)
                taken = judging.copied + judging.kept
                counts = {"guides": survey.guides, "judged": judging.judged, "copied": taken}
    doubts = () if is_released(store, run.id) else tuple(vanished)
    return Examination(vanished=doubts, compared=compared, **counts)


def keep_coverage(store: Store, run: str, survey: Survey, good: Run | None) -> tuple[FieldCoverage, ...]:
    """Store the coverage of a run's portal and return the parts that have vanished since the last good run."""
    outcomes = count_outcomes(store, run, survey.portal, good)
    compared_with = good.id if good else ""
    counts = (survey.count, outcomes)
    parts = tuple(part for count in counts for part in examine(count, run, survey.portal, compared_with))
    store.coverage.replace(run, survey.portal, parts)
    return tuple(part for part in parts if part.vanished)
