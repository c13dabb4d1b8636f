"""Facts about windows, places, regions, exemptions and agreement with like guides, read from single guides."""

import pytest

from crawler.rules.example_guide import WINDOW, example, example_material
from domain.finding import Audit, RuleSet
from domain.guide import Guide, RangeScope, Window
from domain.guide_fields import FieldName
from engine.facts.item_facts import item_fact
from engine.facts.standard_facts import count_standard


def at(name: str, address: str) -> Guide:
    return example(windows=(WINDOW.model_copy(update={"name": name, "address": address}),))()


@pytest.mark.parametrize(
    ("name", "comprehensive"),
    [
        ("阳江市政务服务中心综合受理7号窗口", True),
        ("行政服务中心一楼综合服务窗口", True),
        ("二楼综合窗12", True),
        ("综合12号窗口", True),
        ("一窗通办专区", True),
        ("阳江市城市管理和综合执法局办事窗口", False),
        ("海陵区综合行政执法局5号窗口", False),
        ("江城区综合服务中心3号窗口", False),
        ("社保窗口", False),
        ("", False),
    ],
)
def test_a_window_for_everything_is_known_by_its_name(name: str, comprehensive: bool) -> None:
    assert item_fact(at(name, "阳江市江城区东风二路60号"), None, None).comprehensive_window is comprehensive


@pytest.mark.parametrize(
    ("name", "address", "stands"),
    [
        ("8号窗口", "阳江市江城区东风二路60号阳江市政务服务中心一楼", True),
        ("阳西县行政服务中心公安窗口", "阳西县城", True),
        ("", "阳江市政务服务中心一楼", False),  # a hall without a window
        ("市教育局办事窗口", "阳江市江城区东风三路301室", False),
    ],
)
def test_a_hall_counts_with_a_named_window(name: str, address: str, stands: bool) -> None:
    assert item_fact(at(name, address), None, None).hall_window is stands


@pytest.mark.parametrize(
    ("fields", "name", "nearby"),
    [
        ({FieldName.SELF_SERVICE: "是"}, "市教育局窗口", True),
        ({FieldName.SELF_SERVICE: "否"}, "市教育局窗口", False),
        ({FieldName.SELF_SERVICE: "否"}, "城西街道便民服务中心", True),
        ({FieldName.SELF_SERVICE: "否"}, "那龙镇公共服务中心3号窗口", True),
        ({FieldName.SELF_SERVICE: "否"}, "中国农业银行阳东支行", True),
        ({FieldName.SELF_SERVICE: "否"}, "粤智助一体机", True),
        ({FieldName.SELF_SERVICE: "否", FieldName.LEVEL: "镇（乡、街道）级"}, "窗口", True),
        ({FieldName.SELF_SERVICE: ""}, "市教育局窗口", None),  # shown and blank: it declares nothing
        ({FieldName.SELF_SERVICE: None}, "市教育局窗口", None),  # not shown: nobody knows
    ],
)
def test_a_point_nearby(fields: dict[FieldName, str | None], name: str, nearby: bool | None) -> None:
    window = WINDOW.model_copy(update={"name": name, "address": "阳江市江城区东风二路60号"})
    fact = item_fact(example(fields, windows=(window,))(), None, None)
    assert fact.nearby is nearby
    assert ("nearby" in fact.unseen_facts) is (fields[FieldName.SELF_SERVICE] is None)


@pytest.mark.parametrize(
    ("ranges", "text", "across"),
    [
        ((RangeScope(range="跨省", divisions=("全国",)),), "全县", True),
        ((RangeScope(range="市内", divisions=("阳江市",)),), "全县", True),
        ((RangeScope(range="县内", divisions=("阳西县",)),), "全县", False),
        ((), "全市", False),  # the block is shown and empty: what counts is what it publishes
        (None, "全省", True),
        (None, "全县", False),
        (None, None, None),
    ],
)
def test_regions(ranges: tuple[RangeScope, ...] | None, text: str | None, across: bool | None) -> None:
    fact = item_fact(example({FieldName.RANGE: text}, ranges=ranges)(), None, None)
    assert fact.across_regions is across
    assert ("across_regions" in fact.unseen_facts) is (across is None)


def test_a_source_without_windows_is_no_body_without_windows() -> None:
    hidden, none = (item_fact(example(windows=windows)(), None, None) for windows in (None, ()))
    assert (hidden.hall_window, hidden.comprehensive_window) == (None, None)
    assert {"hall_window", "comprehensive_window"} <= hidden.unseen_facts
    assert (none.hall_window, none.comprehensive_window) == (False, False)
    assert not {"hall_window", "comprehensive_window"} & none.unseen_facts


@pytest.mark.parametrize(
    ("guide", "exempt"),
    [
        (example_material(source="政府部门核发", exempt="是")(), (1, 1)),
        (example_material(source="政府部门核发", exempt="否")(), (0, 1)),
        (example_material(source="申请人自备", exempt="是")(), (0, 0)),
        (example_material(source="政府部门核发", exempt=None)(), None),
        (example_material(source=None)(), None),
        (example_material(name="无需提交材料", source=None, exempt=None)(), (0, 0)),
        (example(materials=())(), (0, 0)),
        (example(materials=None)(), None),
    ],
)
def test_materials_that_an_authority_issues(guide: Guide, exempt: tuple[int, int] | None) -> None:
    fact = item_fact(guide, None, None)
    assert fact.exempt_materials == exempt
    assert ("exempt_materials" in fact.unseen_facts) is (exempt is None)


RULES = RuleSet(
    id="set", members=(("peers.name", 1), ("peers.condition", 1), ("peers.materials", 1), ("peers.legal-limit", 1))
)


@pytest.mark.parametrize(
    ("outcomes", "standard"),
    [("pppp", (3, 3)), ("pfpf", (2, 3)), ("nnnp", (0, 0)), ("npfp", (1, 2)), ("pepp", None)],
)
def test_agreement_with_like_guides_is_that_of_the_audit(outcomes: str, standard: tuple[int, int] | None) -> None:
    audit = Audit(
        run="r", portal="gdzwfw", unit=None, item_id="i", subject="s", document="d", rule_set="set",
        outcomes=outcomes, shares={},
    )  # fmt: skip
    assert count_standard(audit, RULES) == standard


def test_a_run_that_did_not_compare_guides_knows_nothing_of_standards() -> None:
    audit = Audit(
        run="r", portal="gdzwfw", unit=None, item_id="i", subject="s", document="d", rule_set="old",
        outcomes="p", shares={},
    )  # fmt: skip
    assert count_standard(audit, RuleSet(id="old", members=(("complete.codes", 1),))) is None


def test_a_window_that_only_the_table_names_needs_no_address() -> None:
    guide = example(windows=(Window(name="政务服务中心综合窗口"),))()
    fact = item_fact(guide, None, None)
    assert (fact.hall_window, fact.comprehensive_window) == (True, True)
