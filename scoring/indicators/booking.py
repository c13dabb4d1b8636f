"""预约率 (D27/C24): how many items can be booked ahead, and whether by time slot."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from domain.spread import Spread
from scoring.arithmetic import ONE, as_decimal, maybe_decimal, share
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.consistency import Consistency, check_row
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.measures import read_flag, read_number
from scoring.notes import SLOTS_UNCHECKED, join_notes
from scoring.presence import has_items
from scoring.probing import BOOKING_CALENDAR, scarcer, take_probes
from scoring.spreads import certain, share_of, sum_up_terms

ROWS = {"D": 27, "C": 24}
BOOKABLE_WEIGHT = Fraction("0.7")
SLOTS_WEIGHT = Fraction("0.3")
SLOTS_PER_DAY = 2


def has_slots(fact: ProbeFact) -> bool | None:
    """Say whether a calendar offers at least two slots a day; one that failed without showing any offers none."""
    slots = read_number(fact, MeasureName.SLOTS_PER_DAY)
    if slots is None:
        return False if fact.outcome is Outcome.FAIL else None
    return slots >= SLOTS_PER_DAY


def told_slots(calendars: tuple[ProbeFact, ...]) -> list[bool]:
    """Say of every calendar that tells its slots whether it has any."""
    return [slots for slots in map(has_slots, calendars) if slots is not None]


def spread_terms(booked: int, bookable: Fraction | None, told: list[bool], consistency: Consistency) -> Spread:
    """Say what rests on chance: the calendars that were read of all bookable items, and k."""
    if not bookable:
        return Spread()
    slots = share_of("slots_share", sum(told), len(told), booked, SLOTS_WEIGHT)
    declared = certain("bookable_share", bookable, BOOKABLE_WEIGHT if slots else ONE)
    return sum_up_terms((declared, slots), consistency.factors)


def combine(bookable: Fraction | None, slots: Fraction | None, consistent: Fraction) -> Fraction | None:
    """(0.7·b + 0.3·t)·k; without t, b alone; nothing bookable is 0 whatever a calendar would show."""
    if not bookable:
        return bookable
    return (bookable if slots is None else BOOKABLE_WEIGHT * bookable + SLOTS_WEIGHT * slots) * consistent


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = (0.7·b + 0.3·t)·k, b from every guide, t from the calendars that were read (methodology.md §3.6, §3.7)."""
    census = take_census(facts, known=lambda item: item.bookable is not None, needs=("bookable",), silence_is_no=True)
    probing = take_probes(facts, BOOKING_CALENDAR)
    booked = sum(bool(item.bookable) for item in census.seen)
    bookable = share(booked, len(census.seen))
    offered = {item.item_id for item in census.seen if item.bookable}
    calendars = tuple(fact for fact in probing.counted if fact.item_id in offered)
    told = told_slots(calendars)
    slots = share(sum(told), len(told))
    half_blind = bool(bookable) and slots is None
    proofs = (read_flag(fact, MeasureName.FLAG_CONSISTENT) for fact in calendars)
    consistency = check_row(facts, ROWS, booked, proofs)
    coverage, minimum = scarcer(census.coverage, CENSUS_COVERAGE, probing)
    return Measurement(
        value=maybe_decimal(combine(bookable, slots, consistency.factor)),
        numerator=Decimal(booked),
        denominator=Decimal(len(census.seen)),
        coverage=coverage if bookable else census.coverage,
        minimum_coverage=minimum if bookable else CENSUS_COVERAGE,
        measured_share=as_decimal(BOOKABLE_WEIGHT) if half_blind else Decimal(1),
        spread=spread_terms(booked, bookable, told, consistency),
        parts={
            "bookable_share": maybe_decimal(bookable),
            "slots_share": maybe_decimal(slots),
            **census.parts,
            **probing.parts,
            **consistency.parts,
        },
        inputs=census.inputs + probing.inputs + consistency.inputs,
        excluded=census.excluded + probing.left_out,
        note=join_notes(consistency.note, SLOTS_UNCHECKED if half_blind else ""),
    )


def passing() -> UnitFacts:
    calendar = probe_result(BOOKING_CALENDAR, 1, measures={MeasureName.SLOTS_PER_DAY: 4})
    return body_facts([measured_item(1)], [calendar])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, bookable=False)], passing().probes)


indicators.register(
    Indicator(
        id="booking",
        title="预约率",
        why="能预约、能选时段，群众才不用早起排队。",
        source="methodology.md §3.6 D27/C24、§3.7；通知附件2第27项、附件3第24项",
        version=4,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
