"""The tables of the store: long rows, one per thing measured, named after the domain types that they hold.

Rows never leave this package. Table classes of SQLModel do not validate, so the repositories do (see ``rows.py``).
Every key is the natural one, so that a repeat overwrites and never doubles.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, false, text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
RUN = "run.id"
ADDED_TEXT = {"server_default": text("''")}
"""For columns that came later: rows of an older store have no text there."""


class RunRow(SQLModel, table=True):
    """One execution with its provenance."""

    __tablename__ = "run"
    __table_args__ = (Index(None, "started_at", "id"),)

    id: str = Field(primary_key=True)
    kind: str
    period: str
    target: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    units: list[str] = Field(sa_type=JSON)
    portals: list[str] = Field(sa_type=JSON)
    tool_version: str
    tool_commit: str
    packages: dict[str, str] = Field(sa_type=JSON)
    browser: str
    settings_hash: str
    settings: dict[str, Any] = Field(sa_type=JSON)
    vantage: str
    counts: dict[str, int] = Field(sa_type=JSON)
    note: str = Field(default="", sa_column_kwargs=ADDED_TEXT)
    manifest: str | None = None
    time_stamp: str | None = None


class ListingRow(SQLModel, table=True):
    """What a unit's listing claimed and gave."""

    __tablename__ = "listing"

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    total: int | None
    rows: int
    guides: int
    offered: bool
    failure: str | None


class ListedGuideRow(SQLModel, table=True):
    """One guide that a listing names."""

    __tablename__ = "listed_guide"

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    code: str
    title: str
    url: str
    version: str = Field(default="", sa_column_kwargs=ADDED_TEXT)


class GuideVisitRow(SQLModel, table=True):
    """How the visit to one listed guide ended."""

    __tablename__ = "guide_visit"
    __table_args__ = (Index(None, "run", "portal", "unit", "outcome"),)

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    code: str
    title: str
    url: str
    outcome: str
    failure: str | None
    status: int | None
    document: str | None
    fetched_at: datetime
    attempts: int
    version: str = Field(default="", sa_column_kwargs=ADDED_TEXT)
    etag: str = Field(default="", sa_column_kwargs=ADDED_TEXT)
    last_modified: str = Field(default="", sa_column_kwargs=ADDED_TEXT)
    unchanged: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class AddressVisitRow(SQLModel, table=True):
    """One look at one published address."""

    __tablename__ = "address_visit"
    __table_args__ = (Index(None, "url", "visited_at"),)

    run: str = Field(primary_key=True, foreign_key=RUN)
    url: str = Field(primary_key=True)
    uses: list[str] = Field(sa_type=JSON)
    outcome: str
    failure: str | None
    status: int | None
    final_url: str
    reached_login: bool
    file_name: str
    media_type: str
    sha256: str | None
    bytes: int | None
    etag: str
    last_modified: str
    unchanged: bool
    too_large: bool
    visited_at: datetime
    duration_ms: int


class FileReportRow(SQLModel, table=True):
    """What one inspector found in the bytes of one published file."""

    __tablename__ = "file_report"

    sha256: str = Field(primary_key=True)
    inspector: str = Field(primary_key=True)
    report: dict[str, Any] = Field(sa_type=JSON)


class FieldCoverageRow(SQLModel, table=True):
    """How much of one field one crawl of one portal saw."""

    __tablename__ = "field_coverage"

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    guides: int
    filled: int
    blank: int
    unseen: int
    filled_example: str
    blank_example: str
    compared_with: str
    held_before: int
    lost: int
    lost_bodies: int
    gained: int
    vanished: bool


class ReadabilityRow(SQLModel, table=True):
    """The readability features of one guide."""

    __tablename__ = "readability"
    __table_args__ = (Index(None, "run", "unit"),)

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    unit: str | None
    subject: str
    document: str
    version: str
    score: float | None
    features: dict[str, Any] = Field(sa_type=JSON)


