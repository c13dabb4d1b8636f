"""Telephones at their edges: each sign alone, the digits that can be dialled beside those that cannot.

Expectations come from the national numbering plan: local numbers begin with 2 to 8, a mobile number has 11 digits.
"""

import pytest

from crawler.rules.phone_number import read_phones


@pytest.mark.parametrize("dash", "‐‑‒–—―−－﹣ー─━")
def test_every_dash_is_a_dash(dash: str) -> None:
    (phone,) = read_phones(f"0662{dash}3366123")
    assert (phone.area, phone.subscriber, phone.fault) == ("0662", "3366123", "")


@pytest.mark.parametrize(
    "noise",
    [
        "https://www.yj.gov.cn/col/20210818",
        "www.yj.gov.cn/20210818",
        "yj3366999@qq.com",
        "邮编529500",
        "邮政编码：529500",
        "微信：yj3366999",
        "微信号3366999",
        "公众号3366999",
        "QQ：3366999",
        "QQ群3366999",
        "q群号：3366999",
        "8:30-12:00",
        "14：30至17：30",
        "8:30",
        "2021年8月18日",
        "2021-08-18",
        "2021/8/18",
        "1999.12.31",
        "23366号楼",
        "23366号",
        "东风二路1234号",
        "12345室",
        "66123房",
        "33661元",
        "33661号窗",
    ],
)
def test_what_is_no_telephone_accuses_nobody(noise: str) -> None:
    phones = read_phones(f"0662-3366123，{noise}")
    assert [(phone.subscriber, phone.fault) for phone in phones] == [("3366123", "")]


@pytest.mark.parametrize(
    "text",
    [
        "+86-662-3366123",
        "+86 0662-3366123",
        "0086-662-3366123",
        "86-0662-3366123",
        "0662 3366123",
        "(86662)3366123",
        "0662 - 3366123",
        "0662 -3366123",
        "0662-336 6123",
        "0662-336 6123，",
        "06623366123",
        "0662－ 3366123",
    ],
)
def test_a_number_with_its_country_or_spaces(text: str) -> None:
    phones = read_phones(text)
    assert [(phone.area, phone.subscriber, phone.fault) for phone in phones] == [("0662", "3366123", "")]


@pytest.mark.parametrize("text", ["+8613800138000", "0086-13800138000", "86-13800138000"])
def test_a_mobile_number_with_its_country(text: str) -> None:
    assert [(phone.subscriber, phone.fault) for phone in read_phones(text)] == [("13800138000", "")]


@pytest.mark.parametrize("number", ["110", "119", "120", "122"])
def test_emergency_numbers(number: str) -> None:
    assert [(phone.subscriber, phone.hotline, phone.fault) for phone in read_phones(number)] == [(number, True, "")]
    assert [phone.subscriber for phone in read_phones(f"紧急情况请拨打{number}")] == [number]


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("0662-3366123转801", "801"),
        ("0662-3366123分机：801", "801"),
        ("0662-3366123 ext. 801", "801"),
        ("3366123-801", "801"),
        ("0662-3366123EXT801", "801"),
        ("06623366123-801", "801"),
        ("4007000690转2", "2"),
        ("12345-6", "6"),
    ],
)
def test_extensions(text: str, extension: str) -> None:
    (phone,) = read_phones(text)
    assert (phone.extension, phone.fault) == (extension, "")


@pytest.mark.parametrize(
    ("text", "subscriber"),
    [
        ("4007000690", "4007000690"),
        ("400-700-0690", "4007000690"),
        ("400-700-0690-2", "4007000690"),
        ("8008301234", "8008301234"),
        ("12345", "12345"),
        ("95598", "95598"),
        ("961200", "961200"),
        ("020-110", "110"),
        ("0662-12345", "12345"),
    ],
)
def test_hotlines(text: str, subscriber: str) -> None:
    (phone,) = read_phones(text)
    assert (phone.subscriber, phone.hotline, phone.fault) == (subscriber, True, "")


@pytest.mark.parametrize("first", "2345678")
@pytest.mark.parametrize("length", [7, 8])
def test_local_numbers(first: str, length: int) -> None:
    (phone,) = read_phones(first + "3661234"[: length - 1])
    assert (phone.fault, phone.hotline) == ("", False)


@pytest.mark.parametrize(
    "text", ["9366123", "93661234", "336612", "336612345", "23800138000", "1380013800", "138001380001", "12000138000"]
)
def test_digits_that_nobody_can_dial(text: str) -> None:
    (phone,) = read_phones(text)
    assert phone.fault


@pytest.mark.parametrize("text", ["4007000", "400-7000", "400700069"])
def test_a_hotline_with_digits_lost_is_none(text: str) -> None:
    assert [phone.hotline for phone in read_phones(text)] == [False]


@pytest.mark.parametrize("text", ["0062-3366123", "000-3366123", "0100-3366123", "066-23366123", "0012366"])
def test_area_codes_that_do_not_exist(text: str) -> None:
    (phone,) = read_phones(text)
    assert phone.fault


def test_a_postcode_in_a_sentence_is_no_number_but_a_wrong_number_is() -> None:
    assert [phone.fault for phone in read_phones("阳江市江城区东风二路六十号 529500 电话0662-3366123")] == [""]
    assert any(phone.fault for phone in read_phones("咨询电话请在上班时间拨打336612345"))
    assert any(phone.fault for phone in read_phones("咨询电话请在上班时间拨打0662-336612"))
    assert any(phone.fault for phone in read_phones("咨询电话336612"))


def test_an_area_code_without_its_zero_cannot_be_dialled() -> None:
    (phone,) = read_phones("75583366123")
    assert phone.fault


def test_a_hotline_before_a_door_number_stays_a_hotline() -> None:
    assert [(phone.subscriber, phone.fault) for phone in read_phones("12345 8301")] == [("12345", "")]


def test_hours_between_two_numbers_do_not_join_them() -> None:
    assert [phone.subscriber for phone in read_phones("3366123 8:30-9:30 3366124")] == ["3366123", "3366124"]
