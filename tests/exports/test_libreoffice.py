"""LibreOffice as the receiver: values stay equal, and no text of the crawl wakes up as a formula."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from filled_store import RULE_TITLES, SECOND_NIGHT, make_finding, make_listed
from handed_store import fill_two_nights
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from exports.dataset import datasets
from exports.export import export
from exports.harmless_text import unguard
from storage.store import Store

SOFFICE = shutil.which("soffice")
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1-1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=HYPERLINK("http://evil.example","x")',
    "'=1",
)
NAMES = tuple(dataset.id for dataset in datasets.all())
UTF8_COMMA_ALL_DETECTED = "CSV:44,34,76,1,,0,false,true"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed (Debian: apt-get install libreoffice-calc)"),
]


@pytest.fixture(scope="module")
def passed_through(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every data set as XLSX and CSV, opened by LibreOffice and saved as XLSX."""
    folder = tmp_path_factory.mktemp("office")
    with Store.open(folder / "home") as store:
        fill_two_nights(store)
        hostile = (
            make_finding(make_listed("dept-01", 500 + number), excerpt=text) for number, text in enumerate(HOSTILE)
        )
        store.audits.save([], hostile)
        for format in ("xlsx", "csv"):
            export(store, "all", run=SECOND_NIGHT, format=format, out=folder, rule_titles=RULE_TITLES)
    convert(folder, "xlsx")
    convert(folder, "csv", f"--infilter={UTF8_COMMA_ALL_DETECTED}")
    return folder


def convert(folder: Path, format: str, *options: str) -> None:
    files = [str(path) for path in sorted(folder.glob(f"*.{format}"))]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", *options, "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(folder / f"from_{format}"), *files], check=True, capture_output=True, timeout=280)


def cells(path: Path) -> list[list[object]]:
    sheet = load_workbook(path).worksheets[0]
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    return [[plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def plain(value: object) -> object:
    # The file format spells a control character as _x000D_ and openpyxl leaves it so; Excel and LibreOffice resolve it.
    return unescape(value) if isinstance(value, str) else value


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_comes_back_with_equal_values(passed_through: Path, name: str) -> None:
    file = f"{SECOND_NIGHT}-{name}.xlsx"
    ours, theirs = cells(passed_through / file), cells(passed_through / "from_xlsx" / file)
    assert len(ours) == len(theirs) > 1
    for line, back in zip(ours, theirs, strict=True):
        assert back[: len(line)] == line


@pytest.mark.parametrize("name", NAMES)
def test_a_csv_file_wakes_no_formula_and_keeps_its_texts(passed_through: Path, name: str) -> None:
    theirs = cells(passed_through / "from_csv" / f"{SECOND_NIGHT}-{name}.xlsx")
    with (passed_through / f"{SECOND_NIGHT}-{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        ours = list(csv.reader(file))
    assert len(ours) == len(theirs)
    texts = [place for place, column in enumerate(datasets.get(name).columns) if column.form.value == "text"]
    for line, back in zip(ours[1:], theirs[1:], strict=True):
        for place in texts:
            if isinstance(back[place], str):  # a column of digits is a number to LibreOffice unless told otherwise
                assert unguard(str(back[place])) == unguard(line[place])


def test_hostile_texts_are_seen_as_they_were_crawled(passed_through: Path) -> None:
    sheet = cells(passed_through / "from_xlsx" / f"{SECOND_NIGHT}-findings.xlsx")
    place = sheet[0].index("原文摘录")
    seen = {row[place] for row in sheet[1:]}
    assert {text.replace("\r", "\n") for text in HOSTILE} <= seen
