"""A run's reports to take away: the same files that ``yuece report`` writes, behind the same gates."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from domain.unit import find_unit
from exports.report.run_facts import Setting
from exports.report.written_report import write_reports
from web.visit import Visiting

router = APIRouter()
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("/runs/{run_id}/report")
def take_report(
    visit: Visiting, run_id: str, unit: Annotated[str, Query(max_length=100)] = "", format: str = "html"
) -> Response:
    """The report of one body, or of all, as a download; a PDF needs the command, since only probes have a browser."""
    store = visit.store
    setting = Setting(
        language=visit.language,
        rule_titles=visit.workbench.rule_titles,
        workbench_url=str(visit.request.base_url),
    )
    with tempfile.TemporaryDirectory(prefix="yuece-report-") as folder:
        (path,) = write_reports(
            store,
            store.runs.get(run_id),
            format=format,
            out=Path(folder),
            setting=setting,
            units=[find_unit(unit)] if unit else [],
        )
        named = {"Content-Disposition": f'attachment; filename="{path.name}"'}
        return Response(path.read_bytes(), media_type=MEDIA_TYPES[format], headers=named)
