"""A plan that holds a few guides of each body chooses what a plan would choose that holds them all."""

import random

import pytest

from crawler.rules.example_guide import example
from domain.guide import Guide
from domain.guide_fields import FieldName
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from engine.visiting import probe_plan
from engine.visiting.probe_plan import plan_probes
from tests.engine.shown_list import ShownList

BODIES = ("dept-01", "dept-02", "county-1", "county-2", "county-3")
KINDS = ("01", "05", "07", "20", "21")
TITLES = ("设立", "变更登记", "注销登记", "备案", "延续")
SIZES = (
    PlanSizes(),
    PlanSizes(search=7, application=3, booking=2, faces=4, entrance=5, theme=3, mobile=6, consistency=2, timing=9),
    PlanSizes(search=1, application=9, chatbot=4, chatbot_bodies=48, mobile_bodies=48, mobile=0, timing=200),
    PlanSizes(search=0, application=0, booking=0, faces=0, entrance=0, theme=0, mobile=0, consistency=0, timing=0),
)

EVERY_KIND = {"guide-faces", "keyword-search", "online-application", "booking-calendar", "online-entrance"} | {
    "theme-service",
    "mobile-entrance",
    "portal-consistency",
    "chatbot",
    "page-times",
}


def draw_guide(rng: random.Random, number: int, portal: str, unit: str) -> Guide:
    texts = {
        FieldName.ONLINE: rng.choice(("是", "是", "否", "")),
        FieldName.BOOKABLE: rng.choice(("是", "否")),
        FieldName.BASIC_CODE: rng.choice(("", *(f"b{code}" for code in range(12)))),
        FieldName.MOBILE_URL: rng.choice(("", "", "粤省事小程序")),
    }
    more = {
        "title": rng.choice(TITLES),
        "item_type_code": rng.choice(KINDS),
        "kind": rng.choice(("item", "item", "package")),
    }
    own = {"portal": portal, "unit": unit, "item_id": f"{portal}-{unit}-{number}", "code": f"{unit}-c{number % 40}"}
    return example(texts)().model_copy(update={**more, **own})


def drawn_guides(per_body: int) -> ShownList:
    rng = random.Random(per_body)
    main = [draw_guide(rng, number, "gdzwfw", unit) for unit in BODIES for number in range(per_body)]
    mobile = [draw_guide(rng, number, "yss", unit) for unit in BODIES for number in range(per_body // 4)]
    rng.shuffle(main)
    return ShownList([*main, *mobile])


def plan_of(sizes: PlanSizes) -> NightPlan:
    portals = ("gdzwfw", "yss")
    return NightPlan(target="sandbox", period="2026H2", units=BODIES, portals=portals, sizes=sizes, salt="s")


@pytest.mark.parametrize("sizes", SIZES, ids=["shipped", "larger", "wide", "nothing"])
def test_what_is_held_is_enough_for_every_draw(sizes: PlanSizes, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, plan = drawn_guides(60), plan_of(sizes)
    thinned = plan_probes(plan, shown)
    monkeypatch.setattr(probe_plan, "thin", lambda plan, portal, unit, guides, **_: list(guides) or None)
    whole = plan_probes(plan, shown)
    assert thinned == whole
    kinds = {task.probe_id for task in whole}
    assert kinds >= EVERY_KIND or sizes.application in (0, 9)  # of the second two some are switched off


def test_what_is_held_does_not_grow_with_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    thin = probe_plan.thin

    def counted(*arguments: object, **more: object) -> list[Guide] | None:
        pool = thin(*arguments, **more)  # type: ignore[arg-type]  # handed through as it came
        held.append(len(pool or ()))
        return pool

    monkeypatch.setattr(probe_plan, "thin", counted)
    plan_probes(plan_of(PlanSizes()), drawn_guides(200))
    # faces, desk, entrance, booking, theme, mobile, consistency: 1 each; search 1 + 0 anchors; times 4; at most
    # five groups of like services in a department, nine in a county; each 1.
    assert len(held) == 2 * len(BODIES)
    assert max(held) <= 7 + 1 + 4 + 9
