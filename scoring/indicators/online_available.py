"""网上可办率 (D29/C26): an item is available online when its button leads to a form."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.outcome import Outcome
from scoring.arithmetic import ZERO, maybe_decimal, share
from scoring.census import CENSUS_COVERAGE, application_or_public, take_census
from scoring.consistency import Consistency, check_row
from scoring.entrances import reaches_form
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.presence import has_application_or_public_items
from scoring.probing import ONLINE_APPLICATION, ONLINE_ENTRANCE, scarcer, take_best
from scoring.spreads import spread_of

ROWS = {"D": 29, "C": 26}


def combine(declared: Fraction | None, entrances: Consistency) -> Fraction | None:
    """R_decl · p_ok; nothing declared is 0 without a probe, a declaration that nobody tried is no proof."""
    if not declared:
        return declared
    return declared * entrances.factor if entrances.checked else None


def say_tried(entrances: Consistency) -> str:
    """The sentence for the evaluator: how many entrances were tried, and whether they move the score."""
    if not entrances.checked:
        return ""
    if entrances.enough:
        return f"入口可用率 p = {entrances.confirmed}/{entrances.checked}，由探测核验。"
    return (
        f"在线办理入口只探测了 {entrances.checked} 项（可用 {entrances.confirmed} 项），"
        f"少于 {entrances.floor} 项，得分按申报计；区间反映未探测部分。"
    )


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = R_decl · p_ok over 依申请 and 公共服务 items (methodology.md §3.6).

    p_ok is meant as a census of the entrances: a few that were drawn do not move the score (decision 0016), they only
    widen its interval.
    """
    census = take_census(
        facts,
        member=application_or_public,
        known=lambda item: item.online is not None,
        needs=("online",),
        silence_is_no=True,
    )
    probing = take_best(facts, ONLINE_ENTRANCE, ONLINE_APPLICATION)
    online = sum(bool(item.online) for item in census.seen)
    declared = share(online, len(census.seen))
    offered = {item.item_id for item in census.seen if item.online}
    tried = [fact for fact in probing.counted if fact.item_id in offered]
    entrances = check_row(facts, ROWS, online, map(reaches_form, tried))
    value = combine(declared, entrances)
    coverage, minimum = scarcer(census.coverage, CENSUS_COVERAGE, probing)
    nothing_declared = declared == ZERO
    return Measurement(
        value=maybe_decimal(value),
        numerator=Decimal(online),
        denominator=Decimal(len(census.seen)),
        coverage=census.coverage if nothing_declared else coverage,
        minimum_coverage=CENSUS_COVERAGE if nothing_declared else minimum,
        spread=spread_of(declared if declared and entrances.checked else None, entrances.factors),
        parts={
            "declared_share": maybe_decimal(declared),
            "probe_success": maybe_decimal(share(entrances.confirmed, entrances.checked)),
            "confirmed_share": maybe_decimal(value) if entrances.enough else None,
            **entrances.parts,
            **census.parts,
            **probing.parts,
        },
        inputs=census.inputs + probing.inputs + entrances.inputs,
        excluded=census.excluded + probing.left_out,
        note=say_tried(entrances),
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1)], [probe_result(ONLINE_APPLICATION, 1)])


def failing() -> UnitFacts:
    not_open = probe_result(ONLINE_APPLICATION, 2, Outcome.FAIL)
    return body_facts([measured_item(1), measured_item(2)], [*passing().probes, not_open])


indicators.register(
    Indicator(
        id="online-available",
        title="网上可办率",
        why="写着可网办却打不开的事项，对群众等于不可办。",
        source="methodology.md §3.6 D29/C26、§3.7；通知附件2第29项、附件3第26项",
        version=4,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_application_or_public_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
