"""Reads an exported or captured list of guides through a mapping, so that rules judge it without any network."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

from domain.errors import UsageError
from domain.guide import Field, Guide, Material
from domain.guide_fields import FieldName
from domain.unit import all_units
from portals.fields import ABSENT, JOINT, filled, make_field, raw_text, value_text
from portals.limits import tidy_limit
from portals.list_files import ListRow, read_list
from portals.mapping import ColumnRule, Mapping, read_mapping
from portals.names import name_key

LIMITS = (FieldName.PROMISE_LIMIT, FieldName.LEGAL_LIMIT)


@dataclass(frozen=True, kw_only=True)
class ListSource:
    """The file that the guides come from: its hash stands as their document."""

    path: Path
    mapping: Mapping
    sha256: str
    captured_at: datetime
    seen: Counter[str] = field(default_factory=Counter)  # item ids so far


def read_mapped(path: Path, mapping_path: Path) -> Iterator[Guide]:
    """Yield one guide per row; fields that the mapping does not name are unseen.

    ``captured_at`` is the day that the mapping gives, otherwise the file's own time stamp. Raises ``UsageError``
    with one sentence for a mapping or a list that does not fit, the mapping first.
    """
    mapping = read_mapping(mapping_path)
    rows = read_list(path)
    first = next(rows, None)
    if first is None:
        raise UsageError(f"{path.name} has no row; a list with at least one guide is needed")
    mapping.check_columns(path, tuple(first))
    source = open_source(path, mapping)
    yield read_row(first, 1, source)
    for number, row in enumerate(rows, 2):
        yield read_row(row, number, source)


def open_source(path: Path, mapping: Mapping) -> ListSource:
    """Hash the file and take its time stamp."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    captured_at = (
        datetime.combine(mapping.captured_on, time.min, UTC)
        if mapping.captured_on
        else datetime.fromtimestamp(path.stat().st_mtime, UTC)
    )
    return ListSource(path=path, mapping=mapping, sha256=digest, captured_at=captured_at)


def read_row(row: ListRow, number: int, source: ListSource) -> Guide:
    """Read one row; its code must be there, since every finding names it."""
    mapping = source.mapping
    code = value_text(row.get(mapping.code))
    if not code:
        raise UsageError(
            f"{source.path.name}, row {number}: column {mapping.code!r} is blank, but each guide needs a code"
        )
    fields = {name: read_value(name, rule, row) for name, rule in mapping.fields.items()}
    rule = mapping.fields.get(FieldName.MATERIALS)
    names = list_names(rule, row) if rule is not None and rule.names == "materials" else None
    return Guide(
        portal=mapping.portal,
        unit=find_unit_id(fields.get(FieldName.DEPARTMENT, ABSENT).value),
        item_id=unique_id(value_text(row.get(mapping.item_id)) or code, source),
        code=code,
        title=value_text(row.get(mapping.title)) or fields.get(FieldName.NAME, ABSENT).value,
        url=mapping.url.replace("{code}", code),
        document=source.sha256,
        captured_at=source.captured_at,
        parser=mapping.parser,
        kind="mapped",
        area_code=value_text(row.get(mapping.area_code)) or None,
        fields=fields,
        materials=None if names is None else tuple(Material(name=name) for name in names),
    )


def read_value(name: FieldName, rule: ColumnRule, row: ListRow) -> Field:
    """Read one field of one row."""
    if rule.constant:
        return filled(rule.constant, rule.constant)
    if rule.column not in row:
        return ABSENT
    raw = row[rule.column]
    if isinstance(raw, list) or rule.separator:
        return filled(raw_text(raw), JOINT.join(list_names(rule, row)))
    field = make_field(name, raw)
    value = field.value.removeprefix(rule.prefix).strip()
    value = "" if value in rule.blank else value
    return filled(field.raw or "", tidy_limit(value) if name in LIMITS else value)


def list_names(rule: ColumnRule, row: ListRow) -> tuple[str, ...]:
    """Return the several values of one cell, without those that mean nothing."""
    raw = row.get(rule.column)
    parts = raw if isinstance(raw, list) else value_text(raw).split(rule.separator or None, -1 if rule.separator else 0)
    texts = (value_text(part).removeprefix(rule.prefix).strip() for part in parts)
    return tuple(text for text in texts if text and text not in rule.blank)


def unique_id(item_id: str, source: ListSource) -> str:
    """Number the repeats of an id, since codes are not unique on the portal (portals.md §1.5)."""
    source.seen[item_id] += 1
    return item_id if source.seen[item_id] == 1 else f"{item_id}#{source.seen[item_id]}"


@cache
def find_unit_id(department: str) -> str | None:
    """Return the evaluated body of this name, ``None`` when it is none."""
    key = name_key(department)
    return next(
        (unit.id for unit in all_units() if key and key in map(name_key, (unit.name, *unit.portal_names))), None
    )
