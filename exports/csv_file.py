"""CSV for programs and for Excel on a double click: UTF-8 with a byte order mark, crawled text made harmless."""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from exports.harmless_text import guard
from exports.language import china_time
from exports.sheet import Cell, Sheet


def write_csv(path: Path, sheet: Sheet) -> int:
    """Write a sheet, one row at a time; moments as ``2026-11-23 09:30:00`` in Beijing time."""
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
        writer.writerow([heading.text for heading in sheet.headings])
        for row in sheet.rows:
            writer.writerow([spell(cell) for cell in row])
            rows += 1
    return rows


def spell(cell: Cell) -> str | int | float:
    """Spell a cell for CSV."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return china_time(cell).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return guard(cell) if isinstance(cell, str) else cell
