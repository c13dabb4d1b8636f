"""What a guide contributes to the comparison of all: what is said alike is equal, what tells nothing is left out."""

import pytest

from crawler.peer_facts import (
    PLACE_LETTERS_MIN,
    TEXT_LETTERS_MIN,
    bare_name,
    body_of,
    compared_values,
    content_key,
    fingerprint,
    is_situation,
    letters,
    long_texts,
    printed_phones,
    printed_places,
    quarter,
    subject_of,
)
from crawler.rules.example_guide import (
    APPLICATION_FORM,
    BASIC_CODE,
    CREDIT_CODE,
    FLOOR_PLAN,
    TASK_CODE,
    WINDOW,
    example,
)
from domain.guide_fields import FieldName as F

HALLS = (
    "阳江市江城区东风二路60号政务服务中心二楼",
    "阳江市江城区行政服务大厅三楼窗口",
    "阳江市江城区便民服务中心一楼窗口",
    "阳江市江城区公共服务中心一楼窗口",
    "阳江市江城区市民服务中心一楼窗口",
    "阳江市江城区行政审批局二楼大厅窗口",
    "阳江市江城区办税服务厅旁办税大厅",
    "阳江市高新区企业服务中心一楼窗口",
)
SEAT = "阳江市江城区漠江路22号二楼窗口"


@pytest.mark.parametrize(
    "text", ["年满十八周岁，有住所。", " 年满十八周岁,有住所 ", "年满 十八周岁；有住所！", "（年满十八周岁）有住所"]
)
def test_marks_and_spaces_are_not_read_aloud(text: str) -> None:
    assert letters(text) == "年满十八周岁有住所"


def test_letters_and_digits_are_read_in_half_width() -> None:
    assert letters("Ａ1栋０９室") == "A1栋09室"


@pytest.mark.parametrize(
    "name",
    ["执业变更(跨市)", "执业变更（跨市）", "执业变更[跨市]", "执业变更【跨市】", "执业变更", "（跨市）执业变更(省内)"],
)
def test_a_bare_name_has_no_situation(name: str) -> None:
    assert bare_name(name) == "执业变更"


def test_a_fingerprint_fits_a_signed_column_and_tells_texts_apart() -> None:
    prints = {fingerprint(str(number)) for number in range(2000)}
    assert len(prints) == 2000
    assert min(prints) < -(2**62) < 2**62 < max(prints)  # all of 64 bits, both signs
    assert max(map(abs, prints)) <= 2**63
    assert fingerprint("\ud800")  # half a character, as damaged pages have it


def test_the_body_is_known_by_its_credit_code() -> None:
    assert body_of(example()()) == CREDIT_CODE
    assert body_of(example({F.TASK_CODE: ""})().model_copy(update={"unit": "yj-health"})) == "yj-health"
    assert body_of(example({F.TASK_CODE: ""})().model_copy(update={"unit": None})) == ""


@pytest.mark.parametrize(
    ("department", "subject"),
    [
        ("广东省戒毒管理局", "戒毒"),
        ("阳江市卫生健康局", "卫生健康"),
        ("阳江市江城区教育局", "教育"),
        ("阳江市人民政府办公室", "人民政府"),
        ("广东省博物馆", "博物"),
        ("阳江市阳西县教育局", "教育"),
        ("阳江市城市管理综合行政执法局", "城市"),
        ("阳江市水局", "阳江市水局"),
    ],
)
def test_what_a_body_is_about(department: str, subject: str) -> None:
    assert subject_of(department) == subject


def test_a_body_without_a_name_stands_in_no_text() -> None:
    assert subject_of("") not in "阳江市卫生健康局"


@pytest.mark.parametrize(
    ("handling", "code", "situation"),
    [
        ("", TASK_CODE, False),
        (f"{TASK_CODE}01", TASK_CODE, True),
        ("", f"{TASK_CODE}01", True),
        ("", TASK_CODE[:-1], False),
    ],
)
def test_a_situation_has_two_digits_more(handling: str, code: str, situation: bool) -> None:
    guide = example({F.HANDLING_CODE: handling})().model_copy(update={"code": code})
    assert is_situation(guide) is situation


@pytest.mark.parametrize("hall", HALLS)
def test_a_shared_hall_tells_nothing(hall: str) -> None:
    assert dict(printed_places(example({F.PLACE: hall}, windows=())())) == {letters(hall): False}


def test_a_seat_of_its_own_tells() -> None:
    window = WINDOW.model_copy(update={"address": HALLS[0]})
    places = dict(printed_places(example({F.PLACE: SEAT}, windows=(window,))()))
    assert places == {letters(SEAT): True, letters(HALLS[0]): False}


def test_a_place_that_fits_every_body_is_left_out() -> None:
    text = "阳江市江城区漠江路22号"[:PLACE_LETTERS_MIN]
    assert dict(printed_places(example({F.PLACE: text}, windows=())())) == {text: True}
    assert dict(printed_places(example({F.PLACE: text[:-1]}, windows=())())) == {}
    assert dict(printed_places(example({F.PLACE: ""}, windows=())().model_copy(update={"windows": None}))) == {}


def test_a_quarter_is_the_beginning_of_an_address() -> None:
    assert quarter("阳江市江城区东风二路60号") == quarter("阳江市江城区东风一路1号")
    assert quarter("阳江市江城区东风二路60号") != quarter("阳江市江城区漠江路22号")


