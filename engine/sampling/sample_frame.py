"""Gathers from the store who may be drawn, and what the guides say about it for the people who look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from crawler.coverage import unseen_fields
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName
from domain.sample import Aspect, FrameItem, SampledItem, Volume
from engine.facts.item_facts import item_fact
from engine.night_plan import MAIN_PORTAL
from scoring.sampling.frames import frame_item, in_frame, sort_frame, sort_volumes
from storage.store import Store

SHOWN: Mapping[Aspect, tuple[FieldName, ...]] = {
    Aspect.GUIDE_TRUTH: (FieldName.PLACE, FieldName.HOURS, FieldName.ENQUIRY_PHONE),
    Aspect.BOOKING: (FieldName.BOOKABLE, FieldName.BOOKING_URL),
    Aspect.ONE_WINDOW: (FieldName.PLACE,),
    Aspect.FULLY_ONLINE: (FieldName.ONLINE_DEPTH, FieldName.VISITS, FieldName.ONLINE_URL),
    Aspect.COMPREHENSIVE: (FieldName.PLACE,),
    Aspect.NEARBY: (FieldName.PLACE,),
    Aspect.LESS_TIME: (FieldName.PROMISE_LIMIT, FieldName.LEGAL_LIMIT),
    Aspect.FEWER_VISITS: (FieldName.VISITS,),
    Aspect.INSTANT: (FieldName.HANDLING_TYPE, FieldName.PROMISE_LIMIT),
}
"""Aspect → the guide's fields that an observer holds against what is there."""
NAMES_WINDOWS = frozenset({Aspect.ONE_WINDOW, Aspect.COMPREHENSIVE, Aspect.NEARBY})
TEXT_MAX = 600


def gather_frame(store: Store, run: str, cases: Mapping[str, int] | None = None) -> tuple[FrameItem, ...]:
    """Return every item of the evaluated bodies whose guide was measured; ``cases``: code → cases, for the strata.

    Strata by cases are laid out only for a body of which every listed item has a figure or some have: an item without
    one counts as none handled.
    """
    unseen = unseen_fields(store.guides.of_run(run, portal=MAIN_PORTAL))
    found: dict[str, list[FrameItem]] = defaultdict(list)
    for guide in store.guides.of_run(run, portal=MAIN_PORTAL):
        fact = item_fact(guide.without(unseen), None, None)
        if guide.unit and in_frame(fact):
            found[guide.unit].append(frame_item(guide.unit, fact, title=guide.title, url=guide.url))
    return sort_frame(item for items in found.values() for item in with_volumes(items, cases or {}))


def with_volumes(items: list[FrameItem], cases: Mapping[str, int]) -> Iterable[FrameItem]:
    """Lay a body's items out by cases, where any of them has a figure."""
    if not any(item.code in cases for item in items):
        return items
    volumes: Mapping[str, Volume] = sort_volumes({item.code: cases.get(item.code, 0) for item in items})
    return [item.model_copy(update={"volume": volumes[item.code]}) for item in items]


def declared_texts(store: Store, run: str, items: Iterable[SampledItem]) -> dict[str, dict[Aspect, str]]:
    """Return item id → aspect → what the guide of the committed run says."""
    wanted = {item.item_id for item in items}
    guides = (guide for guide in store.guides.of_run(run, portal=MAIN_PORTAL) if guide.item_id in wanted)
    return {guide.item_id: {aspect: declared_text(guide, aspect) for aspect in Aspect} for guide in guides}


def declared_text(guide: Guide, aspect: Aspect) -> str:
    """Write what a guide says about one aspect, label by label."""
    said = [f"{LABELS_ZH[name]}：{guide.text(name)}" for name in SHOWN[aspect] if guide.text(name)]
    if aspect in NAMES_WINDOWS:
        said += [f"窗口：{window.name} {window.address}".strip() for window in guide.windows or ()]
    if aspect is Aspect.GUIDE_TRUTH and guide.materials:
        said.append(f"{LABELS_ZH[FieldName.MATERIALS]}：" + "、".join(material.name for material in guide.materials))
    text = "；".join(said)
    return text if len(text) <= TEXT_MAX else f"{text[: TEXT_MAX - 1]}…"
