"""What of a score rests on chance, so that its interval can be drawn and its value be computed again by hand."""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.frozen import Frozen

Count = Annotated[int, Field(ge=0)]

HELD, REFUTED, UNKNOWN, ELSEWHERE = "1", "0", "?", "."
STRATUM_END = "|"


class SampledShare(Frozen):
    """So many of a finite population were looked at, so many of them proved true (methodology.md §3.5).

    ``looks`` keeps the single items where several rows rest on one item sample: one sign for each item of the body's
    frame, in one order for all rows of the body: 1 proved true, 0 proved false, ? declared and not known, . not of this
    row's population; | between strata. Empty: only the counts are known.
    """

    name: str  # such as "consistency": the name under which the counts stand in ``Score.parts``
    confirmed: Count
    sampled: Annotated[int, Field(ge=1)]
    population: Annotated[int, Field(ge=1)]
    enough: bool = True  # False: too few were looked at to move the score; only its interval speaks of them
    looks: Annotated[str, Field(pattern=r"^[10?.|]*$")] = ""

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        if not self.confirmed <= self.sampled <= self.population:
            raise ValueError(f"{self.confirmed} of {self.sampled} of {self.population} is no sample")
        held, refuted, unknown = (self.looks.count(sign) for sign in (HELD, REFUTED, UNKNOWN))
        counted = (held, held + refuted, held + refuted + unknown)
        if self.looks and counted != (self.confirmed, self.sampled, self.population):
            raise ValueError(f"looks {self.looks!r} are not {self.confirmed} of {self.sampled} of {self.population}")
        return self

    @property
    def is_census(self) -> bool:
        """Say whether everything was looked at."""
        return self.sampled == self.population

    @property
    def share(self) -> float:
        """The factor of the published value: confirmed / sampled, 1 while the sample is too small."""
        return self.confirmed / self.sampled if self.enough else 1.0


class SpreadTerm(Frozen):
    """One weighted term of a formula: certain, the mean of blocks chosen by chance, or the share of a drawn sample.

    A block is what was drawn as one: all queries of one base item, all walks of one task, all entries of one item. With
    ``sizes`` the term is a ratio of sums: Σ block · size / Σ size.
    """

    name: str
    weight: float
    value: float
    blocks: tuple[float, ...] = ()  # their mean is ``value``; empty: census or import
    sizes: tuple[Annotated[float, Field(gt=0)], ...] = ()  # of the blocks; empty: all alike
    drawn: SampledShare | None = None  # ``value`` is its share

    @model_validator(mode="after")
    def _check_blocks(self) -> Self:
        if self.sizes and len(self.sizes) != len(self.blocks):
            raise ValueError(f"{len(self.sizes)} sizes do not fit {len(self.blocks)} blocks")
        if self.blocks and self.drawn is not None:
            raise ValueError("a term has blocks or a drawn share, not both")
        return self

    @property
    def is_certain(self) -> bool:
        """Say whether nothing of the term was drawn by chance."""
        return not self.blocks and (self.drawn is None or self.drawn.is_census)

    @property
    def recomputed(self) -> float:
        """The term's value from what it was made of."""
        if self.drawn is not None:
            return self.drawn.share
        if not self.blocks:
            return self.value
        sizes = self.sizes or (1.0,) * len(self.blocks)
        return sum(block * size for block, size in zip(self.blocks, sizes, strict=True)) / sum(sizes)


class PointsCurve(Frozen):
    """How a ratio becomes its share of the points, as the knots of a rising curve (methodology.md §3.4)."""

    knots: Annotated[tuple[tuple[float, float], ...], Field(min_length=1)]  # (ratio, share), ratios rising
    stepped: bool = False  # from a knot on its share, 0 below the first; otherwise straight between knots, flat outside

    @model_validator(mode="after")
    def _check_knots(self) -> Self:
        if any(one[0] >= two[0] for one, two in pairwise(self.knots)):
            raise ValueError("the ratios of the knots must rise")
        return self

    def share_at(self, ratio: float) -> float:
        """Return the share of the points at a ratio."""
        if self.stepped:
            return next((share for knot, share in reversed(self.knots) if ratio >= knot), 0.0)
        for (low, below), (high, above) in pairwise(self.knots):
            if low <= ratio <= high:
                return below + (above - below) * (ratio - low) / (high - low)
        return self.knots[0][1] if ratio < self.knots[0][0] else self.knots[-1][1]


class Spread(Frozen):
    """value = Σ weight · term × Π factors, through ``curve``; nothing in it: the value is a census or an import."""

    terms: tuple[SpreadTerm, ...] = ()
    factors: tuple[SampledShare, ...] = ()
    curve: PointsCurve | None = None  # ``None``: the ratio is the share of the points

    @property
    def is_certain(self) -> bool:
        """Say whether nothing was drawn by chance."""
        return all(term.is_certain for term in self.terms) and all(factor.is_census for factor in self.factors)

    @property
    def recomputed(self) -> float | None:
        """The value by the formula above; ``None`` where the spread is empty."""
        if not self.terms:
            return None
        value = sum(term.weight * term.recomputed for term in self.terms)
        for factor in self.factors:
            value *= factor.share
        return value if self.curve is None else self.curve.share_at(value)
