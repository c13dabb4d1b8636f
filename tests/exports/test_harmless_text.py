"""The text rules by themselves: reversible for every text, and without effect on harmless ones."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.csv_file import spell
from exports.harmless_text import CELL_UNITS_MAX, clean, cut, guard, unguard, utf16_units

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"  # the list of the OWASP page on CSV injection, full-width twins included


@given(st.text())
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text())
def test_no_guarded_text_begins_like_a_formula(text: str) -> None:
    assert not guard(text).startswith(tuple(FORMULA_STARTS))


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(codec="utf-8"), min_size=0))
def test_a_cleaned_text_survives_a_csv_reader(text: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([spell(clean(text)), "end"])
    file.seek(0)
    ((back, _),) = csv.reader(file)
    assert unguard(back) == clean(text)


@pytest.mark.parametrize("text", ["阳江市", "0662-3366001", "a=b", "", "12", "<b>"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert guard(clean(text)) == text


@pytest.mark.parametrize("number", [-1.5, -3, 0])
def test_a_negative_number_is_no_formula(number: float) -> None:
    assert spell(number) == number


def test_lone_surrogates_are_replaced() -> None:
    assert clean("a\ud83cb").encode() == "a\ufffdb".encode()


def test_cutting_counts_as_excel_does() -> None:
    assert cut("字" * CELL_UNITS_MAX) == "字" * CELL_UNITS_MAX
    assert utf16_units("🏛") == 2
    shortened = cut("x" + "🏛" * CELL_UNITS_MAX)
    assert len(shortened.encode("utf-16-le")) // 2 <= CELL_UNITS_MAX
    assert "\ufffd" not in shortened
