"""The check sheet of a drawn sample, body by body, with what the guides say beside every question."""

from collections.abc import Iterable, Iterator, Mapping

from domain.sample import ASPECT_TITLES_ZH, QUESTIONS_ZH, Aspect, SampledItem
from domain.unit import all_units
from exports.harmless_text import clean
from intake.templates.checks import CHECKS
from intake.workbook_template import write_template

NAMES = {unit.id: unit.name for unit in all_units()}
DRAWN, TWICE, SPARE, WATCHED = "抽中", "抽中（两人核验）", "备用", "观察（不计分）"
Declared = Mapping[str, Mapping[Aspect, str]]


def write_sheet(items: Iterable[SampledItem], declared: Declared) -> bytes:
    """Return the workbook: one row per item and declaration, two where a second observer looks as well."""
    return write_template(CHECKS, rows=[row for item in items for row in rows_of(item, declared)])


def rows_of(item: SampledItem, declared: Declared) -> Iterator[dict[str, str]]:
    """Yield the rows of one item: its sample first, then where it stands in, then what is only watched."""
    said = declared.get(item.item_id, {})
    parts = ((item.checks, TWICE if item.second else DRAWN), (item.spare, SPARE), (item.watched, WATCHED))
    for aspects, role in parts:
        for aspect in aspects:
            row = {
                "sample": item.commitment,
                "unit": NAMES.get(item.unit, item.unit),
                "code": item.code,
                "title": clean(item.title),
                "url": item.url,
                "role": role,
                "aspect": ASPECT_TITLES_ZH[aspect],
                "question": QUESTIONS_ZH[aspect],
                "declared": clean(said.get(aspect, "")),
            }
            yield from (row, row) if role == TWICE else (row,)
