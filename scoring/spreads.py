"""How an indicator says what of its value rests on chance: the few shapes that a ``Spread`` takes.

A census row with a k returns ``spread_of(value_without_k, consistency.factors)``; a row whose terms were drawn lists
them with ``certain``, ``mean_of``, ``ratio_of`` and ``share_of``.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from domain.spread import PointsCurve, SampledShare, Spread, SpreadTerm
from scoring.arithmetic import ONE
from scoring.maps import MapKind, PointsMap

SAME = 1e-9


def spread_of(value: Fraction | None, factors: tuple[SampledShare, ...] = ()) -> Spread:
    """Return the spread of a census value times sampled factors; empty where there is no value or nothing drawn."""
    if value is None or not factors:
        return Spread()
    return Spread(terms=(certain("declared", value),), factors=factors)


def sum_up_terms(terms: Iterable[SpreadTerm | None], factors: tuple[SampledShare, ...] = ()) -> Spread:
    """Return the spread of a weighted sum; terms that were not observed are ``None`` and left out."""
    return Spread(terms=tuple(term for term in terms if term is not None), factors=factors)


def bring_to_points(spread: Spread, chosen: PointsMap, value: Fraction | None, cases: Fraction | None) -> Spread:
    """Return the spread of a ratio that a map brings to ``value``; ``cases`` is what a map by problems counts.

    Problems that are counted beside the ratio cannot be drawn through it: such a row has no interval.
    """
    if spread.is_certain or value is None:
        return Spread()
    mapped = spread.model_copy(update={"curve": curve_of(chosen, cases)})
    told = mapped.recomputed
    return mapped if told is not None and abs(told - float(value)) < SAME else Spread()


def curve_of(chosen: PointsMap, cases: Fraction | None) -> PointsCurve | None:
    """Return a map as a curve over the ratio; ``None`` for the ratio itself."""
    if chosen.kind is MapKind.STEPS:
        return PointsCurve(knots=tuple((float(step.at), float(step.share)) for step in chosen.steps), stepped=True)
    if chosen.kind is MapKind.LIN:
        return PointsCurve(knots=((float(chosen.low or 0), 0.0), (float(1 if chosen.high is None else chosen.high), 1)))
    if chosen.kind is MapKind.DEDUCT and chosen.per_problem and cases:  # problems = cases · (1 − ratio)
        return PointsCurve(knots=((1 - 1 / (float(chosen.per_problem) * float(cases)), 0.0), (1.0, 1.0)))
    return None


def certain(name: str, value: Fraction, weight: Fraction = ONE) -> SpreadTerm:
    """A term that is a census or an import."""
    return SpreadTerm(name=name, weight=float(weight), value=float(value))


def mean_of(name: str, blocks: Sequence[Fraction], weight: Fraction = ONE) -> SpreadTerm | None:
    """A term that is the mean of blocks, each of them drawn as one; ``None`` of nothing."""
    if not blocks:
        return None
    mean = sum(blocks, Fraction(0)) / len(blocks)
    return SpreadTerm(
        name=name, weight=float(weight), value=float(mean), blocks=tuple(float(block) for block in blocks)
    )


def ratio_of(name: str, parts: Sequence[tuple[Fraction, Fraction]], weight: Fraction = ONE) -> SpreadTerm | None:
    """A term that is Σ part / Σ whole over clusters ``(part, whole)``; clusters without a case are left out."""
    cases = [(part, whole) for part, whole in parts if whole > 0]
    if not cases:
        return None
    value = sum((part for part, _ in cases), Fraction(0)) / sum((whole for _, whole in cases), Fraction(0))
    return SpreadTerm(
        name=name,
        weight=float(weight),
        value=float(value),
        blocks=tuple(float(part / whole) for part, whole in cases),
        sizes=tuple(float(whole) for _, whole in cases),
    )


def share_of(
    name: str, yes: int, told: int, population: int, weight: Fraction = ONE, *, enough: bool = True
) -> SpreadTerm | None:
    """A term that is yes / told of a drawn sample; a population that is known too small counts as looked at whole."""
    if not told:
        return None
    drawn = SampledShare(name=name, confirmed=yes, sampled=told, population=max(population, told), enough=enough)
    return SpreadTerm(name=name, weight=float(weight), value=drawn.share, drawn=drawn)
