"""Whether a run's instrument can be trusted: how much of each field it saw, and two documents side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from domain.crawl import GuideVisit
from domain.errors import UsageError, unknown
from domain.field_coverage import MATERIAL_PREFIX, FieldCoverage, part_title_en, part_title_zh
from domain.guide import Guide
from domain.guide_fields import FieldName, MaterialPart
from exports.language import Language
from storage.store import Store
from web.document_lines import LinePair, lay_side_by_side
from web.pages.guides import find_guide
from web.visit import Visiting

router = APIRouter()


@dataclass(frozen=True, kw_only=True)
class Side:
    """One run's look at the guide that serves as example."""

    run: str
    visit: GuideVisit | None
    value: str  # of the part, as read

    @property
    def document(self) -> str | None:
        return self.visit.document if self.visit else None


@router.get("/runs/{run_id}/health", response_class=HTMLResponse)
def show_health(visit: Visiting, run_id: str) -> HTMLResponse:
    """Every part of every portal, what vanished first."""
    run = visit.store.runs.get(run_id)
    parts = sorted(visit.store.coverage.of_run(run_id), key=lambda part: (not part.vanished, -part.lost, part.field))
    return visit.render(
        "health.html",
        run=run,
        coverage=parts,
        part_title=title_in(visit.language),
        reviews=visit.store.reviews.about(run_id),
    )


@router.get("/runs/{run_id}/health/{portal}/{field}", response_class=HTMLResponse)
def compare_documents(visit: Visiting, run_id: str, portal: str, field: str) -> HTMLResponse:
    """One guide that lost the part: its raw document then and now."""
    store, run = visit.store, visit.store.runs.get(run_id)
    part = find_part(store, run_id, portal, field)
    sides = [look(store, which, part) for which in (part.compared_with, run_id)]
    return visit.render(
        "health_comparison.html",
        run=run,
        part=part,
        part_title=title_in(visit.language),
        before=sides[0],
        now=sides[1],
        rows=lines_of(store, sides),
        same=sides[0].document == sides[1].document,
    )


def find_part(store: Store, run: str, portal: str, field: str) -> FieldCoverage:
    """Return the figures of one part; raise ``UsageError`` where there are none or nothing to compare with."""
    parts = {part.field: part for part in store.coverage.of_run(run, portal)}
    if field not in parts:
        raise unknown("field", field, parts)
    if not parts[field].compared_with or not parts[field].blank_example:
        raise UsageError(f"run {run!r} has no guide of portal {portal!r} to be compared in the field {field!r}")
    return parts[field]


def look(store: Store, run: str, part: FieldCoverage) -> Side:
    """Return what a run saw of the example."""
    seen = store.overview.visit(run, part.portal, part.blank_example)
    guide = find_guide(store, seen, store.runs.get(run).finished_at) if seen else None
    return Side(run=run, visit=seen, value=read_part(guide, part.field) if guide else "")


def read_part(guide: Guide, field: str) -> str:
    """Return the text of a part as the portal gave it."""
    if field.startswith(MATERIAL_PREFIX):
        part = MaterialPart(field.removeprefix(MATERIAL_PREFIX))
        values = (getattr(material, part.value) for material in guide.materials or ())
        return next((value for value in values if isinstance(value, str) and value), "")
    return guide.field(FieldName(field)).raw or "" if field in set(FieldName) else ""


def lines_of(store: Store, sides: Sequence[Side]) -> tuple[LinePair, ...]:
    """Lay the two documents side by side; one that is not kept counts as empty."""
    documents = [
        store.evidence.get(side.document) if side.document and store.evidence.path(side.document) else b""
        for side in sides
    ]
    return lay_side_by_side(documents[0], documents[1], sides[0].value)


def title_in(language: Language) -> Callable[[str], str]:
    """Return the function that names a part in the visitor's language."""
    return part_title_zh if language is Language.ZH else part_title_en
