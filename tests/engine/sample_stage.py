"""A night whose guides declare known things, so that frames and draws can be worked out by hand."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))

from filled_store import UNITS, make_guide, make_listed, make_run, make_visit, read

from domain.crawl import ListedGuide, Listing
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.run import Run
from storage.store import Store

BIG, SMALL = "dept-01", "county-1"
BIG_ITEMS, SMALL_ITEMS = 60, 8
BEFORE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
INSIDE = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
AFTER = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)


def make_item(unit: str, number: int) -> ListedGuide:
    """The ``number``-th item of a body, under a code of its own."""
    code = f"114417000070{UNITS.index(unit):02}{number:04}XK344{number:010}"
    return make_listed(unit, number).model_copy(update={"code": code})


def make_declaring(unit: str, number: int) -> Guide:
    """Every guide can be booked; every second one is settled on the spot; all limits are cut from 15 to 5 days."""
    listed = make_item(unit, number)
    guide = make_guide(listed, f"{unit}-{number:02}".ljust(64, "0"))
    told = {
        FieldName.BOOKABLE: read("是"),
        FieldName.HANDLING_TYPE: read("即办件" if number % 2 else "承诺件"),
        FieldName.PROMISE_LIMIT: read("5(工作日)"),
        FieldName.VISITS: read("0" if number % 2 else "1"),
    }
    return guide.model_copy(update={"fields": {**guide.fields, **told}})


def fill_declaring_night(store: Store, target: str = "live", **changes: object) -> Run:
    """Keep a night of two bodies with 60 and 8 guides."""
    run = make_run(target=target, units=(BIG, SMALL), portals=("gdzwfw",), **changes)
    store.runs.add(run)
    for unit, count in ((BIG, BIG_ITEMS), (SMALL, SMALL_ITEMS)):
        listed = [make_item(unit, number) for number in range(count)]
        guides = [make_declaring(unit, number) for number in range(count)]
        store.crawls.save_listing(run.id, Listing(portal="gdzwfw", unit=unit, total=count, rows=count, guides=count))
        store.crawls.save_listed(run.id, listed)
        store.guides.save(guides)
        pairs = zip(listed, guides, strict=True)
        store.crawls.save_visits(run.id, [make_visit(one, document=guide.document) for one, guide in pairs])
    return run


def opened_store(home: Path, target: str = "live") -> Iterator[Store]:
    """Open a store with such a night."""
    with Store.open(home) as store:
        fill_declaring_night(store, target)
        yield store
