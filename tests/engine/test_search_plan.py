"""The base items of the search: half of them last from period to period, the other half is drawn anew, by hash."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from crawler.rules.example_guide import example
from domain.errors import UsageError
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.unit import all_units
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from engine.visiting.probe_plan import plan_probes
from engine.visiting.search_plan import basis_of, place_of
from probes.probe import ProbeTask
from probes.search.life_events import LifeEvents, load_life_events
from probes.search.query_kind import QueryKind
from tests.engine.shown_list import ShownList

UNIT = "dept-02"


def guides(count: int = 40) -> list[Guide]:
    return [example(unit=UNIT, item_id=f"i{number}", code=f"c{number}")() for number in range(count)]


def searched(
    size: int, *, period: str = "2026H2", pool: Iterable[Guide] | None = None, **changes: str
) -> list[ProbeTask]:
    plan = NightPlan(
        target="sandbox",
        period=period,
        units=(UNIT,),
        portals=("gdzwfw",),
        sizes=PlanSizes(search=size),
        **({"salt": "s"} | changes),
    )
    return [task for task in plan_probes(plan, ShownList(pool or guides())) if task.probe_id == "keyword-search"]


def anchors(tasks: list[ProbeTask]) -> set[str]:
    return {task.item_id for task in tasks if task.search.anchor}


def test_half_of_the_base_items_are_anchors_and_no_item_comes_twice() -> None:
    for size, kept in ((1, 0), (2, 1), (5, 2), (30, 15)):
        tasks = searched(size)
        assert (len(tasks), len(anchors(tasks))) == (size, kept)
        assert len({task.item_id for task in tasks}) == size
    assert len(searched(60)) == 40


def test_anchors_last_over_periods_and_salts_and_the_others_do_not() -> None:
    now, then = searched(20), searched(20, period="2027H1", salt="published later")
    assert anchors(now) == anchors(then)
    assert {task.item_id for task in now} != {task.item_id for task in then}
    assert anchors(searched(20, anchor_salt="other")) != anchors(now)


def test_a_lost_anchor_makes_room_for_the_next_one_only() -> None:
    before = anchors(searched(20))
    gone = min(before)
    after = anchors(searched(20, pool=[guide for guide in guides() if guide.item_id != gone]))
    assert len(after - before) == 1
    assert before - after == {gone}


def test_the_draw_is_the_published_hash() -> None:
    """methodology.md §3.5: order by SHA-256 of period, body, item and salt; an anchor's has no period."""
    items = [guide.item_id for guide in guides()]
    lasting = sorted(items, key=lambda item: hashlib.sha256(f"|{UNIT}|{item}|yuece".encode()).hexdigest())[:3]
    assert anchors(searched(6)) == set(lasting)
    first = min(items, key=lambda item: hashlib.sha256(f"2026H2|{UNIT}|{item}|s".encode()).hexdigest())
    assert [task.item_id for task in searched(1)] == [first]


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("dept-05", "阳江"),
        ("county-1", "江城"),
        ("county-3", "阳春"),
        ("county-5", "海陵"),
        ("county-6", "阳江高新区"),
        ("nobody", ""),
        (None, ""),
    ],
)
def test_citizens_call_a_place_by_its_short_name(unit: str | None, place: str) -> None:
    assert place_of(unit) == place
    assert all(place_of(one.id) for one in all_units())


def test_life_events_are_those_about_the_item() -> None:
    guide = example(title="内地居民结婚登记")()
    assert basis_of(guide).life_events == ("结婚",)
    own = LifeEvents(events={"成家": ("结婚",), "盖房": ("施工",)})
    assert basis_of(guide, events=own).life_events == ("成家",)
    assert basis_of(example({FieldName.EVERYDAY_NAME: "领结婚证"}, title="甲乙丙丁")()).life_events == ("结婚",)


def test_the_shipped_list_has_fifty_words_or_more() -> None:
    assert len(load_life_events().events) >= 50


@pytest.mark.parametrize("text", ["", "events = 3", '[events]\n"" = ["x"]', '[events]\n"a" = []', "[events"])
def test_a_bad_list_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own_events.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="own_events"):
        load_life_events(file)


def test_only_the_kinds_asked_for_are_planned() -> None:
    kinds = (QueryKind.OFFICIAL, QueryKind.EVERYDAY)
    plan = NightPlan(
        target="sandbox",
        period="2026H2",
        units=(UNIT,),
        portals=("gdzwfw",),
        sizes=PlanSizes(search=1, search_kinds=kinds),
        salt="s",
    )
    (task,) = [task for task in plan_probes(plan, ShownList(guides())) if task.probe_id == "keyword-search"]
    assert task.search.kinds == kinds
