"""Brings the figures of other channels from the store to the facts of each body."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.facts import UnitFacts
from domain.imported_figure import ImportedFigure
from storage.store import Store

RowFigures = Mapping[int, Mapping[str, Decimal]]


def with_figures(facts: Iterable[UnitFacts], store: Store, period: str) -> tuple[UnitFacts, ...]:
    """Give every body the newest figures that were handed in for the period."""
    figures = figures_by_unit(store.figures.current(period))
    return tuple(fact.model_copy(update={"imported": figures.get(fact.unit.id, {})}) for fact in facts)


def figures_by_unit(figures: Iterable[ImportedFigure]) -> dict[str, RowFigures]:
    """Sort figures by body, row and id."""
    found: dict[str, dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for one in figures:
        found[one.unit][one.row][one.figure] = one.value
    return {unit: {row: dict(values) for row, values in rows.items()} for unit, rows in found.items()}
