"""One body within a run: what it was given points for, what failed, and what the probes saw."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from domain.unit import find_unit
from web.pages.runs import measure_extent
from web.visit import Visiting

router = APIRouter()
FIRST_FINDINGS = 20


@router.get("/runs/{run_id}/units/{unit_id}", response_class=HTMLResponse)
def show_unit(visit: Visiting, run_id: str, unit_id: str) -> HTMLResponse:
    """Scores with their figures, findings by rule, observations."""
    store = visit.store
    run = store.runs.get(run_id)
    unit = find_unit(unit_id)
    by_rule = store.overview.count_rules(run.id, unit.id)
    findings = list(store.audits.findings(run.id, unit=unit.id, limit=FIRST_FINDINGS))
    observations = list(store.observations.of_run(run.id, unit=unit.id))
    return visit.render(
        "unit.html",
        run=run,
        unit=unit,
        total=next((total for total in store.scores.totals(run.id) if total.unit == unit.id), None),
        scores=list(store.scores.of_run(run.id, unit=unit.id)),
        by_rule=sorted(by_rule.items(), key=lambda pair: (-pair[1], pair[0])),
        findings=findings,
        findings_total=sum(by_rule.values()),
        observations=observations,
        titles=store.overview.titles(run.id, [*findings, *observations]),
        extent=measure_extent(store.crawls.listings(run.id), store.overview.count_visits(run.id), unit=unit.id),
    )
