"""Serves captured records of real guides: turns each line of a capture into a list record and a detail document.

Only fields that the capture holds are written, under the names of the portal's API (portals.md §1.4, §1.5).
Tables that the capture lacks are absent, so that nobody mistakes our silence for the portal's.
"""

import json
import re
from pathlib import Path

from sandbox.corpus.captured_record import Captured, read_record
from sandbox.corpus.randomness import hexadecimal
from sandbox.model import Body, Corpus, Item, Json, Origins

LIMIT = re.compile(r"\s*(\d+)\s*[(（](工作日|自然日)[)）]\s*")
JOINT = "；"
UNITS = {"工作日": "G", "自然日": "Z"}
LIST_KEYS = (
    "TASK_CODE",
    "ORGCODE",
    "TASK_TYPE",
    "TASK_TYPE_TEXT",
    "LIMIT_SCENE_NUM",
    "TASK_STATE",
    "CATANAME",
    "CATAID",
    "parentCatalogId",
    "parentCatalogName",
    "subCatalogName",
    "subTaskName",
    "TASK_NAME",
    "DEPT_NAME",
    "AREA_CODE_TEXT",
    "AREACODE",
    "URL",
    "ONLINECHECK",
    "TASK_TAG",
)
"""Keys of an AUDIT_ITEMLIST element; the capture holds them under the same names."""


def split_limit(text: str) -> tuple[str, str]:
    """Split ``70(工作日)`` into ("70", "工作日"); any other text survives as it is, without a unit."""
    found = LIMIT.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def make_legal(text: str) -> Json:
    """Write 法定办结时限; the capture calls it ``handle_time``."""
    days, unit = split_limit(text)
    units = {"ANTICIPATE_TYPE": UNITS[unit], "ANTICIPATE_TYPE_TEXT": unit} if unit else {}
    return {"ANTICIPATE_DAY": days, **units}


def make_promise(text: str) -> Json:
    """Write 承诺办结时限; the capture calls it ``handle_time_limit``."""
    days, unit = split_limit(text)
    units = {"PROMISE_TYPE": UNITS[unit], "PROMISE_TYPE_TEXT": unit} if unit else {}
    return {"PROMISE_DAY": days, **units}


def make_item_table(record: Captured, item_id: str) -> Json:
    """Write AUDIT_ITEM."""
    code = record.text("TASK_CODE")
    return {
        "ITEM_ID": item_id,
        "TASK_NAME": record.text("TASK_NAME"),
        "CATANAME": record.text("CATANAME"),
        "TASK_CODE": code,
        **({"YW_CODE": code} if len(code) == 33 else {}),
        "CATALOG_CODE": record.text("CATAID"),
        "TASK_TYPE": record.text("TASK_TYPE"),
        "TASK_TYPE_TEXT": record.text("TASK_TYPE_TEXT"),
        "DEPT_CODE": record.text("ORGCODE"),
        "DEPT_NAME": record.text("DEPT_NAME"),
        "AREACODE": record.text("AREACODE"),
        "AREA_CODE_TEXT": record.text("AREA_CODE_TEXT"),
        "USE_LEVEL_TEXT": record.text("matter_level"),
        **make_legal(record.text("handle_time")),
        **make_promise(record.text("handle_time_limit")),
        "ACCEPT_CONDITION": record.text("accept_standard"),
        "SERVE_TYPE_TEXT": JOINT.join(record.texts("service_object_name")),
        "LINK_TEL": record.text("consult_phone"),
        "TSTEL": record.text("complain_phone"),
        "ONLINECHECK": record.text("ONLINECHECK"),
        "ONLINECHECK_TEXT": record.text("online_book"),
        "TRANSACT_WEB_URL": record.value("URL"),
    }


def make_extend_table(record: Captured) -> Json:
    """Write AUDIT_ITEM_EXTEND."""
    return {
        "LIMIT_SCENE_NUM": record.text("visit_number"),
        "IS_EXPRESS_TEXT": record.text("courier_service"),
        "THEME_NATURAL_TYPE_TEXT": JOINT.join(record.texts("theme_category")),
        "COMMONEXPRESSION": record.text("matter_daily"),
        "XTMC": record.text("bear_paltform"),
        "APPOINTMENT_URL": record.text("online_book_addr"),
    }


def make_other_departments(record: Captured) -> Json:
    """Write AUDIT_OTHER_DEPT (联办机构) unless the capture says that there are none."""
    named = record.text("co_department")
    return {} if named in ("", "无") else {"AUDIT_OTHER_DEPT": [{"OTHERDEPTNAME": named}]}


def make_document(record: Captured, item_id: str) -> Json:
    """Write the detail document of one captured guide."""
    return {
        "AUDIT_ITEM": make_item_table(record, item_id),
        "AUDIT_ITEM_EXTEND": make_extend_table(record),
        "AUDIT_MATERIAL": [{"MATERIAL_NAME": name} for name in record.texts("material_intro")],
        "AUDIT_CATALOG_LOBBY": [{"ADDRESS": record.text("handle_location")}],
        **make_other_departments(record),
    }


def make_item(record: Captured, body: str) -> Item:
    """Turn one captured record into what the servers serve; its id follows from its code."""
    code = record.text("TASK_CODE")
    item_id = hexadecimal("captured", code)
    everyday = record.text("matter_daily")
    return Item(
        item_id=item_id,
        task_code=code,
        name=record.text("TASK_NAME"),
        body=body,
        area_code=record.text("AREACODE"),
        dept_code=record.text("ORGCODE"),
        list_record={"ITEM_ID": item_id, **{key: record.value(key) for key in LIST_KEYS}},
        detail=make_document(record, item_id),
        everyday_name=None if everyday in ("", "无") else everyday,
    )


def make_body(position: int, record: Captured) -> Body:
    """Turn the department of a record into a body; no county is in such a capture."""
    name = record.text("DEPT_NAME")
    return Body(
        key=f"captured-{position:03d}",
        notice_name=name,
        portal_name=name,
        area_code=record.text("AREACODE"),
        org_code=record.text("ORGCODE"),
        uscc=record.text("TASK_CODE")[:18],
    )


def read_lines(path: Path) -> list[Captured]:
    """Read every record of a capture; the first one that does not fit raises ``CorpusError``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [read_record(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def load_captured(path: Path, *, origins: Origins) -> Corpus:
    """Load a capture (JSON lines, as ``gd_guides_2021.jsonl``) as a corpus: one body for each department and region.

    The addresses in the records stay as captured, so ``origins`` only tells the truth document where it is served.
    Raises ``CorpusError`` naming file and line when a record does not fit; nothing is half-loaded.
    """
    records = read_lines(path)
    bodies: dict[tuple[str, str, str], Body] = {}
    for record in records:
        bodies.setdefault(record.department, make_body(len(bodies) + 1, record))
    items = tuple(make_item(record, bodies[record.department].key) for record in records)
    truth = {
        "source": path.name,
        "size": len(items),
        "served_at": origins.www,
        "bodies": [
            {"key": body.key, "portal_name": body.portal_name, "area_code": body.area_code} for body in bodies.values()
        ],
        "guides": [
            {"item_id": item.item_id, "task_code": item.task_code, "name": item.name, "body": item.body}
            for item in items
        ],
    }
    return Corpus(
        seed=0, bodies=tuple(bodies.values()), items=items, attachments={}, truth=json.loads(json.dumps(truth))
    )
