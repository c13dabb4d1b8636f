"""Excel's own limits: rows per sheet, links per sheet, length of an address."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from exports.sheet import Cell, CellKind, Heading, Sheet
from exports.xlsx_file import write_xlsx


def sheet_of(rows: Iterator[tuple[Cell, ...]]) -> Sheet:
    headings = (
        Heading(text="编号", kind=CellKind.NUMBER, width=8),
        Heading(text="链接", kind=CellKind.LINK, width=20),
    )
    return Sheet(title="表", headings=headings, rows=rows)


@pytest.mark.parametrize(("count", "sheets"), [(0, [0]), (9, [9]), (10, [9, 1]), (20, [9, 9, 2])])
def test_rows_go_on_in_the_next_sheet(tmp_path: Path, count: int, sheets: list[int]) -> None:
    path = tmp_path / "a.xlsx"
    rows = ((number, "") for number in range(count))
    assert write_xlsx(path, sheet_of(rows), sheet_rows_max=10) == count
    book = load_workbook(path)
    assert book.sheetnames == ["表", "表2", "表3"][: len(sheets)]
    assert [sheet.max_row - 1 for sheet in book.worksheets] == sheets
    assert all(sheet["A1"].value == "编号" and sheet.freeze_panes == "A2" for sheet in book.worksheets)
    read = [row[0] for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert read == list(range(count))


def test_links_beyond_excels_limit_become_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, sheet_of((number, f"https://www.gdzwfw.gov.cn/{number}") for number in range(65_600)))
    # Straight from the file: openpyxl needs minutes for so many links.
    xml = ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert xml.count(b"<hyperlink ") == 65_530
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[-1][1] == "https://www.gdzwfw.gov.cn/65599"


@pytest.mark.parametrize(
    ("url", "live"),
    [
        ("https://www.gdzwfw.gov.cn/" + "a" * (2_079 - 26), True),
        ("https://www.gdzwfw.gov.cn/" + "a" * (2_080 - 26), False),
        ('https://www.gdzwfw.gov.cn/#/a b/中文?x="1"&y=<2>', True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("external:c:\\secret.xlsx", False),
        ("internal:Sheet1!A1", False),
        ("mailto:a@b.c", False),
        ("//static.gdzwfw.gov.cn/x", False),
        ("<r>https://x</r>", False),
    ],
)
def test_only_web_addresses_become_links(tmp_path: Path, url: str, live: bool) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, sheet_of(iter([(1, url)])))
    cell = load_workbook(path).worksheets[0]["B2"]
    assert cell.value == url
    assert (cell.hyperlink is not None) is live
