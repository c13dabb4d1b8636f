"""网上可办率 (D29/C26): an item is available online when its button leads to a form."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.outcome import Outcome
from scoring.arithmetic import ZERO, maybe_decimal, share
from scoring.census import CENSUS_COVERAGE, application_or_public, take_census
from scoring.entrances import leads_on
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.presence import has_application_or_public_items
from scoring.probing import ONLINE_APPLICATION, ONLINE_ENTRANCE, scarcer, take_best


def combine(declared: Fraction | None, success: Fraction | None) -> Fraction | None:
    """R_decl · p_ok; nothing declared is 0 without a probe, a declaration without a probe is no proof."""
    if not declared:
        return declared
    return None if success is None else declared * success


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = R_decl · p_ok over 依申请 and 公共服务 items, p_ok from entrances that were tried (methodology.md §3.6)."""
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
    success = share(sum(map(leads_on, probing.counted)), len(probing.counted))
    coverage, minimum = scarcer(census.coverage, CENSUS_COVERAGE, probing)
    nothing_declared = declared == ZERO
    return Measurement(
        value=maybe_decimal(combine(declared, success)),
        numerator=Decimal(online),
        denominator=Decimal(len(census.seen)),
        coverage=census.coverage if nothing_declared else coverage,
        minimum_coverage=CENSUS_COVERAGE if nothing_declared else minimum,
        parts={
            "declared_share": maybe_decimal(declared),
            "probe_success": maybe_decimal(success),
            "confirmed_share": maybe_decimal(combine(declared, success)),
            **census.parts,
            **probing.parts,
        },
        inputs=census.inputs + probing.inputs,
        excluded=census.excluded + probing.left_out,
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
        version=2,
        rows={"D": 29, "C": 26},
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_application_or_public_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
