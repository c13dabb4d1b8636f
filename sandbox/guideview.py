"""The legacy guide page's reading of a detail document, driven by the same label table as the client-rendered page."""

import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson

ASSETS = Path(__file__).parent / "assets"
BLANK = "无"


@cache
def load_labels() -> dict[str, Any]:
    """Load the label table: sections, their parts, and where each value lies in the detail document."""
    labels: dict[str, Any] = orjson.loads((ASSETS / "guide_labels.json").read_bytes())
    return labels


def pick(value: object, path: str) -> object:
    """Walk ``A.B`` or ``A[].B``; a list where an object is expected stands for its first element."""
    head, _, rest = path.partition(".")
    if isinstance(value, list):
        value = value[0] if value else None
    found = value.get(head.removesuffix("[]")) if isinstance(value, Mapping) else None
    if not rest:
        return found
    if head.endswith("[]") and isinstance(found, list):
        return [pick(entry, rest) for entry in found]
    return pick(found, rest)


def show(value: object) -> str:
    """Write a value as the page prints it; blanks stay blank."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(show(entry) for entry in value if show(entry))
    if isinstance(value, Mapping):
        return show(value.get("ATTACHNAME", ""))
    return str(value)


def read_first(document: object, paths: Sequence[str]) -> str:
    """Give the first value among several places that is not blank."""
    return next((text for path in paths if (text := show(pick(document, path)).strip())), "")


def read_rows(document: object, paths: str) -> list[Any]:
    """Give the list at the first place (places are parted by ``|``) that holds something."""
    for path in paths.split("|"):
        value = pick(document, path)
        if isinstance(value, list) and value:
            return value
        if isinstance(value, Mapping):
            return [value]
    return []


def read_pair(detail: object, row: Mapping[str, Any], variant: int) -> dict[str, Any]:
    """Give one label with its text; `variant` chooses among the labels that older templates used."""
    codes = load_labels()["codes"]
    text = read_first(detail, row["paths"])
    if row.get("flag"):
        text = codes["flag"].get(text, text)
    text = codes.get(row.get("codes", ""), {}).get(text, text)
    unit = read_first(detail, row.get("units", []))
    if text and unit:
        text = f"{text}({codes['unit'].get(unit, unit)})"
    older = row.get("older", [row["label"]])
    return {"label": older[variant % len(older)], "text": text or BLANK, "link": bool(row.get("link"))}


def read_cells(entry: object, columns: Sequence[Sequence[str]]) -> list[str]:
    """Give one table row as texts."""
    codes = load_labels()["codes"]
    cells = []
    for column in columns:
        text = read_first(entry, column[1].split("|"))
        cells.append(codes.get(column[2] if len(column) > 2 else "", {}).get(text, text) or BLANK)
    return cells


def list_files(entry: object, *names: str) -> list[Mapping[str, Any]]:
    """Give the attachments of a material or a flow: dicts with FILEPATH, ATTACHNAME, ATTACHGUID."""
    return [file for name in names for file in read_rows(entry, name) if isinstance(file, Mapping)]


def read_part(detail: object, part: Mapping[str, Any], variant: int) -> dict[str, Any]:
    """Give one part of a section, ready for the template."""
    kind, view = part["kind"], {"kind": part["kind"], "title": part.get("title", "")}
    if kind in ("pairs", "contacts"):
        pairs = [read_pair(detail, row, variant) for row in part["rows"]]
        return view | {"pairs": pairs, "lines": [pairs[at : at + 2] for at in range(0, len(pairs), 2)]}
    if kind == "text":
        return view | {"paragraphs": read_first(detail, part["paths"]).splitlines() or [BLANK]}
    rows = read_rows(detail, part["rows"])
    if kind == "files":
        return view | {"files": [row for row in rows if isinstance(row, Mapping)]}
    if kind == "materials":
        return view | read_materials(rows)
    columns = part["columns"]
    names = [read_first(row, ["LAWNAME", "clause_name"]) or BLANK for row in rows]
    cells = [read_cells(row, columns) for row in rows]
    return view | {"header": [column[0] for column in columns], "rows": cells, "names": names}


def read_materials(rows: Sequence[object]) -> dict[str, Any]:
    """Give the materials table: texts and the two kinds of attachments of each row."""
    columns = load_labels()["material_columns"]
    return {
        "header": [column[0] for column in columns] + ["空白表格", "示例样表"],
        "rows": [
            {
                "cells": read_cells(row, columns),
                "forms": list_files(row, "FORM_GUID", "blank_att_list"),
                "samples": list_files(row, "EXAMPLE_GUID", "sample_att_list"),
            }
            for row in rows
        ],
    }


def read_guide(detail: Mapping[str, Any], task_code: str) -> dict[str, Any]:
    """Give the whole guide as sections for the legacy template; labels vary from item to item, never for one item."""
    variant = zlib.crc32(task_code.encode())
    labels = load_labels()
    sections = [
        {
            "title": section.get("older", section["title"]),
            "id": section.get("id", ""),
            "parts": [read_part(detail, part, variant) for part in section["parts"]],
        }
        for section in labels["sections"]
    ]
    return {
        "title": read_first(detail, labels["title"]),
        "department": read_first(detail, labels["department"]),
        "sections": sections,
    }


def read_actions(detail: Mapping[str, Any]) -> list[dict[str, str]]:
    """Give the buttons at the head of the guide; a service without an address has a button that leads nowhere."""
    asked = (
        ("在线办理", "AUDIT_ITEM.ONLINECHECK", "AUDIT_ITEM.TRANSACT_WEB_URL"),
        ("预约", "AUDIT_ITEM_EXTEND.IS_SCHEDULE", "AUDIT_ITEM_EXTEND.APPOINTMENT_URL"),
    )
    actions = []
    for text, flag, address in asked:
        if read_first(detail, [flag, f"{flag}_TEXT"]) in ("1", "是"):
            href = read_first(detail, [address])
            actions.append({"text": text, "href": href if href.startswith("http") else "javascript:;"})
    return actions


def read_material_names(detail: Mapping[str, Any]) -> list[str]:
    """Give the names of the materials an applicant has to hand in."""
    rows = read_rows(detail, "AUDIT_MATERIAL|submit_material_list")
    return [read_first(row, ["MATERIAL_NAME", "document_name"]) or "申请材料" for row in rows]
