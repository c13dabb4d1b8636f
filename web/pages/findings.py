"""All findings of a run, by body and rule."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from domain.unit import all_units
from web.paging import turn_to
from web.visit import Visiting

router = APIRouter()


@router.get("/runs/{run_id}/findings", response_class=HTMLResponse)
def list_findings(
    visit: Visiting,
    run_id: str,
    unit: Annotated[str, Query(max_length=100)] = "",
    rule: Annotated[str, Query(max_length=200)] = "",
    page: int = 1,
) -> HTMLResponse:
    """One page of findings; an empty filter means all, one that matches nothing gives an empty list."""
    audits = visit.store.audits
    run = visit.store.runs.get(run_id)
    place = turn_to(page, audits.count_findings(run_id, unit=unit or None, rule=rule or None))
    rows = list(audits.findings(run_id, unit=unit or None, rule=rule or None, limit=place.rows, offset=place.offset))
    return visit.render(
        "findings.html",
        run=run,
        unit=unit,
        rule=rule,
        page=place,
        findings=rows,
        titles=visit.store.overview.titles(run_id, rows),
        units=[one for one in all_units() if one.id in run.units],
        rules=visit.store.overview.count_rules(run_id, unit) if unit else audits.count_by_rule(run_id),
    )
