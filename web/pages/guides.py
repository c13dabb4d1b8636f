"""One guide as it was read: every field beside what the portal printed, and what the rules say about it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from domain.crawl import GuideVisit
from domain.errors import UsageError
from domain.finding import Audit, Finding
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.outcome import OUTCOMES_BY_CODE, Outcome
from storage.store import Store
from web.term_marks import mark_fields
from web.visit import Visiting

router = APIRouter()


@router.get("/runs/{run_id}/guides/{portal}/{item_id:path}", response_class=HTMLResponse)
def show_guide(visit: Visiting, run_id: str, portal: str, item_id: str) -> HTMLResponse:
    """Fields, findings, raw document, live page; a guide that was not read says so."""
    store = visit.store
    run = store.runs.get(run_id)
    seen = store.overview.visit(run_id, portal, item_id)
    if seen is None:
        raise UsageError(f"run {run_id!r} visited no guide {item_id!r} on portal {portal!r}")
    findings = store.overview.findings(run_id, portal, item_id)
    guide = find_guide(store, seen)
    reading = store.readability.find(run_id, portal, item_id) if guide else None
    return visit.render(
        "guide.html",
        run=run,
        visit=seen,
        guide=guide,
        fields=[(name, guide.fields[name]) for name in FieldName if name in guide.fields] if guide else [],
        findings=findings,
        findings_by_field=by_field(findings),
        tally=tally_outcomes(store.overview.audit(run_id, portal, item_id)),
        reading=reading,
        marked=mark_fields(guide, reading) if guide and reading else [],
        raw_kept=seen.document is not None and store.evidence.path(seen.document) is not None,
    )


def find_guide(store: Store, seen: GuideVisit, read_until: datetime | None = None) -> Guide | None:
    """Return what was read on a visit, as it had been read by ``read_until``; ``None`` when nothing could be."""
    if seen.document is None:
        return None
    try:
        return store.guides.get(seen.portal, seen.item_id, seen.document, read_until=read_until)
    except UsageError:
        return None


def by_field(findings: Iterable[Finding]) -> Mapping[FieldName, list[Finding]]:
    """Sort findings to the fields that they speak of."""
    sorted_out: dict[FieldName, list[Finding]] = {}
    for finding in findings:
        sorted_out.setdefault(finding.field, []).append(finding)
    return sorted_out


def tally_outcomes(audit: Audit | None) -> Mapping[Outcome, int]:
    """Count the rules' outcomes on one guide; empty when it was not judged."""
    if audit is None:
        return {}
    return {outcome: audit.outcomes.count(code) for code, outcome in OUTCOMES_BY_CODE.items() if code in audit.outcomes}
