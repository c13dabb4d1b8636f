"""The table of lists that other channels hand in entry by entry."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class HandedEntryRow(SQLModel, table=True):
    """One entry; rows are only ever added, a newer version of a list stands beside the older one."""

    __tablename__ = "handed_entry"

    period: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    figures: dict[str, Any] = Field(sa_type=JSON)
    source: str
    recorded_by: str
    imported_at: datetime
    file_sha256: str
