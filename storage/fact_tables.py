"""The tables of what scoring reads of a run, so that a scoring needs neither documents nor audits."""

from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, SQLModel

from storage.tables import RUN


class ItemFactsRow(SQLModel, table=True):
    """The facts of all items of one body, column by column; gone as soon as anything that they rest on changes."""

    __tablename__ = "item_facts"

    run: str = Field(primary_key=True, foreign_key=RUN)
    unit: str = Field(primary_key=True)
    version: str  # of the code that turned guides and audits into facts
    items: int
    columns: bytes = Field(sa_type=LargeBinary)  # storage/fact_columns.py


class PlannedProbesRow(SQLModel, table=True):
    """How many probes of each kind were planned for each body of a run."""

    __tablename__ = "planned_probes"

    run: str = Field(primary_key=True, foreign_key=RUN)
    counts: dict[str, Any] = Field(sa_type=JSON)  # body → probe → tasks
