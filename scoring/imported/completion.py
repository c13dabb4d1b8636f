"""Completes a row that was seen in part from the user's side with the terms that other channels brought."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from domain.facts import UnitFacts
from domain.spread import Spread, SpreadTerm
from scoring.arithmetic import ONE, ZERO, as_decimal, maybe_decimal
from scoring.catalogue import RowClass, TableRow
from scoring.imported.row_measurement import figure_id
from scoring.imported.terms import TermResult, compute_term, imported_figures
from scoring.indicator import Measurement, Targets

SEEN_CLASSES = (RowClass.FULL, RowClass.PARTIAL)


def complete(row: TableRow, facts: UnitFacts, targets: Targets, seen: Measurement) -> Measurement:
    """Return (M·s + Σ w·t) / (M + Σ w) with the measured share grown by Σ w; M is what was seen of the formula.

    A term without a case leaves the formula, the rest is re-scaled. Nothing seen, or nothing imported: as it was.
    """
    if row.row_class not in SEEN_CLASSES or not row.terms or seen.value is None:
        return seen
    given = imported_figures(facts, row.no)
    results = [compute_term(term, facts, given, seen.parts, targets) for term in row.terms]
    told = [result for result in results if not result.lacks]
    if not told:
        return seen
    added = [result for result in told if result.value is not None]
    dropped = sum((result.weight for result in told if result.value is None), ZERO)
    part = Fraction(seen.measured_share)
    whole = part + sum((result.weight for result in added), ZERO)
    earned = part * Fraction(seen.value) + sum((result.weight * (result.value or ZERO) for result in added), ZERO)
    names = [name for result in told for name in result.term.figures]
    return replace(
        seen,
        value=as_decimal(earned / whole),
        measured_share=as_decimal(min(whole / (ONE - dropped), ONE)),
        spread=widen(seen, added, part / whole),
        parts={
            **seen.parts,
            **{name: given[name] for name in names},
            **{f"term_{result.term.name}": maybe_decimal(result.value) for result in told},
        },
        inputs=(*seen.inputs, *(figure_id(row, facts, name) for name in names)),
    )


def widen(seen: Measurement, added: Sequence[TermResult], kept: Fraction) -> Spread:
    """Shrink the terms that were seen to their share of the whole, and add the imported ones, which are certain."""
    if not seen.spread.terms or seen.value is None:
        return seen.spread if not added else Spread()
    whole = Fraction(seen.measured_share) / kept
    more = tuple(
        SpreadTerm(name=one.term.name, weight=float(one.weight / whole), value=float(one.value or ZERO))
        for one in added
    )
    terms = tuple(term.model_copy(update={"weight": term.weight * float(kept)}) for term in seen.spread.terms)
    return seen.spread.model_copy(update={"terms": (*terms, *more)})
