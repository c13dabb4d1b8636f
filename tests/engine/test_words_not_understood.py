"""A word that we cannot read is our gap, a blank is the guide's own, and neither is a "no" that it did not say."""

import pytest

from crawler.rules.example_guide import example, example_material
from domain.guide_fields import FieldName
from domain.time_limit import LimitUnit
from engine.facts.item_facts import item_fact
from engine.facts.material_facts import has_paper_only

FIELDS = {
    "online": FieldName.ONLINE,
    "bookable": FieldName.BOOKABLE,
    "in_hall": FieldName.IN_HALL,
    "online_depth": FieldName.ONLINE_DEPTH,
    "visits": FieldName.VISITS,
    "immediate": FieldName.HANDLING_TYPE,
    "promise": FieldName.PROMISE_LIMIT,
    "legal": FieldName.LEGAL_LIMIT,
}


@pytest.mark.parametrize(
    ("fact", "text", "value", "unseen"),
    [
        ("online", "是", True, False),
        ("online", "否", False, False),
        ("online", "", None, False),
        ("online", "无", None, False),
        ("online", "部分支持", None, True),
        ("online", "2", None, True),  # a code that nobody has explained
        ("bookable", "可预约", None, True),
        ("in_hall", "部分进驻", None, True),
        ("online_depth", "Ⅳ级", 4, False),
        ("online_depth", "四级", 4, False),  # the notice's own way of writing it (D31/C28)
        ("online_depth", "全程网办", None, True),
        ("visits", "0", 0, False),
        ("visits", "1次", 1, False),
        ("visits", "１次（需核验原件）", 1, False),
        ("visits", "0-1次", None, True),  # no visit or one: not none
        ("visits", "一次", None, True),
        ("visits", "", None, False),
        ("immediate", "即办件", True, False),
        ("immediate", "承诺件", False, False),
        ("immediate", "即办", None, True),
        ("immediate", "3", None, True),
        ("immediate", "", None, False),
        ("promise", "五个工作日", None, True),
        ("promise", "按规定执行", None, False),  # an evasion states no limit
        ("promise", "5", None, False),  # a number without a unit states none either
        ("legal", "法定无时限", None, False),
        ("legal", "二十个工作日", None, True),
    ],
)
def test_a_word_is_read_or_known_to_be_unread(fact: str, text: str, value: object, unseen: bool) -> None:
    seen = item_fact(example({FIELDS[fact]: text})(), None, None)
    assert getattr(seen, fact) == value
    assert (fact in seen.unseen_facts) is unseen


def test_a_limit_is_read() -> None:
    limit = item_fact(example({FieldName.PROMISE_LIMIT: "14个自然日"})(), None, None).promise
    assert limit is not None
    assert limit.days == 14
    assert limit.unit is LimitUnit.CALENDAR


@pytest.mark.parametrize(("text", "given"), [("https://m.example.gov.cn/a", True), ("无", False), ("", False)])
def test_a_word_for_nothing_is_no_address_for_the_telephone(text: str, given: bool) -> None:
    assert item_fact(example({FieldName.MOBILE_URL: text})(), None, None).phone_address is given


@pytest.mark.parametrize(
    ("medium", "necessity", "exempt", "paper"),
    [
        ("纸质", "必要", "否", True),
        ("纸质", "非必要", "否", False),
        ("纸质", "必要", "是", False),
        ("纸质/电子化", "必要", "否", False),
        (None, "必要", "否", None),  # the source shows no medium: nobody knows that paper is not asked for
        (None, "必要", "是", False),
        ("纸质", None, "否", None),
        (None, "非必要", None, False),
        ("纸质", "必要", None, True),  # an exemption that nobody states is none
    ],
)
def test_a_material_on_paper_alone(
    medium: str | None, necessity: str | None, exempt: str | None, paper: bool | None
) -> None:
    guide = example_material(medium=medium, necessity=necessity, exempt=exempt)()
    assert has_paper_only(guide.materials) is paper
    fact = item_fact(guide, None, None)
    assert ("paper_only_material" in fact.unseen_facts) is (paper is None)


def test_one_material_on_paper_settles_what_the_others_leave_open() -> None:
    open_one = example_material(medium=None, exempt="否")().materials or ()
    paper = example_material(medium="纸质", necessity="必要", exempt="否")().materials or ()
    assert has_paper_only(open_one + paper) is True
    assert has_paper_only(()) is False
    assert has_paper_only(None) is None
