"""申报易用度 (D23/C17): how far, and how easily, a citizen gets in an online application up to the confirm page."""

from collections import defaultdict
from decimal import Decimal

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.application_task import TaskMark, mark_task, mean_score, observed_share
from scoring.arithmetic import ZERO, as_decimal, maybe_decimal
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import RUBRIC_IN_PART
from scoring.presence import has_online_items
from scoring.probing import ONLINE_APPLICATION, PROBE_COVERAGE, SCORED_PORTAL, take_probes
from scoring.spreads import mean_of, sum_up_terms


def other_probes(facts: UnitFacts) -> dict[str, dict[str, ProbeFact]]:
    """Item id → probe id → result, for the results on 广东政务服务网 other than the application itself."""
    by_item: dict[str, dict[str, ProbeFact]] = defaultdict(dict)
    for fact in facts.probes:
        if fact.portal == SCORED_PORTAL and fact.probe_id != ONLINE_APPLICATION:
            by_item[fact.item_id][fact.probe_id] = fact
    return by_item


def point_parts(marks: list[TaskMark]) -> dict[str, Decimal | None]:
    """Points over all tasks, before they are averaged."""
    return {
        "points_earned": as_decimal(sum((mark.earned for mark in marks), ZERO)),
        "points_observed": as_decimal(sum((mark.observed for mark in marks), ZERO)),
        "points_applicable": as_decimal(sum((mark.applicable for mark in marks), ZERO)),
        "deductions": as_decimal(sum((mark.deductions for mark in marks), ZERO)),
    }


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = mean over tasks of points / 100 (methodology.md §5), over the points that probes observed."""
    probing = take_probes(facts, ONLINE_APPLICATION)
    others = other_probes(facts)
    items = {item.item_id: item for item in facts.items}
    marks = [
        mark_task(task, others.get(task.item_id, {}), item=items.get(task.item_id), targets=targets)
        for task in probing.counted
    ]
    points = point_parts(marks)
    used = [fact for task in probing.counted for fact in others.get(task.item_id, {}).values() if fact.outcome.counts]
    return Measurement(
        value=maybe_decimal(mean_score(marks)),
        numerator=points["points_earned"],
        denominator=points["points_observed"],
        coverage=probing.coverage,
        measured_share=as_decimal(observed_share(marks)),
        spread=sum_up_terms((mean_of("tasks", [mark.score for mark in marks]),)),
        parts={**points, **probing.parts},
        inputs=(*probing.inputs, *(fact.observation for fact in used)),
        excluded=probing.left_out,
        note=RUBRIC_IN_PART,
    )


def passing() -> UnitFacts:
    good = {MeasureName.LOGIN_UNIFIED: True, MeasureName.SECOND_LOGIN: False, MeasureName.LIMITS_TOLD: True}
    task = probe_result(ONLINE_APPLICATION, 1, measures=good)
    return body_facts([measured_item(1)], [task])


def failing() -> UnitFacts:
    not_open = probe_result(ONLINE_APPLICATION, 2, Outcome.FAIL, measures={MeasureName.PAGES: 0})
    return body_facts([measured_item(1), measured_item(2)], [*passing().probes, not_open])


indicators.register(
    Indicator(
        id="apply-ease",
        title="申报易用度",
        why="能点开不等于办得成：登录、填表、上传每一步都可能把人挡在门外。",
        source="methodology.md §3.6 D23/C17、§5；通知附件2第23项、附件3第17项",
        version=2,
        rows={"D": 23, "C": 17},
        minimum_coverage=PROBE_COVERAGE,
        applies=has_online_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
