"""A figure that no citizen can see and that another channel of the evaluation hands in (notice, annex 1 §4)."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.frozen import Frozen

IMPORTED = "imported/"
"""Begins the id by which a score names an imported figure among its inputs: ``imported/D32/cases_finished``."""


class ImportChannel(StrEnum):
    """The three channels beside the user's own eyes."""

    VISIT = "visit"  # 现场走访
    STATISTICS = "statistics"  # 系统统计
    MONITORING = "monitoring"  # 日常工作监测


class ImportedFigure(Frozen):
    """One figure of one body and indicator row; a newer version replaces an older one, and both are kept."""

    period: str  # 2021H1
    unit: str
    table: str  # D or C
    row: int
    figure: str  # id of the figure in the row's definition, such as "cases_uploaded"
    value: Decimal
    channel: ImportChannel
    source: Annotated[str, Field(min_length=1)]  # which system, list or visit it was taken from
    recorded_by: Annotated[str, Field(min_length=1)]
    version: Annotated[int, Field(ge=1)]  # counts the hand-ins of a period, from 1
    imported_at: AwareDatetime
    file_sha256: str  # of the file that was handed in
