"""An answer is graded as methodology.md §4.4 says, on sentences as desks write them and citizens read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.desk.answer_figures import read_limits, read_money, read_phones, read_visits, says_charged, says_free
from probes.desk.answer_grading import Grading, Heard, Manner, grade_answer, grade_control, same_item
from probes.desk.question_bank import FactKind, Gold

CODE = "11441700MB2C00001X3440117001000"
OTHER = "11441700MB2C00002Y3440117002000"
NAME = "建筑工程施工许可证核发"
GUIDE_URL = f"https://www.gdzwfw.gov.cn/portal/v2/guide/{CODE}"


def gold(kind: FactKind, *facts: str, also: tuple[str, ...] = (), url: str = "") -> Gold:
    return Gold(kind=kind, code=CODE, facts=facts, also=also, url=url)


def grade(wanted: Gold, text: str, *urls: str) -> tuple[float, Manner]:
    given_grade: Grading = grade_answer(wanted, Heard(text=text, urls=urls), name=NAME)
    return given_grade.grade, given_grade.manner


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("承诺办结时限为五个工作日。", {(5, "working")}),
        ("自受理之日起15个工作日内办结", {(15, "working")}),
        ("7(工作日)", {(7, "working")}),
        ("十五日内", {(15, "day")}),
        ("二十个自然日", {(20, "calendar")}),
        ("2021年6月25日起施行，3天办好", {(3, "day")}),
        ("当场办结", {(0, "day")}),
        ("即办件，1个工作日内办结", {(1, "working")}),
        ("两个月", {(2, "月")}),
        ("工作日上午8:30至12:00", set()),
        ("周一至周五办理", set()),
    ],
)
def test_limits_are_read_as_written(text: str, limits: set[tuple[int, str]]) -> None:
    assert read_limits(text) == {(Decimal(amount), unit) for amount, unit in limits}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("咨询电话：0662-3366123", {"06623366123"}),
        ("请拨打（0662）3366123 或 3366124", {"06623366123", "06623366124"}),
        ("电话 3366123，服务热线 12345", {"06623366123"}),
        ("+86 662 3366123", {"06623366123"}),
        ("手机13800138000", {"13800138000"}),
        (f"事项编码 {CODE}", set()),
        ("行政区划 441700，邮编 529500", set()),
        ("０６６２－３３６６１２３", {"06623366123"}),
    ],
)
def test_telephones_are_read_as_digits(text: str, numbers: set[str]) -> None:
    assert read_phones(text) == numbers


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("到办事现场次数为0次", {0}),
        ("最多跑一次", {1}),
        ("需要到现场两趟", {2}),
        ("全程网上办理，无需到现场", {0}),
        ("到现场次数：1", {1}),
        ("零跑动", {0}),
        ("请到大厅办理", set()),
    ],
)
def test_visits_are_counted(text: str, visits: set[int]) -> None:
    assert read_visits(text) == visits


@pytest.mark.parametrize(
    ("text", "free", "charged"),
    [
        ("该事项不收费。", True, False),
        ("免费办理", True, False),
        ("无需缴纳任何费用", True, False),
        ("该事项收费，标准为30元/件。", False, True),
        ("需缴纳工本费", False, True),
        ("您咨询的是该事项是否收费", False, False),
        ("收费标准请咨询窗口", False, False),
    ],
)
def test_charges_are_told_from_none(text: str, free: bool, charged: bool) -> None:
    assert (says_free(text), says_charged(text)) == (free, charged)


def test_money_is_read_in_chinese_too() -> None:
    assert read_money("工本费三十元，另收 12.50 元") == {Decimal(30), Decimal("12.5")}


@given(st.integers(min_value=1, max_value=99))
def test_chinese_numerals_and_digits_say_the_same(days: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(days, 10)
    spelled = (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones else "")
    assert read_limits(f"{spelled}个工作日") == read_limits(f"{days}个工作日") == {(Decimal(days), "working")}


def test_the_link_to_the_guide_is_the_right_answer() -> None:
    wanted = gold(FactKind.GUIDE, url="https://bsxt.gdzwfw.gov.cn/apply?x=1")
    assert grade(wanted, "请看办事指南", GUIDE_URL) == (1.0, Manner.LINK)
    assert grade(wanted, "请看办事指南", f"/h5/service/{CODE}?from=desk") == (1.0, Manner.LINK)
    assert grade(wanted, "在这里办", "https://bsxt.gdzwfw.gov.cn/apply?x=1") == (1.0, Manner.LINK)
    assert grade(wanted, f"编码是{CODE}") == (1.0, Manner.LINK)
    assert grade(wanted, "相关事项", GUIDE_URL.replace(CODE, OTHER)) == (0.0, Manner.RELATED)
    assert grade(wanted, "好的。") == (0.0, Manner.NOTHING)


def test_an_item_and_its_own_situation_are_one_but_two_situations_are_not() -> None:
    assert same_item(CODE, CODE + "01")
    assert not same_item(CODE + "01", CODE + "02")
    assert not same_item(CODE, OTHER)
    assert not same_item("", "")
    assert same_item("TC-1", "TC-1")


def test_a_wrong_figure_beside_the_right_one_is_no_right_answer() -> None:
    phone = gold(FactKind.PHONE, "0662-3366123", also=("0662-3366999",))
    assert grade(phone, "电话0662-3366123") == (1.0, Manner.FACT)
    assert grade(phone, "咨询3366123，投诉3366999，热线12345") == (1.0, Manner.FACT)
    assert grade(phone, "电话0662-3366123或0662-3366125") == (0.0, Manner.CONTRADICTED)
    assert grade(phone, "电话0662-3366125") == (0.0, Manner.WRONG)
    assert grade(phone, "电话0662-3366125", GUIDE_URL) == (0.0, Manner.CONTRADICTED)
    doubtful = grade_answer(phone, Heard(text="电话0662-3366125", urls=(GUIDE_URL,)), name=NAME)
    assert doubtful.doubt, "right link and wrong number: a person decides"


def test_the_kind_of_days_counts() -> None:
    days = gold(FactKind.DAYS, "5(工作日)", also=("20(工作日)",))
    assert grade(days, "5个工作日")[0] == 1
    assert grade(days, "五天就好")[0] == 1  # everyday words leave the kind unsaid
    assert grade(days, "法定二十个工作日，承诺5个工作日")[0] == 1
    assert grade(days, "法定时限20个工作日") == (0.0, Manner.NOTHING)
    assert grade(days, "5个自然日") == (0.0, Manner.WRONG)
    assert grade(gold(FactKind.DAYS, "0(工作日)"), "当场办结")[0] == 1


def test_visits_and_charges() -> None:
    assert grade(gold(FactKind.VISITS, "1"), "最多跑一次")[0] == 1
    assert grade(gold(FactKind.VISITS, "0"), "要跑2次") == (0.0, Manner.WRONG)
    assert grade(gold(FactKind.FEE, "收费：否"), "不收费")[0] == 1
    assert grade(gold(FactKind.FEE, "收费：否"), "不收费，但收工本费20元")[0] == 0
    assert grade(gold(FactKind.FEE, "收费：是", "30元/件"), "收费，30元一件")[0] == 1
    assert grade(gold(FactKind.FEE, "收费：是", "30元/件"), "收费，50元一件") == (0.0, Manner.WRONG)
    assert grade(gold(FactKind.FEE, "收费：是", "30元/件"), "免费") == (0.0, Manner.WRONG)


def test_words_of_the_items_own_name_state_nothing() -> None:
    free = Heard(text="您咨询的是免费孕前优生健康检查，详情请到窗口了解。")
    assert grade_answer(gold(FactKind.FEE, "收费：否"), free, name="免费孕前优生健康检查").grade == 0


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("1.申请表；2.身份证复印件；3.营业执照；4.授权委托书；5.场地证明", 1.0),
        ("申请表、身份证（复印件）、营业执照、授权委托书", 1.0),  # four of five: 0.8
        ("申请表，营业执照", 0.5),
        ("请带申请表", 0.0),  # one of five
        ("户口簿、护照", 0.0),
    ],
)
def test_materials_are_counted(text: str, worth: float) -> None:
    wanted = gold(FactKind.MATERIALS, "申请表", "身份证复印件", "营业执照", "授权委托书", "场地证明")
    assert grade(wanted, text)[0] == worth


def test_places_need_their_numbers() -> None:
    wanted = gold(FactKind.PLACE, "阳江市江城区东风二路60号市政务服务中心一楼5号窗口")
    assert grade(wanted, "办理地点：阳江市江城区东风二路60号市政务服务中心一楼5号窗口。")[0] == 1
    assert grade(wanted, "地址在江城区东风二路60号市政务服务中心一楼5号窗口")[0] == 1
    assert grade(wanted, "地址在阳江市江城区东风二路60号市政务服务中心一楼8号窗口")[0] == 0
    assert grade(wanted, "请到政务服务中心")[0] == 0


def test_refusals_are_counted_apart_and_right_where_nobody_can_help() -> None:
    phone = gold(FactKind.PHONE, "0662-3366123")
    assert grade(phone, "抱歉，没有找到相关内容，请换个问法") == (0.0, Manner.REFUSED)
    assert grade(phone, "咨询电话0662-3366123，如需帮助请转人工") == (1.0, Manner.FACT)
    assert grade_control(Heard(text="这个问题我还在学习，请转人工")).grade == 1
    assert grade_control(Heard(text="请按指南办理", urls=(GUIDE_URL,))).grade == 0
    unsure = grade_control(Heard(text="今天阳江晴，25度。"))
    assert (unsure.grade, unsure.doubt) == (0.5, True)
