"""One dry run of an online application, marked with the rubric of 申报易用度."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.facts import ItemFact, ProbeFact
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import ONE, ZERO
from scoring.dry_run import DryRun
from scoring.indicator import Targets
from scoring.measures import read_flag, read_number
from scoring.probing import BOOKING_CALENDAR, ONLINE_APPLICATION
from scoring.rubric import RUBRIC, RubricStep, dead_ends

FULL_MARKS = Fraction(sum(point.points for point in RUBRIC))
DEDUCTION_CAP = Fraction(15)
AXE_CAP = Fraction(4)


@dataclass(frozen=True, kw_only=True)
class TaskMark:
    """Points of one task; ``score`` is 0..1 over what was observed."""

    earned: Fraction
    observed: Fraction
    applicable: Fraction
    deductions: Fraction

    @property
    def score(self) -> Fraction:
        return max(self.earned / self.observed - self.deductions / FULL_MARKS, ZERO)


def mark_task(
    application: ProbeFact,
    others: Mapping[str, ProbeFact],
    *,
    item: ItemFact | None = None,
    targets: Targets | None = None,
) -> TaskMark:
    """Mark one application; ``others`` are the same item's results of the other probes, by probe id.

    A task that could not be entered earns nothing of everything. Points that no probe observed leave earned and
    observed; the booking step of a service without booking leaves the applicable points too.
    """
    applicable = FULL_MARKS - skipped_points(others)
    if not was_entered(application):
        return TaskMark(earned=ZERO, observed=applicable, applicable=applicable, deductions=ZERO)
    task = DryRun(
        results={**others, ONLINE_APPLICATION: application},
        item=item,
        readability_calibrated=targets is not None and targets.readability_calibrated,
        least_efforts_s=targets.least_efforts_s if targets is not None else {},
    )
    earned = observed = ZERO
    for point in RUBRIC:
        share = point.share(task)
        if share is not None:
            earned += share * point.points
            observed += point.points
    return TaskMark(earned=earned, observed=observed, applicable=applicable, deductions=deduct(application))


def skipped_points(others: Mapping[str, ProbeFact]) -> Fraction:
    """Points of the booking step when the item turned out to need no booking."""
    booking = others.get(BOOKING_CALENDAR)
    if booking is None or booking.outcome is not Outcome.NOT_APPLICABLE:
        return ZERO
    return Fraction(sum(point.points for point in RUBRIC if point.step is RubricStep.BOOKING))


def was_entered(application: ProbeFact) -> bool:
    """Say whether the form was reached: every passed task was; a failed one must show a page to prove it."""
    pages = read_number(application, MeasureName.PAGES)
    return application.outcome is Outcome.PASS or (pages is not None and pages > 0)


def deduct(application: ProbeFact) -> Fraction:
    """Sum the deductions of the rubric, at most 15 points."""
    slow = read_number(application, MeasureName.SLOW_PAGES) or ZERO
    axe = read_number(application, MeasureName.SERIOUS_AXE_RULES) or ZERO
    sideways = 2 if read_flag(application, MeasureName.SIDEWAYS_SCROLLING) else 0
    lost = 4 if read_flag(application, MeasureName.SESSION_LOST) else 0
    total = 3 * dead_ends(application) + slow + sideways + min(axe / 2, AXE_CAP) + lost
    return min(total, DEDUCTION_CAP)


def mean_score(marks: list[TaskMark]) -> Fraction | None:
    """Mean of the tasks' scores; ``None`` without a task."""
    return sum((mark.score for mark in marks), ZERO) / len(marks) if marks else None


def observed_share(marks: list[TaskMark]) -> Fraction:
    """Observed / applicable points over all tasks; 1 without a task."""
    applicable = sum((mark.applicable for mark in marks), ZERO)
    return sum((mark.observed for mark in marks), ZERO) / applicable if applicable else ONE
