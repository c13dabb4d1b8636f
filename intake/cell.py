"""Reads one cell of a filled-in table or one field of a form, and says in both languages what does not fit."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from domain.frozen import Frozen

Cell = str | int | float | bool | date | datetime | time | None
DATE_FORM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
TIME_FORM = re.compile(r"(\d{1,2})\s*[:：时]\s*(\d{1,2})\s*分?")
TEXT_MAX = 2_000
DAY = 1.0


class MisfitError(Exception):
    """A cell does not fit; ``zh`` and ``en`` say what is allowed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class Fault(Frozen):
    """What is wrong with one cell; ``row`` counts from 1 as the sheet does, 0 is a form or the table as a whole."""

    row: int
    letter: str  # column letter, "" in a form
    key: str
    heading_zh: str
    heading_en: str
    given: str
    zh: str
    en: str

    def say(self, *, chinese: bool) -> str:
        """Say it in one sentence that names row, column and what is allowed."""
        if chinese:
            where = f"第 {self.row} 行" if self.row else ""
            place = f"“{self.heading_zh}”" + (f"（{self.letter}{self.row}）" if self.letter and self.row else "")
            return f"{where}{place}：{quoted(self.given, '“', '”')}{self.zh}"
        where = f"row {self.row}, " if self.row else ""
        place = f"column {self.heading_en}" + (f" ({self.letter}{self.row})" if self.letter and self.row else "")
        return f"{where}{place}: {quoted(self.given, chr(39), chr(39))}{self.en}"


Reader = Callable[[Cell], object]
"""Turns a cell that is not blank into a value; raises ``MisfitError``."""


def quoted(given: str, left: str, right: str) -> str:
    """Quote what was given, shortened; "" for nothing."""
    shown = given if len(given) <= 40 else f"{given[:39]}…"
    return f"{left}{shown}{right} " if shown else ""


def plain(cell: Cell) -> str:
    """Write a cell as text; a number without a fraction is written without one, as Excel shows it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return unicodedata.normalize("NFC", str(cell)).strip()


def read_text(cell: Cell) -> str:
    """Read a text of bounded length without control characters."""
    text = plain(cell)
    if len(text) > TEXT_MAX:
        raise MisfitError(f"超过 {TEXT_MAX} 个字", f"is longer than {TEXT_MAX} characters")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        raise MisfitError("含有控制字符", "holds control characters")
    return text


def read_code(cell: Cell) -> str:
    """Read an item's code: 31 letters and digits, 33 for a 业务办理项 (portals.md §3.2)."""
    text = unicodedata.normalize("NFKC", plain(cell)).upper().replace(" ", "")
    # A spreadsheet keeps fifteen digits of a number: the rest of a code that was typed as one is lost.
    if not isinstance(cell, str) or not re.fullmatch(r"[0-9A-Z]{31}(?:\d{2})?", text):
        raise MisfitError(
            "不是事项编码，应为 31 位（业务办理项 33 位）数字和大写字母，单元格要设为文本",
            "is no item code; allowed: 31 letters and digits (33 for a sub-item), in a text cell",
        )
    return text


def read_date(cell: Cell) -> date:
    """Read a day, as a date cell or as 2026-11-23."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = DATE_FORM.fullmatch(unicodedata.normalize("NFKC", plain(cell)))
    try:
        if match:
            return date(*map(int, match.groups()))
    except ValueError:
        pass
    raise MisfitError("不是日期，应写成 2026-11-23", "is no date; allowed: 2026-11-23")


def read_time(cell: Cell) -> time:
    """Read a time of day, as a time cell or as 09:30."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < DAY:  # how a spreadsheet keeps a time of day
        minutes = round(cell * 24 * 60) % (24 * 60)
        return time(minutes // 60, minutes % 60)
    match = TIME_FORM.fullmatch(unicodedata.normalize("NFKC", plain(cell)))
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    raise MisfitError("不是时间，应写成 09:30", "is no time of day; allowed: 09:30")


def one_of(choices: Mapping[str, str], english: Mapping[str, str] | None = None) -> Reader:
    """Make the reader of a list: value → title; the value or its title in either language may be given."""
    by_title = {title: value for value, title in choices.items()}
    in_english = {title: value for value, title in (english or {}).items()}

    def read(cell: Cell) -> str:
        text = plain(cell)
        if text in choices:
            return text
        found = by_title.get(text) or in_english.get(text)
        if found is not None:
            return found
        shown = "、".join(by_title) if len(by_title) <= 12 else "下拉列表中的一项"
        listed = ", ".join(by_title) if len(by_title) <= 12 else "an entry of the list"
        raise MisfitError(f"不在可选范围，可填：{shown}", f"is not in the list; allowed: {listed}")

    return read


def read_names(cell: Cell) -> tuple[str, ...]:
    """Read names of files, parted by ； or line breaks; folders are not part of a name."""
    names = tuple(filter(None, (name.strip() for name in re.split(r"[;；\n]+", plain(cell)))))
    for name in names:
        if "/" in name or "\\" in name or name.startswith("."):
            raise MisfitError("只能写文件名，不能带路径", "must be names of files without a folder")
    if len(set(names)) < len(names):
        raise MisfitError("同一文件写了两次", "names a file twice")
    return names