def test_only_whole_numbers_of_offices_are_compared() -> None:
    guide = example(
        {F.ENQUIRY_PHONE: "0662-3366123、12345、4007000690、0662-33661234", F.COMPLAINT_PHONE: "3366124，020-83366123"}
    )()
    assert list(printed_phones(guide)) == [
        (F.ENQUIRY_PHONE, "3366123"),
        (F.COMPLAINT_PHONE, "3366124"),
        (F.COMPLAINT_PHONE, "83366123"),
    ]


def test_texts_are_compared_from_thirty_letters() -> None:
    text = "申请人应当依法登记有固定的场所并配备专职的卫生管理人员和设施设备"[:TEXT_LETTERS_MIN]
    assert len(text) == TEXT_LETTERS_MIN
    shown = example({F.CONDITION: f"{text}。", F.ONLINE_FLOW: text[:-1], F.WINDOW_FLOW: f"{text}等"})()
    assert list(long_texts(shown)) == [(F.CONDITION, text), (F.WINDOW_FLOW, f"{text}等")]


def values_of(title: str = "公共场所卫生许可", **texts: str) -> dict[F, tuple[str, str, str]]:
    guide = example({F(key): text for key, text in texts.items()})().model_copy(update={"title": title})
    return {field: (group, key, text) for group, field, key, text in compared_values(guide)}


def test_what_is_compared_among_bodies() -> None:
    found = values_of(condition="在本市开办，经全省统一考试。", legal_limit="20（工作日）")
    assert set(found) == {F.NAME, F.CONDITION, F.MATERIALS, F.LEGAL_LIMIT}
    assert found[F.NAME] == (BASIC_CODE, "公共场所卫生许可", "公共场所卫生许可")
    assert found[F.CONDITION][1:] == ("在开办经统一考试", "在本市开办，经全省统一考试。")
    assert found[F.LEGAL_LIMIT][2] == "20（工作日）"
    assert F.LEGAL_LIMIT not in values_of(legal_limit="无")
    assert F.CONDITION not in values_of(condition="")
    assert values_of(basic_code="") == {}


@pytest.mark.parametrize(
    ("one", "other"), [("在本市", "在全县"), ("市级部门", "区级部门"), ("全省", "本省"), ("县部门", "市部门")]
)
def test_words_of_the_region_are_no_difference(one: str, other: str) -> None:
    assert (
        values_of(condition=f"{one}登记满一年")[F.CONDITION][1]
        == values_of(condition=f"{other}登记满一年")[F.CONDITION][1]
    )


@pytest.mark.parametrize(
    ("one", "other"), [("20个工作日", "20.0(工作日)"), ("2周", "14天"), ("２０个工作日", "20(工作日)")]
)
def test_one_limit_in_two_writings_is_one(one: str, other: str) -> None:
    assert values_of(legal_limit=one)[F.LEGAL_LIMIT][1] == values_of(legal_limit=other)[F.LEGAL_LIMIT][1]


@pytest.mark.parametrize(
    ("one", "other"), [("20个工作日", "20天"), ("20个工作日", "21个工作日"), ("20个工作日", "2个工作日")]
)
def test_two_limits_are_two(one: str, other: str) -> None:
    assert values_of(legal_limit=one)[F.LEGAL_LIMIT][1] != values_of(legal_limit=other)[F.LEGAL_LIMIT][1]


def test_situations_are_compared_among_their_like() -> None:
    new, renewed = values_of("卫生许可（新办）"), values_of("卫生许可（延续）")
    assert new[F.NAME] == renewed[F.NAME]
    assert new[F.CONDITION][0] != renewed[F.CONDITION][0]


def test_materials_are_compared_by_name_whatever_their_order() -> None:
    def shown(*materials: object) -> tuple[str, str, str] | None:
        guide = example(materials=materials)()
        return next(((g, k, t) for g, f, k, t in compared_values(guide) if f is F.MATERIALS), None)

    nameless = FLOOR_PLAN.model_copy(update={"name": ""})
    two = shown(APPLICATION_FORM, FLOOR_PLAN)
    turned = shown(FLOOR_PLAN, APPLICATION_FORM, FLOOR_PLAN, nameless)
    assert two is not None
    assert turned is not None
    assert two[:2] == turned[:2]
    assert turned[2] == f"{FLOOR_PLAN.name}；{APPLICATION_FORM.name}"
    assert shown(APPLICATION_FORM) != two
    assert shown() is None
    assert shown(nameless) is None
    assert shown(FLOOR_PLAN.model_copy(update={"name": f"{FLOOR_PLAN.name}（复印件）"}))[:2] == shown(FLOOR_PLAN)[:2]  # type: ignore[index]  # both are shown


def test_what_two_guides_share_that_are_one() -> None:
    plain = content_key(example()())
    assert plain == content_key(example({F.CONDITION: "别的说法也算同一事项。"})())
    assert plain != content_key(example({F.ITEM_TYPE: "公共服务"})())
    assert plain != content_key(example(materials=(FLOOR_PLAN,))())
    situation = {F.HANDLING_CODE: f"{TASK_CODE}01"}
    assert content_key(example(situation)()) != content_key(example({**situation, F.CONDITION: "另一种情形"})())
    assert content_key(example({F.CONDITION: "甲"}, materials=())()) != content_key(
        example({F.CONDITION: "乙"}, materials=())()
    )
    assert content_key(example({F.CONDITION: ""}, materials=())()) == ""
