"""What of a score rests on chance, so that its interval can be drawn and its value be computed again by hand."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.frozen import Frozen

Count = Annotated[int, Field(ge=0)]


class SampledShare(Frozen):
    """So many of a finite population were looked at, so many of them proved true (methodology.md §3.5)."""

    name: str  # such as "consistency": the name under which the counts stand in ``Score.parts``
    confirmed: Count
    sampled: Annotated[int, Field(ge=1)]
    population: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        if not self.confirmed <= self.sampled <= self.population:
            raise ValueError(f"{self.confirmed} of {self.sampled} of {self.population} is no sample")
        return self


class SpreadTerm(Frozen):
    """One weighted term of a formula: a value that is certain, or the mean of blocks that were chosen by chance.

    A block is what was drawn as one: all queries of one base item, all walks of one task, all questions of one item.
    """

    name: str
    weight: float
    value: float
    blocks: tuple[float, ...] = ()  # their mean is ``value``; empty: census or import


class Spread(Frozen):
    """value = Σ weight · term × Π confirmed / sampled; nothing in it: the value is a census or an import."""

    terms: tuple[SpreadTerm, ...] = ()
    factors: tuple[SampledShare, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Say whether nothing was drawn by chance."""
        return not any(term.blocks for term in self.terms) and all(f.sampled == f.population for f in self.factors)
