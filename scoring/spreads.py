"""How an indicator says what of its value rests on chance: the few shapes that a ``Spread`` takes.

A census row with a k returns ``spread_of(value_without_k, consistency.factors)``; a row whose terms were drawn lists
them with ``certain``, ``mean_of``, ``ratio_of`` and ``share_of``.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from domain.spread import SampledShare, Spread, SpreadTerm
from scoring.arithmetic import ONE


def spread_of(value: Fraction | None, factors: tuple[SampledShare, ...] = ()) -> Spread:
    """Return the spread of a census value times sampled factors; empty where there is no value or nothing drawn."""
    if value is None or not factors:
        return Spread()
    return Spread(terms=(certain("declared", value),), factors=factors)


def sum_up_terms(terms: Iterable[SpreadTerm | None], factors: tuple[SampledShare, ...] = ()) -> Spread:
    """Return the spread of a weighted sum; terms that were not observed are ``None`` and left out."""
    return Spread(terms=tuple(term for term in terms if term is not None), factors=factors)


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
