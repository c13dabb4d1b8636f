"""Draws the base items that are searched for, and finds the words beside their names that citizens would type."""

from collections.abc import Iterable, Iterator

from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.unit import Table, Unit, all_units
from engine.sampling.drawing import draw
from probes.search.life_events import LifeEvents, load_life_events
from probes.search.search_basis import SearchBasis

CITY = "阳江"
"""What citizens call the place of the city's departments (notice, annex 1)."""
PLACE_KINDS = ("试验区", "市", "县", "区")
PLACE_LENGTH = 2
ABOUT = (FieldName.EVERYDAY_NAME, FieldName.THEME_NATURAL, FieldName.THEME_LEGAL)


def draw_base_items(
    guides: Iterable[Guide], unit: str, *, size: int, salt: str, anchor_salt: str, period: str
) -> Iterator[tuple[Guide, bool]]:
    """Yield a body's base items, each with whether it is an anchor; ``size`` // 2 of them are (methodology.md §4.1).

    Anchors are drawn without the period and with a salt of their own, so that the next period has the same ones; the
    others are drawn anew for the period.
    """
    pool = tuple(guides)
    lasting = sorted(pool, key=lambda guide: draw(anchor_salt, "", unit, guide.item_id))[: size // 2]
    kept = {guide.item_id for guide in lasting}
    others = [guide for guide in pool if guide.item_id not in kept]
    anew = sorted(others, key=lambda guide: draw(salt, period, unit, guide.item_id))[: size - len(lasting)]
    yield from ((guide, True) for guide in lasting)
    yield from ((guide, False) for guide in anew)


def basis_of(guide: Guide, *, anchor: bool | None = None, events: LifeEvents | None = None) -> SearchBasis:
    """Find out what may be typed beside an item's name; without a list, life events are the shipped ones."""
    listed = events or load_life_events()
    return SearchBasis(
        anchor=anchor,
        place=place_of(guide.unit),
        region=guide.area_code or "",
        life_events=listed.about((guide.title, *(guide.text(name) for name in ABOUT))),
    )


def place_of(unit_id: str | None) -> str:
    """Return what citizens call a body's place: 阳春 for 阳春市; "" for a body that is none of the evaluated ones."""
    unit = next((one for one in all_units() if one.id == unit_id), None)
    if unit is None:
        return ""
    return name_place(unit) if unit.table is Table.COUNTIES else CITY


def name_place(county: Unit) -> str:
    """Return a county's short name where it has one: 海陵试验区 → 海陵, but 阳江高新区 as it is."""
    stems = (county.name.removesuffix(kind) for kind in PLACE_KINDS)
    return next((stem for stem in stems if len(stem) == PLACE_LENGTH), county.name)
