"""The tables of samples that people check: commitments, draws, revealed salts and what observers found."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary
from sqlmodel import Field, SQLModel

from storage.tables import RUN

COMMITMENT = "sample_commitment.id"


class SampleCommitmentRow(SQLModel, table=True):
    """One commitment; the salt stays in this table until it is revealed, and the frame is kept as it was."""

    __tablename__ = "sample_commitment"

    id: str = Field(primary_key=True)
    period: str
    target: str
    run: str = Field(foreign_key=RUN)
    salt_sha256: str
    frame_sha256: str
    frame_items: int
    size: dict[str, Any] = Field(sa_type=JSON)
    beacon: str
    made_at: datetime
    made_by: str
    in_time: bool
    salt: str
    frame: bytes = Field(sa_type=LargeBinary)  # the items as JSON, zstd


class SampleDrawRow(SQLModel, table=True):
    """The one draw of a commitment."""

    __tablename__ = "sample_draw"

    commitment: str = Field(primary_key=True, foreign_key=COMMITMENT)
    drawn_at: datetime
    drawn_by: str
    beacon_value: str
    populations: dict[str, dict[str, int]] = Field(sa_type=JSON)
    sizes: dict[str, dict[str, int]] = Field(sa_type=JSON)


class SampledItemRow(SQLModel, table=True):
    """One drawn item."""

    __tablename__ = "sampled_item"

    commitment: str = Field(primary_key=True, foreign_key=COMMITMENT)
    unit: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    item_id: str
    title: str
    url: str
    stratum: str
    order: str
    checks: list[str] = Field(sa_type=JSON)
    spare: list[str] = Field(sa_type=JSON)
    watched: list[str] = Field(sa_type=JSON)
    second: bool


class SaltRevealRow(SQLModel, table=True):
    """A published salt."""

    __tablename__ = "salt_reveal"

    commitment: str = Field(primary_key=True, foreign_key=COMMITMENT)
    salt: str
    revealed_at: datetime
    revealed_by: str


class SampleCheckRow(SQLModel, table=True):
    """What one observer found on one item in one aspect; rows are only ever added."""

    __tablename__ = "sample_check"
    __table_args__ = (Index(None, "commitment", "recorded_at"),)

    commitment: str = Field(primary_key=True, foreign_key=COMMITMENT)
    unit: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    aspect: str = Field(primary_key=True)
    observer: str = Field(primary_key=True)
    observation: str = Field(primary_key=True)
    observed_at: datetime = Field(primary_key=True)
    verdict: str
    seen: str
    source: str
    note: str
    pictures: list[str] = Field(sa_type=JSON)
    recorded_by: str
    recorded_at: datetime
