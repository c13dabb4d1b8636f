"""Reads an item's detail document into a ``Guide`` (portals.md §1.5, §5)."""

from collections.abc import Iterable
from typing import Any

from domain.guide import Field, Guide
from domain.guide_fields import FieldName as F
from portals.documents import DocumentContext
from portals.fields import ABSENT, JOINT, filled, make_field, raw_text
from portals.gdzwfw.answers import Json, first_object
from portals.gdzwfw.item_fields import read_fields, read_limits
from portals.gdzwfw.item_tables import read_charges, read_laws, read_questions, read_steps, read_windows
from portals.gdzwfw.materials import read_materials
from portals.gdzwfw.surroundings import (
    INTERMEDIARY_NAMES,
    LITIGATION,
    RECONSIDERATION,
    SPECIAL_NAMES,
    describe_remedy,
    read_intermediaries,
    read_ranges,
    read_remedy,
    read_results,
    read_special_procedures,
)
from portals.rows import cell, read_rows, summarise

LOBBY = "AUDIT_CATALOG_LOBBY"


def parse_item(document: Json, context: DocumentContext, parser: str) -> Guide:
    """Build the guide of one item; ``context.code`` is the code it is listed under and stays its subject."""
    item = first_object(document["AUDIT_ITEM"])
    extend = first_object(document.get("AUDIT_ITEM_EXTEND"))
    fields = read_fields({"AUDIT_ITEM": item, "AUDIT_ITEM_EXTEND": extend})
    tables = read_tables(document, item, context.url)
    named = fields | read_limits(item) | describe_tables(document, item, tables) | describe_remedies(extend)
    if not named[F.RANGE].value:
        named[F.RANGE] = read_range(item) or named[F.RANGE]
    return Guide(
        portal="gdzwfw",
        unit=context.unit,
        item_id=context.item_id,
        code=context.code or choose_code(named[F.HANDLING_CODE].value, named[F.TASK_CODE].value),
        title=named[F.NAME].value,
        listed_title=context.listed_title,
        url=context.url,
        document=context.document,
        captured_at=context.captured_at,
        parser=parser,
        area_code=cell(item, "AREACODE", "AREA_CODE") or None,
        fields=named,
        reconsideration=read_remedy(extend, RECONSIDERATION),
        litigation=read_remedy(extend, LITIGATION),
        **tables,
    )


def choose_code(handling: str, task: str) -> str:
    """Prefer 业务办理项编码 where it is one: 实施编码 and two more characters (portals.md §3.2)."""
    return handling if len(handling) == 33 and handling.startswith(task) else task


def read_tables(document: Json, item: Json, page_url: str) -> dict[str, Any]:
    """Read every detail table; the portal's schema has them all, so a missing one is an empty one."""
    return {
        "materials": read_materials(document.get("AUDIT_MATERIAL"), page_url),
        "laws": read_laws(item.get("LAW")),
        "windows": read_windows(document.get(LOBBY)),
        "steps": read_steps(document.get("AUDIT_ITEM_FLOWSHEET")),
        "charges": read_charges(document.get("AUDIT_CHARGE")),
        "questions": read_questions(document.get("AUDIT_QA")),
        "intermediaries": read_intermediaries(document.get("ZHONGJIE_SERVICE")),
        "special_procedures": read_special_procedures(document.get("AUDIT_SPECIAL_TIME")),
        "results": read_results(document.get("AUDIT_ITEM_RESULT"), page_url),
        "ranges": read_ranges(item),
    }


def describe_remedies(extend: Json) -> dict[F, Field]:
    """Build the fields that stand for 法律救济."""
    return {
        F.RECONSIDERATION: describe_remedy(extend, RECONSIDERATION),
        F.LITIGATION: describe_remedy(extend, LITIGATION),
    }


def describe_tables(document: Json, item: Json, tables: dict[str, Any]) -> dict[F, Field]:
    """Build the fields that stand for tables."""
    charges = (charge.name or charge.standard for charge in tables["charges"])
    return {
        F.MATERIALS: summarise(document, "AUDIT_MATERIAL", (row.name or "（无名称）" for row in tables["materials"])),
        F.LEGAL_BASIS: summarise(item, "LAW", (law.name or law.content[:40] for law in tables["laws"])),
        F.PLACE: join_column(document, LOBBY, F.PLACE, "ADDRESS"),
        F.HOURS: join_column(document, LOBBY, F.HOURS, "TIME"),
        F.FLOW_STEPS: summarise(document, "AUDIT_ITEM_FLOWSHEET", (step.name for step in tables["steps"])),
        F.CHARGES: summarise(document, "AUDIT_CHARGE", charges),
        F.QUESTIONS: summarise(document, "AUDIT_QA", (row.question for row in tables["questions"])),
        F.RESULTS: name_rows(document, "AUDIT_ITEM_RESULT", "NAME", "RESULT_TYPE_TEXT", "RESULT_TYPE"),
        F.INTERMEDIARY: name_rows(document, "ZHONGJIE_SERVICE", *INTERMEDIARY_NAMES),
        F.SPECIAL_PROCEDURE: name_rows(document, "AUDIT_SPECIAL_TIME", *SPECIAL_NAMES),
    }


def name_rows(document: Json, key: str, *columns: str) -> Field:
    """Describe a table by the names in its rows; the portal gives blank rows for "none"."""
    return summarise(document, key, (cell(row, *columns) for row in read_rows(document.get(key))))


def join_column(document: Json, key: str, name: F, column: str) -> Field:
    """Join one column of the windows, each value once and without the label that some print in front.

    Rows of which none has the column show nothing about it: that is an absent key, not a blank one.
    """
    rows = read_rows(document.get(key))
    if key not in document or (rows and not any(column in row for row in rows)):
        return ABSENT
    raw = [row.get(column) for row in rows]
    values = unique(make_field(name, value).value for value in raw)
    return filled(
        raw[0] if len(raw) == 1 and isinstance(raw[0], str) else raw_text(raw or document[key]), JOINT.join(values)
    )


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Keep the first of equal values, without blanks."""
    return tuple(dict.fromkeys(value for value in values if value))


def read_range(item: Json) -> Field | None:
    """Read 通办范围 out of the scopes where no text gives it."""
    key = "NEW_SCOPES" if item.get("NEW_SCOPES") else "SCOPES"
    names = unique(cell(row, "SCOPERANGE_TEXT") for row in read_rows(item.get(key)))
    return filled(raw_text(list(names)), "、".join(names)) if names else None