class GuideRow(SQLModel, table=True):
    """One parsed guide, shared by every run that was given the same bytes."""

    __tablename__ = "guide"

    portal: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    document: str = Field(primary_key=True)
    parser: str = Field(primary_key=True)
    saved_at: datetime
    parsed: bytes = Field(sa_type=LargeBinary)  # the guide as JSON, zstd


class RuleSetRow(SQLModel, table=True):
    """The rules and versions behind a vector of outcomes."""

    __tablename__ = "rule_set"

    id: str = Field(primary_key=True)
    members: list[list[Any]] = Field(sa_type=JSON)


class AuditRow(SQLModel, table=True):
    """All rules' outcomes on one guide in one row."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "run", "unit", "portal", "item_id"),
        Index(None, "document", "rule_set", "basis"),
    )

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    unit: str | None
    subject: str
    document: str
    rule_set: str = Field(foreign_key="rule_set.id")
    basis: str = Field(default="", sa_column_kwargs=ADDED_TEXT)
    outcomes: str
    shares: dict[str, list[int]] = Field(sa_type=JSON)


class FindingRow(SQLModel, table=True):
    """One fault; every index ends in the key's order, so that a page of findings needs no sorting."""

    __tablename__ = "finding"
    __table_args__ = (
        Index(None, "run", "unit", "portal", "item_id", "rule_id"),
        Index(None, "run", "rule_id", "portal", "item_id"),
        Index(None, "run", "subject"),
    )

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    rule_id: str = Field(primary_key=True)
    rule_version: int
    unit: str | None
    subject: str
    field: str
    outcome: str
    state: str
    reason: str
    excerpt: str
    checked: int
    failed: int
    document: str
    url: str
    picture: str | None = None


class ObservationRow(SQLModel, table=True):
    """One probe on one item, with its steps."""

    __tablename__ = "observation"
    __table_args__ = (Index(None, "run", "unit"),)

    run: str = Field(primary_key=True, foreign_key=RUN)
    portal: str = Field(primary_key=True)
    probe_id: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    unit: str | None
    subject: str
    probe_version: int
    attempt: int
    outcome: str
    failure: str | None
    reason: str
    value: float | None
    unit_of_value: str
    measures: dict[str, Any] = Field(sa_type=JSON)
    steps: list[dict[str, Any]] = Field(sa_type=JSON)
    refusals: list[dict[str, Any]] = Field(sa_type=JSON)
    trace: str | None
    faces: list[dict[str, Any]] = Field(sa_type=JSON, sa_column_kwargs={"server_default": "[]"})
    started_at: datetime
    finished_at: datetime
    browser: str
    channel: str = Field(sa_column_kwargs={"server_default": text("'program'")})
    recorded_by: str = Field(sa_column_kwargs=ADDED_TEXT)
    rows: list[dict[str, Any]] = Field(sa_type=JSON, sa_column_kwargs={"server_default": "[]"})
    visits: list[dict[str, Any]] = Field(sa_type=JSON, sa_column_kwargs={"server_default": "[]"})
    inputs: dict[str, Any] = Field(sa_type=JSON, sa_column_kwargs={"server_default": "{}"})
    manifest: str | None


class ReviewRow(SQLModel, table=True):
    """One remark; rows are only ever added."""

    __tablename__ = "review"
    __table_args__ = (Index(None, "about"),)

    id: int | None = Field(default=None, primary_key=True)
    about: str
    reviewer: str
    verdict: str
    note: str
    at: datetime


class RowGradeRow(SQLModel, table=True):
    """One person's grade of one observed row; rows are only ever added."""

    __tablename__ = "row_grade"
    __table_args__ = (Index(None, "observation"),)

    id: int | None = Field(default=None, primary_key=True)
    observation: str
    row: int
    row_hash: str
    reviewer: str
    grade: float
    machine: float | None
    why: str
    at: datetime


class EvidenceRow(SQLModel, table=True):
    """One capture of a kept artefact; the same bytes may be captured at several addresses and nights."""

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "sha256"),)

    run: str = Field(primary_key=True, foreign_key=RUN)
    sha256: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    url: str = Field(primary_key=True)
    media_type: str
    bytes: int
    captured_at: datetime
