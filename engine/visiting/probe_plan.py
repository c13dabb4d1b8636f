"""Chooses the items that tonight's probes visit: every body is thinned to what could be drawn, then drawn from."""

from collections.abc import Iterable, Iterator, Mapping

from domain.guide import Guide
from engine.night_plan import (
    APPLICATION,
    CONTROLS_ITEM,
    DESK,
    DESK_CONTROLS,
    DESK_PORTALS,
    ENTRANCE,
    FACES,
    MAIN_PORTAL,
    MOBILE_DESK_BODIES,
    MOBILE_ENTRANCE,
    MOBILE_KINDS,
    MOBILE_SIZES,
    PAGE_TIMES,
    PORTAL_CONSISTENCY,
    SEARCH,
    THEME,
    NightPlan,
    task_for,
)
from engine.sampling.drawing import draw
from engine.visiting.probe_pool import (
    CodeSet,
    is_bookable,
    is_mobile,
    is_online,
    is_package,
    is_public,
    online_of,
    thin,
)
from engine.visiting.search_plan import basis_of, draw_base_items
from engine.visiting.shown_guides import ShownGuides, StoredGuides
from engine.visiting.task_archetypes import basic_code, common_codes, draw_like_services, is_county
from probes.probe import ProbeTask
from probes.search.life_events import LifeEvents
from probes.search.query_kind import QueryKind
from storage.store import Store

Pools = Mapping[tuple[str, str], list[Guide]]  # (portal, body) → guides that may be drawn


def plan_probes(plan: NightPlan, shown: ShownGuides) -> tuple[ProbeTask, ...]:
    """Choose tonight's items of every body and portal; the same guides give the same tasks.

    Memory holds what can be drawn, so it grows with the plan's sizes and not with the portals.
    """
    codes = _common_codes(plan, shown)
    carried = CodeSet()
    by_body: dict[tuple[str, str], list[Guide]] = {}
    # The main portal comes last: which of its items are of interest is told by the others.
    for portal in sorted(plan.portals, key=lambda portal: portal == MAIN_PORTAL):
        for unit in sorted(shown.bodies(portal)):
            guides = shown.guides(portal, unit)
            noted = guides if portal == MAIN_PORTAL else carried.note(guides)
            pool = thin(plan, portal, unit, noted, codes=codes, carried=carried)
            if pool is not None:
                by_body[portal, unit] = pool
    return tuple(_tasks(plan, by_body, codes, carried))


def plan_again(store: Store, run: str, plan: NightPlan) -> tuple[ProbeTask, ...]:
    """Choose the items of a run from its stored guides."""
    return plan_probes(plan, StoredGuides(store, run))


def _tasks(plan: NightPlan, by_body: Pools, codes: tuple[str, ...], carried: CodeSet) -> Iterator[ProbeTask]:
    chosen = [pair for portal in plan.portals for pair in _bodies(plan, portal, by_body)]
    for portal, unit in chosen:
        yield from _tasks_of(plan, portal, unit, by_body[portal, unit], codes)
    for portal, unit in chosen:
        if portal == MAIN_PORTAL:
            yield from _tasks_beside(plan, unit, by_body[portal, unit], carried)
    for portal in plan.portals:
        if portal in DESK_PORTALS:
            yield from _desk_tasks(plan, portal, by_body)
    yield from _timing_tasks(plan, by_body)


