"""Reads a list of guides as rows, whatever the file is: JSON lines, CSV in two encodings, or a spreadsheet."""

import codecs
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine

from domain.errors import UsageError

ListRow = dict[str, Any]
ENCODINGS = ("utf-8-sig", "gb18030")  # what office software in China writes
DELIMITERS = (",", "\t", ";")
WHOLE_NUMBER_MAX = 1e15  # a spreadsheet keeps no more digits than that


def read_list(path: Path) -> Iterator[ListRow]:
    """Yield the rows of a list; raise ``UsageError`` for a file that cannot be read as one."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path.name} ends in {path.suffix!r}; allowed: {', '.join(READERS)}")
    try:
        if not path.stat().st_size:
            raise UsageError(f"{path.name} is empty; a list with at least one guide is needed")
        yield from reader(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error


def read_json_lines(path: Path) -> Iterator[ListRow]:
    """Yield one object a line."""
    with path.open(encoding="utf-8-sig", errors="strict") as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield read_json_line(path, number, line)
        except UnicodeDecodeError as error:
            raise UsageError(f"{path.name} is not UTF-8 as JSON lines must be (byte {error.start})") from error


def read_json_line(path: Path, number: int, line: str) -> ListRow:
    """Read one line."""
    try:
        value = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{path.name}, line {number} is no JSON object: {error}") from error
    if not isinstance(value, dict):
        raise UsageError(f"{path.name}, line {number} is no JSON object but a {type(value).__name__}")
    return value


def read_csv(path: Path) -> Iterator[ListRow]:
    """Yield the rows of a CSV file under its header."""
    with path.open(encoding=find_encoding(path), newline="") as text:
        header_line = text.readline()
        text.seek(0)
        delimiter = max(DELIMITERS, key=header_line.count)
        rows = csv.reader(text, delimiter=delimiter)
        yield from under_header(path, iter(rows))


def find_encoding(path: Path) -> str:
    """Return the first encoding that reads the whole file."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UsageError(f"{path.name} is in no known encoding; allowed: {', '.join(ENCODINGS)}")


def read_spreadsheet(path: Path) -> Iterator[ListRow]:
    """Yield the rows of the first sheet under its header."""
    try:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, ValueError, IndexError) as error:
        raise UsageError(f"{path.name} is no readable XLSX file: {error}") from error
    yield from under_header(path, (list(map(read_cell, row)) for row in rows))


def read_cell(value: object) -> str:
    """Write a cell as text; a whole number without ".0", a date as ISO 8601."""
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE_NUMBER_MAX:
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def under_header(path: Path, rows: Iterator[list[str]]) -> Iterator[ListRow]:
    """Pair cells with the first row's names; empty rows are skipped."""
    header = [name.strip() for name in next(rows, [])]
    twice = next((name for name in header if name and header.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"{path.name} has the column {twice!r} twice; every column needs a name of its own")
    for row in rows:
        if any(cell.strip() for cell in row):
            yield dict(zip(header, row + [""] * (len(header) - len(row)), strict=False))


READERS = {".jsonl": read_json_lines, ".csv": read_csv, ".xlsx": read_spreadsheet}
