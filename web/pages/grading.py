"""The queue of answers that a person should grade, each with its picture; a grade is kept beside the program's."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import UsageError
from domain.frozen import Frozen
from domain.row_grade import GRADES
from exports import links
from exports.rater_agreement import measure_agreement
from storage.row_review import give_grade, list_queue, pair_grades
from web.own_forms import require_own_form
from web.paging import turn_to
from web.visit import Visiting

router = APIRouter()


class Wanted(Frozen, extra="ignore"):
    """What the evaluator looks at; ``graded`` shows what is done already."""

    probe: str = ""
    graded: bool = False
    reviewer: str = ""
    page: int = 1


class Given(Frozen, extra="ignore"):
    """One filled form."""

    observation: str
    row: int
    row_hash: str
    reviewer: str
    grade: float
    why: str = ""
    probe: str = ""
    lang: str = "zh"


@router.get("/runs/{run_id}/grading", response_class=HTMLResponse)
def show_queue(visit: Visiting, run_id: str, wanted: Annotated[Wanted, Query()]) -> HTMLResponse:
    """One page of the queue; the program's grade stays hidden until a person has given one, or κ would mean nothing."""
    run = visit.store.runs.get(run_id)
    queue = tuple(list_queue(visit.store, run_id))
    matching = [one for one in queue if bool(one.grades) is wanted.graded]
    matching = [one for one in matching if wanted.probe in ("", one.observation.probe_id)]
    place = turn_to(wanted.page, len(matching))
    return visit.render(
        "grading.html",
        run=run,
        wanted=wanted,
        waiting=sum(not one.grades for one in queue),
        done=sum(bool(one.grades) for one in queue),
        probes=sorted({one.observation.probe_id for one in queue}),
        agreement=measure_agreement(pair_grades(queue)),
        grades=sorted(GRADES, reverse=True),
        page=place,
        rows=matching[place.offset : place.offset + place.rows],
    )


@router.post("/runs/{run_id}/grading", dependencies=[Depends(require_own_form)])
def take_grade(visit: Visiting, run_id: str, given: Annotated[Given, Form()]) -> RedirectResponse:
    """Keep one grade and go back to the queue."""
    if not given.observation.startswith(f"{run_id}/"):
        raise UsageError(f"unknown observation {given.observation!r}; allowed: one of run {run_id!r}")
    give_grade(
        visit.store,
        given.observation,
        given.row,
        reviewer=given.reviewer,
        grade=given.grade,
        why=given.why,
        row_hash=given.row_hash,
    )
    asked = {"reviewer": given.reviewer, "probe": given.probe, "lang": "" if given.lang == "zh" else given.lang}
    query = urlencode({name: value for name, value in asked.items() if value})
    return RedirectResponse(f"{links.grading_path(run_id)}?{query}", status_code=303)
