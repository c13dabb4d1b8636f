"""The tables of what is reckoned and of what other channels hand in for it; what was seen stands in ``tables``."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.column_types import PackedStrings
from storage.tables import ADDED_TEXT, RUN


class ScoreRow(SQLModel, table=True):
    """One indicator's score of one body."""

    __tablename__ = "score"

    run: str = Field(primary_key=True, foreign_key=RUN)
    period: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    table: str = Field(primary_key=True)
    row: int = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    version: int
    rule_set: str = Field(sa_column_kwargs=ADDED_TEXT)
    title: str
    weight: float
    state: str
    value: float | None
    points: float | None
    numerator: float | None
    denominator: float | None
    coverage: float
    minimum_coverage: float
    measured_share: float
    weight_entered: float = Field(sa_column_kwargs={"server_default": "0"})
    spread: dict[str, Any] = Field(sa_type=JSON, sa_column_kwargs={"server_default": "{}"})
    interval: list[float] | None = Field(sa_type=JSON(none_as_null=True))
    parts: dict[str, float | None] = Field(sa_type=JSON)
    note: str
    inputs: list[str] = Field(sa_type=PackedStrings)
    excluded: list[str] = Field(sa_type=PackedStrings)


class UnitTotalRow(SQLModel, table=True):
    """The total of one body, partial or full, in both readings."""

    __tablename__ = "unit_total"

    run: str = Field(primary_key=True, foreign_key=RUN)
    period: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    table: str
    value: float | None
    weight_scored: float
    weight_applicable: float
    rank: int | None
    kind: str = Field(sa_column_kwargs={"server_default": "partial"})
    reading: str = Field(sa_column_kwargs={"server_default": "narrow"})
    in_list: str = Field(sa_column_kwargs={"server_default": "A"})
    published: str | None  # exact decimals, as the next three
    base: float | None
    bonus: str | None
    penalty: str | None
    applicable_points: str | None
    missing: list[dict[str, Any]] = Field(sa_type=JSON, sa_column_kwargs={"server_default": "[]"})
    readings: list[dict[str, Any]] = Field(sa_type=JSON, sa_column_kwargs={"server_default": "[]"})


class ImportedFigureRow(SQLModel, table=True):
    """One figure of another channel; rows are only ever added, a newer version stands beside the older one."""

    __tablename__ = "imported_figure"

    period: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    table: str = Field(primary_key=True)
    row: int = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    value: str  # an exact decimal
    channel: str
    source: str
    recorded_by: str
    imported_at: datetime
    file_sha256: str
