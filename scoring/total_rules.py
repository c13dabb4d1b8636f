"""How rows become a total, as configuration: what the notice leaves open is decided in a file and not in code."""

import tomllib
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from domain.errors import UsageError
from domain.frozen import Frozen

TOTALS_FILE = Path(__file__).with_name("totals.toml")


class BonusOrder(StrEnum):
    """Whether bonus and penalty are part of what is re-scaled to 100."""

    AFTER = "after"
    BEFORE = "before"


class TotalRules(Frozen):
    """The decisions that a total rests on; the defaults are those of methodology.md §3.3 and §7."""

    bonus_order: BonusOrder = BonusOrder.AFTER
    cap: Decimal | None = None  # no cap
    floor: Decimal = Decimal(0)
    list_a_points: Decimal = Field(default=Decimal(85), ge=0, le=100)
    full_row_share: Decimal = Field(default=Decimal("0.2"), ge=0, le=1)
    first_half: Decimal = Field(default=Decimal("0.4"), ge=0, le=1)
    second_half: Decimal = Field(default=Decimal("0.6"), ge=0, le=1)

    @model_validator(mode="after")
    def _check_sums(self) -> Self:
        if self.first_half + self.second_half != 1:
            raise ValueError("the two halves of a year must weigh 1 together")
        if self.cap is not None and self.cap < self.floor:
            raise ValueError("the cap lies below the floor")
        return self


def load_total_rules(path: Path = TOTALS_FILE) -> TotalRules:
    """Read the rules; raise ``UsageError`` for a file that cannot be read or does not fit."""
    try:
        return TotalRules.model_validate(tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"cannot read total rules from {path}: {error}; allowed: a TOML file") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(f"total rules in {path.name} do not fit: {where}: {first['msg']}") from error
