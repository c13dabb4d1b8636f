"""线上线下标准化一致性 (D20/C14): what counters and telephones ask for is what the guide says."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from domain.spread import Spread
from domain.unit import Table
from scoring.arithmetic import ONE, ZERO, as_decimal, maybe_decimal
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.measures import read_number
from scoring.notes import OFFLINE_UNSEEN, SITE_ALONE, WITH_MANUAL, join_notes
from scoring.presence import has_items
from scoring.probing import OFFLINE_CONSISTENCY, PORTAL_CONSISTENCY, PROBE_COVERAGE, take_manual, take_probes
from scoring.spreads import certain, mean_of, sum_up_terms

ONLINE_WEIGHT = Fraction("0.4")
"""Share that the comparison of the portals stands for, as the user's side alone (methodology.md §3.6, user share)."""
SAMPLE_MIN = 20
"""People-checked samples need twenty items, or all of them where there are fewer (methodology.md §3.5)."""

CONDITIONS = (MeasureName.CONDITIONS_COMPARED, MeasureName.CONDITIONS_DIFFERING)
MATERIALS = (MeasureName.MATERIALS_COMPARED, MeasureName.MATERIALS_DIFFERING)
Pair = tuple[MeasureName, MeasureName]
ASKED: dict[Table, tuple[Pair, ...]] = {
    Table.DEPARTMENTS: (CONDITIONS, MATERIALS),
    Table.COUNTIES: (CONDITIONS,),
}
"""What the two texts of the notice name: conditions and materials, for counties conditions alone."""


def agreement(fact: ProbeFact, asked: Iterable[Pair]) -> Fraction | None:
    """Return equal / compared of the fields that the row names; ``None`` when none of them was compared."""
    compared, differing = add_up((fact,), asked)
    return ONE - differing / compared if compared else None


def add_up(facts: Sequence[ProbeFact], asked: Iterable[Pair]) -> tuple[Fraction, Fraction]:
    """Return (compared, differing) of the fields that the row names."""
    told = [(fact, pair) for pair in asked for fact in facts]
    return (
        sum((read_number(fact, compared) or ZERO for fact, (compared, _) in told), ZERO),
        sum((read_number(fact, differing) or ZERO for fact, (_, differing) in told), ZERO),
    )


def agreements(facts: Iterable[ProbeFact], asked: tuple[Pair, ...]) -> tuple[Fraction, ...]:
    """Return what was found at each item that was compared."""
    return tuple(one for one in (agreement(fact, asked) for fact in facts) if one is not None)


def agreements_by_item(facts: Iterable[ProbeFact], asked: tuple[Pair, ...]) -> tuple[Fraction, ...]:
    """Return what people found at each item: what a counter and a telephone said of it is put together, one item."""
    by_item: dict[str, list[ProbeFact]] = {}
    for fact in facts:
        by_item.setdefault(fact.code, []).append(fact)
    sums = (add_up(of_item, asked) for of_item in by_item.values())
    return tuple(ONE - differing / compared for compared, differing in sums if compared)


def average(values: tuple[Fraction, ...]) -> Fraction | None:
    """Exact mean; ``None`` of nothing."""
    return sum(values, ZERO) / len(values) if values else None


def spread_terms(online: tuple[Fraction, ...], offline: tuple[Fraction, ...], *, whole: bool) -> Spread:
    """Say what rests on chance: the items whose portals were compared, and the people's sample unless it is whole."""
    weight = ONE - ONLINE_WEIGHT if online else ONE
    mean = average(offline)
    if mean is None:
        return Spread()
    counters = certain("offline_agreement", mean, weight) if whole else mean_of("offline_agreement", offline, weight)
    return sum_up_terms((mean_of("online_agreement", online, ONLINE_WEIGHT), counters))


def combine(online: Fraction | None, offline: Fraction | None) -> tuple[Fraction | None, Fraction]:
    """Return the value and the share of the row that it stands for; without the offline side the online one alone."""
    if offline is None:
        return online, ONLINE_WEIGHT
    if online is None:
        return offline, ONE - ONLINE_WEIGHT
    return ONLINE_WEIGHT * online + (ONE - ONLINE_WEIGHT) * offline, ONE


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = mean of equal/compared fields: portals by the program, counters and telephones by people (methodology §3.6).

    What the portals say to each other is no proof about a counter: without a sufficient sample of people's comparisons
    the row is withheld, and the comparison of the portals is shown in the parts.
    """
    probing, manual = take_probes(facts, PORTAL_CONSISTENCY), take_manual(facts, OFFLINE_CONSISTENCY)
    asked = ASKED[facts.unit.table]
    sites, counters = agreements(probing.counted, asked), agreements_by_item(manual, asked)
    online, offline, items = average(sites), average(counters), len(counters)
    enough = 0 < min(SAMPLE_MIN, facts.listed) <= items
    value, measured = combine(online, offline if enough else None)
    return Measurement(
        value=maybe_decimal(value) if enough else None,
        numerator=None,
        denominator=None,
        coverage=probing.coverage if online is not None else Decimal(1),
        measured_share=as_decimal(measured),
        spread=spread_terms(sites, counters, whole=items >= facts.listed) if enough else Spread(),
        parts={
            "online_agreement": maybe_decimal(online),
            "offline_agreement": maybe_decimal(offline),
            "offline_items": Decimal(items),
            "manual_records": Decimal(len(manual)),
            **probing.parts,
        },
        inputs=probing.inputs + (tuple(fact.observation for fact in manual) if enough else ()),
        excluded=probing.left_out + (() if enough else tuple(fact.observation for fact in manual)),
        note=join_notes(SITE_ALONE if enough and online is None else "", WITH_MANUAL if enough else ""),
        withheld="" if enough else OFFLINE_UNSEEN,
    )


def compared(number: int, *, differing: int = 0) -> ProbeFact:
    """Make one item that was compared at a counter."""
    figures = {
        MeasureName.CONDITIONS_COMPARED: 1,
        MeasureName.CONDITIONS_DIFFERING: differing,
        MeasureName.MATERIALS_COMPARED: 1,
        MeasureName.MATERIALS_DIFFERING: differing,
    }
    outcome = Outcome.FAIL if differing else Outcome.PASS
    return probe_result(OFFLINE_CONSISTENCY, number, outcome, portal="counter", measures=figures)


def passing() -> UnitFacts:
    return body_facts([measured_item(1)]).model_copy(update={"manual": (compared(1),)})


def failing() -> UnitFacts:
    return body_facts([measured_item(1)]).model_copy(update={"manual": (compared(1, differing=1),)})


indicators.register(
    Indicator(
        id="online-offline-consistency",
        title="线上线下标准化一致性",
        why="网上写一套、窗口要一套，群众只能多跑一趟。",
        source="methodology.md §3.6 D20/C14、§3.5；通知附件2第20项、附件3第14项",
        version=2,
        rows={"D": 20, "C": 14},
        minimum_coverage=PROBE_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
