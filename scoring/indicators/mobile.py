"""移动端应用情况 (D19/C13): items of wide use have a mobile entry, and the entries that could be tried open."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact, UnitFacts
from domain.handed_list import ListKind
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import ONE, ZERO, as_decimal, maybe_decimal
from scoring.census import take_census
from scoring.examples import body_facts, measured_item, probe_result
from scoring.handed_in import codes
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.item_codes import codes_of
from scoring.measures import read_number
from scoring.notes import NO_MOBILE_ENTRIES, WIDE_USE_UNKNOWN, WITH_MANUAL, join_notes
from scoring.presence import has_items, listing_proved
from scoring.probing import MOBILE_ENTRANCE, PROBE_COVERAGE, Probing, take_manual, take_probes
from scoring.spreads import certain, ratio_of, sum_up_terms
from scoring.weighted_terms import Term, join_terms, weight_within

ROWS = {"D": 19, "C": 13}
ENTRY_WEIGHT = Fraction("0.5")
OPENS_WEIGHT = Fraction("0.3")
CASES_WEIGHT = Fraction("0.2")
"""Cases handled on mobile are an import: the term is added where the row's figures are (scoring/tables)."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Items of wide use: how many are due, have a mobile entry, and could not be seen."""

    due: Fraction | None
    with_entry: int
    unseen: int
    inputs: tuple[str, ...] = ()

    @property
    def share(self) -> Fraction | None:
        """Items with an entry / items of wide use, without those that we could not see."""
        seen = None if self.due is None else self.due - self.unseen
        return min(self.with_entry / seen, ONE) if seen else None

    @property
    def coverage(self) -> Decimal:
        """Seen / due items; 1 when no list tells which are due."""
        return as_decimal(1 - self.unseen / self.due) if self.due else Decimal(1)


def reach_of(facts: UnitFacts) -> Reach:
    """Count the items of wide use, which only their list tells."""
    census = take_census(facts, known=lambda item: item.phone_address is not None, needs=("phone_address",))
    entries = [item for item in census.seen if item.phone_address]
    due = codes(facts, ListKind.WIDE_USE)
    if not due:
        return Reach(due=None, with_entry=0, unseen=0)
    named = {code for item in census.seen for code in codes_of(item)}
    open_codes = {code for item in entries for code in codes_of(item)}
    unread = {code for item in census.unseen for code in codes_of(item)} - open_codes
    unknown = unread if listing_proved(facts) else unread | (due - named)
    return Reach(
        due=Fraction(len(due)),
        with_entry=len(due & open_codes),
        unseen=len(due & unknown),
        inputs=tuple(item.item_id for item in census.seen if codes_of(item) & due),
    )


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
    """s = 0.5·items with an entry/items of wide use + 0.3·entries that open/entries tried (methodology.md §3.6, §3.7).

    What only an app shows is entered by people: this row asks for their observations and says so.
    """
    probing, manual = take_probes(facts, MOBILE_ENTRANCE), take_manual(facts, MOBILE_ENTRANCE)
    looked = (*probing.counted, *manual)
    tried, opened = add_up(looked, MeasureName.MOBILE_TRIED), add_up(looked, MeasureName.MOBILE_OPEN)
    apps = add_up((*probing.counted, *probing.excluded), MeasureName.MOBILE_APP_ONLY)
    reach = reach_of(facts)
    opens = Term(weight=OPENS_WEIGHT, value=opened / tried if tried else None)
    entry = Term(weight=ENTRY_WEIGHT, value=reach.share)
    terms = (entry, opens, Term(weight=CASES_WEIGHT, value=None))
    value, measured = join_terms(terms)
    return Measurement(
        value=maybe_decimal(value),
        numerator=as_decimal(opened),
        denominator=as_decimal(tried),
        coverage=min(coverage_with(probing, manual), reach.coverage),
        measured_share=as_decimal(measured),
        spread=sum_up_terms(
            (
                certain("entries", entry.value, weight_within(terms, entry)) if entry.value is not None else None,
                ratio_of("entries_open", [entries_of(fact) for fact in looked], weight_within(terms, opens))
                if tried
                else None,
            )
        ),
        parts={
            "wide_use_items": maybe_decimal(reach.due),
            "wide_use_with_entry": None if reach.due is None else Decimal(reach.with_entry),
            "entries_tried": as_decimal(tried),
            "entries_open": as_decimal(opened),
            "entries_app_only": as_decimal(apps),
            "manual_records": Decimal(len(manual)),
            **probing.parts,
        },
        inputs=(reach.inputs if entry.measured else ()) + probing.inputs + tuple(fact.observation for fact in manual),
        excluded=probing.left_out,
        note=join_notes(
            "" if entry.measured else WIDE_USE_UNKNOWN,
            "" if tried else NO_MOBILE_ENTRIES,
            WITH_MANUAL if manual else "",
        ),
        withheld="" if tried or entry.measured else NO_MOBILE_ENTRIES,
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
        version=3,
        rows=ROWS,
        minimum_coverage=PROBE_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
