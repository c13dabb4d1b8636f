"""Ways of writing are no differences, another value is one; the variants are those of portals.md §1.6 and §5."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.guide_fields import FieldName
from probes.faces.face_text import agree, is_nothing

SAME = [
    (FieldName.PROMISE_LIMIT, "7个工作日", "7(工作日)"),
    (FieldName.PROMISE_LIMIT, "7个工作日", "7 （工作日）"),
    (FieldName.LEGAL_LIMIT, "20个工作日", "２０工作日"),
    (FieldName.PROMISE_LIMIT, "待定", "待定(工作日)"),
    (FieldName.PROMISE_LIMIT, "5个工作日", "5 个工作日内"),
    (FieldName.PROMISE_LIMIT, "5个工作日", "自受理之日起5个工作日内办结"),
    (FieldName.CHARGED, "否", "免费"),
    (FieldName.CHARGED, "是", "10元/件"),
    (FieldName.MATERIALS, "身份证；申请表", "1、申请表；2、身份证"),
    (FieldName.MATERIALS, "身份证；申请表", "（1）申请表；（2）身份证"),
    (FieldName.MATERIALS, "身份证", "1.身份证"),
    (FieldName.ENQUIRY_PHONE, "0662-3366123、12345", "12345；（0662）3366123"),
    (FieldName.ENQUIRY_PHONE, "020-81102000", "020－81102000"),
    (FieldName.ENQUIRY_PHONE, "020-12333-9", "020-12333–9"),
    (FieldName.COURIER, "否", "不支持"),
    (FieldName.BOOKABLE, "是", "支持"),
    (FieldName.VISITS, "0", "0次"),
    (FieldName.ONLINE_DEPTH, "Ⅳ级", "IV"),
    (FieldName.HANDLING_FORM, "窗口办理、网上办理", "网上办理,窗口办理"),
    (FieldName.MATERIALS, "身份证；申请表", "申请表；身份证"),
    (FieldName.PUBLISH_DATE, "2021-06-25 00:00:00", "2021年6月25日"),
    (FieldName.CONDITION, "（一）年满18周岁；<br/>（二）&nbsp;有固定住所。", "（一）年满18周岁；\n（二） 有固定住所。"),
    (FieldName.CONDITION, "年满十八周岁，有固定住所，无犯罪记录", "年满十八周岁，有固定住所……"),
    (FieldName.NAME, "公共场所卫生许可（新办）", "公共场所卫生许可(新办)"),
]
DIFFERENT = [
    (FieldName.PROMISE_LIMIT, "7个工作日", "7(自然日)"),
    (FieldName.PROMISE_LIMIT, "7个工作日", "17个工作日"),
    (FieldName.PROMISE_LIMIT, "5个工作日", "15 个工作日内"),
    (FieldName.PROMISE_LIMIT, "5个工作日", "5个工作日（不含公示30日）"),
    (FieldName.CHARGED, "否", "10元/件"),
    (FieldName.MATERIALS, "身份证；申请表", "1、申请表；2、户口簿"),
    (FieldName.MATERIALS, "1.5米展架照片", "5米展架照片"),
    (FieldName.ENQUIRY_PHONE, "0662-3366123", "0662-3366124"),
    (FieldName.ENQUIRY_PHONE, "0662-3366123", "0662-33661233"),
    (FieldName.ENQUIRY_PHONE, "0662-3366123", ""),
    (FieldName.COURIER, "是", "不支持"),
    (FieldName.VISITS, "0", "1次"),
    (FieldName.MATERIALS, "身份证；申请表", "身份证"),
    (FieldName.MATERIALS, "身份证", "身份证；申请表"),
    (FieldName.PLACE, "东风二路60号", "东风三路60号"),
    (FieldName.CONDITION, "面积≥50平方米", "面积≤50平方米"),
    (FieldName.CONDITION, "收入低于1.5万元", "收入低于15万元"),
    (FieldName.CONDITION, "年满十八周岁，有固定住所", "年满十六周岁……"),
    (FieldName.PUBLISH_DATE, "2021-06-25", "2021-06-26"),
]


@pytest.mark.parametrize(("name", "published", "shown"), SAME)
def test_a_way_of_writing_is_no_difference(name: FieldName, published: str, shown: str) -> None:
    assert agree(name, published, shown)


@pytest.mark.parametrize(("name", "published", "shown"), DIFFERENT)
def test_another_value_is_a_difference(name: FieldName, published: str, shown: str) -> None:
    assert not agree(name, published, shown)


@pytest.mark.parametrize("text", ["", " ", "无", "/", "-", "&nbsp;", "<br>", "暂无。"])
def test_what_templates_print_for_nothing(text: str) -> None:
    assert is_nothing(text)


def test_zero_is_something() -> None:
    assert not is_nothing("0")


FULL_WIDTH = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789()-,;:"}
entries = st.lists(st.from_regex(r"0662-[2-8]\d{6}", fullmatch=True), min_size=1, max_size=4, unique=True)


@given(entries, st.randoms(use_true_random=False), st.sampled_from("、；,， /"))
def test_any_order_and_spelling_of_a_phone_list_is_the_same(numbers: list[str], random: object, separator: str) -> None:
    shuffled = list(numbers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands out a Random
    assert agree(FieldName.ENQUIRY_PHONE, "、".join(numbers), separator.join(shuffled).translate(FULL_WIDTH))


@given(entries, st.integers(min_value=0), st.integers(min_value=1, max_value=9))
def test_one_other_digit_is_never_the_same(numbers: list[str], at: int, step: int) -> None:
    text = "、".join(numbers)
    places = [place for place, sign in enumerate(text) if sign.isdecimal()]
    place = places[at % len(places)]
    spoilt = text[:place] + str((int(text[place]) + step) % 10) + text[place + 1 :]
    assert not agree(FieldName.ENQUIRY_PHONE, text, spoilt)
