"""Questions that decide whether a kind of defect can be planted in a guide at all."""

from collections.abc import Callable

from sandbox.corpus.plan import PENALTY, PUBLIC_SERVICE, GuidePlan

Fits = Callable[[GuidePlan], bool]


def is_power(plan: GuidePlan) -> bool:
    """Say whether the item is 依申请, so that limits, conditions and materials are due."""
    return plan.entry.stem.task_type not in (PUBLIC_SERVICE, PENALTY)


def has_materials(plan: GuidePlan) -> bool:
    """Say whether the guide lists at least two materials, the first of which is a form."""
    return len(plan.papers) >= 2


def has_window(plan: GuidePlan) -> bool:
    """Say whether the guide names a window."""
    return plan.has_window


def must_come(plan: GuidePlan) -> bool:
    """Say whether the applicant must come at least once."""
    return bool(plan.facts.visits) and plan.entry.stem.task_type != PENALTY


def need_not_come(plan: GuidePlan) -> bool:
    """Say whether the item is done without a visit."""
    return plan.facts.visits == 0


def is_online(plan: GuidePlan) -> bool:
    """Say whether the guide offers an ordinary online form."""
    return plan.facts.online and plan.application.kind == "form"


def is_timed(plan: GuidePlan) -> bool:
    """Say whether an application item promises more than one day."""
    return is_power(plan) and plan.facts.promise is not None and plan.facts.promise.days > 1


def has_form_of(*forms: str) -> Fits:
    """Make the question whether the first material is a form of one of these file types."""

    def fits(plan: GuidePlan) -> bool:
        return has_materials(plan) and plan.papers[0].form in forms

    return fits


def has_online_flow(plan: GuidePlan) -> bool:
    """Say whether an application item describes how to apply online."""
    return is_power(plan) and plan.facts.online


def has_condition(plan: GuidePlan) -> bool:
    """Say whether an application item states its conditions."""
    return is_power(plan) and bool(plan.condition)
