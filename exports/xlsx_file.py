"""XLSX for evaluators: typed cells, a frozen header with filters, live links, any number of rows in constant memory."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from exports.harmless_text import cut, utf16_units
from exports.language import china_time
from exports.sheet import Cell, CellKind, Heading, Sheet, text_width

SHEET_ROWS_MAX = 1_048_576
"""Rows of an Excel sheet, header included (specifications and limits of Excel)."""
LINKS_MAX = 65_530
"""Hyperlinks of an Excel sheet; further links are written as text."""
LINK_UNITS_MAX = 2_079
"""Longest address that Excel accepts as a hyperlink; longer ones are written as text."""
LEAST_SHOWN = 0.001
A4 = 9
HEAD_POINTS = 32
"""Height of the header: two lines."""
FILTER_WIDTH = 3
"""What the filter's button takes away, in characters."""
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxSheet:
    """One worksheet being filled from top to bottom."""

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, headings: tuple[Heading, ...], formats: dict[str, Any]
    ) -> None:
        self._sheet = book.add_worksheet(name)
        self._formats = formats
        self._headings = headings
        self._links = 0
        self.rows = 0
        self._head()

    def add(self, row: tuple[Cell, ...]) -> None:
        """Append one row."""
        self.rows += 1
        for column, (heading, cell) in enumerate(zip(self._headings, row, strict=True)):
            self._write(column, heading.kind, cell)

    def close(self) -> None:
        """Put the filter over what was written."""
        self._sheet.autofilter(0, 0, self.rows, len(self._headings) - 1)

    def _head(self) -> None:
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_row(0, HEAD_POINTS)
        self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.repeat_rows(0)
        for column, heading in enumerate(self._headings):
            self._sheet.set_column(column, column, max(heading.width, head_width(heading.text)))
            self._sheet.write_string(0, column, heading.text, self._formats["head"])

    def _write(self, column: int, kind: CellKind, cell: Cell) -> None:
        if isinstance(cell, datetime):
            moment = china_time(cell).replace(tzinfo=None)
            self._sheet.write_datetime(self.rows, column, moment, self._formats["moment"])
        elif isinstance(cell, Decimal):
            self._write_decimal(column, cell)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self.rows, column, cell, self._format_of(cell))
        elif cell and kind is CellKind.LINK and self._may_link(cell):
            self._links += 1
            self._sheet.write_url(self.rows, column, cell, self._formats["link"], string=cell)
        elif cell:
            self._write_text(column, cut(cell))

    def _format_of(self, number: float) -> Any:  # noqa: ANN401 - xlsxwriter has no types
        """Show four decimals of a fraction; the cell keeps all of them, and what four would make 0 shows them too."""
        fraction = isinstance(number, float) and not number.is_integer() and abs(number) >= LEAST_SHOWN
        return self._formats["fraction"] if fraction else None

    def _write_decimal(self, column: int, exact: Decimal) -> None:
        # A cell's number is a double: what does not fit into one without loss is written as text.
        if Decimal(repr(float(exact))) == exact:
            self._sheet.write_number(self.rows, column, float(exact))
        else:
            self._write_text(column, f"{exact:f}")

    def _write_text(self, column: int, text: str) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for its own rich-text markup and would copy it into the file as XML.
            self._sheet.write_rich_string(self.rows, column, text[:1], text[1:2], text[2:])
        else:
            self._sheet.write_string(self.rows, column, text)

    def _may_link(self, url: str) -> bool:
        # Only web addresses: "file:", "internal:" and "external:" would lead into the reader's own machine.
        return (
            self._links < LINKS_MAX and url.startswith(("http://", "https://")) and utf16_units(url) <= LINK_UNITS_MAX
        )


def head_width(text: str) -> int:
    """Return the width, in characters, in which a header fits into two lines beside its filter button."""
    units = text_width(text)
    longest = max((len(word) for word in text.split()), default=0) if text.isascii() else 0
    return max(-(-units // 2), longest) + FILTER_WIDTH


def write_xlsx(path: Path, sheet: Sheet, *, sheet_rows_max: int = SHEET_ROWS_MAX) -> int:
    """Write a sheet, one row at a time, split over as many worksheets as Excel's row limit asks for."""
    return write_book(path, (sheet,), sheet_rows_max=sheet_rows_max)


def write_book(path: Path, sheets: Iterable[Sheet], *, sheet_rows_max: int = SHEET_ROWS_MAX) -> int:
    """Write several sheets into one workbook; return the number of rows."""
    # XlsxWriter's own temporary files go where the target is, so that one disk decides whether the export fits.
    book = xlsxwriter.Workbook(str(path), {**WORKBOOK_OPTIONS, "tmpdir": str(path.parent)})
    book.use_zip64()
    formats = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter", "text_wrap": True}
        ),
        "fraction": book.add_format({"num_format": "0.0###"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "link": book.add_format({"font_color": "#0B5CAD", "underline": 1}),
    }
    total = sum(fill(book, sheet, formats, sheet_rows_max) for sheet in sheets)
    close(book)
    return total


def fill(book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[str, Any], sheet_rows_max: int) -> int:
    """Write a sheet into as many worksheets as it needs; return the number of rows."""
    total = 0
    for number, rows in enumerate(chunks(sheet.rows, sheet_rows_max - 1), start=1):
        name = sheet.title if number == 1 else f"{sheet.title}{number}"
        page = XlsxSheet(book, name, sheet.headings, formats)
        for row in rows:
            page.add(row)
        page.close()
        total += page.rows
    return total


def close(book: xlsxwriter.Workbook) -> None:
    """Finish the workbook; a full disk stays the ``OSError`` that it is."""
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*error.args[0].args) from error


def chunks(rows: Iterator[tuple[Cell, ...]], size: int) -> Iterator[Iterator[tuple[Cell, ...]]]:
    """Cut a stream into pieces of at most ``size`` without holding any; always yields one piece, even an empty one."""
    yield islice(rows, size)
    for first in rows:
        yield islice(chain((first,), rows), size)
