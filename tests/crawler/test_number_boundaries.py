"""文号, clauses and codes at their edges: what the standards allow beside the first value that they do not.

Expectations: GB/T 9704-2012 (文号), the Civil Code (1,260 articles), GB/T 39046 Annex A.2 (行使层级), portals.md §3.2.
"""

import pytest

from crawler.rules.codes import (
    TASK_FORM,
    check_basic_form,
    check_basic_part,
    check_department_part,
    check_handling_prefix,
    check_item_type,
    check_level,
    check_task_form,
    check_type_text,
    fault_of_form,
    level_of,
)
from crawler.rules.example_guide import BASIC_CODE, CREDIT_CODE, TASK_CODE, example
from crawler.rules.law_numeral import clause_fault, number_fault, read_numeral
from domain.guide_fields import FieldName
from domain.item_type import GUANGDONG_ITEM_TYPES
from domain.outcome import Outcome

PASS, FAIL, NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "number",
    [
        "国发〔2026〕1号",
        "国发〔1949〕1号",
        "国发〔86〕1号",
        "国务院令第588号",
        "粤府﹝2019﹞12号",
        "阳府{2019}12号",
        "粤府【2019]12号",
        "粤府〔２０１９〕１２号",
        "粤府〔2019年〕12号",
        "粤府〔2019〕第12号",
        "粤府〔2019〕十二号",
        "（试行）粤府（2019）3号",
        "主席令（第七十号）",
        "粤府〔 2019 〕 12 号",
        "2019年",
        "",
        "公告第3号",
        "条例（2035年规划）",
        "建市（2035年规划）第3号",
        "粤府［2019]12号",
        "粤府｛2019}12号",
    ],
)
def test_numbers_in_order(number: str) -> None:
    assert number_fault(number, 2026) == ""


@pytest.mark.parametrize(
    "number",
    [
        "国发〔2027〕1号",
        "国发〔1948〕1号",
        "国发〔202〕1号",
        "国发〔20199〕1号",
        "国发〔2019)1号",
        "国发(2019]1号",
        "国发〔〕1号",
        "国发〔2019〕号",
        "国发〔2019〕第号",
        "国务院令第号",
        "公告第 号",
        "国发【 】3号",
        "国发（2019〕1号",
        "粤府〔2019〕1号、粤府〔2027〕2号",
        "国发﹝1948﹞零号",
        "（试行）粤府〔2027〕3号",
        "国发〔9〕1号",
    ],
)
def test_numbers_that_no_office_gave(number: str) -> None:
    assert number_fault(number, 2026)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千二百六十", 1260),
        ("两百", 200),
        ("一千零一", 1001),
        ("二〇", 20),
        ("一○五", 105),
        ("二零一九", 2019),
        ("38", 38),
        ("３８", 38),
        ("九千", 9000),
        ("零", 0),
    ],
)
def test_numerals(text: str, value: int) -> None:
    assert (read_numeral(text) or 0) == value


@pytest.mark.parametrize("text", ["", "二十十", "百", "十百", "一二三四五", "五十甲", "甲乙", "一千千"])
def test_no_numerals(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    "clause",
    [
        "第一千二百六十条",
        "第1260条",
        "第三十八条第二款第（三）项",
        "第二章第3节",
        "全文",
        "第两百条",
        "第三十八条、第四十条",
    ],
)
def test_clauses_that_a_law_has(clause: str) -> None:
    assert clause_fault(clause) == ""


@pytest.mark.parametrize(
    "clause",
    [
        "第条",
        "第 款",
        "第一条第项",
        "第章",
        "第节",
        "第0条",
        "第零款",
        "第1501条",
        "第二十十条",
        "第一条、第9000条",
        "第三十八条第十百款",
    ],
)
def test_clauses_that_no_law_has(clause: str) -> None:
    assert clause_fault(clause)


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("国家级", "1"),
        ("省级", "2"),
        ("市级", "3"),
        ("县级", "4"),
        ("区级", "4"),
        ("镇级", "5"),
        ("乡级", "5"),
        ("街道级", "5"),
        ("村级", "6"),
        ("社区级", "6"),
        ("7", "7"),
        ("8", ""),
        ("其他", ""),
        ("地市级", "3"),
    ],
)
def test_every_level_by_its_name(text: str, digit: str) -> None:
    assert level_of(text) == digit


@pytest.mark.parametrize("level", "1234567")
@pytest.mark.parametrize("basic", ["440112034001", "000112034001", "4420ABCDEFGH"])
@pytest.mark.parametrize("serial", ["", "07"])
def test_every_code_by_the_structure(level: str, basic: str, serial: str) -> None:
    code = CREDIT_CODE + level + basic + serial
    guide = example({FieldName.TASK_CODE: code, FieldName.BASIC_CODE: basic})()
    assert TASK_FORM.fullmatch(code)
    assert check_task_form(guide).outcome is check_basic_form(guide).outcome is PASS


@pytest.mark.parametrize(
    ("code", "part"),
    [
        (f"{CREDIT_CODE}8{BASIC_CODE}", "第 19 位"),
        (f"{CREDIT_CODE}0{BASIC_CODE}", "第 19 位"),
        (f"{CREDIT_CODE}345{BASIC_CODE[2:]}", "第 20、21 位"),
        (f"{CREDIT_CODE}3{BASIC_CODE[:-1]}x", "所用的字符"),
        (f"{CREDIT_CODE[:-1].lower()}x3{BASIC_CODE}", "所用的字符"),
        (TASK_CODE[:-1], "共 30 位"),
        (f"{TASK_CODE}1", "共 32 位"),
    ],
)
def test_the_wrong_part_of_a_code_is_named(code: str, part: str) -> None:
    assert part in fault_of_form(code)
    assert check_task_form(example({FieldName.TASK_CODE: code})()).outcome is FAIL


