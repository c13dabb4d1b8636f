"""Where each plain fact of a guide lies in ``AUDIT_ITEM`` (A) and ``AUDIT_ITEM_EXTEND`` (E) (portals.md §1.5, §5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.guide import Field
from domain.guide_fields import FieldName as F
from portals.fields import ABSENT, filled, make_field, raw_text, value_text
from portals.gdzwfw.answers import Json
from portals.gdzwfw.codes import DEPARTMENT_NATURES, HANDLING_TYPES, LEVELS, YES_NO
from portals.limits import compose_limit


@dataclass(frozen=True, kw_only=True)
class Source:
    """The keys of one field, best first; the first that is not blank is what the page prints."""

    table: str
    keys: tuple[str, ...]
    codes: Mapping[str, str] | None = None


def a(*keys: str, codes: Mapping[str, str] | None = None) -> Source:
    return Source(table="AUDIT_ITEM", keys=keys, codes=codes)


def e(*keys: str, codes: Mapping[str, str] | None = None) -> Source:
    return Source(table="AUDIT_ITEM_EXTEND", keys=keys, codes=codes)


ITEM_SOURCES: dict[F, tuple[Source, ...]] = {
    F.NAME: (a("TASK_NAME", "CATANAME"),),
    F.EVERYDAY_NAME: (e("COMMONEXPRESSION"),),
    F.TASK_CODE: (a("TASK_CODE"),),
    F.HANDLING_CODE: (a("YW_CODE"),),
    F.BASIC_CODE: (a("CATALOG_CODE"),),
    F.NATIONAL_CODE: (a("NATION_CATALOG_CODE"),),
    F.ITEM_TYPE: (a("TASK_TYPE_TEXT"),),
    F.ITEM_TYPE_CODE: (a("TASK_TYPE"),),
    F.DEPARTMENT: (a("DEPT_NAME"),),
    F.DEPARTMENT_CODE: (a("TONGYI_CODE"),),
    F.DEPARTMENT_NATURE: (a("DEPT_TYPE_TEXT", "DEPT_TYPE", codes=DEPARTMENT_NATURES),),
    F.ENTRUSTED_BY: (a("ENTRUST_NAME"),),
    F.LEVEL: (a("USE_LEVEL_TEXT", "USE_LEVEL", codes=LEVELS),),
    F.STATUS: (a("TASK_STATE_TEXT"),),
    F.VERSION_DATE: (a("VERSION_DATE"),),
    F.PUBLISH_DATE: (a("PUBLISHDATE"),),
    F.AUDIENCE: (a("SERVE_TYPE_TEXT"),),
    F.THEME_NATURAL: (e("THEME_NATURAL_TYPE_TEXT"),),
    F.THEME_LEGAL: (e("THEME_LEGAL_TYPE_TEXT"),),
    F.CONDITION: (a("ACCEPT_CONDITION"),),
    F.HANDLING_TYPE: (a("PROJECT_TYPE_TEXT", "PROJECT_TYPE", codes=HANDLING_TYPES),),
    F.LEGAL_LIMIT_NOTE: (a("FDBLSXSM"),),
    F.PROMISE_LIMIT_NOTE: (a("CRBJSXSM"),),
    F.VISITS: (e("LIMIT_SCENE_NUM", "LIMIT_SCENE_NUM_TEXT"),),
    F.VISIT_REASON: (e("SCENE_REASON", "LIMIT_SCENE_EXPLAIN"),),
    F.HANDLING_FORM: (a("HANDLE_TYPE_TEXT"),),
    F.ONLINE: (a("ONLINECHECK_TEXT", "ONLINECHECK", codes=YES_NO),),
    F.ONLINE_URL: (a("TRANSACT_WEB_URL"),),
    F.OFFLINE_REASON: (e("UNONLINEREASON"), a("UNONLINEREASONOTHER")),
    F.ONLINE_DEPTH: (a("WBSD_LEVEL_TEXT"),),
    F.MOBILE_URL: (a("TRANSACT_APP_URL", "MOBILETERMINALURL", "MOBILE_APPLT_WEBSITE"),),
    F.BOOKABLE: (e("IS_SCHEDULE_TEXT", "IS_SCHEDULE", codes=YES_NO),),
    F.BOOKING_URL: (e("APPOINTMENT_URL"),),
    F.IN_HALL: (e("IS_ENTRY_CENTER_TEXT", "IS_ENTRY_CENTER", codes=YES_NO),),
    F.SELF_SERVICE: (e("IS_SUPPORT_ZDBL_TEXT", "IS_SUPPORT_ZDBL", codes=YES_NO),),
    F.LATER_MATERIALS: (a("IS_ABSENCE_ACCEPT_TEXT", "IS_ABSENCE_ACCEPT", codes=YES_NO),),
    F.COURIER: (e("IS_EXPRESS_TEXT", "IS_EXPRESS", codes=YES_NO),),
    F.ONLINE_PAYMENT: (e("IS_PAY_ONLINE_TEXT", "IS_PAY_ONLINE", codes=YES_NO),),
    F.CHARGED: (a("IS_FEE_TEXT", "IS_FEE", codes=YES_NO),),
    F.RANGE: (e("HANDLE_AREA_TEXT"),),
    F.ENQUIRY_PHONE: (a("LINK_TEL", "LINK_WAY"),),
    F.COMPLAINT_PHONE: (a("TSTEL", "SUPERVISE_WAY"),),
    F.ONLINE_FLOW: (a("WSBLLC"),),
    F.WINDOW_FLOW: (a("CKBLLC"),),
    F.RESULT_NAME: (e("RESULT_NAME"),),
}
"""LOGIN_URL is no fallback for the online address: it is the portal's common login, not the item's entrance. Nor is
DEPT_CODE one for the 18-character code of the body: it holds the nine-character organisation code."""

LIMIT_KEYS: dict[F, tuple[str, tuple[str, ...], str]] = {
    F.LEGAL_LIMIT: ("ANTICIPATE_DAY", ("ANTICIPATE_TYPE_TEXT", "ANTICIPATE_TYPE"), "FDBLSXSM"),
    F.PROMISE_LIMIT: ("PROMISE_DAY", ("PROMISE_TYPE_TEXT", "PROMISE_TYPE"), "CRBJSXSM"),
}
"""Field → amount, unit and note; the note stays in ``raw`` as evidence and never stands in for a missing amount."""


CHARTS: dict[F, str] = {F.ONLINE_FLOW: "WSBLLCT", F.WINDOW_FLOW: "CKBLLCT"}
"""A flow may be a picture instead of a text (portals.md §5)."""

CHART_SHOWN = "（见流程图）"


def read_fields(tables: Mapping[str, Json]) -> dict[F, Field]:
    """Read every plain fact out of the two tables."""
    fields = {name: read_field(name, sources, tables) for name, sources in ITEM_SOURCES.items()}
    charts = {name: tables["AUDIT_ITEM"].get(key) for name, key in CHARTS.items() if not fields[name].value}
    return fields | {name: filled(raw_text(chart), CHART_SHOWN) for name, chart in charts.items() if chart}


def read_field(name: F, sources: tuple[Source, ...], tables: Mapping[str, Json]) -> Field:
    """Read one field: the first source that is not blank, else the first whose key is there, else ``ABSENT``."""
    best = ABSENT
    for source in sources:
        table = tables[source.table]
        for key in source.keys:
            if key not in table:
                continue
            field = make_field(name, table[key], source.codes)
            if field.value:
                return field
            best = field if best.raw is None else best
    return best


def read_limit(table: Json, amount_key: str, unit_keys: tuple[str, ...], note_key: str) -> Field:
    """Compose a time limit out of amount and unit; ``raw`` is the JSON of the keys that the document has."""
    if amount_key not in table:
        return ABSENT
    amount = value_text(table[amount_key])
    unit = next((text for text in (value_text(table.get(key)) for key in unit_keys) if text), "")
    raw = {key: table[key] for key in (amount_key, *unit_keys, note_key) if key in table}
    return filled(raw_text(raw), compose_limit(amount, unit))


def read_limits(item: Json) -> dict[F, Field]:
    """Read both time limits out of ``AUDIT_ITEM``."""
    return {name: read_limit(item, *keys) for name, keys in LIMIT_KEYS.items()}
