"""The phone recogniser against the forms that real guides print, good and bad (portals.md §5, phone note; §6.1)."""

import pytest
from phonenumbers import geocoder, is_valid_number, parse

from crawler.rules.phone_number import read_phones
from crawler.rules.region import AREA_CODES, NAMES, area_codes_for, cities_in

LEGITIMATE = {
    "020-38356454转1": 1,
    "020-12333-9-0": 1,
    "95598": 1,
    "020-95598": 1,
    "400-7000-690": 1,
    "（0662）3681111": 1,
    "020－81102000": 1,
    "020-12333–9": 1,
    "拨打12348或020-86350683": 2,
    "020-12345": 1,
    "020-83527072；020-83805040": 2,
    "020-84469270、020-84469702、  020-89023252": 3,
    "020-87037433/020-37288891": 2,
    "020- 12316": 1,
    "020-8923 2806": 1,
    "(8620) 81218888": 1,
    "(020)83882222": 1,
    "87686011": 1,
    "020-87300569-825": 1,
    "020-83133283、83134746": 2,
    "020-86350153，受理时间：周一至周五（法定节假日除外）上午08：30-12:00，下午14:00-17:30": 1,
    "电话咨询：020-37626821（本科），020-37627439（专科、高职），020-37628091（研究生）。": 3,
    "较场西路16号。咨询电话号码：020-83815010。微信号：gh_a1e9527141a4。邮箱：44147@qq.com。邮编：510405。": 1,
    "０６６２－３３６６１２３": 1,
    "13800138000": 1,
    "120": 1,
}
FAULTY = (
    "020-837288891",
    "020--38819922",
    "020-817238206",
    "0020-12366",
    "020-123456",
    "020-8313603",
    "020-37288041/020-3728889",
    "0662-33661234",
    "0662-336612",
)


@pytest.mark.parametrize(("text", "count"), LEGITIMATE.items())
def test_legitimate_forms(text: str, count: int) -> None:
    phones = read_phones(text)
    assert [phone.fault for phone in phones] == [""] * count, phones


@pytest.mark.parametrize("text", FAULTY)
def test_real_faults(text: str) -> None:
    assert any(phone.fault for phone in read_phones(text))


def test_the_parts_of_a_number() -> None:
    (phone,) = read_phones("（0662）3681111转2")
    assert (phone.area, phone.subscriber, phone.extension, phone.hotline) == ("0662", "3681111", "2", False)


def test_a_hotline_keeps_its_path() -> None:
    (phone,) = read_phones("020-12333-9-0")
    assert (phone.subscriber, phone.extension, phone.hotline) == ("12333", "9-0", True)


@pytest.mark.parametrize("text", ["", "无", "详见官网", "东风二路60号"])
def test_no_number(text: str) -> None:
    assert read_phones(text) == ()


@pytest.mark.parametrize("prefix", AREA_CODES)
def test_area_codes_agree_with_the_numbering_plan(prefix: str) -> None:
    numbers = [parse(AREA_CODES[prefix] + local, "CN") for local in ("3366123", "83366123")]
    described = {geocoder.description_for_number(number, "zh") for number in numbers if is_valid_number(number)}
    assert described == {f"广东省{NAMES[prefix]}市"}


def test_which_area_codes_a_region_may_print() -> None:
    assert area_codes_for("4417", "") == {"0662"}
    assert area_codes_for("4401", "阳江市") == {"020"}
    assert {"020", "0662", "0755"} <= area_codes_for("4400", "")
    assert area_codes_for("4400", "广州市天河区体育东路160号") == {"020"}
    assert area_codes_for("", "广州市") == frozenset()


def test_only_a_city_with_its_suffix_is_a_city() -> None:
    assert cities_in("阳江市江城区广州路8号深圳大厦") == {"4417"}
