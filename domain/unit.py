"""The 41 departments and 7 counties that are evaluated (notice, annex 1 §2), by a stable id."""

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from domain.errors import unknown
from domain.frozen import Frozen

UNITS_FILE = Path(__file__).with_name("units.toml")


class Table(StrEnum):
    """Which indicator table applies: annex 2 (departments) or annex 3 (counties)."""

    DEPARTMENTS = "D"
    COUNTIES = "C"


class Unit(Frozen):
    """An evaluated body."""

    id: str  # dept-01 … dept-41, county-1 … county-7
    name: str  # as in the notice
    portal_names: tuple[str, ...]  # names the portal may print for it, first one preferred
    table: Table


@cache
def all_units() -> tuple[Unit, ...]:
    """Return the 48 evaluated bodies in the order of the notice."""
    rows = tomllib.loads(UNITS_FILE.read_text(encoding="utf-8"))["units"]
    return tuple(Unit.model_validate(row) for row in rows)


def find_unit(name: str, units: Iterable[Unit] | None = None) -> Unit:
    """Find a body by id, notice name or portal name; raise ``UsageError`` with the allowed ids otherwise."""
    pool = tuple(units) if units is not None else all_units()
    for unit in pool:
        if name in (unit.id, unit.name, *unit.portal_names):
            return unit
    raise unknown("unit", name, [unit.id for unit in pool])


def named_units(names: Iterable[str] | None) -> tuple[Unit, ...]:
    """Return the bodies of a list of ids or names, each once; one entry may hold several, parted by commas.

    An unknown one raises ``UsageError``.
    """
    asked = (name.strip() for told in names or () for name in told.split(","))
    return tuple(dict.fromkeys(find_unit(name) for name in asked))
