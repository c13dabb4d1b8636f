"""No file goes out with a secret in it, and a person's number goes out with stars."""

import zipfile
from pathlib import Path

import pytest
import stdnum.cn.ric
import stdnum.cn.uscc

from domain.errors import RefusedError
from exports.leak_gate import refuse_leaks
from exports.personal_numbers import hide_identity_numbers

PERSON = "11010519491231002X"  # GB 11643-1999, appendix


def test_an_identity_number_gets_stars() -> None:
    assert stdnum.cn.ric.calc_check_digit(PERSON) == "X"
    assert hide_identity_numbers(f"持证人 {PERSON}，男") == "持证人 110105********002X，男"


@pytest.mark.parametrize(
    "text", ["11441700MB2C912265", "124417006806141796", "110105194912310021", f"A{PERSON}", "0662"]
)
def test_codes_and_wrong_numbers_stay(text: str) -> None:
    assert hide_identity_numbers(text) == text


def test_a_file_with_a_credential_is_refused_without_repeating_it(tmp_path: Path) -> None:
    file = tmp_path / "observations.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", "<t>账号 yj_tester / Geheim-2021</t>")
    refuse_leaks(file)
    with pytest.raises(RefusedError, match=r"credential in xl/sharedStrings\.xml") as refusal:
        refuse_leaks(file, ("Geheim-2021",))
    assert "Geheim" not in str(refusal.value)


@pytest.mark.parametrize("cell", [PERSON, "Bearer abcdefghijklmnop.qrst", "https://x/?token=0123456789abcdef"])
def test_what_looks_like_a_secret_is_refused_without_being_known(tmp_path: Path, cell: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"a,b\n1,{cell}\n", encoding="utf-8")
    with pytest.raises(RefusedError):
        refuse_leaks(file)


def test_telephones_of_offices_go_out(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("咨询电话,0662-3366123、13800138000\n", encoding="utf-8")
    refuse_leaks(file)
