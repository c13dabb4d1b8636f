"""Reads a filled-in list and adds it as the next version of each list in it: whole or not at all."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import UsageError
from domain.frozen import Frozen
from domain.handed_list import LIST_TITLES_ZH, HandedEntry, ListKind
from domain.period import Period
from intake.cell import Fault
from intake.figure_intake import SOURCE_MAX
from intake.filled_table import FilledRow, MisfitsError, read_table
from intake.manual_intake import read_file, require_name
from intake.original import Original, record_original
from intake.template import Template
from intake.templates.lists import ListLine
from storage.store import Store

Line = FilledRow[ListLine]


class ListHandIn(Frozen):
    """What is handed in: the table, for which half-year, by whom, taken from where."""

    table: Path
    period: Period
    by: str
    source: str = ""
    tool_commit: str = "unknown"


def take_lists(store: Store, template: Template[ListLine], hand_in: ListHandIn) -> tuple[HandedEntry, ...]:
    """Check every cell and add the entries; () where the very same file is the newest version already.

    Raises ``MisfitsError`` naming every cell that does not fit, ``UsageError`` for a file that a newer one replaced.
    """
    name = require_name(hand_in.by)
    data = read_file(hand_in.table)
    source = " ".join(hand_in.source.split())
    if len(source) > SOURCE_MAX:
        raise UsageError(f"the source has {len(source)} characters; allowed: {SOURCE_MAX}")
    lines = read_table(template, data, name=hand_in.table.name, also=lambda row: [])
    if faults := [*check_places(template, lines), *check_sources(template, lines, source)]:
        raise MisfitsError(hand_in.table.name, tuple(faults))
    sha256 = hashlib.sha256(data).hexdigest()
    versions = next_versions(store, hand_in, sorted({line.thing.kind for line in lines}), sha256)
    now = datetime.now(UTC)
    entries = tuple(
        HandedEntry(
            period=str(hand_in.period),
            unit=line.thing.unit,
            kind=line.thing.kind,
            key=line.thing.entry.key,
            figures=line.thing.entry.figures,
            version=versions[line.thing.kind],
            source=line.thing.source or source,
            recorded_by=name,
            imported_at=now,
            file_sha256=sha256,
        )
        for line in lines
        if line.thing.kind in versions
    )
    if entries:
        original = Original(
            what=template.id,
            period=str(hand_in.period),
            by=name,
            source=source,
            file_name=hand_in.table.name,
            file=data,
            imported_at=now,
            entries=entries,
            tool_commit=hand_in.tool_commit,
        )
        record_original(store, original)
    return entries


def next_versions(store: Store, hand_in: ListHandIn, kinds: Sequence[ListKind], sha256: str) -> dict[ListKind, int]:
    """Return the version that each list becomes, without those of which the file is the newest version already."""
    versions: dict[ListKind, int] = {}
    for kind in kinds:
        history = [one for one in store.lists.history(str(hand_in.period)) if one.kind is kind]
        last = history[-1].version if history else 0
        before = [one.version for one in history if one.file_sha256 == sha256]
        if before and before[-1] < last:
            raise UsageError(
                f"{hand_in.table.name} is version {before[-1]} of {LIST_TITLES_ZH[kind]} of {hand_in.period}, which "
                f"version {last} has replaced; allowed: a newer table"
            )
        if not before:
            versions[kind] = last + 1
    return versions


def check_places(template: Template[ListLine], lines: Sequence[Line]) -> Iterator[Fault]:
    """Name a line that an earlier one gave already."""
    key = "name" if any(column.key == "name" for column in template.columns) else "code"
    first: dict[tuple[str, str, str], int] = {}
    for line in lines:
        earlier = first.setdefault(line.thing.place, line.row)
        if earlier != line.row:
            yield at(template, line, key, line.thing.entry.key, (f"与第 {earlier} 行重复", f"repeats row {earlier}"))


def check_sources(template: Template[ListLine], lines: Sequence[Line], source: str) -> Iterator[Fault]:
    """Name a line that says nowhere what it was taken from."""
    for line in lines:
        if not line.thing.source and not source:
            said = ("须写明来源，或导入时用 --source", "must name the source, or --source")
            yield at(template, line, "source", "", said)


def at(template: Template[ListLine], line: Line, key: str, given: str, said: tuple[str, str]) -> Fault:
    """Make a fault of one cell of a line."""
    fault = template.column(key).fault(given, *said)
    return fault.model_copy(update={"row": line.row, "letter": line.letters.get(key, "")})
