"""Reads and writes a table as CSV, for systems that export nothing else; the same checks follow as for a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from domain.errors import UsageError
from intake.cell import Cell
from intake.template import Template
from intake.workbook_template import NUMBER_HEADING, heading_of

ENCODINGS = ("utf-8-sig", "gb18030")  # what spreadsheets in China write


def read_csv_rows(data: bytes, name: str) -> list[list[Cell]]:
    """Return the rows, headings first; raise ``UsageError`` for bytes that are no text."""
    if b"\x00" in data:
        raise UsageError(f"{name} is no CSV file; allowed: text in UTF-8 or GB18030")
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [list(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
        except csv.Error as error:
            raise UsageError(f"{name} cannot be read as CSV: {error}") from error
    raise UsageError(f"{name} is no CSV file; allowed: text in UTF-8 or GB18030")


def write_csv_template(
    template: Template[Any], *, chinese: bool = True, rows: Sequence[Mapping[str, str]] = ()
) -> bytes:
    """Return the table to fill in as CSV in UTF-8 with a mark that Excel knows."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([NUMBER_HEADING[chinese], *(heading_of(column, chinese=chinese) for column in template.columns)])
    writer.writerow(["示例" if chinese else "example", *(column.example for column in template.columns)])
    for number, row in enumerate(rows, start=1):
        writer.writerow([str(number), *(row.get(column.key, "") for column in template.columns)])
    return target.getvalue().encode("utf-8-sig")
