"""Points of the rubric that need more than one source, by hand calculation from methodology.md §5."""

from decimal import Decimal
from fractions import Fraction

import pytest

from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from scoring.application_task import mark_task
from scoring.dry_run import DryRun
from scoring.examples import body_facts, measured_item, probe_result
from scoring.guide_step import judge_forms, judge_hand_over, judge_readability, judge_scenarios
from scoring.indicator import Targets
from scoring.like_services import judge_effort, least_efforts
from scoring.probing import ONLINE_APPLICATION
from scoring.rubric import RUBRIC

NEW = "archetype:new"


def applied(
    seconds: float | None, group: str = NEW, outcome: Outcome = Outcome.PASS, portal: str = "gdzwfw"
) -> ProbeFact:
    figures = {M.KLM_S: seconds, M.LIKE_SERVICES: group}
    return probe_result(ONLINE_APPLICATION, 1, outcome, portal=portal, measures=figures)


def bodies(*seconds: float, group: str = NEW) -> list[UnitFacts]:
    made = []
    for number, one in enumerate(seconds):
        facts = body_facts([], [applied(one, group)])
        made.append(facts.model_copy(update={"unit": facts.unit.model_copy(update={"id": f"dept-{number}"})}))
    return made


def dry_run(item: ItemFact | None = None, least: dict[str, Fraction] | None = None, **figures: object) -> DryRun:
    names = {M(name): figure for name, figure in figures.items()}
    fact = probe_result(ONLINE_APPLICATION, 1, measures=names)  # type: ignore[arg-type]  # figures of any kind
    return DryRun(
        results={ONLINE_APPLICATION: fact},
        item=item,
        readability_calibrated=True,
        least_efforts_s=least or {},
    )


@pytest.mark.parametrize(
    ("seconds", "share"), [(40, "1"), (50, "0.75"), (60, "0.5"), (80, "0"), (200, "0"), (39.5, "1")]
)
def test_effort_falls_from_the_best_to_twice_the_best(seconds: float, share: str) -> None:
    task = dry_run(least={NEW: Fraction(40)}, klm_s=seconds, like_services=NEW)
    assert judge_effort(task) == Fraction(share)


def test_effort_is_unobserved_without_like_services() -> None:
    assert judge_effort(dry_run(klm_s=40.0, like_services=NEW)) is None
    assert judge_effort(dry_run(least={NEW: Fraction(40)}, klm_s=None, like_services=NEW)) is None
    assert judge_effort(dry_run(least={NEW: Fraction(40)}, klm_s=40.0)) is None


def test_the_least_effort_is_taken_over_three_bodies_or_more() -> None:
    assert least_efforts(bodies(61.5, 40.25, 90)) == {NEW: Fraction("40.25")}
    assert least_efforts(bodies(61.5, 40.25)) == {}
    assert least_efforts([*bodies(61.5, 40.25), *bodies(30, group="archetype:change")]) == {}


def test_failed_walks_and_other_portals_set_no_best() -> None:
    others = [applied(5, outcome=Outcome.FAIL), applied(5, portal="yss"), applied(0.0), applied(5, group="")]
    assert least_efforts([*bodies(50, 60, 70), body_facts([], others)]) == {NEW: Fraction(50)}


def test_the_guide_step_reads_the_guide() -> None:
    whole = measured_item(1, forms_complete=True, situations=0, phone_address=False)
    lacking = measured_item(1, forms_complete=False, situations=3, phone_address=False)
    assert [judge_forms(dry_run(item)) for item in (whole, lacking, measured_item(1), None)] == [1, 0, None, None]
    assert judge_scenarios(dry_run(lacking, scenario_choice=True)) == 1
    assert judge_scenarios(dry_run(lacking, scenario_choice=False)) == 0
    assert judge_scenarios(dry_run(whole, scenario_choice=False)) is None
    assert judge_scenarios(dry_run(lacking)) is None
    assert judge_hand_over(dry_run(whole, print_opens=True)) == 1
    assert judge_hand_over(dry_run(whole, print_opens=False)) == 0
    assert judge_hand_over(dry_run(whole)) is None
    assert judge_hand_over(dry_run(measured_item(1, phone_address=True), print_opens=False)) == 1


def test_readability_counts_only_when_calibrated() -> None:
    item = measured_item(1, readability=Decimal("0.6"))
    calibrated = dry_run(item)
    assert judge_readability(calibrated) == Fraction("0.6")
    assert judge_readability(DryRun(results=calibrated.results, item=item)) is None


def test_every_point_has_a_judge() -> None:
    assert [point.title for point in RUBRIC if point.judge is None and point.judge_task is None] == []


def test_a_whole_task_by_hand() -> None:
    """Guide: forms 5, PDF 3. Materials: prefilled 3 of 4 of 8, effort half of 6, limits 0 of 4; less 2 and 1."""
    figures = {
        M.PREFILLED: 3, M.PREFILLABLE: 4, M.KLM_S: 60.0, M.LIKE_SERVICES: NEW, M.UPLOADS: 2, M.LIMITS_TOLD: False,
        M.PRINT_OPENS: True, M.SIDEWAYS_SCROLLING: True, M.SERIOUS_AXE_RULES: 2, M.DEAD_ENDS: 0,
    }  # fmt: skip
    targets = Targets(
        time_saving=Decimal("0.5"),
        promise_days=Decimal(10),
        immediate_share=Decimal("0.5"),
        least_efforts_s={NEW: Fraction(40)},
    )
    item = measured_item(1, forms_complete=True, readability=None)
    mark = mark_task(probe_result(ONLINE_APPLICATION, 1, measures=figures), {}, item=item, targets=targets)
    assert mark.observed == 5 + 3 + 8 + 6 + 4 + 2
    assert mark.earned == 5 + 3 + 6 + 3 + 0 + 2
    assert mark.deductions == 2 + 1
    assert mark.score == Fraction(19, 28) - Fraction(3, 100)
