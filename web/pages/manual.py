"""The form for what a program cannot enter: it makes the same record as a line of the imported table."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from domain.errors import UsageError
from domain.frozen import Frozen
from domain.run import Run, RunKind
from exports import links
from exports.language import Language
from intake.cell import Fault
from intake.hand_in import HandIn, record
from intake.manual_intake import NAME_MAX, read_form, require_name
from intake.pictures import BYTES_MAX, PICTURES_MAX
from intake.templates.observations import OBSERVATIONS
from web.form_upload import read_upload
from web.own_forms import require_own_form
from web.visit import Visit, Visiting

router = APIRouter()
BY = "by"


class Known(Frozen, extra="ignore"):
    """What a link to the form fills in beforehand."""

    unit: str = ""
    code: str = ""
    title: str = ""


@router.get("/runs/{run_id}/observations/new", response_class=HTMLResponse)
def show_form(visit: Visiting, run_id: str, known: Annotated[Known, Query()]) -> HTMLResponse:
    """The empty form, about the items of one run."""
    return draw(visit, find_run(visit, run_id), known.model_dump(), ())


@router.post("/runs/{run_id}/observations", dependencies=[Depends(require_own_form)])
async def take_observation(visit: Visiting, run_id: str, request: Request) -> Response:
    """Keep a filled-in form and show what was kept, or the form again with what does not fit."""
    fields, uploads = await read_upload(request)
    return await run_in_threadpool(keep_or_show, visit, run_id, fields, uploads)


def keep_or_show(visit: Visit, run_id: str, fields: Mapping[str, str], uploads: Mapping[str, bytes]) -> Response:
    """Record the observation, or draw the form anew with status 422."""
    about = find_run(visit, run_id)
    by, nameless = read_name(fields.get(BY, ""))
    made, pictures, misfits = read_form(visit.store, about, fields, uploads)
    if made is None or nameless:
        return draw(visit, about, fields, (*nameless, *misfits), status=422)
    hand_in = HandIn(
        by=by,
        source="form",
        about=about,
        records=(made.model_copy(update={"pictures": tuple(pictures)}),),
        pictures=pictures,
        tool_commit=visit.workbench.tool_commit,
    )
    _, (observation,) = record(visit.store, hand_in)
    return RedirectResponse(visit.link(links.observation_path(observation)), status_code=303)


def find_run(visit: Visit, run_id: str) -> Run:
    """Return the run that an observation is about; raise ``UsageError`` for one that is itself a hand-in."""
    run = visit.store.runs.get(run_id)
    if run.kind is RunKind.MANUAL:
        raise UsageError(f"run {run_id!r} holds manual observations itself; allowed: a night or a crawl")
    return run


def read_name(text: str) -> tuple[str, tuple[Fault, ...]]:
    """Read the evaluator's name."""
    try:
        return require_name(text), ()
    except UsageError:
        zh, en = f"必须填写，不超过 {NAME_MAX} 个字", f"must be filled in, at most {NAME_MAX} characters"
        fault = Fault(row=0, letter="", key=BY, heading_zh="记录人", heading_en="Recorded by", given="", zh=zh, en=en)
        return "", (fault,)


def draw(
    visit: Visit, run: Run, values: Mapping[str, str], faults: Iterable[Fault], *, status: int = 200
) -> HTMLResponse:
    """Draw the form with what was typed and what does not fit."""
    chinese = visit.language is Language.ZH
    said = [fault.say(chinese=chinese) for fault in faults]
    return visit.render(
        "manual.html",
        status=status,
        run=run,
        columns=OBSERVATIONS.columns,
        values={column.key: values.get(column.key, "") for column in OBSERVATIONS.columns} | {BY: values.get(BY, "")},
        chinese=chinese,
        faults=said,
        faulty={fault.key for fault in faults},
        name_max=NAME_MAX,
        pictures_max=PICTURES_MAX,
        megabytes=BYTES_MAX // 1024**2,
    )
