"""移动端应用情况 (D19/C13): of the mobile entries that could be tried, how many open."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import ZERO, as_decimal, maybe_decimal
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.measures import read_number
from scoring.notes import MOBILE_IN_PART, NO_MOBILE_ENTRIES, WITH_MANUAL, join_notes
from scoring.presence import has_items
from scoring.probing import MOBILE_ENTRANCE, PROBE_COVERAGE, Probing, take_manual, take_probes
from scoring.spreads import ratio_of, sum_up_terms

OPENS_WEIGHT = Fraction("0.3")


def add_up(facts: Iterable[ProbeFact], name: MeasureName) -> Fraction:
    """Add up a figure; a fact without it adds nothing."""
    return sum((read_number(fact, name) or ZERO for fact in facts), ZERO)


def entries_of(fact: ProbeFact) -> tuple[Fraction, Fraction]:
    """Return one look's entries that open and that were tried: they were drawn together."""
    return add_up((fact,), MeasureName.MOBILE_OPEN), add_up((fact,), MeasureName.MOBILE_TRIED)


def coverage_with(probing: Probing, manual: tuple[ProbeFact, ...]) -> Decimal:
    """Return the share of the plan that is settled, by the program or, where it could not enter, by a person."""
    seen_by_hand = {fact.code for fact in manual}
    settled = len(probing.counted) + sum(fact.code in seen_by_hand for fact in probing.excluded)
    return as_decimal(Fraction(settled, probing.planned)) if probing.planned else Decimal(1)


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = entries that open / entries tried, 0.3 of the row; the rest needs imports (methodology.md §3.6, §3.7).

    What only an app shows is entered by people: this row asks for their observations and says so.
    """
    probing, manual = take_probes(facts, MOBILE_ENTRANCE), take_manual(facts, MOBILE_ENTRANCE)
    looked = (*probing.counted, *manual)
    tried, opened = add_up(looked, MeasureName.MOBILE_TRIED), add_up(looked, MeasureName.MOBILE_OPEN)
    apps = add_up((*probing.counted, *probing.excluded), MeasureName.MOBILE_APP_ONLY)
    return Measurement(
        value=maybe_decimal(opened / tried if tried else None),
        numerator=as_decimal(opened),
        denominator=as_decimal(tried),
        coverage=coverage_with(probing, manual),
        measured_share=as_decimal(OPENS_WEIGHT),
        spread=sum_up_terms((ratio_of("entries_open", [entries_of(fact) for fact in looked]),)),
        parts={
            "entries_tried": as_decimal(tried),
            "entries_open": as_decimal(opened),
            "entries_app_only": as_decimal(apps),
            "manual_records": Decimal(len(manual)),
            **probing.parts,
        },
        inputs=probing.inputs + tuple(fact.observation for fact in manual),
        excluded=probing.left_out,
        note=join_notes(MOBILE_IN_PART if tried else "", WITH_MANUAL if manual else ""),
        withheld="" if tried else NO_MOBILE_ENTRIES,
    )


def passing() -> UnitFacts:
    good = {MeasureName.MOBILE_TRIED: 2, MeasureName.MOBILE_OPEN: 2}
    return body_facts([measured_item(1)], [probe_result(MOBILE_ENTRANCE, 1, measures=good)])


def failing() -> UnitFacts:
    gone = {MeasureName.MOBILE_TRIED: 2, MeasureName.MOBILE_OPEN: 0}
    bad = probe_result(MOBILE_ENTRANCE, 2, Outcome.FAIL, measures=gone)
    return body_facts([measured_item(1), measured_item(2)], [*passing().probes, bad])


indicators.register(
    Indicator(
        id="mobile",
        title="移动端应用情况",
        why="指南写着手机能办，就要在手机上找得到、打得开。",
        source="methodology.md §3.6 D19/C13、§3.7 移动端；通知附件2第19项、附件3第13项",
        version=1,
        rows={"D": 19, "C": 13},
        minimum_coverage=PROBE_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
