"""Every guide of the run, one row each, also those that could not be read: an export never passes over a gap."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.crawl import GuideOutcome, GuideVisit
from domain.failure import FailureReason
from domain.guide import Guide
from domain.guide_fields import LABELS_EN, LABELS_ZH, FieldName
from domain.time_limit import parse_time_limit
from exports.dataset import Cell, CellKind, Column, Context, Dataset, datasets
from exports.vocabulary import portal_title, title
from storage.store import Store

Getter = Callable[["GuideRow", Context], Cell]


@dataclass(frozen=True, kw_only=True)
class GuideRow:
    """One guide as read, or the visit that ended without one (``guide`` is then ``None``)."""

    portal: str
    unit: str | None
    item_id: str
    code: str
    name: str
    url: str
    outcome: GuideOutcome
    failure: FailureReason | None
    document: str
    at: datetime
    guide: Guide | None


def rows(store: Store, run: str) -> Iterator[GuideRow]:
    """Stream the guides that were measured, then the visits that ended otherwise."""
    yield from map(_of_guide, store.guides.of_run(run))
    for visit in store.crawls.visits(run):
        if visit.outcome is not GuideOutcome.MEASURED:
            yield _of_visit(visit)


def _of_guide(guide: Guide) -> GuideRow:
    return GuideRow(
        portal=guide.portal,
        unit=guide.unit,
        item_id=guide.item_id,
        code=guide.code,
        name=guide.title,
        url=guide.url,
        outcome=GuideOutcome.MEASURED,
        failure=None,
        document=guide.document,
        at=guide.captured_at,
        guide=guide,
    )


def _of_visit(visit: GuideVisit) -> GuideRow:
    return GuideRow(
        portal=visit.portal,
        unit=visit.unit,
        item_id=visit.item_id,
        code=visit.code,
        name=visit.title,
        url=visit.url,
        outcome=visit.outcome,
        failure=visit.failure,
        document=visit.document or "",
        at=visit.fetched_at,
        guide=None,
    )


def _printed(name: FieldName, *, width: int = 14) -> Column[GuideRow]:
    """A column with a field's text as the guide prints it."""
    return Column(
        key=name.value,
        zh=LABELS_ZH[name],
        en=LABELS_EN[name].capitalize(),
        width=width,
        get=lambda row, _: row.guide.text(name) if row.guide else "",
    )


def _number(name: FieldName, *, width: int = 10) -> Column[GuideRow]:
    """A column with a field's text as a number where it is one."""
    return Column(
        key=name.value,
        zh=LABELS_ZH[name],
        en=LABELS_EN[name].capitalize(),
        width=width,
        kind=CellKind.NUMBER,
        get=lambda row, _: _as_number(row.guide.text(name)) if row.guide else None,
    )


def _as_number(text: str) -> Cell:
    # Only plain digits: a portal may print "1(次)", which stays as printed.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _working_days(name: FieldName) -> Getter:
    def get(row: GuideRow, _: Context) -> Cell:
        limit = parse_time_limit(row.guide.text(name)) if row.guide else None
        return None if limit is None else round(float(limit.working_days), 2)

    return get


def _count_materials(row: GuideRow, _: Context) -> Cell:
    """Count the materials; blank where the source does not show the table, which is not zero."""
    if row.guide is None or row.guide.materials is None:
        return None
    return len(row.guide.materials)


GUIDES: Dataset[GuideRow] = datasets.register(
    Dataset(
        id="guides",
        zh="办事指南",
        en="Guides",
        rows=rows,
        columns=(
            Column(key="unit", zh="单位", en="Unit", width=26, get=lambda row, ctx: ctx.unit_name(row.unit)),
            Column(key="unit_id", zh="单位编号", en="Unit id", width=10, get=lambda row, _: row.unit or ""),
            Column(
                key="portal",
                zh="平台",
                en="Portal",
                width=16,
                get=lambda row, ctx: portal_title(row.portal, ctx.language),
            ),
            Column(
                key="outcome",
                zh="采集结果",
                en="Visit outcome",
                width=12,
                get=lambda row, ctx: title(row.outcome, ctx.language),
            ),
            Column(
                key="failure",
                zh="未采集原因",
                en="Visit failure",
                width=16,
                get=lambda row, ctx: title(row.failure, ctx.language),
            ),
            Column(key="name", zh="事项名称", en="Name", width=36, get=lambda row, _: row.name),
            Column(key="code", zh="事项编码", en="Code", width=36, get=lambda row, _: row.code),
            Column(key="item_id", zh="事项标识", en="Item id", width=36, get=lambda row, _: row.item_id),
            _printed(FieldName.ITEM_TYPE),
            _printed(FieldName.ITEM_TYPE_CODE, width=10),
            _printed(FieldName.DEPARTMENT, width=26),
            _printed(FieldName.HANDLING_TYPE, width=12),
            _printed(FieldName.LEGAL_LIMIT, width=18),
            Column(
                key="legal_limit_days",
                zh="法定办结时限（折工作日）",
                en="Legal limit (working days)",
                width=12,
                kind=CellKind.NUMBER,
                get=_working_days(FieldName.LEGAL_LIMIT),
            ),
            _printed(FieldName.PROMISE_LIMIT, width=18),
            Column(
                key="promise_limit_days",
                zh="承诺办结时限（折工作日）",
                en="Promised limit (working days)",
                width=12,
                kind=CellKind.NUMBER,
                get=_working_days(FieldName.PROMISE_LIMIT),
            ),
            _number(FieldName.VISITS),
            _printed(FieldName.HANDLING_FORM, width=22),
            _printed(FieldName.ONLINE, width=10),
            _printed(FieldName.ONLINE_DEPTH, width=16),
            _printed(FieldName.BOOKABLE, width=12),
            _printed(FieldName.IN_HALL, width=12),
            _printed(FieldName.PLACE, width=36),
            _printed(FieldName.HOURS, width=30),
            _printed(FieldName.ENQUIRY_PHONE, width=18),
            _printed(FieldName.COMPLAINT_PHONE, width=18),
            Column(
                key="materials",
                zh="申请材料数",
                en="Materials",
                width=10,
                kind=CellKind.NUMBER,
                get=_count_materials,
            ),
            Column(key="url", zh="办事指南链接", en="Guide", width=44, kind=CellKind.LINK, get=lambda row, _: row.url),
            Column(
                key="fetched_at",
                zh="采集时间（北京时间）",
                en="Fetched (Beijing time)",
                width=20,
                kind=CellKind.DATE,
                get=lambda row, _: row.at,
            ),
            Column(
                key="document",
                zh="原始文档SHA-256",
                en="Raw document SHA-256",
                width=24,
                get=lambda row, _: row.document,
            ),
            Column(
                key="parser",
                zh="解析器",
                en="Parser",
                width=16,
                get=lambda row, _: row.guide.parser if row.guide else "",
            ),
        ),
    )
)
