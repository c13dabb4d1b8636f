"""How many entrances and themed services of each body a night looks at."""

from crawler.rules.example_guide import example
from domain.guide import Guide
from domain.guide_fields import FieldName
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from engine.visiting.probe_plan import plan_probes
from tests.engine.shown_list import ShownList


def guides() -> list[Guide]:
    online = [example(unit="dept-01", item_id=f"i{n}", code=f"c{n}")() for n in range(9)]
    assert all(guide.text(FieldName.ONLINE) == "是" for guide in online)
    packages = [guide.model_copy(update={"item_id": f"p{n}", "kind": "package"}) for n, guide in enumerate(online[:3])]
    mobile = [guide.model_copy(update={"portal": "yss"}) for guide in online[:3]]
    silent = [guide.model_copy(update={"fields": {}}) for guide in packages]
    return [*online, *silent, *mobile]


def planned(probe: str, **sizes: int) -> list[str]:
    plan = NightPlan(
        target="sandbox",
        period="2026H2",
        units=("dept-01",),
        portals=("gdzwfw", "yss"),
        sizes=PlanSizes(**sizes),  # type: ignore[arg-type]  # only numbers are set here
        salt="s",
    )
    tasks = [task for task in plan_probes(plan, ShownList(guides())) if task.probe_id == probe]
    assert {task.portal for task in tasks} <= {"gdzwfw"}
    return [task.item_id for task in tasks]


def test_entrances_are_drawn_from_the_online_items_up_to_all_of_them() -> None:
    assert planned("online-entrance", entrance=0) == []
    some, all_of_them = planned("online-entrance", entrance=2), planned("online-entrance", entrance=5_000)
    assert len(some) == 2
    assert all_of_them[:2] == some
    assert sorted(all_of_them) == [f"i{n}" for n in range(9)]


def test_themed_services_are_drawn_from_the_packages() -> None:
    assert planned("theme-service", theme=0) == []
    assert set(planned("theme-service", theme=2)) < {"p0", "p1", "p2"}
    assert sorted(planned("theme-service", theme=50)) == ["p0", "p1", "p2"]
