"""Code rules against codes that real portals printed and one that somebody made up (portals.md §6.1, §6.2)."""

import pytest

from crawler.rules.codes import check_credit, check_department_part, check_level, check_task_form, level_of, well_formed
from crawler.rules.example_guide import example
from domain.guide_fields import FieldName
from domain.outcome import Outcome

REAL = (
    "11440000006939756B2440101007000",
    "11440000006940116U2440102002003",
    "11440000006940116U244010200300101",
    "11440000006939844R2442015022000",
    "11440000553612461J244211105N00302",
    "11440000MB2C87614P2442119165000",
    "12440000455857182W2442199277000",
    "11440100007483172Q344010602900507",
    "11440300MB2D0970524440125044001",
    "114409820071384408400071500100523",
    "11440600007039565U3440108001002",
    "12440100741854396C3442014055017",
    "1244170068061417962442119403000",
)
TEMPORARY = "TE44011350000011905442106041001"
FABRICATED = "11440100MB2C91012X4442131001001"


@pytest.mark.parametrize("code", REAL)
def test_real_codes_pass(code: str) -> None:
    guide = example({FieldName.TASK_CODE: code})()
    assert check_task_form(guide).outcome is Outcome.PASS
    assert check_credit(guide).outcome is Outcome.PASS


def test_a_temporary_code_has_nothing_to_check() -> None:
    guide = example({FieldName.TASK_CODE: TEMPORARY})()
    assert check_task_form(guide).outcome is Outcome.PASS
    assert check_credit(guide).outcome is Outcome.NOT_APPLICABLE


def test_a_fabricated_code_fails() -> None:
    verdict = check_credit(example({FieldName.TASK_CODE: FABRICATED})())
    assert verdict.outcome is Outcome.FAIL
    assert "11440100MB2C91012X" in verdict.reason


@pytest.mark.parametrize("code", ["", REAL[0][:30], REAL[0] + "1", REAL[0].lower(), "1145072100811537184452004020000"])
def test_malformed_codes(code: str) -> None:
    assert well_formed(code) == ""


def test_a_malformed_code_is_one_finding_only() -> None:
    guide = example({FieldName.TASK_CODE: REAL[0][:30]})()
    assert check_task_form(guide).outcome is Outcome.FAIL
    for check in (check_credit, check_level, check_department_part):
        assert check(guide).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "digit"),
    [("省级", "2"), ("市级", "3"), ("县级", "4"), ("镇（乡、街道）级", "5"), ("国家级", "1"), ("3", "3"), ("", "")],
)
def test_levels(text: str, digit: str) -> None:
    assert level_of(text) == digit
