"""Reads a filled-in table of figures against what the store holds, and adds it as one version: whole or not at all."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from domain.errors import UsageError
from domain.figure import FigureRow
from domain.imported_figure import ImportedFigure
from domain.period import Period
from intake.cell import Fault
from intake.filled_table import FilledRow, MisfitsError, read_table
from intake.manual_intake import read_file, require_name
from intake.original import Original, record_original
from intake.template import Template
from intake.templates.figures import FigureLine, make_figures
from storage.store import Store

SOURCE_MAX = 200
JUDGE = "评审人："
Line = FilledRow[FigureLine]
Known = Mapping[tuple[str, int, str], Decimal]


@dataclass(frozen=True, kw_only=True)
class FigureHandIn:
    """What is handed in: the table, for which half-year, by whom, taken from where, as which version."""

    table: Path
    period: Period
    by: str
    source: str
    version: int | None = None  # None: the next one
    tool_commit: str = "unknown"


def take_figures(store: Store, rows: Sequence[FigureRow], hand_in: FigureHandIn) -> tuple[ImportedFigure, ...]:
    """Check every cell and add the figures; () where the very same file is the newest version already.

    Raises ``MisfitsError`` naming every cell that does not fit, ``UsageError`` for a version that is not newer.
    """
    name = require_name(hand_in.by)
    data = read_file(hand_in.table)
    sha256 = hashlib.sha256(data).hexdigest()
    version = next_version(store, hand_in, sha256)
    if version is None:
        return ()
    template = make_figures(rows)
    lines = read_table(template, data, name=hand_in.table.name, also=lambda row: [])
    held = tuple(store.figures.current(str(hand_in.period)))
    known = {(one.unit, one.row, one.figure): one.value for one in held}
    source = " ".join(hand_in.source.split())
    if faults := [
        *check_places(template, lines),
        *check_bounds(template, lines, known),
        *check_wholes(template, rows, lines, known),
    ]:
        raise MisfitsError(hand_in.table.name, tuple(faults))
    if faults := [*check_sources(template, lines, source), *check_judges(template, lines, held)]:
        raise MisfitsError(hand_in.table.name, tuple(faults))
    now = datetime.now(UTC)
    figures = tuple(
        ImportedFigure(
            period=str(hand_in.period),
            unit=line.thing.unit,
            table=line.thing.table,
            row=line.thing.row,
            figure=line.thing.figure,
            value=line.thing.value,
            channel=line.thing.channel,
            source=written_source(line.thing, source),
            recorded_by=name,
            version=version,
            imported_at=now,
            file_sha256=sha256,
        )
        for line in lines
    )
    original = Original(
        what="figures",
        period=str(hand_in.period),
        by=name,
        source=source,
        file_name=hand_in.table.name,
        file=data,
        imported_at=now,
        figures=figures,
        tool_commit=hand_in.tool_commit,
    )
    record_original(store, original)
    return figures


def next_version(store: Store, hand_in: FigureHandIn, sha256: str) -> int | None:
    """Return the version that a file becomes; ``None`` when it is the newest one already, ``UsageError`` when older."""
    history = store.figures.history(str(hand_in.period))
    last = history[-1].version if history else 0
    before = next((one for one in reversed(history) if one.file_sha256 == sha256), None)
    if before is not None and before.version == last:
        return None
    if before is not None:
        raise UsageError(
            f"{hand_in.table.name} is version {before.version} of {hand_in.period}, which version {last} has replaced; "
            f"allowed: a newer table"
        )
    if hand_in.version is not None and hand_in.version <= last:
        raise UsageError(
            f"{hand_in.table.name} is handed in as version {hand_in.version}, but {hand_in.period} is at {last}; "
            f"allowed: {last + 1} or more"
        )
    return hand_in.version or last + 1


def check_places(template: Template[FigureLine], lines: Sequence[Line]) -> Iterator[Fault]:
    """Name a line about a figure of a body that an earlier line gave."""
    first: dict[tuple[str, int, str], int] = {}
    for line in lines:
        earlier = first.setdefault(line.thing.place, line.row)
        if earlier != line.row:
            yield at(template, line, "figure", line.thing.figure, f"与第 {earlier} 行重复", f"repeats row {earlier}")


def check_bounds(template: Template[FigureLine], lines: Sequence[Line], known: Known) -> Iterator[Fault]:
    """Name a figure that exceeds the one of the same row that it is a part of, in this table or handed in before."""
    given = {**known, **{line.thing.place: line.thing.value for line in lines}}
    names = {line.thing.place: line.row for line in lines}
    for line in lines:
        unit, row, _ = line.thing.place
        whole = given.get((unit, row, line.thing.at_most))
        if whole is not None and line.thing.value > whole:
            beside = names.get((unit, row, line.thing.at_most))
            where = f"（第 {beside} 行）" if beside else "（已导入）"
            yield at(
                template,
                line,
                "value",
                str(line.thing.value),
                f"大于 {line.thing.at_most}{where}的 {whole}",
                f"exceeds {line.thing.at_most}, which is {whole}"
                + (f" in row {beside}" if beside else " in the store"),
            )


def check_wholes(
    template: Template[FigureLine], rows: Sequence[FigureRow], lines: Sequence[Line], known: Known
) -> Iterator[Fault]:
    """Name a whole that a table makes smaller than a part of it that was handed in before and stays."""
    here = {line.thing.place for line in lines}
    parts: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for row in rows:
        for figure in row.figures:
            parts[row.table, row.no, figure.at_most].append(figure.id)
    for line in lines:
        unit, number, name = line.thing.place
        for part in parts[line.thing.table, number, name]:
            place = (unit, number, part)
            if place not in here and known.get(place, 0) > line.thing.value:
                yield at(
                    template,
                    line,
                    "value",
                    str(line.thing.value),
                    f"小于已导入的 {part}（{known[place]}）",
                    f"is less than {part}, which is {known[place]} in the store",
                )


def check_sources(template: Template[FigureLine], lines: Sequence[Line], source: str) -> Iterator[Fault]:
    """Name a line that says nowhere what its figure was taken from."""
    if len(source) > SOURCE_MAX:
        raise UsageError(f"the source has {len(source)} characters; allowed: {SOURCE_MAX}")
    for line in lines:
        if not line.thing.source and not source:
            yield at(
                template, line, "source", "", "须写明来源，或导入时用 --source", "must name the source, or --source"
            )


def written_source(line: FigureLine, source: str) -> str:
    """Write what a figure was taken from; of a judged row, the judge stands before the proofs."""
    given = line.source or source
    return f"{JUDGE}{line.judge}；{given}" if line.judge else given


def judge_of(source: str) -> str:
    """Return the judge whom a source names, "" for none."""
    return source.removeprefix(JUDGE).partition("；")[0] if source.startswith(JUDGE) else ""


def check_judges(
    template: Template[FigureLine], lines: Sequence[Line], held: Sequence[ImportedFigure]
) -> Iterator[Fault]:
    """Name a judge who gives both marks of a row, in this table or with an earlier one."""
    judges = {(one.unit, one.row, one.figure): judge_of(one.source) for one in held}
    judges |= {line.thing.place: line.thing.judge for line in lines}
    for line in lines:
        unit, row, figure = line.thing.place
        others = {judge for (u, r, f), judge in judges.items() if (u, r) == (unit, row) and f != figure}
        if line.thing.judge and line.thing.judge in others:
            yield at(
                template, line, "judge", line.thing.judge, "两名评审不得为同一人", "is the other mark's judge as well"
            )


def at(template: Template[FigureLine], line: Line, key: str, given: str, zh: str, en: str) -> Fault:  # noqa: PLR0917
    """Make a fault of one cell of a line."""
    fault = template.column(key).fault(given, zh, en)
    return fault.model_copy(update={"row": line.row, "letter": line.letters.get(key, "")})
