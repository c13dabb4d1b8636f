"""What makes three kinds of text differ, what a score needs, and what it must not depend on."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.guide import FlowStep, Guide, Law, Material, Question
from domain.guide_fields import FieldName
from domain.readability import GuideReadability, ReadabilityPart
from domain.reading_field import ReadingField
from readability.features import read_guide

MakeGuide = Callable[..., Guide]

LEGAL = (
    "公民、法人或者其他组织利用无线电频率开展卫星通信业务活动的，应当依照《中华人民共和国无线电管理条例》以及国家有关规定向无线电管理机构提出书面申请，"
    "并提交能够证明其具备相应技术能力和管理人员的材料，经无线电管理机构进行实质审查并组织专家评审后认为符合法定条件、标准的，"
    "由无线电管理机构自受理之日起二十个工作日内作出准予行政许可的书面决定。"
    "无线电管理机构依法作出不予行政许可的书面决定的，应当向申请人说明理由，并告知申请人享有依法申请行政复议或者提起行政诉讼的权利，"
    "申请人对技术审查结论持有异议并且在规定期限内提出书面意见的，由省级无线电管理机构另行组织技术评审，"
    "技术评审所需时间不计算在前款规定的期限之内，但是应当将所需时间书面告知申请人。"
)
PLAIN = (
    "证丢了，怎么补？\n1.先登报，写明姓名和证号。\n2.带上户口本，再带两张照片。\n3.到街道办交表，当天就能收。\n"
    "4.等七天，来领新证。\n不会填表？找窗口的人帮忙。不收一分钱。"
)
PLAN = (
    "二、工作安排\n"
    "（一）七月十日前为部署阶段，各镇要成立工作专班，明确分管领导，制定实施方案，细化任务分工，把联络员名单报送县里。\n"
    "（二）七月底前为自查阶段，各镇要对照指标，逐项开展自查，建立问题台账，限期整改到位，短期内难以解决的，要说明原因，提出计划。\n"
    "（三）八月为检查阶段，县里将组成检查组，采取现场走访、查阅资料等方式，对各镇工作进行检查，检查结果纳入年度考核，对工作不力的，予以通报批评。\n"
)


def read_condition(make_guide: MakeGuide, text: str) -> GuideReadability:
    return read_guide(make_guide({FieldName.CONDITION: text}))


def test_features_tell_legal_prose_a_plan_and_a_plain_guide_apart(make_guide: MakeGuide) -> None:
    """The try-out of methodology.md §6: 150, 55.8, 7.9 characters per sentence and 16.7, 7.5, 4.9 per clause."""
    legal, plan, plain = (read_condition(make_guide, text) for text in (LEGAL, PLAN, PLAIN))
    sentences = [reading.fields[0].sentence_length or 0 for reading in (legal, plan, plain)]
    assert sentences[0] > 120
    assert 30 < sentences[1] < 80
    assert sentences[2] < 12
    clauses = [reading.figures.clause_length or 0 for reading in (legal, plan, plain)]
    assert clauses[0] > 16
    assert 6 < clauses[1] < 12
    assert clauses[2] < 6
    scores = [reading.score or 0 for reading in (legal, plan, plain)]
    assert scores[0] < 0.3 < scores[1] < scores[2]
    assert legal.parts[ReadabilityPart.SENTENCE] == 0
    assert plain.parts[ReadabilityPart.SENTENCE] == 1


def test_counts_of_a_text_counted_by_hand(make_guide: MakeGuide) -> None:
    reading = read_condition(make_guide, "年满18周岁，有本市户口。未婚；没有房产！")
    field = reading.fields[0]
    # 年满 18 周岁 = 5, 有本市户口 = 5; 未婚 = 2, 没有房产 = 4
    assert (field.characters, field.sentences, field.clauses) == (16, 2, 4)
    assert (field.p90_sentence, field.longest) == (10, "年满18周岁，有本市户口")
    assert (field.sentence_length, field.clause_length) == (8.0, 4.0)


@pytest.mark.parametrize("text", [LEGAL, PLAIN, PLAN])
def test_half_width_punctuation_reads_the_same(make_guide: MakeGuide, text: str) -> None:
    typed = text.translate(str.maketrans("，；：？！（）", ",;:?!()"))
    assert typed != text
    assert read_condition(make_guide, typed).figures == read_condition(make_guide, text).figures


def test_short_names_of_materials_do_not_hide_an_endless_condition(make_guide: MakeGuide) -> None:
    materials = tuple(Material(name=f"第{number}号申请表") for number in range(12))
    reading = read_guide(make_guide({FieldName.CONDITION: LEGAL}, materials=materials))
    assert (reading.figures.p90_sentence or 0) > 120
    assert reading.parts[ReadabilityPart.SENTENCE] == 0


def test_the_quoted_law_is_no_text_of_the_guide(make_guide: MakeGuide) -> None:
    law = Law(name="无线电管理条例", content=LEGAL)
    with_law = read_guide(make_guide({FieldName.CONDITION: PLAIN}, laws=(law,)))
    assert with_law == read_condition(make_guide, PLAIN)


def test_only_shown_fields_are_reported_and_blank_ones_have_no_ratio(make_guide: MakeGuide) -> None:
    reading = read_guide(make_guide({FieldName.CONDITION: "", FieldName.WINDOW_FLOW: PLAIN}))
    assert [field.field for field in reading.fields] == [ReadingField.CONDITION, ReadingField.FLOW]
    blank = reading.field(ReadingField.CONDITION)
    assert blank is not None
    assert (blank.characters, blank.sentence_length, blank.undefined_share) == (0, None, None)
    assert reading.field(ReadingField.MATERIALS) is None


@pytest.mark.parametrize("text", ["", "无", "无条件受理", "年满十八周岁"])
def test_too_little_text_gives_features_and_no_score(make_guide: MakeGuide, text: str) -> None:
    materials = tuple(Material(name=f"居民身份证和户口本第{number}页") for number in range(9))
    reading = read_guide(make_guide({FieldName.CONDITION: text}, materials=materials))
    assert reading.score is None
    assert reading.figures.characters > 50


def test_the_score_is_the_weighted_mean_of_the_parts_with_a_case(make_guide: MakeGuide) -> None:
    """Weights of methodology.md §6, worked out by hand for one text."""
    condition = (
        "申请人须先向街道提交书面材料" * 3 + "，然后等待通知。"
    )  # 42 + 6 characters in one sentence, two clauses of 42 and 6
    reading = read_guide(make_guide({FieldName.CONDITION: condition, FieldName.EVERYDAY_NAME: ""}))
    assert reading.figures.characters == 48
    assert reading.score is None  # two characters short
    condition = condition.replace("然后", "然后慢慢")
    reading = read_guide(make_guide({FieldName.CONDITION: condition, FieldName.EVERYDAY_NAME: ""}))
    sentence = 1 - (50 - 40) / 80
    clause = 0  # 25 characters per clause
    # terms, citations and catch-all phrases: none, so 1; no enumeration: left out; everyday name blank: 0
    expected = (0.25 * sentence + 0.15 * clause + 0.15 + 0.10 + 0.10) / 0.85
    assert reading.parts[ReadabilityPart.STRUCTURE] is None
    assert reading.score == pytest.approx(expected, abs=1e-4)


def test_steps_and_lists_raise_the_structure(make_guide: MakeGuide) -> None:
    strung = "申请时带身份证、户口本、照片、申请表。然后在窗口交表，等候通知，七天后来领取结果，全程不收任何费用。"
    listed = strung.replace("身份证、户口本、照片、申请表。", "：\n1.身份证\n2.户口本\n3.照片\n4.申请表\n")
    low, high = read_condition(make_guide, strung), read_condition(make_guide, listed)
    assert (low.figures.structure, high.figures.structure) == (0, 1)
    steps = (FlowStep(name="受理"), FlowStep(name="决定"), FlowStep(name="送达"), FlowStep(name="领证"))
    half = read_guide(make_guide({FieldName.CONDITION: strung}, steps=steps))
    assert half.figures.structure == 0.5  # four steps beside four things in a sentence


@pytest.mark.parametrize(
    ("shown", "helps"),
    [
        ({"fields": {}}, None),
        ({"fields": {FieldName.EVERYDAY_NAME: ""}}, False),
        ({"fields": {FieldName.EVERYDAY_NAME: "无"}}, False),
        ({"fields": {FieldName.EVERYDAY_NAME: "残疾人证补发"}}, False),  # only repeats the title
        ({"fields": {FieldName.EVERYDAY_NAME: "残疾证丢了补办"}}, True),
        ({"questions": ()}, False),
        ({"questions": (Question(question="丢了怎么办？", answer="补办。"),)}, True),
        ({"kind": "package"}, True),  # 一件事 tells a scenario
    ],
)
def test_an_everyday_name_questions_or_a_scenario_help(
    make_guide: MakeGuide, shown: dict[str, object], helps: bool | None
) -> None:
    guide = make_guide(**{key: value for key, value in shown.items() if key != "kind"})
    assert read_guide(guide.model_copy(update={"kind": shown.get("kind", "item")})).figures.everyday is helps


@given(text=st.text(alphabet="申请人应当，。；、：（）《》法1.一二\n ,;:()第其他材料规定 \ud800", max_size=300))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_a_reading(make_guide: MakeGuide, text: str) -> None:
    reading = read_guide(make_guide({FieldName.CONDITION: text, FieldName.TIPS: text}))
    assert all(part is None or 0 <= part <= 1 for part in reading.parts.values())
    assert reading.score is None or 0 <= reading.score <= 1
    field = reading.fields[0]
    assert field.sentences <= field.clauses or not field.characters
    assert field.p90_sentence <= field.characters
    assert field.undefined_characters <= field.characters
