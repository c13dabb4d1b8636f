"""Target values as the client sets them, checked before they can shift a score."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from domain.errors import UsageError
from domain.frozen import Frozen
from domain.period import Period
from scoring.indicator import Targets
from scoring.maps import PointsMap

TARGETS_FILE = Path(__file__).with_name("targets.toml")
RowName = Annotated[str, StringConstraints(pattern=r"^[DC]\d{1,2}$")]


class TargetsFile(Frozen):
    """What a targets file may hold."""

    placeholder: bool
    set_on: date | None = None  # the day the client decided
    time_saving: Decimal = Field(gt=0, le=1)
    promise_days: Decimal = Field(gt=0)
    immediate_share: Decimal = Field(gt=0, le=1)
    power_list_cut: Decimal = Field(default=Decimal("0.10"), gt=0, le=1)
    open_data_sets: Decimal = Field(default=Decimal(50), gt=0)
    open_data_rows: Decimal = Field(default=Decimal(100_000), gt=0)
    seal_uses: Decimal = Field(default=Decimal(100), gt=0)
    person_users: Decimal = Field(default=Decimal("0.6"), gt=0, le=1)
    legal_users: Decimal = Field(default=Decimal("0.8"), gt=0, le=1)
    yst_users: Decimal = Field(default=Decimal("0.6"), gt=0, le=1)
    active_users: Decimal = Field(default=Decimal("0.8"), gt=0, le=1)
    evaluation_share: Decimal = Field(default=Decimal("0.2"), gt=0, le=1)
    maps: Mapping[RowName, PointsMap] = {}

    @model_validator(mode="after")
    def _check_decision(self) -> Self:
        if self.placeholder is (self.set_on is not None):
            raise ValueError("decided targets name the day in set_on, placeholders have none")
        return self


TARGET_NAMES = tuple(name for name in TargetsFile.model_fields if name not in ("placeholder", "set_on", "maps"))


def load_targets(path: Path = TARGETS_FILE, *, period: Period | None = None) -> Targets:
    """Read target values; with ``period``, decided ones must be older than its sampling window.

    Raises ``UsageError`` for a file that cannot be read, does not fit, or was decided too late.
    """
    content = read_targets_file(path)
    if period is not None and content.set_on is not None and content.set_on >= period.sampling_window[0]:
        raise UsageError(
            f"targets of {path.name} were set on {content.set_on}; for {period} they must be set before "
            f"{period.sampling_window[0]}, the first day of sampling"
        )
    named = content.model_dump(exclude={"set_on", "maps"})
    return Targets(**named, maps=content.maps, undecided=frozenset(TARGET_NAMES) - content.model_fields_set)


def read_targets_file(path: Path) -> TargetsFile:
    """Parse and check one file without looking at the calendar."""
    try:
        return TargetsFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"cannot read targets from {path}: {error}; allowed: a TOML file") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(f"targets in {path.name} do not fit: {where}: {first['msg']}") from error
