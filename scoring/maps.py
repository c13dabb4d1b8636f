"""The four exact ways from a ratio to a share of points, as the configuration chooses them (methodology.md §3.4)."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from domain.frozen import Frozen
from scoring.arithmetic import ONE, ZERO, linear


class MapKind(StrEnum):
    """The forms that are allowed; every one of them rises (or stays) with the ratio, ``DEDUCT`` falls with problems."""

    SHARE = "share"  # the ratio itself
    LIN = "lin"  # 0 at ``low``, 1 at ``high``, straight between them
    STEPS = "steps"  # the share of the highest step that is reached
    DEDUCT = "deduct"  # 1 less so much per problem, never below 0


class Step(Frozen):
    """From a ratio of ``at`` on, ``share`` of the points."""

    at: Decimal
    share: Decimal = Field(ge=0, le=1)


class PointsMap(Frozen):
    """One map with its parameters; those of another kind must stay unset."""

    kind: MapKind = MapKind.SHARE
    low: Decimal | None = None
    high: Decimal | None = None
    steps: tuple[Step, ...] = ()
    per_problem: Decimal | None = Field(default=None, gt=0, le=1)

    @model_validator(mode="after")
    def _check_parameters(self) -> Self:
        if (self.low is not None or self.high is not None) and self.kind is not MapKind.LIN:
            raise ValueError("low and high belong to lin")
        if self.kind is MapKind.LIN and not (self.low or Decimal(0)) < (Decimal(1) if self.high is None else self.high):
            raise ValueError("lin needs low < high")
        if bool(self.steps) is not (self.kind is MapKind.STEPS):
            raise ValueError("steps belong to the map steps, which needs at least one")
        if (self.per_problem is not None) is not (self.kind is MapKind.DEDUCT):
            raise ValueError("per_problem belongs to deduct, which needs it")
        marks = [(step.at, step.share) for step in self.steps]
        if any(one[0] >= two[0] or one[1] > two[1] for one, two in pairwise(marks)):
            raise ValueError("steps must rise: a higher ratio never earns less")
        return self


def apply_map(chosen: PointsMap, ratio: Fraction, *, problems: Fraction | None = None) -> Fraction | None:
    """Return the share of the points, 0..1; ``None`` where ``deduct`` does not know how many problems there are."""
    if chosen.kind is MapKind.LIN:
        return linear(ratio, Fraction(chosen.low or 0), Fraction(1 if chosen.high is None else chosen.high))
    if chosen.kind is MapKind.STEPS:
        return Fraction(max((step.share for step in chosen.steps if ratio >= step.at), default=Decimal(0)))
    if chosen.kind is MapKind.DEDUCT:
        return None if problems is None else max(ONE - Fraction(chosen.per_problem or 0) * problems, ZERO)
    return min(max(ratio, ZERO), ONE)
