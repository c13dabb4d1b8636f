"""Small bodies with which each indicator gives full marks and less, to prove that it can do both."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.item_type import PERMIT
from domain.measure_name import MeasureName
from domain.observation import Measure
from domain.outcome import Outcome
from domain.time_limit import LimitUnit, TimeLimit
from domain.unit import Table, Unit
from scoring.probing import SCORED_PORTAL

DEPARTMENT = Unit(id="dept-01", name="示例部门", portal_names=("示例部门",), table=Table.DEPARTMENTS)

PERFECT_ITEM = ItemFact(
    item_id="item-1",
    code="code-1",
    outcome=GuideOutcome.MEASURED,
    item_type_code=PERMIT,
    promise=TimeLimit(days=Decimal(0), unit=LimitUnit.WORKING),
    legal=TimeLimit(days=Decimal(20), unit=LimitUnit.WORKING),
    visits=0,
    immediate=True,
    online=True,
    online_depth=4,
    handling_item=True,
    bookable=True,
    in_hall=True,
    hall_window=True,
    comprehensive_window=True,
    nearby=True,
    across_regions=True,
    paper_only_material=False,
    exempt_materials=(2, 2),
    e_licence=True,
    standard=(3, 3),
    phone_address=True,
    completeness=(Decimal(17), 17),
    accuracy=(10, 10),
    readability=Decimal(1),
)
"""An item with which every census indicator gives full marks."""


def measured_item(number: int, **known: object) -> ItemFact:
    """Return ``PERFECT_ITEM`` under another number, with some facts replaced."""
    fields = PERFECT_ITEM.model_dump() | {"item_id": f"item-{number}", "code": f"code-{number}"}
    return ItemFact.model_validate(fields | known)


def working_days(days: int) -> TimeLimit:
    """Return a limit in working days."""
    return TimeLimit(days=Decimal(days), unit=LimitUnit.WORKING)


def probe_result(
    probe_id: str,
    number: int,
    outcome: Outcome = Outcome.PASS,
    portal: str = SCORED_PORTAL,
    measures: Mapping[MeasureName, Measure] | None = None,
) -> ProbeFact:
    """Return one probe's result on the item of that number."""
    return ProbeFact(
        observation=f"run/{portal}/{probe_id}/item-{number}",
        probe_id=probe_id,
        portal=portal,
        item_id=f"item-{number}",
        code=f"code-{number}",
        outcome=outcome,
        measures={name.value: figure for name, figure in (measures or {}).items()},
    )


def body_facts(
    items: Iterable[ItemFact],
    probes: Iterable[ProbeFact] = (),
    planned: Mapping[str, int] | None = None,
    unit: Unit = DEPARTMENT,
) -> UnitFacts:
    """Return a body whose listing is whole; without a plan, every probe given was planned."""
    listed = tuple(items)
    made = tuple(probes)
    counts = {probe.probe_id: 0 for probe in made}
    for probe in made:
        counts[probe.probe_id] += probe.portal == SCORED_PORTAL
    return UnitFacts(
        unit=unit,
        offered=True,
        listing_whole=True,
        listed=len(listed),
        items=listed,
        probes=made,
        planned_probes=counts if planned is None else planned,
    )
