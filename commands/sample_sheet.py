"""The check sheets of a drawn sample, body by body, with what the guides say beside every question."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from domain.sample import ASPECT_TITLES_ZH, QUESTIONS_ZH, Aspect, SampledItem
from domain.unit import all_units
from exports.harmless_text import clean
from intake.templates.checks import CHECKS
from intake.workbook_template import write_template
from scoring.sampling.settlement import Key

NAMES = {unit.id: unit.name for unit in all_units()}
DRAWN, TWICE, SPARE, WATCHED, AGAIN = "抽中", "抽中（两人核验）", "备用", "观察（不计分）", "复核（须另一天）"
Declared = Mapping[str, Mapping[Aspect, str]]


class Reader(StrEnum):
    """For whom a sheet is; the second observer has a sheet of their own, so that neither sees what the other found."""

    FIRST = "first"
    SECOND = "second"
    RECHECK = "recheck"  # mismatches that wait for a look on another day


def write_sheet(
    items: Iterable[SampledItem], declared: Declared, reader: Reader, waiting: Collection[Key] = ()
) -> bytes:
    """Return the workbook: one row per item and declaration that this reader looks at."""
    rows = (row for item in items for row in rows_of(item, declared.get(item.item_id, {}), reader, waiting))
    return write_template(CHECKS, rows=list(rows))


def rows_of(
    item: SampledItem, said: Mapping[Aspect, str], reader: Reader, waiting: Collection[Key]
) -> Iterator[dict[str, str]]:
    """Yield the rows of one item: its sample first, then where it stands in, then what is only watched."""
    for aspect, role in asked_of(item, reader, waiting):
        yield {
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


def asked_of(item: SampledItem, reader: Reader, waiting: Collection[Key]) -> Iterator[tuple[Aspect, str]]:
    """Yield what a reader answers about an item, and in which role."""
    if reader is Reader.RECHECK:
        yield from ((aspect, AGAIN) for aspect in item.asked if (item.unit, item.code, aspect) in waiting)
        return
    if reader is Reader.FIRST or item.second:
        yield from ((aspect, TWICE if item.second else DRAWN) for aspect in item.checks)
    if reader is Reader.FIRST:
        yield from ((aspect, SPARE) for aspect in item.spare)
        yield from ((aspect, WATCHED) for aspect in item.watched)
