"""What a row asks other channels for, as data: its figures, and the terms of its formula that rest on them."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from domain.figure import Figure
from domain.frozen import Frozen
from scoring.maps import MapKind


class Crawled(StrEnum):
    """Quantities of the crawl that may stand below the line of a term."""

    PUBLISHED_ITEMS = "published_items"  # guides of items that the portal publishes for the body


class Term(Frozen):
    """One weighted term; weights are relative: a term without a case is dropped and the rest re-scaled.

    The ratio is numerator / denominator, or the numerator alone, or the mean of a checklist of 0 and 1. The numerator
    may be a named part of what was measured (``numerator_part``), the denominator a quantity of the crawl.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    weight: Decimal = Field(gt=0)
    numerator: str = ""
    numerator_part: str = ""
    denominator: str = ""
    denominator_crawled: Crawled | None = None
    checklist: tuple[str, ...] = ()
    complement: bool = False  # 1 − ratio
    map: MapKind = MapKind.SHARE
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(1)
    target: str = ""  # name of the target value that stands for ``high``

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures that the term reads."""
        return tuple(name for name in (self.numerator, self.denominator, *self.checklist) if name)

    @model_validator(mode="after")
    def _check_form(self) -> Self:
        if sum(map(bool, (self.numerator, self.numerator_part, self.checklist))) != 1:
            raise ValueError(f"term {self.name} needs one of numerator, numerator_part and checklist")
        if self.denominator and self.denominator_crawled is not None:
            raise ValueError(f"term {self.name} has two denominators")
        if self.map not in (MapKind.SHARE, MapKind.LIN):
            raise ValueError(f"term {self.name} may use the maps share and lin")
        if (self.target or self.low != 0 or self.high != 1) and self.map is not MapKind.LIN:
            raise ValueError(f"term {self.name} has bounds or a target, which belong to lin")
        if not self.low < self.high:
            raise ValueError(f"term {self.name} needs low < high")
        return self


def check_terms(figures: Iterable[Figure], terms: Iterable[Term]) -> None:
    """Raise ``ValueError`` for a name that comes twice or that leads nowhere."""
    known = [figure.id for figure in figures]
    if len(set(known)) != len(known):
        raise ValueError("two figures of a row have the same id")
    named = [term.name for term in terms]
    if len(set(named)) != len(named):
        raise ValueError("two terms of a row have the same name")
    read = {name for term in terms for name in term.figures} | {one.at_most for one in figures if one.at_most}
    if strange := sorted(read - set(known)):
        raise ValueError(f"figures that the row does not define: {', '.join(strange)}")
