"""A table that people fill in, as data: its columns, what each takes, and the checks between them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from domain.registry import Registry
from intake.cell import Cell, Fault, MisfitError, Reader, plain, read_text

NUMBER_KEY = "no"
EXAMPLE_MARKS = frozenset({"示例", "example"})
"""A row that bears one of these in its first column is an example and never imported."""

Values = Mapping[str, Any]
Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """One column; ``choices`` (value → title) becomes a list to choose from, ``width`` is in characters."""

    key: str
    zh: str
    en: str
    hint_zh: str
    hint_en: str
    required: bool = False
    read: Reader = read_text
    choices: Mapping[str, str] = field(default_factory=dict)
    choices_en: Mapping[str, str] = field(default_factory=dict)  # the same values; none: they are alike
    blank: object = ""  # the value of a cell that is left blank
    width: int = 16
    example: str = ""

    def titles(self, *, chinese: bool) -> Mapping[str, str]:
        """Return value → title in a language."""
        return self.choices if chinese or not self.choices_en else self.choices_en

    def heading(self, *, chinese: bool) -> str:
        """Return the heading in a language."""
        return self.zh if chinese else self.en

    def hint(self, *, chinese: bool) -> str:
        """Return how the column is filled in, in a language."""
        return self.hint_zh if chinese else self.hint_en

    def fault(self, given: Cell, zh: str, en: str) -> Fault:
        """Make a fault of this column; the reader of the table adds the place."""
        return Fault(
            row=0, letter="", key=self.key, heading_zh=self.zh, heading_en=self.en, given=plain(given), zh=zh, en=en
        )


@dataclass(frozen=True, kw_only=True)
class Template(Generic[Thing]):
    """A table to be filled in; ``check`` looks at a whole row whose cells fit, ``build`` makes the thing of it."""

    id: str
    zh: str
    en: str
    columns: tuple[TemplateColumn, ...]
    build: Callable[[Values], Thing]
    check: Callable[["Template[Thing]", Values], Iterable[Fault]]
    prefilled: frozenset[str] = frozenset()  # keys that we wrote; a row with nothing beside them is not filled in yet

    def column(self, key: str) -> TemplateColumn:
        """Return a column by its key; raise ``KeyError`` for one that the template lacks."""
        return next(column for column in self.columns if column.key == key)

    def read_row(self, cells: Mapping[str, Cell]) -> tuple[Thing | None, tuple[Fault, ...]]:
        """Read one row or form: the thing, or everything that does not fit."""
        values, faults = self._read_cells(cells)
        if not faults:
            faults = list(self.check(self, values))
        return (None, tuple(faults)) if faults else (self.build(values), ())

    def _read_cells(self, cells: Mapping[str, Cell]) -> tuple[dict[str, Any], list[Fault]]:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for column in self.columns:
            cell = cells.get(column.key)
            try:
                values[column.key] = read_cell(column, cell)
            except MisfitError as misfit:
                faults.append(column.fault(cell, misfit.zh, misfit.en))
        return values, faults


def read_cell(column: TemplateColumn, cell: Cell) -> object:
    """Read one cell; raise ``MisfitError`` for what is missing or does not fit."""
    if not plain(cell):
        if column.required:
            raise MisfitError("必须填写", "must be filled in")
        return column.blank
    return column.read(cell)


templates: Registry[Template[Any]] = Registry("template", "intake.templates")


def letters(columns: int) -> Iterator[str]:
    """Yield the letters of the first columns of a sheet: A … Z, AA …"""
    for number in range(columns):
        name, rest = "", number + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            name = chr(ord("A") + digit) + name
        yield name
