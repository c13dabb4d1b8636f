"""Personal data against the standards' own arithmetic, written here again, and against real guides."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.harmless_samples import HARMLESS_SAMPLES
from files.personal_data import find_personal_data

RECORDS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "gd_guides_2021.jsonl"
TODAY = date(2026, 1, 15)


def identity_number(region: str, born: str, order: str = "527") -> str:
    """GB 11643-1999 §4.2, written from the standard's weights."""
    first = f"{region}{born}{order}"
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(first))
    return first + "10X98765432"[total % 11]


def card_number(first: str) -> str:
    """ISO/IEC 7812-1 annex B: every other digit from the right doubled, digits added, up to the next ten."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(first))]
    return first + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def kinds(text: str) -> list[str]:
    return [datum.kind for datum in find_personal_data(text, today=TODAY)]


def test_the_arithmetic_of_these_tests_is_that_of_the_standard() -> None:
    assert identity_number("110105", "19491231", "002") == "11010519491231002X"  # the standard's example
    assert card_number("7992739871") == "79927398713"  # the example of ISO/IEC 7812's commentators


REAL = identity_number("441702", "19860423")


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号：{REAL}",
        f"身份证号码{REAL}，联系人",
        f"申请人（{REAL}）",
        "公民身份号码 " + " ".join(REAL),
        "|".join(REAL),
        f"{REAL[:6]} {REAL[6:14]} {REAL[14:]}",
        REAL.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
        "号码\t" + REAL.lower(),
    ],
)
def test_identity_numbers_are_found_in_the_forms_that_papers_print(text: str) -> None:
    (datum,) = find_personal_data(text, today=TODAY)
    assert datum.kind == "identity_number"
    assert datum.masked == f"441702{'*' * 8}{REAL[-4:]}"


def test_a_region_that_existed_when_cards_were_first_issued_counts_for_those_born_before() -> None:
    assert kinds(identity_number("440102", "19510607")) == ["identity_number"]  # Dongshan of Guangzhou, until 2005
    assert kinds(identity_number("440102", "20100607")) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (REAL[:-1] + ("0" if REAL[-1] != "0" else "1"), "check character does not fit"),
        (identity_number("441702", "20310101"), "born in the future"),
        (identity_number("441702", "18800101"), "nobody is so old"),
        (identity_number("441702", "19900231"), "no such day"),
        (identity_number("441799", "19900101"), "no such region"),
        (identity_number("990000", "19900101"), "no such province"),
        ("441702********5271", "masked"),
        ("44170219860423XXXX", "template"),
        ("4417021986042352", "too short"),
        ("1" + REAL, "part of a longer number"),
        (REAL + "001", "part of a longer number"),
        (f"https://example.cn/apply?id={REAL}", "identifier in an address"),
        (f"91{REAL}", "part of a longer code"),
        ("营业执照 91440101MA59ABCD1X", "credit code"),
        ("13800138000", "sample"),
        ("12345678901", "no such number"),
        ("138XXXXXXXX", "template"),
        ("1381234****", "masked"),
        ("13812345678", "running"),
        ("13888888888", "equal digits"),
        ("13900000000", "zeros"),
        ("0662-3423456", "an office's telephone"),
        ("02038356454", "an office's telephone"),
        ("12011111111", "no such prefix"),
        ("2021138264017", "longer number"),
        ("764502564111646720", "identifier of a hall"),
        ("6222021234567890123", "running"),
        ("6222 0000 0000 0000 000", "zeros"),
        (card_number("440705190271836"), "a code of Guangdong without a word for card"),
        (card_number("622202360309817453")[:-1] + "x", "not a number"),
    ],
)
def test_samples_codes_and_offices_are_not_accused(text: str, why: str) -> None:
    assert kinds(f"说明：{text}。") == [], why


def test_a_day_of_birth_that_runs_is_still_a_day_of_birth() -> None:
    assert kinds(identity_number("441702", "19890123")) == ["identity_number"]


def test_every_listed_sample_is_silent() -> None:
    for number, reason in HARMLESS_SAMPLES.items():
        assert reason
        assert kinds(f"银行卡号 {number}") == [], number


def test_mobile_numbers_are_found_and_masked() -> None:
    for text in ("手机：13926403817", "139-2640-3817", "+86 139 2640 3817", "（8613926403817）"):
        (datum,) = find_personal_data(text, today=TODAY)
        assert (datum.kind, datum.masked) == ("mobile_number", "139****3817"), text


def test_bank_cards_are_found_by_prefix_and_check_digit() -> None:
    card = card_number("622202360309817453")
    assert kinds(f"开户账号 {card}") == ["bank_card"]
    assert kinds(f"开户账号 {' '.join(card[at : at + 4] for at in range(0, 19, 4))}") == ["bank_card"]
    assert kinds("开户账号 " + card[:-1] + str((int(card[-1]) + 1) % 10)) == []
    visa = card_number("453201190271836")
    assert kinds(f"信用卡卡号：{visa}") == ["bank_card"]
    assert kinds(f"编号：{visa}") == []


def test_a_number_is_told_once_and_in_order() -> None:
    text = f"电话13926403817，证件{REAL}，电话13926403817"
    assert kinds(text) == ["mobile_number", "identity_number"]


@given(st.integers(0, 30_000), st.integers(1, 999), st.characters(exclude_categories=["Cs", "N", "L"]))
def test_whatever_is_found_is_masked(days: int, order: int, around: str) -> None:
    born = (date(1930, 1, 1) + timedelta(days=days)).strftime("%Y%m%d")
    number = identity_number("440304", born, f"{order:03}")
    for datum in find_personal_data(around + number + around, today=TODAY):
        assert datum.masked.count("*") == 8
        assert number[6:14] not in datum.masked


@given(st.text(max_size=300))
def test_any_text_is_accepted(text: str) -> None:
    assert isinstance(find_personal_data(text), tuple)


@pytest.mark.skipif(not RECORDS.exists(), reason="the real records lie beside the checkout, not in it")
def test_real_guides_hold_next_to_none() -> None:
    """1,370 published guides, read as text: only a number that the numbering plan has may be named."""
    found = []
    with RECORDS.open(encoding="utf-8") as lines:
        for line in lines:
            values = json.dumps(json.loads(line), ensure_ascii=False)
            found += [datum.kind for datum in find_personal_data(values)]
    assert found.count("identity_number") == 0
    assert found.count("bank_card") == 0
    assert found.count("mobile_number") <= 1  # one officer's own mobile number stands in the records
