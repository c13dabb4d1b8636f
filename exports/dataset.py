"""A data set as data: which rows it has and which columns each row fills, independent of file formats."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from domain.registry import Registry
from domain.unit import all_units
from exports.language import Language
from storage.store import Store

Cell = str | int | float | datetime | None


class CellKind(StrEnum):
    """How a column is written."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LINK = "link"


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a getter may know besides its row.

    ``rule_titles`` maps a rule id to its Chinese title; ``workbench_url`` is the origin of the evaluators' pages, such
    as ``http://127.0.0.1:8780``, or ``""`` when nobody serves them.
    """

    language: Language = Language.ZH
    rule_titles: Mapping[str, str] = field(default_factory=dict)
    workbench_url: str = ""

    def unit_name(self, unit: str | None) -> str:
        """Name a body as in the notice; an unknown id stays as it is."""
        return UNIT_NAMES.get(unit, unit) if unit else ""


UNIT_NAMES: Mapping[str, str] = {unit.id: unit.name for unit in all_units()}
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """One column; ``width`` is in characters of the sheet's default font."""

    key: str
    zh: str
    en: str
    get: Callable[[Row, Context], Cell]
    width: int = 14
    kind: CellKind = CellKind.TEXT

    def heading(self, language: Language) -> str:
        """Return the header cell."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, kw_only=True)
class Dataset(Generic[Row]):
    """Rows of one run; ``rows`` streams, so that a data set of any length needs the memory of one row."""

    id: str
    zh: str
    en: str
    columns: tuple[Column[Row], ...]
    rows: Callable[[Store, str], Iterator[Row]]

    def title(self, language: Language) -> str:
        """Return the sheet's name."""
        return self.zh if language is Language.ZH else self.en


datasets: Registry[Dataset[Any]] = Registry("data set", "exports.datasets")
