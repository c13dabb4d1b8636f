"""省统一认证平台单点登录 (D12): of the items that were tried, how many one provincial login opens."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.measure_name import MeasureName
from scoring.arithmetic import as_decimal, maybe_decimal, share
from scoring.entrances import opens_with_one_login, untried_items, uses_unified_login
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import NO_ENTRANCES, NO_LOGIN_TRIED
from scoring.presence import has_online_items
from scoring.probing import ONLINE_ENTRANCE, PROBE_COVERAGE, Probing, take_probes
from scoring.spreads import share_of, sum_up_terms


def coverage_of(probing: Probing) -> Decimal:
    """Settled / planned: an entrance that asks for a login which nobody could pass is a gap of ours."""
    unsettled = sum(
        uses_unified_login(fact) is not None and opens_with_one_login(fact) is None for fact in probing.counted
    )
    settled = len(probing.counted) - unsettled
    return as_decimal(Fraction(settled, probing.planned)) if probing.planned else Decimal(1)


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = items that one login opens / items that ask for a login and were tried (methodology.md §3.6)."""
    probing = take_probes(facts, ONLINE_ENTRANCE)
    told = [opened for opened in map(opens_with_one_login, probing.counted) if opened is not None]
    value = share(sum(told), len(told))
    population = len(told) + untried_items(facts, probing.counted)
    missing = NO_ENTRANCES if not probing.planned else NO_LOGIN_TRIED
    return Measurement(
        value=maybe_decimal(value),
        numerator=Decimal(sum(told)),
        denominator=Decimal(len(told)),
        coverage=coverage_of(probing),
        spread=sum_up_terms((share_of("entrances", sum(told), len(told), population),)),
        parts=dict(probing.parts),
        inputs=probing.inputs,
        excluded=probing.left_out,
        withheld=missing if value is None and (probing.counted or not probing.planned) else "",
    )


def passing() -> UnitFacts:
    opened = {MeasureName.ASKS_LOGIN: True, MeasureName.SINGLE_SIGN_ON: True}
    return body_facts([measured_item(1)], [probe_result(ONLINE_ENTRANCE, 1, measures=opened)])


def failing() -> UnitFacts:
    again = {MeasureName.ASKS_LOGIN: True, MeasureName.SINGLE_SIGN_ON: False}
    return body_facts([measured_item(1)], [*passing().probes, probe_result(ONLINE_ENTRANCE, 2, measures=again)])


indicators.register(
    Indicator(
        id="single-sign-on",
        title="省统一认证平台单点登录",
        why="登录一次就该进得去；再登一次，许多人就到此为止。",
        source="methodology.md §3.6 D12、§3.7 单点登录；通知附件2第12项",
        version=1,
        rows={"D": 12},
        minimum_coverage=PROBE_COVERAGE,
        applies=has_online_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
