"""The declared sample whose faces are compared: so many guides of every body, drawn by a hash that nobody can steer."""

import hashlib

from crawler.rules.example_guide import example
from domain.guide import Guide
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from engine.visiting.probe_plan import plan_probes
from tests.engine.shown_list import ShownList

UNITS = ("dept-01", "dept-02")


def guides() -> list[Guide]:
    made = [
        example(unit=unit, item_id=f"{unit}-{number}", code=f"{unit}-{number}")()
        for unit in UNITS
        for number in range(9)
    ]
    mobile = [guide.model_copy(update={"portal": "yss"}) for guide in made[:3]]
    return made + mobile


def sampled(faces: int, salt: str = "s") -> list[str]:
    sizes = PlanSizes(faces=faces)
    plan = NightPlan(target="sandbox", period="2026H2", units=UNITS, portals=("gdzwfw", "yss"), sizes=sizes, salt=salt)
    tasks = [task for task in plan_probes(plan, ShownList(guides())) if task.probe_id == "guide-faces"]
    assert {task.portal for task in tasks} <= {"gdzwfw"}
    return [task.item_id for task in tasks]


def test_every_body_gives_as_many_as_declared() -> None:
    assert sampled(0) == []
    assert [item.rpartition("-")[0] for item in sampled(2)] == ["dept-01"] * 2 + ["dept-02"] * 2
    assert len(sampled(20)) == 18


def test_the_draw_is_the_published_hash() -> None:
    """methodology.md §3.5: order by SHA-256 of period, body, item and salt."""
    for unit in UNITS:
        items = [f"{unit}-{number}" for number in range(9)]
        first = min(items, key=lambda item: hashlib.sha256(f"2026H2|{unit}|{item}|s".encode()).hexdigest())
        assert first in sampled(1)
    assert sampled(3) == sampled(3)
    assert sampled(3) != sampled(3, salt="t")
