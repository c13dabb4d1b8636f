"""Reads a filled-in XLSX row by row; either every row fits or nothing is taken over."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from domain.errors import UsageError
from intake.cell import Cell, Fault, plain
from intake.csv_rows import read_csv_rows
from intake.private_numbers import refuse_private
from intake.template import EXAMPLE_MARKS, NUMBER_KEY, Template, TemplateColumn, letters
from intake.workbook_template import NUMBER_HEADING, REQUIRED_MARK

FILE_BYTES_MAX = 20 * 1024 * 1024
UNPACKED_BYTES_MAX = 200 * 1024 * 1024
ROWS_MAX = 20_000
FAULTS_MAX = 200  # a table with more is the wrong table
Thing = TypeVar("Thing")
Row = list[Cell]


@dataclass(frozen=True, kw_only=True)
class FilledRow(Generic[Thing]):
    """One row that fits, with its number in the sheet and the letters of its columns."""

    row: int
    thing: Thing
    letters: Mapping[str, str] = field(default_factory=dict)


class MisfitsError(UsageError):
    """Cells do not fit; nothing was taken over."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        count = f"{len(faults)} cell{'s do' if len(faults) > 1 else ' does'} not fit"
        super().__init__(f"{name}: {count}, nothing was imported; the first: {faults[0].say(chinese=False)}")
        self.faults = faults


def read_table(
    template: Template[Thing], data: bytes, *, name: str, also: Callable[[FilledRow[Thing]], Iterable[Fault]]
) -> tuple[FilledRow[Thing], ...]:
    """Read the first sheet; raise ``MisfitsError`` naming every cell that does not fit, ``UsageError`` for no XLSX
    and for one that holds identity numbers or tokens.

    ``also`` looks at a row whose cells fit: what only the store or a folder of pictures can tell.
    """
    header, *rows = open_sheet(data, name)
    refuse_private(data, (header, *rows), name)
    places, faults = find_columns(template, header)
    names = list(letters(len(header)))
    letter_of = {key: names[at] for key, at in places.items()}
    filled: list[FilledRow[Thing]] = []
    for number, row in enumerate(rows, start=2):
        cells = {key: row[at] for key, at in places.items() if at < len(row)}
        if (faults and not places) or is_idle(cells, template.prefilled):
            continue
        thing, misfits = template.read_row(cells)
        faults += [
            fault.model_copy(update={"row": number, "letter": letter_of.get(fault.key, "")}) for fault in misfits
        ]
        if thing is not None:
            filled.append(FilledRow(row=number, thing=thing, letters=letter_of))
            faults += also(filled[-1])
        if len(faults) >= FAULTS_MAX:
            break
    if faults:
        raise MisfitsError(name, tuple(faults))
    if not filled:
        raise UsageError(f"{name}: there is no row to import; the example row is never imported")
    return tuple(filled)


def open_sheet(data: bytes, name: str) -> list[Row]:
    """Return the rows of the first sheet, headings first; raise ``UsageError`` for what is no such workbook."""
    rows = read_csv_rows(data, name) if name.lower().endswith(".csv") else read_workbook(data, name)
    if not rows:
        raise UsageError(f"{name} is empty; allowed: a table made by `yuece import --template`")
    if len(rows) > ROWS_MAX:
        raise UsageError(f"{name} has {len(rows)} rows; allowed: {ROWS_MAX}")
    return rows


def read_workbook(data: bytes, name: str) -> list[Row]:
    """Return the rows of the first sheet of a workbook."""
    require_small(data, name)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows: list[Row] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]  # cells of calamine's own kinds
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise UsageError(f"{name} cannot be read as XLSX: {error}") from error
    return rows


def require_small(data: bytes, name: str) -> None:
    """Raise ``UsageError`` for a file that is no ZIP or would unpack into too much."""
    if len(data) > FILE_BYTES_MAX:
        raise UsageError(f"{name} has {len(data)} bytes; allowed: {FILE_BYTES_MAX}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UsageError(f"{name} is no XLSX file; allowed: a table made by `yuece import --template`") from error
    if unpacked > UNPACKED_BYTES_MAX:
        raise UsageError(f"{name} unpacks into {unpacked} bytes; allowed: {UNPACKED_BYTES_MAX}")


def find_columns(template: Template[Thing], header: Row) -> tuple[dict[str, int], list[Fault]]:
    """Find each column by its heading in either language or its key, in any order."""
    known = {name: column.key for column in template.columns for name in (column.key, column.zh, column.en)}
    known |= dict.fromkeys((NUMBER_KEY, *NUMBER_HEADING.values()), NUMBER_KEY)
    places: dict[str, int] = {}
    faults: list[Fault] = []
    for at, (letter, cell) in enumerate(zip(letters(len(header)), header, strict=True)):
        name = plain(cell).removesuffix(REQUIRED_MARK).strip()
        if name and (name not in known or known[name] in places):
            faults.append(strange_heading(name, letter, twice=name in known))
        elif name:
            places[known[name]] = at
    missing = [column for column in template.columns if column.key not in places and column.required]
    return places, faults + [missing_heading(column) for column in missing]


def strange_heading(name: str, letter: str, *, twice: bool) -> Fault:
    """Name a heading that the template does not know, or knows once only."""
    zh = "这一栏出现了两次" if twice else "不是模板中的栏目"
    en = "comes twice" if twice else "is no column of the template"
    return Fault(row=1, letter=letter, key="", heading_zh=name, heading_en=name, given="", zh=zh, en=en)


def missing_heading(column: TemplateColumn) -> Fault:
    """Name a required column that is not there."""
    return column.fault("", "缺少这一栏", "is missing").model_copy(update={"row": 1})


def is_idle(cells: dict[str, Cell], prefilled: frozenset[str] = frozenset()) -> bool:
    """Say whether a row is blank, the example, or as we handed it out."""
    if plain(cells.get(NUMBER_KEY)).lower() in EXAMPLE_MARKS:
        return True
    return not any(plain(cell) for key, cell in cells.items() if key != NUMBER_KEY and key not in prefilled)
