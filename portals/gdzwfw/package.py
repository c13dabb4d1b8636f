"""Reads a 一件事/套餐 document, which has its own lower-case schema, into the same ``Guide`` (portals.md §1.5)."""

from domain.guide import Field, Guide, Law, Material, Window
from domain.guide_fields import FieldName as F
from portals.attachments import read_links
from portals.documents import DocumentContext
from portals.fields import ABSENT, filled, make_field, raw_text, value_text
from portals.gdzwfw.answers import Json
from portals.gdzwfw.item_tables import read_date, read_questions
from portals.limits import compose_limit
from portals.rows import Row, cell, read_rows, summarise

KEYS: dict[F, tuple[str, ...]] = {
    F.NAME: ("catalog_name", "special_item_name"),
    F.DEPARTMENT: ("impl_org_name",),
    F.HANDLING_FORM: ("application_channel_text",),
    F.ONLINE_DEPTH: ("online_apply_depth_text",),
    F.ENQUIRY_PHONE: ("consult_phone",),
    F.COMPLAINT_PHONE: ("complaint_phone",),
}
OTHER_KEYS: dict[F, tuple[str, ...]] = {F.TASK_CODE: ("task_code",), F.CONDITION: ("accept_condition",)}
"""Keys beside the recorded ones; a document without them shows nothing about the field."""

CLAUSE_NAMES = ("clause_name", "law_name", "LAWNAME")
CLAUSE_NUMBERS = ("clause_number", "ACCORDINGNUMBER")
CLAUSE_CONTENTS = ("clause_content", "TERMSCONTENT")
LIMITS: dict[F, tuple[str, str]] = {
    F.PROMISE_LIMIT: ("promise_time", "promise_time_unit_text"),
    F.LEGAL_LIMIT: ("legal_time", "legal_time_unit_text"),
}
PUBLIC_ADDRESS = ("waiwang_url", "neiwang_url")  # an intranet address that is shown is kept: it is a defect to be seen


def parse_package(document: Json, context: DocumentContext, parser: str) -> Guide:
    """Build the guide; fields that this schema never carries are not in ``fields`` and thus unseen.

    Windows are recorded with addresses only and clauses with unknown columns: where a document does not carry hours or
    numbers, windows and laws are not shown, and the fields 办理地点 and 设定依据 say what there is.
    """
    windows, laws = read_windows(document.get("window_list")), read_clauses(document.get("clause_list"))
    shows_hours = carries(document.get("window_list"), "time")
    materials = tuple(read_material(row, context.url) for row in read_rows(document.get("submit_material_list")))
    questions = read_questions(document.get("question_list"))
    samples = read_links(document.get("result_sample_list"), context.url, address=PUBLIC_ADDRESS, name="att_name")
    fields = {name: read_keys(document, name, keys) for name, keys in KEYS.items()}
    fields |= {name: read_limit(document, *keys) for name, keys in LIMITS.items()}
    fields |= {
        name: read_keys(document, name, keys) for name, keys in OTHER_KEYS.items() if set(keys) & document.keys()
    }
    if shows_hours:
        fields[F.HOURS] = summarise(document, "window_list", dict.fromkeys(window.hours for window in windows))
    fields |= {
        F.PLACE: summarise(document, "window_list", dict.fromkeys(window.address for window in windows)),
        F.MATERIALS: summarise(document, "submit_material_list", (material.name for material in materials)),
        F.LEGAL_BASIS: summarise(document, "clause_list", (law.name or law.content[:40] for law in laws)),
        F.QUESTIONS: summarise(document, "question_list", (row.question for row in questions)),
        F.RESULTS: summarise(document, "result_sample_list", (sample.name or sample.url for sample in samples)),
    }
    return Guide(
        portal="gdzwfw",
        unit=context.unit,
        item_id=context.item_id,
        code=context.code or cell(document, "task_code") or context.item_id,
        title=fields[F.NAME].value,
        listed_title=context.listed_title,
        url=context.url,
        document=context.document,
        captured_at=context.captured_at,
        parser=parser,
        kind="package",
        area_code=cell(document, "area_code", "areacode") or None,
        fields=fields,
        materials=materials,
        laws=laws if carries(document.get("clause_list"), *CLAUSE_NUMBERS) or not laws else None,
        windows=windows if shows_hours or not windows else None,
        questions=questions,
    )


def carries(value: object, *keys: str) -> bool:
    """Say whether any row of a table has one of these keys."""
    return any(key in row for row in read_rows(value) for key in keys)


def read_keys(document: Json, name: F, keys: tuple[str, ...]) -> Field:
    """Read the first key that is not blank; ``ABSENT`` when the document has none of them."""
    present = [make_field(name, document[key]) for key in keys if key in document]
    return next((field for field in present if field.value), present[0] if present else ABSENT)


def read_limit(document: Json, amount: str, unit: str) -> Field:
    """Compose a time limit out of amount and unit."""
    if amount not in document:
        return ABSENT
    raw = {key: document[key] for key in (amount, unit) if key in document}
    return filled(raw_text(raw), compose_limit(value_text(document[amount]), value_text(document.get(unit))))


def read_windows(value: object) -> tuple[Window, ...]:
    """Read ``window_list``."""
    rows = read_rows(value)
    return tuple(
        Window(name=cell(row, "name"), address=cell(row, "address"), hours=cell(row, "time"), phone=cell(row, "tel"))
        for row in rows
    )


def read_material(row: Row, page_url: str) -> Material:
    """Read one row of ``submit_material_list``; keys that it lacks are not shown."""

    def text(key: str) -> str | None:
        return cell(row, key) if key in row else None

    def links(key: str) -> object:
        return read_links(row[key], page_url, address=PUBLIC_ADDRESS, name="att_name") if key in row else None

    return Material.model_validate(
        {
            "name": cell(row, "document_name"),
            "originals": text("origin_count"),
            "medium": text("document_media_text"),
            "source": text("document_source_text"),
            "necessity": text("document_need_type_text"),
            "forms": links("blank_att_list"),
            "samples": links("sample_att_list"),
        }
    )


def read_clauses(value: object) -> tuple[Law, ...]:
    """Read ``clause_list``; its keys were not recorded, so both this schema's and the item schema's names are tried."""
    laws = (
        Law(
            name=cell(row, *CLAUSE_NAMES),
            number=cell(row, *CLAUSE_NUMBERS),
            content=cell(row, *CLAUSE_CONTENTS),
            effective_text=cell(row, "effective_date", "SSRQ"),
            effective=read_date(cell(row, "effective_date", "SSRQ")),
        )
        for row in read_rows(value)
    )
    return tuple(law for law in laws if law != Law(name=""))
