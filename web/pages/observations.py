"""A probe replayed: what it did step by step, what it saw, and what it was kept from doing."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from domain.frozen import Frozen
from domain.observation import Observation
from domain.outcome import Outcome
from domain.unit import all_units
from storage.member_check import read_members
from web.paging import turn_to
from web.trace_viewer import viewer_address
from web.visit import Visiting

router = APIRouter()


class Wanted(Frozen, extra="ignore"):
    """What the visitor filters by; ``""`` means all."""

    unit: str = ""
    probe: str = ""
    outcome: Outcome | Literal[""] = ""
    page: int = 1


@router.get("/runs/{run_id}/observations", response_class=HTMLResponse)
def list_observations(visit: Visiting, run_id: str, wanted: Annotated[Wanted, Query()]) -> HTMLResponse:
    """One page of a run's observations."""
    run = visit.store.runs.get(run_id)
    counts = visit.store.overview.count_observations(run_id)
    rows = visit.store.observations.of_run(run_id, unit=wanted.unit or None, probe=wanted.probe or None)
    matching = [row for row in rows if wanted.outcome in ("", row.outcome)]
    place = turn_to(wanted.page, len(matching))
    shown = matching[place.offset : place.offset + place.rows]
    return visit.render(
        "observations.html",
        run=run,
        wanted=wanted,
        outcomes=list(Outcome),
        units=[one for one in all_units() if one.id in run.units],
        probes=sorted({name for _, _, name, _ in counts}),
        page=place,
        observations=shown,
        titles=visit.store.overview.titles(run_id, shown),
    )


@router.get("/runs/{run_id}/observations/{portal}/{probe_id}/{item_id:path}", response_class=HTMLResponse)
def show_observation(visit: Visiting, run_id: str, portal: str, probe_id: str, item_id: str) -> HTMLResponse:
    """Outcome, steps with pictures, measures, refusals, trace."""
    run = visit.store.runs.get(run_id)
    observation = visit.store.observations.get(f"{run_id}/{portal}/{probe_id}/{item_id}")
    guide_visit = visit.store.overview.visit(run_id, portal, item_id)
    members = read_members(visit.store, observation)
    return visit.render(
        "observation.html",
        members=members,
        gone=frozenset(one.sha256 for one in members if visit.store.evidence.path(one.sha256) is None),
        run=run,
        observation=observation,
        duration_s=(observation.finished_at - observation.started_at).total_seconds(),
        longest_ms=longest_step_ms(observation),
        guide_visit=guide_visit,
        viewer=viewer_address(observation.trace) if observation.trace and visit.workbench.has_viewer else "",
        reviews=visit.store.reviews.about(observation.id),
    )


def longest_step_ms(observation: Observation) -> int:
    """Length of the longest step, the scale of the timeline; at least 1."""
    return max((step.duration_ms for step in observation.steps), default=1) or 1
