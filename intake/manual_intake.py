"""Reads manual observations out of a table with its pictures, or out of a form, against what the store knows."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from domain.errors import UsageError
from domain.manual import ManualRecord
from domain.run import Run
from domain.unit import all_units
from intake.cell import Cell, Fault, MisfitError
from intake.filled_table import FilledRow, read_table
from intake.hand_in import HandIn, Items, Pictured, known_items
from intake.pictures import PICTURES_MAX, Picture, take_picture
from intake.template import TemplateColumn
from intake.templates.observations import OBSERVATIONS
from storage.store import Store

NAMES = {unit.id: unit.name for unit in all_units()}
NAME_MAX = 60  # characters of an evaluator's name
Taken = dict[str, Picture]
PicturedLine = TypeVar("PicturedLine", bound=Pictured)


def read_observations(
    store: Store, about: Run, table: Path, *, by: str, pictures: Path | None = None, tool_commit: str = "unknown"
) -> HandIn:
    """Read a filled-in table; raise ``MisfitsError`` naming every cell, ``UsageError`` for files that are not there."""
    name = require_name(by)
    data = read_file(table)
    items, taken = known_items(store, about), Taken()

    def check(row: FilledRow[ManualRecord]) -> list[Fault]:
        return [*take_pictures(row, pictures, taken, OBSERVATIONS.column("pictures")), *check_items(row, items)]

    filled = read_table(OBSERVATIONS, data, name=table.name, also=check)
    return HandIn(
        by=name,
        source="import",
        about=about,
        records=tuple(row.thing for row in filled),
        pictures=taken,
        file_name=table.name,
        file=data,
        tool_commit=tool_commit,
    )


def read_form(
    store: Store, about: Run, fields: Mapping[str, Cell], uploads: Mapping[str, bytes]
) -> tuple[ManualRecord | None, Taken, tuple[Fault, ...]]:
    """Read one form with the files that came with it: the record and its pictures, or everything that does not fit."""
    cells = {**fields, "pictures": "；".join(uploads)}
    made, misfits = OBSERVATIONS.read_row(cells)
    taken, faults = take_uploads(uploads)
    faults = [*misfits, *faults]
    if made is not None:
        faults += check_items(FilledRow(row=0, thing=made), known_items(store, about))
    return (None, {}, tuple(faults)) if faults else (made, taken, ())


def require_name(by: str) -> str:
    """Return the evaluator's name; raise ``UsageError`` for none or one that is no name."""
    name = " ".join(by.split())
    if not name or len(name) > NAME_MAX or not name.isprintable():
        raise UsageError(f"the evaluator's name {by!r} does not fit; allowed: 1 to {NAME_MAX} characters")
    return name


def read_file(path: Path) -> bytes:
    """Read a file; raise ``UsageError`` when it cannot be."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be read: {error.strerror}") from error


def take_pictures(
    row: FilledRow[PicturedLine], folder: Path | None, taken: Taken, column: TemplateColumn
) -> Iterator[Fault]:
    """Take the pictures that a row names in a column out of their folder, each file once."""
    yield from (place(column, row, fault) for fault in count_pictures(column, row.thing.pictures))
    for name in row.thing.pictures:
        try:
            if name not in taken:
                taken[name] = take_picture(name, find_picture(name, folder))
        except MisfitError as misfit:
            yield place(column, row, column.fault(name, misfit.zh, misfit.en))


def count_pictures(column: TemplateColumn, names: tuple[str, ...]) -> Iterator[Fault]:
    """Name a row with too many pictures."""
    if len(names) > PICTURES_MAX:
        yield column.fault(str(len(names)), f"超过 {PICTURES_MAX} 张图片", f"are more than {PICTURES_MAX} pictures")


def find_picture(name: str, folder: Path | None) -> bytes:
    """Return a file of the folder; raise ``MisfitError`` when there is none, or it leads out of the folder."""
    if folder is None:
        raise MisfitError("没有用 --pictures 指明图片所在文件夹", "needs --pictures DIR, the folder of the pictures")
    path = folder / name
    if not path.is_file() or path.resolve().parent != folder.resolve():
        raise MisfitError("不在图片文件夹里", f"is not in {str(folder)!r}")
    return path.read_bytes()


def take_uploads(uploads: Mapping[str, bytes]) -> tuple[Taken, list[Fault]]:
    """Take the pictures that came with a form."""
    column = OBSERVATIONS.column("pictures")
    taken: Taken = {}
    faults = list(count_pictures(column, tuple(uploads)))
    for name, data in uploads.items():
        try:
            taken[name] = take_picture(name, data)
        except MisfitError as misfit:
            faults.append(column.fault(name, misfit.zh, misfit.en))
    return taken, faults


def check_items(row: FilledRow[ManualRecord], items: Items) -> list[Fault]:
    """An item that the crawl listed belongs to the body under which it was listed."""
    bodies = items.get(row.thing.code, {})
    if not bodies or row.thing.unit in bodies:
        return []
    column = OBSERVATIONS.column("unit")
    given, right = NAMES[row.thing.unit], "、".join(NAMES.get(unit, unit) for unit in bodies)
    return [
        place(column, row, column.fault(given, f"与事项编码不符，该事项属于{right}", f"does not fit the code: {right}"))
    ]


def place(column: TemplateColumn, row: FilledRow[PicturedLine], fault: Fault) -> Fault:
    """Return the fault with the row's number and the column's letter."""
    return fault.model_copy(update={"row": row.row, "letter": row.letters.get(column.key, "")})
