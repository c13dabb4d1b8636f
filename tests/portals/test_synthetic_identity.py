"""The synthetic applicant passes a form's arithmetic and no register, by third-party checkers."""

import re

import phonenumbers
import pytest
import stdnum.cn.ric
from stdnum.exceptions import InvalidComponent

from portals.synthetic_identity import NOBODY, answer_for, file_for, identity_number


def test_the_identity_number_has_a_good_check_character_but_no_place() -> None:
    assert stdnum.cn.ric.calc_check_digit(NOBODY.id_number) == NOBODY.id_number[-1]
    with pytest.raises(InvalidComponent):
        stdnum.cn.ric.validate(NOBODY.id_number)


def test_the_check_character_matches_the_standards_example() -> None:
    """GB 11643-1999, appendix: 11010519491231002X and 440524188001010014."""
    assert identity_number("11010519491231002") == "11010519491231002X"
    assert identity_number("44052418800101001") == "440524188001010014"


def test_the_mobile_number_is_assigned_to_nobody() -> None:
    assert re.fullmatch(r"1\d{10}", NOBODY.mobile)
    assert not phonenumbers.is_valid_number(phonenumbers.parse(NOBODY.mobile, "CN"))


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("*身份证号码", NOBODY.id_number),
        ("联系人手机", NOBODY.mobile),
        ("申请人姓名", NOBODY.name),
        ("通讯地址", NOBODY.address),
        ("企业名称", NOBODY.organisation),
        ("备注", "测试"),
    ],
)
def test_answers_fit_the_question(label: str, answer: str) -> None:
    assert answer_for(label) == answer


def test_files_are_what_they_say() -> None:
    assert file_for(".pdf,.jpg").content.startswith(b"%PDF-1.4")
    assert file_for(".jpg,.png").content.startswith(b"\x89PNG\r\n\x1a\n")