@pytest.mark.parametrize("text", ["", "无", "/"])
def test_a_blank_code_is_for_another_rule(text: str) -> None:
    blank = example({FieldName.TASK_CODE: text})()
    assert check_task_form(blank).outcome is NOT_APPLICABLE
    assert check_basic_form(example({FieldName.BASIC_CODE: text})()).outcome is NOT_APPLICABLE
    assert check_handling_prefix(example({FieldName.HANDLING_CODE: text})()).outcome is NOT_APPLICABLE
    assert check_level(example({FieldName.LEVEL: text})()).outcome is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("basic", "outcome"),
    [
        ("440112034001", PASS),
        ("000112034001", PASS),
        ("450112034001", FAIL),
        ("4401120340011", FAIL),
        ("44011203400", FAIL),
        ("44A112034001", FAIL),
    ],
)
def test_the_form_of_the_basic_code(basic: str, outcome: Outcome) -> None:
    assert check_basic_form(example({FieldName.BASIC_CODE: basic})()).outcome is outcome


@pytest.mark.parametrize(
    ("department", "outcome"),
    [
        (CREDIT_CODE, PASS),
        (CREDIT_CODE[8:17], PASS),
        ("11440000006939756B", FAIL),
        ("006939756", FAIL),
        ("", NOT_APPLICABLE),
        ("GD4417", NOT_APPLICABLE),
    ],
)
def test_the_body_in_the_code(department: str, outcome: Outcome) -> None:
    assert check_department_part(example({FieldName.DEPARTMENT_CODE: department})()).outcome is outcome


@pytest.mark.parametrize(
    ("handling", "outcome"),
    [
        (f"{TASK_CODE}01", PASS),
        (f"{TASK_CODE}99", PASS),
        (TASK_CODE, FAIL),
        (f"{TASK_CODE}1", FAIL),
        (f"{TASK_CODE}0A", FAIL),
        (f"{TASK_CODE[:-1]}X01", FAIL),
    ],
)
def test_the_code_of_a_situation(handling: str, outcome: Outcome) -> None:
    assert check_handling_prefix(example({FieldName.HANDLING_CODE: handling})()).outcome is outcome
    longer = example({FieldName.HANDLING_CODE: handling, FieldName.TASK_CODE: f"{TASK_CODE}01"})()
    assert check_handling_prefix(longer).outcome is outcome


@pytest.mark.parametrize(("code", "name"), GUANGDONG_ITEM_TYPES.items())
def test_a_type_agrees_with_its_own_name_only(code: str, name: str) -> None:
    guide = example({FieldName.ITEM_TYPE_CODE: code, FieldName.ITEM_TYPE: name})()
    assert check_type_text(guide).outcome is PASS
    for text in GUANGDONG_ITEM_TYPES.values():
        wrong = check_type_text(example({FieldName.ITEM_TYPE_CODE: code, FieldName.ITEM_TYPE: text})())
        assert (wrong.outcome is PASS) == (text == name), text


def test_a_type_that_is_not_in_the_table_is_a_fault_and_a_blank_one_is_not() -> None:
    unknown = example({FieldName.ITEM_TYPE_CODE: "77", FieldName.ITEM_TYPE: "公共服务"})()
    assert check_type_text(unknown).outcome is FAIL
    assert check_type_text(example({FieldName.ITEM_TYPE: ""})()).outcome is NOT_APPLICABLE
    assert check_type_text(example({FieldName.ITEM_TYPE_CODE: ""})()).outcome is NOT_APPLICABLE
    assert check_item_type(example({FieldName.ITEM_TYPE_CODE: "", FieldName.ITEM_TYPE: ""})()).outcome is NOT_APPLICABLE


@pytest.mark.parametrize("code", ["", TASK_CODE[:-1], f"{TASK_CODE}1"])
def test_a_code_without_its_form_is_compared_with_nothing(code: str) -> None:
    fields = {
        FieldName.TASK_CODE: code,
        FieldName.BASIC_CODE: "000112034009",
        FieldName.LEVEL: "省级",
        FieldName.DEPARTMENT_CODE: "11440000006939756B",
        FieldName.HANDLING_CODE: f"{TASK_CODE[:-1]}X01",
        FieldName.ITEM_TYPE_CODE: "21",
        FieldName.ITEM_TYPE: "公共服务",
    }
    guide = example(fields)()
    checks = (check_basic_part, check_level, check_department_part, check_handling_prefix, check_item_type)
    assert [check(guide).outcome for check in checks] == [NOT_APPLICABLE] * len(checks)


def test_a_blank_basic_code_is_compared_with_nothing() -> None:
    assert check_basic_part(example({FieldName.BASIC_CODE: ""})()).outcome is NOT_APPLICABLE


@pytest.mark.parametrize(("digit", "value"), list(zip("一二三四五六七八九", range(1, 10), strict=True)))
def test_every_numeral_counts(digit: str, value: int) -> None:
    assert number_fault(f"国发〔2027〕{digit}号", 2026)
    readings = {f"{digit}〇": 10 * value, f"{digit}十": 10 * value, f"十{digit}": 10 + value, f"{digit}百": 100 * value}
    assert {text: read_numeral(text) for text in readings} == readings


@pytest.mark.parametrize("text", ["其他行政权力", "其他类别", "其他类别事项", "其他（行政权力）"])
def test_the_other_powers_have_several_names(text: str) -> None:
    """portals.md §3.2: 10 其他(行政权力/类别事项)."""
    guide = example({FieldName.ITEM_TYPE_CODE: "10", FieldName.ITEM_TYPE: text})()
    assert check_type_text(guide).outcome is PASS
