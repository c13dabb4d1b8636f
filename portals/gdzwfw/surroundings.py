"""Reads legal remedies, special procedures, intermediaries, results and ranges of an item (portals.md §1.5)."""

from collections.abc import Mapping

from domain.guide import Field, HandlingResult, Intermediary, RangeScope, Remedy, SpecialProcedure
from portals.attachments import read_links
from portals.fields import ABSENT, filled, raw_text, value_text
from portals.gdzwfw.answers import Json
from portals.gdzwfw.codes import RESULT_DOCUMENTS
from portals.limits import compose_limit
from portals.rows import Row, cell, read_rows

RECONSIDERATION = ("XZFYBM", "XZFYDZ", "XZFYDH")
LITIGATION = ("XZSSBM", "XZSSDZ", "XZSSDH")
INTERMEDIARY_NAMES = ("INTERMEDIARYSERVICES", "SERVICE_NAME", "NAME")
PRICES = ("FEE_STAND", "SFBZ", "SFYJ", "BY_LAW")
SPECIAL_NAMES = ("SPECIALNAME", "SPECIAL_NAME", "SPECIAL_TYPE_TEXT")


def shown(row: Row, *keys: str) -> str | None:
    """Return the first cell that is not blank; ``None`` when the row has none of the keys."""
    return cell(row, *keys) if any(key in row for key in keys) else None


def read_intermediaries(value: object) -> tuple[Intermediary, ...]:
    """Read ``ZHONGJIE_SERVICE``; the names of its price columns were not recorded, so that several are tried."""
    rows = (
        Intermediary(
            name=cell(row, *INTERMEDIARY_NAMES),
            catalogue_code=shown(row, "INTERMEDIARYSERVICESCODE", "SERVICE_CODE"),
            price=shown(row, *PRICES),
        )
        for row in read_rows(value)
    )
    return tuple(row for row in rows if row.name or row.catalogue_code or row.price)


def read_special_procedures(value: object) -> tuple[SpecialProcedure, ...]:
    """Read ``AUDIT_SPECIAL_TIME``; the portal gives one blank row for "none"."""
    rows = (SpecialProcedure(name=cell(row, *SPECIAL_NAMES), limit=read_special_limit(row)) for row in read_rows(value))
    return tuple(row for row in rows if row.name or row.limit)


def read_special_limit(row: Row) -> str | None:
    """Compose amount and unit of a special procedure."""
    amount = shown(row, "SX", "SHIXIAN")
    return None if amount is None else compose_limit(amount, cell(row, "SXDW_TEXT", "SXDW"))


def read_results(value: object, page_url: str) -> tuple[HandlingResult, ...]:
    """Read ``AUDIT_ITEM_RESULT``."""
    rows = (
        HandlingResult(
            name=cell(row, "NAME", "RESULT_NAME"),
            kind=cell(row, "RESULT_TYPE_TEXT", "RESULT_TYPE"),
            document=cell(row, "SUBJECT_RESULT_TYPE_TEXT", "SUBJECT_RESULT_TYPE", codes=RESULT_DOCUMENTS),
            samples=read_links(row["RESULT_SAMPLE"], page_url) if "RESULT_SAMPLE" in row else None,
        )
        for row in read_rows(value)
    )
    return tuple(row for row in rows if row.name or row.kind or row.samples)


def read_ranges(item: Json) -> tuple[RangeScope, ...] | None:
    """Read ``NEW_SCOPES`` or ``SCOPES``; ``None`` when the document has neither."""
    if "NEW_SCOPES" not in item and "SCOPES" not in item:
        return None
    key = "NEW_SCOPES" if item.get("NEW_SCOPES") else "SCOPES"
    rows = (
        RangeScope(range=cell(row, "SCOPERANGE_TEXT"), divisions=read_divisions(row))
        for row in read_rows(item.get(key))
    )
    return tuple(row for row in rows if row.range or row.divisions)


def read_divisions(row: Row) -> tuple[str, ...] | None:
    """Read the names of the divisions of one range."""
    if "DIVISIONS" not in row:
        return None
    names = (cell(division, "DIVISION_NAME") for division in read_rows(row["DIVISIONS"]))
    return tuple(name for name in names if name)


def read_remedy(extend: Json, keys: tuple[str, str, str]) -> Remedy | None:
    """Read department, address and telephone of a remedy; ``None`` when the document has none of the keys."""
    if not any(key in extend for key in keys):
        return None
    department, address, phone = (value_text(extend[key]) if key in extend else None for key in keys)
    return Remedy(department=department, address=address, phone=phone)


def describe_remedy(extend: Mapping[str, object], keys: tuple[str, str, str]) -> Field:
    """Build the field that stands for a remedy: its three parts in one line."""
    present = {key: extend[key] for key in keys if key in extend}
    if not present:
        return ABSENT
    return filled(raw_text(present), "，".join(text for text in map(value_text, present.values()) if text))
