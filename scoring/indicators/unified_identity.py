"""网上统一身份认证体系 (D11): of the entrances that ask for a login, how many lead to the provincial one."""

from decimal import Decimal

from domain.entrance import EntranceKind
from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from scoring.arithmetic import maybe_decimal, share
from scoring.entrances import untried_items, uses_unified_login
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import NO_ENTRANCES, NO_LOGIN_SEEN, PUBLIC_ENTRANCES_ONLY
from scoring.presence import has_online_items
from scoring.probing import ONLINE_ENTRANCE, PROBE_COVERAGE, take_probes
from scoring.spreads import share_of, sum_up_terms


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = entrances that lead to the provincial login / entrances that ask for a login (methodology.md §3.6)."""
    probing = take_probes(facts, ONLINE_ENTRANCE)
    asking = [unified for unified in map(uses_unified_login, probing.counted) if unified is not None]
    value = share(sum(asking), len(asking))
    population = len(asking) + untried_items(facts, probing.counted)
    missing = NO_ENTRANCES if not probing.planned else NO_LOGIN_SEEN
    return Measurement(
        value=maybe_decimal(value),
        numerator=Decimal(sum(asking)),
        denominator=Decimal(len(asking)),
        coverage=probing.coverage,
        spread=sum_up_terms((share_of("entrances", sum(asking), len(asking), population),)),
        parts=dict(probing.parts),
        inputs=probing.inputs,
        excluded=probing.left_out,
        note=PUBLIC_ENTRANCES_ONLY,
        withheld=missing if value is None and (probing.counted or not probing.planned) else "",
    )


def entrance(number: int, kind: EntranceKind, *, asks_login: bool) -> ProbeFact:
    """Return one entrance that was looked at."""
    figures = {MeasureName.ENTRANCE: kind.value, MeasureName.ASKS_LOGIN: asks_login}
    return probe_result(ONLINE_ENTRANCE, number, measures=figures)


def passing() -> UnitFacts:
    unified = entrance(1, EntranceKind.LOGIN_UNIFIED, asks_login=True)
    return body_facts([measured_item(1)], [unified, entrance(2, EntranceKind.EXTERNAL, asks_login=False)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1)], [*passing().probes, entrance(3, EntranceKind.LOGIN_OTHER, asks_login=True)])


indicators.register(
    Indicator(
        id="unified-identity",
        title="网上统一身份认证体系",
        why="一个账号办所有事；各系统各登各的，群众就要记一串密码。",
        source="methodology.md §3.6 D11、§3.7 统一身份认证；通知附件2第11项",
        version=1,
        rows={"D": 11},
        minimum_coverage=PROBE_COVERAGE,
        applies=has_online_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
