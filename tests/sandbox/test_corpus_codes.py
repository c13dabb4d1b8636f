"""The sandbox's codes against the standards' own examples, a published real code and python-stdnum."""

import pytest
from stdnum.cn import uscc

from sandbox.corpus.bodies import make_places
from sandbox.corpus.codes import break_check, check_org, check_uscc, make_org
from sandbox.corpus.phones import USES, make_phone


def test_check_org_gives_the_example_of_gb_11714() -> None:
    assert check_org("D2143569") == "X"


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11441700MB2C912265", "124417006806141796"])
def test_check_uscc_gives_the_last_character_of_known_codes(code: str) -> None:
    assert check_uscc(code[:17]) == code[17]
    assert check_org(code[8:16]) == code[16]


def test_every_office_has_its_own_credit_code_that_stdnum_accepts() -> None:
    codes = [office.uscc for place in make_places() for office in place.offices]
    assert len(codes) == len(set(codes)) > 200
    assert [code for code in codes if not uscc.is_valid(code)] == []
    assert [code for code in codes if check_org(code[8:16]) != code[16]] == []


def test_a_broken_check_character_is_refused_by_stdnum() -> None:
    assert not uscc.is_valid(break_check("11441700MB2C912265"))


def test_make_org_is_stable() -> None:
    assert make_org("阳江市教育局") == make_org("阳江市教育局") != make_org("阳春市教育局")


def test_no_two_offices_share_a_telephone() -> None:
    offices = {office.name for place in make_places() for office in place.offices}
    phones = [make_phone(office, use) for office in offices for use in USES]
    assert len(phones) == len(set(phones))
    assert {len(phone) for phone in phones} == {len("0662-1234567")}