def _bodies(plan: NightPlan, portal: str, known: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return every body on 广东政务服务网 and the drawn ones on a mobile portal."""
    bodies = sorted(pair for pair in known if pair[0] == portal)
    if portal == MAIN_PORTAL:
        return bodies
    return sorted(bodies, key=lambda pair: draw(plan.salt, plan.period, pair[1], portal))[: plan.sizes.mobile_bodies]


def _common_codes(plan: NightPlan, shown: ShownGuides) -> tuple[str, ...]:
    """Return the counties' common 基本编码; only their guides are read for it, one body's after another's."""
    if plan.sizes.application == 0 or MAIN_PORTAL not in plan.portals:
        return ()
    counties = sorted(unit for unit in shown.bodies(MAIN_PORTAL) if is_county(unit))
    online = ({basic_code(guide) for guide in shown.guides(MAIN_PORTAL, unit) if is_online(guide)} for unit in counties)
    return common_codes(online, lambda code: draw(plan.salt, plan.period, "counties", code))


def _tasks_of(
    plan: NightPlan, portal: str, unit: str, guides: list[Guide], codes: tuple[str, ...]
) -> Iterator[ProbeTask]:
    ordered = sorted(guides, key=lambda guide: draw(plan.salt, plan.period, unit, guide.item_id))
    main = portal == MAIN_PORTAL
    sizes = plan.sizes if main else MOBILE_SIZES
    searchable = [guide for guide in ordered if not main or is_public(guide)]
    bookable = [guide for guide in ordered if not main or is_bookable(guide)]
    themes = [guide for guide in ordered if is_package(guide)]
    yield from (task_for(guide, FACES, plan.salt) for guide in ordered[: sizes.faces])
    yield from _search_tasks(plan, unit, searchable, sizes.search, plan.sizes.search_kinds if main else MOBILE_KINDS)
    yield from _application_tasks(plan, portal, unit, ordered, codes)
    yield from (task_for(guide, "booking-calendar", plan.salt) for guide in bookable[: sizes.booking])
    yield from (task_for(guide, ENTRANCE, plan.salt) for guide in online_of(ordered)[: sizes.entrance])
    yield from (task_for(guide, THEME, plan.salt) for guide in themes[: sizes.theme])


def _application_tasks(
    plan: NightPlan, portal: str, unit: str, ordered: list[Guide], codes: tuple[str, ...]
) -> Iterator[ProbeTask]:
    """Plan simulated applications: like services on 广东政务服务网, the first of the draw on a mobile portal."""
    drawn = tuple((guide, "") for guide in ordered[: MOBILE_SIZES.application])
    if portal == MAIN_PORTAL:
        drawn = draw_like_services(unit, online_of(ordered), codes=codes)
    for guide, group in drawn[: plan.sizes.application]:
        yield task_for(guide, APPLICATION, plan.salt).model_copy(update={"like_services": group})


def _tasks_beside(plan: NightPlan, unit: str, guides: list[Guide], carried: CodeSet) -> Iterator[ProbeTask]:
    """Plan what looks at the other portals: items that are declared for telephones or were listed there tonight."""
    ordered = sorted(guides, key=lambda guide: draw(plan.salt, plan.period, unit, guide.item_id))
    shared = [guide for guide in ordered if guide.code in carried]
    mobile = [guide for guide in ordered if is_mobile(guide, carried)]
    yield from (task_for(guide, MOBILE_ENTRANCE, plan.salt) for guide in mobile[: plan.sizes.mobile])
    yield from (task_for(guide, PORTAL_CONSISTENCY, plan.salt) for guide in shared[: plan.sizes.consistency])


def _desk_tasks(plan: NightPlan, portal: str, known: Pools) -> Iterator[ProbeTask]:
    """Plan what 智能客服 is asked: items of the drawn bodies, and once what no office handles."""
    main = portal == MAIN_PORTAL
    bodies = sorted(pair for pair in known if pair[0] == portal)
    drawn = sorted(bodies, key=lambda pair: draw(plan.salt, plan.period, pair[1], "desk"))
    size = plan.sizes.chatbot_bodies if main else min(MOBILE_DESK_BODIES, plan.sizes.chatbot_bodies)
    items: list[ProbeTask] = []
    for pair in drawn[:size]:
        guides = [guide for guide in known[pair] if not main or is_public(guide)]
        ordered = sorted(guides, key=lambda guide: draw(plan.salt, plan.period, guide.unit or "", guide.item_id))
        items += [task_for(guide, DESK, plan.salt) for guide in ordered[: plan.sizes.chatbot]]
    yield from items
    if items:
        yield ProbeTask(
            portal=portal, unit=None, probe_id=DESK_CONTROLS, item_id=CONTROLS_ITEM, code="", title="", salt=plan.salt
        )


def _timing_tasks(plan: NightPlan, known: Pools) -> Iterator[ProbeTask]:
    """Draw the items whose times are taken, out of everything on 广东政务服务网 that can be applied for online."""
    if MAIN_PORTAL not in plan.portals:
        return
    online = [guide for (portal, _), guides in known.items() if portal == MAIN_PORTAL for guide in online_of(guides)]
    public = [guide for guide in online if is_public(guide)]
    drawn = sorted(public, key=lambda guide: draw(plan.salt, plan.period, "times", guide.item_id))
    yield from (task_for(guide, PAGE_TIMES, plan.salt) for guide in drawn[: plan.sizes.timing])


def _search_tasks(
    plan: NightPlan, unit: str, guides: list[Guide], size: int, kinds: tuple[QueryKind, ...]
) -> Iterator[ProbeTask]:
    events = LifeEvents(events=plan.life_events) if plan.life_events else None
    drawn = draw_base_items(guides, unit, size=size, salt=plan.salt, anchor_salt=plan.anchor_salt, period=plan.period)
    for guide, anchor in drawn:
        basis = basis_of(guide, anchor=anchor, events=events).model_copy(update={"kinds": kinds})
        yield task_for(guide, SEARCH, plan.salt).model_copy(update={"search": basis})
