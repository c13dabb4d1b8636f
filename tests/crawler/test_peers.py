"""Guides compared with each other: the outlier is named, and nobody else."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.peers import PeerIndex
from crawler.rules.example_guide import example, make_field
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.peers import Peers
from portals.mapped_list import read_mapped

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT.parent / "shared" / "data" / "gd_guides_2021.jsonl"
MAPPING = ROOT / "portals" / "mappings" / "gd_2021.toml"
SEATS = (
    "东风一路18号三楼",
    "安宁路5号二楼窗口",
    "体育路31号一楼",
    "石湾北路9号四楼",
    "漠江路22号二楼",
    "新江东路7号一楼",
)


def guide(body: int, item: int = 1, *, name: str | None = None, **texts: str) -> Guide:
    """Make a guide of one body; everything of its own unless the test says otherwise."""
    basic = f"44011203{item:04d}"
    code = f"1144170{body}MB2C91226X3{basic}"
    title = name or f"第{item}类场所卫生许可"
    values = {
        FieldName.NAME: title,
        FieldName.TASK_CODE: code,
        FieldName.BASIC_CODE: basic,
        FieldName.DEPARTMENT: f"阳江市第{body}示例局",
        FieldName.PLACE: f"阳江市{SEATS[body % len(SEATS)]}",
        FieldName.ENQUIRY_PHONE: f"0662-33{body:02d}123",
        FieldName.COMPLAINT_PHONE: f"0662-33{body:02d}124",
        FieldName.CONDITION: f"经营第{item}类场所的空气、水质和噪声符合国家卫生标准，从业人员持有效健康合格证明。",
        **{FieldName(key): text for key, text in texts.items()},
    }
    good = example(values, windows=())()
    changes = {"unit": f"dept-{body:02d}", "item_id": f"{body}-{item}-{title}", "code": code, "title": title}
    return good.model_copy(update=changes)


def ask(guides: list[Guide]) -> dict[str, Peers]:
    with PeerIndex() as index:
        for one in guides:
            index.add(one)
        return {one.item_id: index.peers_of(one) for one in guides}


def silent(peers: Peers) -> bool:
    return not (peers.differences or peers.copies or peers.foreign_phones or peers.twins or peers.situations)


def seven(**odd: str) -> list[Guide]:
    """Make the same item at seven bodies, the last of which states something else."""
    return [*(guide(body) for body in range(6)), guide(6, **odd)]


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ("condition", "只要有固定的经营场所，并且法定代表人亲自到场签字画押的，都可以提出申请。"),
        ("legal_limit", "60(工作日)"),
        ("name", "卫生证"),
    ],
)
def test_the_outlier_among_seven_bodies_is_named(field: str, odd: str) -> None:
    guides = [*(guide(body) for body in range(6)), guide(6, **({"name": odd} if field == "name" else {field: odd}))]
    answers = ask(guides)
    accused = {item for item, peers in answers.items() if peers.differences}
    assert accused == {guides[-1].item_id}
    (difference,) = (one for one in answers[guides[-1].item_id].differences if one.field == field)
    assert (difference.own, difference.agreeing, difference.bodies) == (odd, 6, 7)


def test_other_materials_are_an_outlier() -> None:
    guides = seven()
    fewer = guides[-1].model_copy(update={"materials": guides[-1].materials[:1] if guides[-1].materials else ()})
    answers = ask([*guides[:-1], fewer])
    assert [one.field for one in answers[fewer.item_id].differences] == [FieldName.MATERIALS]


def test_nobody_is_accused_where_the_bodies_do_not_agree() -> None:
    texts = [
        "甲类场所应当取得许可并经过验收合格才能申请本事项办理。",
        "乙类场所应当先行备案登记并经过公示无异议才能申请办理。",
    ]
    answers = ask([guide(body, condition=texts[body % 2]) for body in range(6)])
    assert all(silent(peers) for peers in answers.values())


def test_three_bodies_are_too_few_to_compare() -> None:
    answers = ask([guide(1), guide(2), guide(3, legal_limit="60(工作日)")])
    assert all(not peers.compared and silent(peers) for peers in answers.values())


def test_region_words_and_punctuation_are_no_difference() -> None:
    text = "在全市范围内开办场所，应当符合国家卫生标准，并经县级以上部门验收合格。"
    odd = "在全区范围内开办场所, 应当符合国家卫生标准; 并经市级以上部门验收合格"
    answers = ask([*(guide(body, condition=text) for body in range(6)), guide(6, condition=odd)])
    assert all(silent(peers) for peers in answers.values())


def offices(*odd: Guide) -> list[Guide]:
    """Make two bodies with six guides each, and some more."""
    return [*(guide(body, item) for body in (1, 2) for item in range(10 * body, 10 * body + 6)), *odd]


def test_a_copied_telephone_and_place_are_found() -> None:
    theirs = guide(2, 20)
    copied = guide(1, 17, enquiry_phone="0662-3302123", place=theirs.text(FieldName.PLACE))
    answers = ask(offices(copied))
    assert {copy.field for copy in answers[copied.item_id].copies} == {FieldName.ENQUIRY_PHONE, FieldName.PLACE}
    assert all(silent(peers) for item, peers in answers.items() if item != copied.item_id)


def test_a_guide_that_names_the_other_body_may_send_people_there() -> None:
    place = "阳江市体育路31号一楼阳江市第2示例局联办窗口"
    joint = guide(1, 17, enquiry_phone="0662-3302123", place=place, window_flow="到阳江市第2示例局的窗口递交申请。")
    assert silent(ask(offices(joint))[joint.item_id])


def test_a_shared_hall_belongs_to_nobody() -> None:
    hall = "阳江市江城区东风二路60号市政务服务中心二楼综合窗口"
    guides = [guide(body, item, place=hall) for body in (1, 2) for item in range(10 * body, 10 * body + 6)]
    odd = guide(1, 17, place="阳江市江城区漠江路1号政务服务中心三楼")
    assert all(silent(peers) for peers in ask([*guides, odd]).values())


def test_a_text_about_another_item_is_found() -> None:
    source = guide(2, 20)
    text = "申请第20类场所卫生许可的单位，应当依法登记，有固定的场所，并配备专职的卫生管理人员。"
    source = source.model_copy(
        update={"fields": {**source.fields, FieldName.CONDITION: make_field(text)}, "item_id": "source"}
    )
    copied = guide(1, 17, condition=text)
    answers = ask([*(one for one in offices() if one.code != source.code), source, copied])
    assert [copy.source.item_id for copy in answers[copied.item_id].copies] == ["source"]
    assert silent(answers["source"])


def test_the_same_guide_twice_accuses_both_and_a_situation_neither() -> None:
    first = guide(1, 1)
    again = first.model_copy(update={"item_id": "again"})
    split = [guide(1, 2, name=f"第2类场所卫生许可（{case}）", handling_code="1") for case in ("新办", "延续")]
    answers = ask([first, again, *split])
    assert {item for item, peers in answers.items() if peers.twins} == {first.item_id, "again"}
    assert all(silent(answers[one.item_id]) for one in split)


def test_situations_of_one_name_cannot_be_told_apart() -> None:
    one = guide(1, 2, handling_code="1")
    other = guide(1, 2, handling_code="2", condition="已经持有许可证并且在有效期届满三十日以前提出延续申请的单位。")
    other = other.model_copy(update={"item_id": "other"})
    answers = ask([one, other])
    assert {item for item, peers in answers.items() if peers.situations} == {one.item_id, "other"}


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_adding_does_not_matter(seed: int) -> None:
    guides = [*seven(legal_limit="60(工作日)"), *offices(guide(1, 17, enquiry_phone="0662-3302123"))]
    shuffled = random.Random(seed).sample(guides, len(guides))
    plain = {item: findings(peers) for item, peers in ask(guides).items()}
    assert {item: findings(peers) for item, peers in ask(shuffled).items()} == plain


def findings(peers: Peers) -> tuple[object, ...]:
    differences = [(one.field, one.own, one.common, one.agreeing) for one in peers.differences]
    return differences, [(copy.field, copy.excerpt) for copy in peers.copies], len(peers.twins)


def test_a_guide_added_too_late_is_refused() -> None:
    with PeerIndex() as index:
        index.add(guide(1))
        index.peers_of(guide(1))
        with pytest.raises(RuntimeError, match="asked already"):
            index.add(guide(2))


@pytest.fixture(scope="module")
def records() -> tuple[Guide, ...]:
    if not RECORDS.exists():
        pytest.skip("the captured records are not beside this checkout")
    return tuple(read_mapped(RECORDS, MAPPING))


def test_of_the_real_records_only_the_library_is_accused(records: tuple[Guide, ...]) -> None:
    """广东省立中山图书馆 prints the telephones of the museum of Yangjiang (portals.md §5); read by hand."""
    answers = ask(list(records))
    accused = {item for item, peers in answers.items() if not silent(peers)}
    codes = {one.code for one in records if one.item_id in accused}
    assert codes == {"12440000455859735H2442119405000"}
