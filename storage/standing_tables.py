"""The tables of rankings and of the definitions behind them."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.tables import RUN


class StandingRow(SQLModel, table=True):
    """One body's place in one ranking."""

    __tablename__ = "standing"

    run: str = Field(primary_key=True, foreign_key=RUN)
    period: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    reading: str = Field(primary_key=True)
    table: str
    in_list: str
    kind: str
    total: float
    interval: list[float] | None = Field(sa_type=JSON(none_as_null=True))
    rank: int
    rank_low: int
    rank_high: int
    above_next: float | None
    p_top3: float
    band: int
    level: float
    draws: int
    seed: int


class ScoringBasisRow(SQLModel, table=True):
    """The definitions with which a run was scored."""

    __tablename__ = "scoring_basis"

    run: str = Field(primary_key=True, foreign_key=RUN)
    period: str
    tool_version: str
    reading: str
    rule_sets: list[str] = Field(sa_type=JSON)
    targets: dict[str, str] = Field(sa_type=JSON)
    targets_placeholder: bool
    readability_calibrated: bool
    seed: int
    draws: int
    rows: list[dict[str, Any]] = Field(sa_type=JSON)


class SensitivityRow(SQLModel, table=True):
    """What other choices would make of one ranking."""

    __tablename__ = "sensitivity"

    run: str = Field(primary_key=True, foreign_key=RUN)
    period: str = Field(primary_key=True)
    table: str = Field(primary_key=True)
    in_list: str = Field(primary_key=True)
    reading: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    seed: int
    draws: int
    variations: list[dict[str, Any]] = Field(sa_type=JSON)
    movers: list[dict[str, Any]] = Field(sa_type=JSON)
