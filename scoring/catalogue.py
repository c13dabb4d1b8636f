"""The notice's two indicator tables as checked data, so that no weight and no text is ever typed in code."""

import datetime
import tomllib
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from domain.errors import UsageError, unknown
from domain.figure import Figure, FigureRow
from domain.frozen import Frozen
from domain.handed_list import ListKind
from domain.unit import Table
from scoring.figures import Term, check_terms
from scoring.maps import PointsMap

TABLES_FOLDER = Path(__file__).with_name("tables")
TABLE_FILES = {Table.DEPARTMENTS: "departments.toml", Table.COUNTIES: "counties.toml"}


class RowUnit(StrEnum):
    """What a row's weight counts: shares of the 100, or points outside it."""

    SHARE = "%"
    POINTS = "分"


class RowKind(StrEnum):
    """Whether a row belongs to the 100, adds to it or takes from it."""

    BASE = "base"
    BONUS = "bonus"
    PENALTY = "penalty"


class RowClass(StrEnum):
    """How much of a row the citizen's side can see (methodology.md §3.1)."""

    FULL = "F"
    PARTIAL = "P"
    IMPORT = "N"
    JUDGEMENT = "J"


class Mode(StrEnum):
    """How a row is measured (methodology.md §3.6)."""

    CENSUS = "census"
    CENSUS_PROBE = "census+probe"
    CENSUS_SAMPLE = "census+sample"
    SAMPLE = "sample"
    PROBE = "probe"
    IMPORT = "import"
    MANUAL = "manual"


class Source(Frozen):
    """The document that a table comes from."""

    title: str
    doc_no: str
    date: datetime.date
    published: datetime.date


class LevelCounts(Frozen):
    """How many indicators a table has at each level."""

    level1: int
    level2: int
    level3: int


class TableRow(Frozen):
    """One row; texts are exactly the notice's, ``id`` and everything from ``row_class`` on are ours."""

    no: int = Field(ge=1)
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")  # one id for like rows of both tables
    level1: str
    level2: str
    level3: str
    weight: Decimal = Field(gt=0)
    unit: RowUnit
    kind: RowKind
    description: str
    offices: tuple[str, ...]
    row_class: RowClass = Field(alias="class")
    channels: tuple[str, ...]
    applies_if: str
    mode: Mode
    formula: str  # Chinese
    map: PointsMap  # from the row's ratio to its share of the points
    targets: tuple[str, ...] = ()  # names of the target values that the row uses
    minimum_coverage: Decimal = Field(ge=0, le=1)
    indicator: str | None = None  # id of the indicator that computes the row; None: not computed
    figures: tuple[Figure, ...] = ()  # what other channels hand in
    lists: tuple[ListKind, ...] = ()  # what other channels hand in entry by entry
    terms: tuple[Term, ...] = ()  # what is computed from figures

    def figure(self, name: str) -> Figure:
        """Return a figure by its id; raise ``UsageError`` naming those that the row has."""
        for figure in self.figures:
            if figure.id == name:
                return figure
        raise unknown("figure", name, [figure.id for figure in self.figures])

    @model_validator(mode="after")
    def _check_terms(self) -> Self:
        check_terms(self.figures, self.terms)
        if unnamed := sorted({term.target for term in self.terms if term.target} - set(self.targets)):
            raise ValueError(f"row {self.no} does not list its targets: {', '.join(unnamed)}")
        return self

    def says(self, word: str) -> bool:
        """Say whether the notice's own words of the row contain a word."""
        return word in self.level3 or word in self.description


class IndicatorTable(Frozen):
    """One annex of the notice; refuses repeated rows, counts that do not fit and base weights that do not make 100."""

    table: Table
    annex: str
    applies_to: str
    source: Source
    claimed_in_text: LevelCounts  # what the notice's text says, kept beside what its table holds
    counted: LevelCounts
    notes: tuple[str, ...]  # Chinese: where the table and the text disagree
    rows: tuple[TableRow, ...]

    def row(self, no: int) -> TableRow:
        """Return a row by its number; raise ``UsageError`` with the allowed range otherwise."""
        for row in self.rows:
            if row.no == no:
                return row
        raise UsageError(f"table {self.table} has no row {no}; allowed: 1 to {len(self.rows)}")

    @model_validator(mode="after")
    def _check_rows(self) -> Self:
        if [row.no for row in self.rows] != list(range(1, len(self.rows) + 1)):
            raise ValueError("row numbers must run from 1 without gaps or repeats")
        if len({row.id for row in self.rows}) != len(self.rows):
            raise ValueError("two rows have the same id")
        if len({(row.level1, row.level2, row.level3) for row in self.rows}) != len(self.rows):
            raise ValueError("two rows have the same three names")
        computed = [row.indicator for row in self.rows if row.indicator is not None]
        if len(set(computed)) != len(computed):
            raise ValueError("two rows are computed by one indicator")
        return self

    @model_validator(mode="after")
    def _check_sums(self) -> Self:
        total = sum(row.weight for row in self.rows if row.kind is RowKind.BASE)
        if total != 100:
            raise ValueError(f"base weights must sum to 100, not {total}")
        if any((row.kind is RowKind.BASE) is not (row.unit is RowUnit.SHARE) for row in self.rows):
            raise ValueError("base rows count in %, bonus and penalty rows in 分")
        if self.counted != count_levels(self.rows):
            raise ValueError(f"the header counts {self.counted}, the rows {count_levels(self.rows)}")
        return self


def count_levels(rows: tuple[TableRow, ...]) -> LevelCounts:
    """Count distinct level-1 names, distinct level-2 groups and rows."""
    return LevelCounts(
        level1=len({row.level1 for row in rows}),
        level2=len({(row.level1, row.level2) for row in rows}),
        level3=len(rows),
    )


@cache
def indicator_table(table: Table) -> IndicatorTable:
    """Return the checked table of the departments (D) or the counties (C)."""
    text = (TABLES_FOLDER / TABLE_FILES[table]).read_text(encoding="utf-8")
    return IndicatorTable.model_validate(tomllib.loads(text, parse_float=Decimal))


def figure_rows() -> tuple[FigureRow, ...]:
    """Return the rows of both tables that ask other channels for figures."""
    return tuple(
        FigureRow(
            table=table,
            no=row.no,
            title=row.level3,
            judged=row.row_class is RowClass.JUDGEMENT,
            figures=row.figures,
        )
        for table in Table
        for row in indicator_table(table).rows
        if row.figures
    )
