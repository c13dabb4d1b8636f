"""What a night is going to do, fixed before it starts and kept with the run, so that a resumed night does the same."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from domain.frozen import Frozen
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.item_type import is_application, is_public_service
from domain.known_facts import facts_of
from engine.drawing import draw
from engine.search_plan import basis_of, draw_base_items
from engine.settings import PlanSizes
from engine.task_archetypes import common_codes, draw_like_services
from portals.citizen import Account
from portals.site import Overlay
from probes.life_events import LifeEvents
from probes.mobile_entry import read_declaration
from probes.probe import ProbeTask
from probes.query_kind import QueryKind
from probes.search_basis import SearchBasis
from storage.store import Store

MAIN_PORTAL = "gdzwfw"
YES = "是"
FACES = "guide-faces"
PAGE_TIMES = "page-times"
ENTRANCE = "online-entrance"
THEME = "theme-service"
PACKAGE = "package"
DESK = "chatbot"
DESK_CONTROLS = "chatbot-controls"
CONTROLS_ITEM = "out-of-scope"  # stands where other tasks have an item
DESK_PORTALS = (MAIN_PORTAL, "yss")  # 粤商通 has no 智能客服
MOBILE_DESK_BODIES = 2
SEARCH = "keyword-search"
MOBILE_KINDS = (QueryKind.OFFICIAL, QueryKind.MAIN_PART, QueryKind.EVERYDAY, QueryKind.PLACE)  # right words only
APPLICATION = "online-application"
MOBILE_ENTRANCE = "mobile-entrance"
PORTAL_CONSISTENCY = "portal-consistency"
MOBILE_SIZES = PlanSizes(search=1, application=1, booking=1, faces=0, mobile=0, consistency=0, entrance=0, theme=0)


class SandboxOptions(Frozen):
    """How the sandbox of a run is started, and started again on resume."""

    size: str = "medium"
    seed: int = 2021
    corpus: str = "demo"
    faults: Path | None = None
    announcement: Path | None = None  # of a sandbox that runs already


class NightPlan(Frozen):
    """The plan of one night; stored as ``Run.settings``."""

    target: str  # sandbox | live
    period: str
    units: tuple[str, ...]  # unit ids, or ("all-listed",): a captured corpus has none of the 48 bodies
    portals: tuple[str, ...]
    overlays: Mapping[str, Overlay] = {}  # portal → tables of the owner's own site file, as they were that night
    portal_options: Mapping[str, tuple[str, ...]] = {}  # laid over the portals' own options, such as the region
    sizes: PlanSizes
    salt: str
    anchor_salt: str = "yuece"  # of the base items that are searched for in every period
    life_events: Mapping[str, tuple[str, ...]] = {}  # the owner's own list; none: the shipped one
    full: bool = False  # fetch every document, also those that seem unchanged
    addresses: bool = True  # look at the addresses that guides publish
    link_occasion_gap_h: float = 6.0  # kept with the run, so that judging it again counts occasions in the same way
    visit_occasion_gap_h: float = 0.0  # between two visits that count as two; 0: suspects are visited again at once
    rerun_of: str = ""  # the observation that this run makes again
    sandbox: SandboxOptions | None = None


class Stage(Frozen):
    """Where the portals are tonight: origins of the sandbox, or ``None`` for the real hosts."""

    origins: dict[str, str] | None
    account: Account | None


def plan_probes(plan: NightPlan, guides: Iterable[Guide]) -> tuple[ProbeTask, ...]:
    """Choose tonight's items of every body and portal; the same guides give the same tasks."""
    by_body: dict[tuple[str, str], list[Guide]] = {}
    for guide in guides:
        if guide.unit is not None:
            by_body.setdefault((guide.portal, guide.unit), []).append(guide)
    carried = {guide.code for (portal, _), shown in by_body.items() if portal != MAIN_PORTAL for guide in shown}
    chosen = [pair for portal in plan.portals for pair in _bodies(plan, portal, by_body)]
    codes = _common_codes(plan, chosen, by_body)
    made = (_tasks_of(plan, portal, unit, by_body[portal, unit], codes) for portal, unit in chosen)
    beside = (
        _tasks_beside(plan, unit, by_body[portal, unit], carried) for portal, unit in chosen if portal == MAIN_PORTAL
    )
    desks = (_desk_tasks(plan, portal, by_body) for portal in plan.portals if portal in DESK_PORTALS)
    times = (_timing_tasks(plan, by_body),)
    return tuple(task for tasks in (*made, *beside, *desks, *times) for task in tasks)


def plan_again(store: Store, run: str, plan: NightPlan) -> tuple[ProbeTask, ...]:
    """Choose the items of a run from its stored guides."""
    return plan_probes(plan, (guide for portal in plan.portals for guide in store.guides.of_run(run, portal=portal)))


