"""A sheet that is longer than Excel's limit, written for real and opened by LibreOffice: nothing lost at the seam."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.columns import integer, text
from exports.extract import Extract
from exports.language import Language
from exports.sheet import lay_out
from exports.xlsx_file import write_xlsx

SOFFICE = shutil.which("soffice")
LIMIT = 1_048_576  # rows of a sheet, header included (Excel specifications and limits)
BEYOND = 7
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed (Debian: apt-get install libreoffice-calc)"),
]


def lines_of(path: Path) -> tuple[int, list[str]]:
    """Count the lines of a file and return the first two and the last."""
    shown: list[str] = []
    count, line = 0, ""
    with path.open(encoding="utf-8") as file:
        for count, line in enumerate(file, start=1):
            if count <= 2:
                shown.append(line.strip())
    return count, [*shown, line.strip()]


def test_rows_beyond_excels_limit_arrive_in_the_second_sheet(tmp_path: Path) -> None:
    rows: Iterator[tuple[int, str]] = ((number, f"行{number}") for number in range(1, LIMIT + BEYOND + 1))
    columns = (
        integer("number", "序号", "Number", lambda row, _: None, "序号"),
        text("words", "文字", "Words", lambda row, _: None, "文字"),
    )
    extract = Extract(dataset="long", title="长表", run="run", columns=columns, rows=rows)
    assert write_xlsx(tmp_path / "long.xlsx", lay_out(extract, Language.ZH)) == LIMIT + BEYOND
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", EVERY_SHEET, "long.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=900)
    last = LIMIT - 1  # the header takes one row
    assert lines_of(tmp_path / "long-长表.csv") == (LIMIT, ["序号,文字", "1,行1", f"{last},行{last}"])
    first, end = last + 1, LIMIT + BEYOND
    assert lines_of(tmp_path / "long-长表2.csv") == (
        1 + end - last,
        ["序号,文字", f"{first},行{first}", f"{end},行{end}"],
    )
