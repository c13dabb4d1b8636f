"""The rows that count declarations: items of which the guide says so / items, times k (methodology.md §3.6)."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from domain.facts import ItemFact, UnitFacts
from scoring.arithmetic import maybe_decimal, share
from scoring.census import Census
from scoring.consistency import check_row
from scoring.indicator import Measurement
from scoring.notes import join_notes
from scoring.spreads import spread_of


def measure_declared(
    facts: UnitFacts, rows: Mapping[str, int], census: Census, declares: Callable[[ItemFact], bool], note: str = ""
) -> Measurement:
    """Return declared / items · k, k from people's checks of the drawn sample (methodology.md §3.5)."""
    declared = sum(declares(item) for item in census.seen)
    whole = share(declared, len(census.seen))
    consistency = check_row(facts, rows, declared)
    return Measurement(
        value=maybe_decimal(None if whole is None else whole * consistency.factor),
        numerator=Decimal(declared),
        denominator=Decimal(len(census.seen)),
        coverage=census.coverage,
        spread=spread_of(whole, consistency.factors),
        parts={"declared_share": maybe_decimal(whole), **census.parts, **consistency.parts},
        inputs=census.inputs + consistency.inputs,
        excluded=census.excluded,
        note=join_notes(consistency.note, note),
    )