def _bodies(plan: NightPlan, portal: str, known: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return every body on 广东政务服务网 and the drawn ones on a mobile portal."""
    bodies = sorted(pair for pair in known if pair[0] == portal)
    if portal == MAIN_PORTAL:
        return bodies
    return sorted(bodies, key=lambda pair: draw(plan.salt, plan.period, pair[1], portal))[: plan.sizes.mobile_bodies]


def _common_codes(
    plan: NightPlan, chosen: list[tuple[str, str]], known: Mapping[tuple[str, str], list[Guide]]
) -> tuple[str, ...]:
    online = {unit: _online(known[portal, unit]) for portal, unit in chosen if portal == MAIN_PORTAL}
    return common_codes(online, lambda code: draw(plan.salt, plan.period, "counties", code))


def _tasks_of(
    plan: NightPlan, portal: str, unit: str, guides: list[Guide], codes: tuple[str, ...]
) -> Iterator[ProbeTask]:
    ordered = sorted(guides, key=lambda guide: draw(plan.salt, plan.period, unit, guide.item_id))
    main = portal == MAIN_PORTAL
    sizes = plan.sizes if main else MOBILE_SIZES
    searchable = [guide for guide in ordered if not main or _public(guide)]
    bookable = [guide for guide in ordered if not main or guide.text(FieldName.BOOKABLE) == YES]
    themes = [guide for guide in ordered if guide.kind == PACKAGE]
    yield from (task_for(guide, FACES, plan.salt) for guide in ordered[: sizes.faces])
    yield from _search_tasks(plan, unit, searchable, sizes.search, plan.sizes.search_kinds if main else MOBILE_KINDS)
    yield from _application_tasks(plan, portal, unit, ordered, codes)
    yield from (task_for(guide, "booking-calendar", plan.salt) for guide in bookable[: sizes.booking])
    yield from (task_for(guide, ENTRANCE, plan.salt) for guide in _online(ordered)[: sizes.entrance])
    yield from (task_for(guide, THEME, plan.salt) for guide in themes[: sizes.theme])


def _application_tasks(
    plan: NightPlan, portal: str, unit: str, ordered: list[Guide], codes: tuple[str, ...]
) -> Iterator[ProbeTask]:
    """Plan simulated applications: like services on 广东政务服务网, the first of the draw on a mobile portal."""
    drawn = tuple((guide, "") for guide in ordered[: MOBILE_SIZES.application])
    if portal == MAIN_PORTAL:
        drawn = draw_like_services(unit, _online(ordered), codes=codes)
    for guide, group in drawn[: plan.sizes.application]:
        yield task_for(guide, APPLICATION, plan.salt).model_copy(update={"like_services": group})


def _online(guides: list[Guide]) -> list[Guide]:
    return [guide for guide in guides if guide.text(FieldName.ONLINE) == YES]


def _tasks_beside(plan: NightPlan, unit: str, guides: list[Guide], carried: set[str]) -> Iterator[ProbeTask]:
    """Plan what looks at the other portals: items that are declared for telephones or were listed there tonight."""
    ordered = sorted(guides, key=lambda guide: draw(plan.salt, plan.period, unit, guide.item_id))
    shared = [guide for guide in ordered if guide.code in carried]
    mobile = [guide for guide in ordered if guide.code in carried or read_declaration(facts_of(guide)).made]
    yield from (task_for(guide, MOBILE_ENTRANCE, plan.salt) for guide in mobile[: plan.sizes.mobile])
    yield from (task_for(guide, PORTAL_CONSISTENCY, plan.salt) for guide in shared[: plan.sizes.consistency])


def _desk_tasks(plan: NightPlan, portal: str, known: Mapping[tuple[str, str], list[Guide]]) -> Iterator[ProbeTask]:
    """Plan what 智能客服 is asked: items of the drawn bodies, and once what no office handles."""
    main = portal == MAIN_PORTAL
    bodies = sorted(pair for pair in known if pair[0] == portal)
    drawn = sorted(bodies, key=lambda pair: draw(plan.salt, plan.period, pair[1], "desk"))
    size = plan.sizes.chatbot_bodies if main else min(MOBILE_DESK_BODIES, plan.sizes.chatbot_bodies)
    items: list[ProbeTask] = []
    for pair in drawn[:size]:
        guides = [guide for guide in known[pair] if not main or _public(guide)]
        ordered = sorted(guides, key=lambda guide: draw(plan.salt, plan.period, guide.unit or "", guide.item_id))
        items += [task_for(guide, DESK, plan.salt) for guide in ordered[: plan.sizes.chatbot]]
    yield from items
    if items:
        yield ProbeTask(
            portal=portal, unit=None, probe_id=DESK_CONTROLS, item_id=CONTROLS_ITEM, code="", title="", salt=plan.salt
        )


def _timing_tasks(plan: NightPlan, known: Mapping[tuple[str, str], list[Guide]]) -> Iterator[ProbeTask]:
    """Draw the items whose times are taken, out of everything on 广东政务服务网 that can be applied for online."""
    if MAIN_PORTAL not in plan.portals:
        return
    online = [guide for (portal, _), guides in known.items() if portal == MAIN_PORTAL for guide in _online(guides)]
    public = [guide for guide in online if _public(guide)]
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


def _public(guide: Guide) -> bool:
    """A citizen searches for what can be applied for, not for a penalty."""
    return is_application(guide.item_type_code) or is_public_service(guide.item_type_code)


def task_for(guide: Guide, probe_id: str, salt: str = "") -> ProbeTask:
    """Turn a guide into a probe's task, with what the guide declares."""
    return ProbeTask(
        portal=guide.portal,
        unit=guide.unit,
        probe_id=probe_id,
        item_id=guide.item_id,
        code=guide.code,
        title=guide.title,
        declared_online=_declared(guide, FieldName.ONLINE),
        declared_bookable=_declared(guide, FieldName.BOOKABLE),
        online_url=guide.text(FieldName.ONLINE_URL),
        known=facts_of(guide),
        salt=salt,
        search=basis_of(guide) if probe_id == SEARCH else SearchBasis(),
    )


def _declared(guide: Guide, name: FieldName) -> bool | None:
    text = guide.text(name)
    return None if not text else text == YES
