"""Writes the XLSX that people fill in: headings, lists to choose from, one example row, and how to fill it in."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from intake.template import Template, TemplateColumn

ROWS = 2_000  # rows that get the lists to choose from
REQUIRED_MARK = "*"
NUMBER_HEADING = {True: "序号", False: "No."}
INLINE_LIST_MAX = 255  # characters of a list that Excel keeps within the cell's rule
LINK_MAX = 2_000  # Excel takes 2,079 characters of an address
LINKS_MAX = 60_000  # and 65,530 addresses of a sheet
CELL_LINK_MAX = 255
Formats = dict[str, object]


def write_template(template: Template[Any], *, chinese: bool = True, rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """Return the workbook; it opens in Excel, WPS and LibreOffice. ``rows`` (key → text) stand below the example."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats: Formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
        "example": book.add_format({"num_format": "@", "italic": True, "font_color": "#5B6875"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet(template.zh if chinese else template.en)
    guide = book.add_worksheet("填写说明" if chinese else "How to fill in")
    lists = book.add_worksheet("选项" if chinese else "Lists")
    write_head(sheet, template, formats, chinese=chinese)
    write_example(sheet, template, formats, chinese=chinese)
    write_rows(sheet, template, formats, rows)
    write_lists(sheet, lists, template, chinese=chinese, last=max(ROWS, len(rows) + 1))
    write_guide(guide, template, formats, chinese=chinese)
    book.close()
    return target.getvalue()


def heading_of(column: TemplateColumn, *, chinese: bool) -> str:
    """Return the header cell; required columns bear a star."""
    return column.heading(chinese=chinese) + (REQUIRED_MARK if column.required else "")


def write_head(sheet: Worksheet, template: Template[object], formats: Formats, *, chinese: bool) -> None:
    """Write the headings; every cell is text, because a code of 31 digits is no number."""
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 8, formats["text"])
    sheet.write_string(0, 0, NUMBER_HEADING[chinese], formats["head"])
    for number, column in enumerate(template.columns, start=1):
        sheet.set_column(number, number, column.width, formats["text"])
        sheet.write_string(0, number, heading_of(column, chinese=chinese), formats["head"])
        sheet.write_comment(0, number, column.hint(chinese=chinese))


def write_example(sheet: Worksheet, template: Template[object], formats: Formats, *, chinese: bool) -> None:
    """Write the one example row, marked so that it is never imported."""
    sheet.write_string(1, 0, "示例" if chinese else "example", formats["example"])
    for number, column in enumerate(template.columns, start=1):
        sheet.write_string(1, number, column.example, formats["example"])


def write_rows(
    sheet: Worksheet, template: Template[object], formats: Formats, rows: Sequence[Mapping[str, str]]
) -> None:
    """Write rows that wait to be filled in; an address becomes a link where it is short enough for one."""
    for line, row in enumerate(rows, start=2):
        sheet.write_string(line, 0, str(line - 1), formats["text"])
        for number, column in enumerate(template.columns, start=1):
            text = row.get(column.key, "")
            linked = text.startswith(("http://", "https://")) and len(text) <= LINK_MAX and line < LINKS_MAX
            if not linked or sheet.write_url(line, number, text, formats["text"], text[:CELL_LINK_MAX]) != 0:
                sheet.write_string(line, number, text, formats["text"])


def write_lists(sheet: Worksheet, lists: Worksheet, template: Template[object], *, chinese: bool, last: int) -> None:
    """Give every column with choices its list; long lists lie on a sheet of their own."""
    for number, column in enumerate(template.columns, start=1):
        titles = list(column.titles(chinese=chinese).values())
        if not titles:
            continue
        lists.write_string(0, number, column.heading(chinese=chinese))
        lists.write_column(1, number, titles)
        letter = xlsxwriter.utility.xl_col_to_name(number)
        source = f"='{lists.get_name()}'!${letter}$2:${letter}${len(titles) + 1}"
        short = len(",".join(titles)) <= INLINE_LIST_MAX
        rule = {
            "validate": "list",
            "source": titles if short else source,
            "ignore_blank": True,
            "error_title": column.zh,
            "error_message": "请从下拉列表中选择 / choose an entry of the list",
        }
        sheet.data_validation(1, number, last, number, rule)


def write_guide(sheet: Worksheet, template: Template[object], formats: Formats, *, chinese: bool) -> None:
    """Write one line per column: what goes in, and whether it must be there."""
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90, formats["wrap"])
    heads = ("栏目", "必填", "怎么填") if chinese else ("Column", "Required", "What goes in")
    for number, head in enumerate(heads):
        sheet.write_string(0, number, head, formats["head"])
    words = ("是", "否") if chinese else ("yes", "no")
    for row, column in enumerate(template.columns, start=1):
        sheet.write_string(row, 0, column.heading(chinese=chinese))
        sheet.write_string(row, 1, words[0] if column.required else words[1])
        sheet.write_string(row, 2, column.hint(chinese=chinese))
