"""Reads ``AUDIT_MATERIAL``: what an applicant has to hand in, and which parts of that the portal shows at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.guide import Material
from portals.attachments import read_links
from portals.fields import value_text
from portals.gdzwfw.codes import MATERIAL_KINDS, MEDIA, NECESSITIES, SOURCES, YES_NO
from portals.rows import Row, cell, read_rows


@dataclass(frozen=True, kw_only=True)
class Part:
    """Where one text part of a material lies."""

    keys: tuple[str, ...]
    codes: Mapping[str, str] | None = None


TEXT_PARTS: dict[str, Part] = {
    "kind": Part(keys=("MATERIAL_TYPE_TEXT", "MATERIAL_TYPE"), codes=MATERIAL_KINDS),
    "necessity": Part(keys=("IS_NEED_TEXT", "IS_NEED"), codes=NECESSITIES),
    "source": Part(keys=("SOURCE_TYPE_TEXT", "SOURCE_TYPE"), codes=SOURCES),
    "source_note": Part(keys=("SOURCE_EXPLAIN",)),
    "originals": Part(keys=("PAGE_NUM",)),
    "copies": Part(keys=("PAGE_COPYNUM",)),
    "medium": Part(keys=("ZZHDZB_TEXT", "ZZHDZB"), codes=MEDIA),
    "paper_format": Part(keys=("PAGE_FORMAT",)),
    "exempt": Part(keys=("SUBMISSIONREQUIRED_TEXT", "SUBMISSIONREQUIRED"), codes=YES_NO),
    "licence": Part(keys=("ISRELATELICENSE_TEXT", "ISRELATELICENSE"), codes=YES_NO),
}
FILE_PARTS: dict[str, str] = {"forms": "FORM_GUID", "samples": "EXAMPLE_GUID"}


def read_materials(value: object, page_url: str) -> tuple[Material, ...]:
    """Read the table; a part that no row of this document has is ``None``: not shown, which is never a fault."""
    rows = [row for row in read_rows(value) if any(value_text(row.get(key)) for key in ("MATERIAL_NAME", *MARKS))]
    shown = frozenset(key for row in rows for key in row)
    return tuple(read_material(row, shown, page_url) for row in rows)


MARKS = ("MATERIAL_TYPE", "IS_NEED", "SOURCE_TYPE", "ZZHDZB", "PAGE_NUM")
"""A row with one of these is a material even if its name is missing."""


def read_material(row: Row, shown: frozenset[str], page_url: str) -> Material:
    """Read one row; ``shown`` are the keys that any row of the document has."""
    texts = {
        name: cell(row, *part.keys, codes=part.codes) if shown.intersection(part.keys) else None
        for name, part in TEXT_PARTS.items()
    }
    files = {name: read_links(row.get(key), page_url) if key in shown else None for name, key in FILE_PARTS.items()}
    return Material(name=cell(row, "MATERIAL_NAME"), **texts, **files)
