"""The mapping of a list's columns to guide fields, checked as a whole before a single row is read."""

import tomllib
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field as Constraint
from pydantic import ValidationError, model_validator

from domain.errors import UsageError, unknown
from domain.frozen import Frozen
from domain.guide_fields import FIELDS_BY_LABEL, FieldName


class ColumnRule(Frozen):
    """Where one field comes from: a column, or a constant that holds for the whole list."""

    column: str = ""
    constant: str = ""
    prefix: str = ""  # words in front of every value that are no part of it
    blank: tuple[str, ...] = ()  # values by which this source means "nothing"
    separator: str = ""  # what parts several values in one cell; "" = the cell is one value
    names: Literal["", "materials"] = ""  # the column lists the names of the required materials

    @model_validator(mode="after")
    def _one_source(self) -> "ColumnRule":
        if bool(self.column) == bool(self.constant):
            raise ValueError("a field needs either a column or a constant")
        return self


class Mapping(Frozen):
    """A whole mapping file."""

    portal: str
    parser: str
    code: str = Constraint(min_length=1)  # column of the code that is every finding's subject
    item_id: str = ""  # column; "" = the code
    title: str = ""  # column; "" = 事项名称
    area_code: str = ""  # column
    url: str = ""  # template with {code}
    captured_on: date | None = None  # when the list was captured; None = the file's own time stamp
    fields: dict[FieldName, ColumnRule] = Constraint(min_length=1)

    def columns(self) -> tuple[str, ...]:
        """Return every column that a list must have, the code first."""
        named = (self.code, self.item_id, self.title, self.area_code, *(rule.column for rule in self.fields.values()))
        return tuple(dict.fromkeys(column for column in named if column))

    def check_columns(self, file: Path, present: Collection[str]) -> None:
        """Raise ``UsageError`` for the first column that the list lacks."""
        missing = next((column for column in self.columns() if column not in present), None)
        if missing is not None:
            role = "the code column" if missing == self.code else "column"
            raise UsageError(f"{file.name} has no {role} {missing!r}; its columns are: {', '.join(map(str, present))}")


def read_mapping(path: Path) -> Mapping:
    """Read a mapping; raise ``UsageError`` with one sentence that names file, place and what is allowed."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"mapping {path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise UsageError(f"mapping {path.name} is no valid TOML: {error}") from error
    fields = table.get("fields", {})
    if not isinstance(fields, dict):
        raise UsageError(f"mapping {path.name}: fields must be a table of guide fields with their columns")
    table["fields"] = {find_field(path, name): read_rule(rule) for name, rule in fields.items()}
    try:
        return Mapping.model_validate(table)
    except ValidationError as error:
        raise describe(path, error) from error


def find_field(path: Path, name: str) -> FieldName:
    """Find a field by its Chinese label or its name."""
    if name in FIELDS_BY_LABEL:
        return FIELDS_BY_LABEL[name]
    try:
        return FieldName(name)
    except ValueError:
        raise unknown(f"guide field in mapping {path.name}:", name, FIELDS_BY_LABEL) from None


def read_rule(rule: object) -> object:
    """Let a bare text stand for a column."""
    return {"column": rule} if isinstance(rule, str) else rule


def describe(path: Path, error: ValidationError) -> UsageError:
    """Make one sentence of the first fault."""
    first: dict[str, Any] = dict(error.errors()[0])
    place = ".".join(str(part) for part in first["loc"]) or "the file"
    allowed = ", ".join(ColumnRule.model_fields if first["loc"][:1] == ("fields",) else Mapping.model_fields)
    return UsageError(f"mapping {path.name}, {place}: {first['msg']}; allowed: {allowed}")
