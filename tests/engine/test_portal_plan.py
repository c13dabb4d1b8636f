"""Which items are looked for with a telephone and compared across portals: those that another portal lists as well."""

from crawler.rules.example_guide import example
from domain.guide import Guide
from domain.guide_fields import FieldName
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from engine.visiting.probe_plan import plan_probes
from tests.engine.shown_list import ShownList

UNIT = "dept-01"


def planned(guides: list[Guide], **sizes: int) -> dict[str, set[str]]:
    plan = NightPlan(
        target="sandbox",
        period="2026H2",
        units=(UNIT,),
        portals=("gdzwfw", "yss"),
        sizes=PlanSizes(**sizes),
        salt="s",
    )
    found: dict[str, set[str]] = {"mobile-entrance": set(), "portal-consistency": set()}
    for task in plan_probes(plan, ShownList(guides)):
        if task.probe_id in found:
            assert task.portal == "gdzwfw"
            found[task.probe_id].add(task.code)
    return found


def make_guides() -> list[Guide]:
    """Five items: the first two also on 粤省事, the third declared for telephones only."""
    made = [
        example(
            {FieldName.MOBILE_URL: "粤省事小程序" if number == 2 else ""},
            unit=UNIT,
            item_id=f"{number}",
            code=f"c{number}",
        )()
        for number in range(5)
    ]
    return made + [guide.model_copy(update={"portal": "yss"}) for guide in made[:2]]


def test_only_items_that_another_portal_lists_are_compared() -> None:
    found = planned(make_guides(), mobile=50, consistency=50)
    assert found["portal-consistency"] == {"c0", "c1"}
    assert found["mobile-entrance"] == {"c0", "c1", "c2"}


def test_sizes_bound_the_sample_and_nought_switches_it_off() -> None:
    assert {name: len(codes) for name, codes in planned(make_guides()).items()} == {
        "mobile-entrance": 1,
        "portal-consistency": 1,
    }
    assert planned(make_guides(), mobile=0, consistency=0) == {"mobile-entrance": set(), "portal-consistency": set()}


def test_without_another_portal_nothing_is_compared() -> None:
    main = [guide for guide in make_guides() if guide.portal == "gdzwfw"]
    found = planned(main, mobile=50, consistency=50)
    assert found == {"mobile-entrance": {"c2"}, "portal-consistency": set()}
