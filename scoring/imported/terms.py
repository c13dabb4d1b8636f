"""Computes the terms of a row from imported figures in one generic way, so that no row has arithmetic of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.figure import Figure
from scoring.arithmetic import ONE, ZERO
from scoring.catalogue import TableRow
from scoring.census import take_census
from scoring.figures import Crawled, Term
from scoring.indicator import Targets
from scoring.maps import MapKind, PointsMap, apply_map

Figures = Mapping[str, Decimal]
Parts = Mapping[str, Decimal | None]


@dataclass(frozen=True, kw_only=True)
class TermResult:
    """One term of a body: its value in 0..1, ``None`` without a case, or the quantities that it still lacks."""

    term: Term
    value: Fraction | None
    lacks: tuple[str, ...] = ()

    @property
    def weight(self) -> Fraction:
        return Fraction(self.term.weight)


def imported_figures(facts: UnitFacts, row: int) -> Figures:
    """Return the figures that other channels handed in for a row of the body's table."""
    return facts.imported.get(row, {})


def missing_figures(row: TableRow, facts: UnitFacts) -> tuple[Figure, ...]:
    """Return the required figures of a row that nobody has handed in."""
    given = imported_figures(facts, row.no)
    return tuple(figure for figure in row.figures if figure.required and figure.id not in given)


def crawled_quantity(facts: UnitFacts, quantity: Crawled) -> Fraction | None:
    """Return a quantity of the crawl; ``None`` when the listing is not whole by an unknown number."""
    assert quantity is Crawled.PUBLISHED_ITEMS
    census = take_census(facts, known=lambda item: True, needs=())
    return None if census.missing is None else Fraction(len(census.seen) + len(census.unseen) + census.missing)


def compute_term(term: Term, facts: UnitFacts, figures: Figures, parts: Parts, targets: Targets) -> TermResult:
    """Compute one term; ``parts`` are the named figures that were measured from the user's side."""
    if lacking := tuple(name for name in term.figures if name not in figures):
        return TermResult(term=term, value=None, lacks=lacking)
    if term.checklist:
        answers = [Fraction(figures[name]) for name in term.checklist]
        return TermResult(term=term, value=shape(term, sum(answers, ZERO) / len(answers), targets))
    above = figures[term.numerator] if term.numerator else parts.get(term.numerator_part)
    if above is None:
        return TermResult(term=term, value=None, lacks=(term.numerator_part,))
    below = ONE
    if term.denominator:
        below = Fraction(figures[term.denominator])
    elif term.denominator_crawled is not None:
        crawled = crawled_quantity(facts, term.denominator_crawled)
        if crawled is None:
            return TermResult(term=term, value=None, lacks=(term.denominator_crawled.value,))
        below = crawled
    return TermResult(term=term, value=shape(term, Fraction(above) / below, targets) if below else None)


def shape(term: Term, ratio: Fraction, targets: Targets) -> Fraction:
    """Bring a ratio to 0..1 by the term's map."""
    if term.map is MapKind.LIN:
        high = targets.value_of(term.target) if term.target else term.high
        mapped = apply_map(PointsMap(kind=MapKind.LIN, low=term.low, high=high), ratio)
    else:
        mapped = apply_map(PointsMap(), ratio)
    assert mapped is not None  # neither form looks at problems
    return ONE - mapped if term.complement else mapped
