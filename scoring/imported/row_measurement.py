"""Measures a row that no citizen can see from the figures that other channels handed in."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.imported_figure import IMPORTED
from domain.spread import Spread
from scoring.arithmetic import ZERO, as_decimal, maybe_decimal
from scoring.catalogue import TableRow
from scoring.imported.terms import TermResult, compute_term, imported_figures, missing_figures
from scoring.indicator import Measurement, Targets
from scoring.notes import LISTING_NOT_WHOLE, PLACEHOLDER_TARGETS, TERM_WITHOUT_CASE, WAITS_FOR, join_notes


def measure_imported(row: TableRow, facts: UnitFacts, targets: Targets) -> Measurement:
    """s = Σ w·t / Σ w over the terms that have a case; withheld until every required figure is there."""
    figures = imported_figures(facts, row.no)
    missing = missing_figures(row, facts)
    results = [compute_term(term, facts, figures, {}, targets) for term in row.terms]
    lacking = any(result.lacks for result in results)
    counted = [result for result in results if result.value is not None]
    value = None if missing or lacking else weigh(counted)
    required = sum(figure.required for figure in row.figures)
    above, below = written_ratio(row, facts, counted)
    return Measurement(
        value=maybe_decimal(value),
        numerator=above if value is not None else None,
        denominator=below if value is not None else None,
        coverage=as_decimal(Fraction(required - len(missing), required)) if not lacking or missing else Decimal(0),
        spread=Spread(),
        parts=name_parts(row, facts, results),
        inputs=tuple(figure_id(row, facts, name) for name in figures),
        note=join_notes(
            PLACEHOLDER_TARGETS if value is not None and any(map(targets.is_placeholder, row.targets)) else "",
            TERM_WITHOUT_CASE if value is not None and len(counted) < len(results) else "",
            LISTING_NOT_WHOLE if lacking and not missing else "",
        ),
        withheld=WAITS_FOR.format("、".join(figure.name for figure in missing)) if missing else "",
    )


def weigh(counted: Sequence[TermResult]) -> Fraction | None:
    """Return the weighted mean of the terms that have a case; ``None`` of none."""
    whole = sum((result.weight for result in counted), ZERO)
    return sum((result.weight * (result.value or ZERO) for result in counted), ZERO) / whole if whole else None


def written_ratio(
    row: TableRow, facts: UnitFacts, counted: Sequence[TermResult]
) -> tuple[Decimal | None, Decimal | None]:
    """Return the two figures of a row of one plain ratio, else Σ w·t and Σ w: what stands above and below the line."""
    figures = imported_figures(facts, row.no)
    terms = row.terms
    if len(terms) == 1 and terms[0].numerator in figures and terms[0].denominator in figures:
        return figures[terms[0].numerator], figures[terms[0].denominator]
    whole = sum((result.weight for result in counted), ZERO)
    earned = sum((result.weight * (result.value or ZERO) for result in counted), ZERO)
    return as_decimal(earned), as_decimal(whole)


def name_parts(row: TableRow, facts: UnitFacts, results: Sequence[TermResult]) -> dict[str, Decimal | None]:
    """Return every figure under its id and every term under ``term_`` and its name."""
    figures = imported_figures(facts, row.no)
    parts: dict[str, Decimal | None] = {figure.id: figures.get(figure.id) for figure in row.figures}
    return parts | {f"term_{result.term.name}": maybe_decimal(result.value) for result in results}


def figure_id(row: TableRow, facts: UnitFacts, figure: str) -> str:
    """Name an imported figure as an input of a score; the store knows its version, source and who handed it in."""
    return f"{IMPORTED}{facts.unit.table}{row.no}/{figure}"
