"""What other channels are asked for: the figures of the rows, with what may be written there."""

from collections.abc import Iterable
from decimal import Decimal

from pydantic import Field

from domain.frozen import Frozen
from domain.handed_list import ListKind
from domain.imported_figure import ImportChannel
from domain.unit import Table


class Figure(Frozen):
    """One figure of a row: its id, what it is called on the form, and what may be written there."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    unit: str
    channel: ImportChannel
    hint: str
    min: Decimal = Decimal(0)
    max: Decimal | None = None
    at_most: str = ""  # id of the figure of the same row that it must not exceed
    whole: bool = True  # a count; False: decimals are allowed
    required: bool = True  # without it the row, and so the total, is not complete
    instead_of: ListKind | None = None  # the list that need not be handed in where this figure is

    @property
    def range_zh(self) -> str:
        """What may be written there, in Chinese."""
        kind = "整数" if self.whole else "数"
        top = "" if self.max is None else f"，不大于 {self.max}"
        return f"{kind}，不小于 {self.min}{top}"


class FigureRow(Frozen):
    """A row of the notice as the form shows it: its number, its name and its figures."""

    table: Table
    no: int
    title: str
    judged: bool  # points of two judges, with a list of proofs
    figures: tuple[Figure, ...]

    @property
    def label(self) -> str:
        """Number and name, such as ``D1 办件量``."""
        return f"{self.table}{self.no} {self.title}"

    def figure(self, name: str) -> Figure | None:
        """Return a figure by its id or its Chinese name."""
        return next((figure for figure in self.figures if name in (figure.id, figure.name)), None)


def find_row(rows: Iterable[FigureRow], label: str) -> FigureRow | None:
    """Find a row by its label or by its number alone, such as ``D1``."""
    return next((row for row in rows if label in (row.label, f"{row.table}{row.no}")), None)
