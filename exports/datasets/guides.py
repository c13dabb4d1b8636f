"""Every guide of the run, one row each, also those that could not be read: an export never passes over a gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.crawl import GuideOutcome, GuideVisit
from domain.failure import FailureReason
from domain.guide import Guide
from domain.guide_fields import LABELS_EN, LABELS_ZH, FieldName, FieldState
from domain.time_limit import parse_time_limit
from exports.code_list import codes_of
from exports.columns import (
    NOT_SHOWN,
    Getter,
    code,
    code_column,
    document_columns,
    integer,
    link,
    moment,
    number,
    page_column,
    portal_column,
    run_column,
    text,
    unit_columns,
)
from exports.dataset import Column, Context, Dataset, datasets
from exports.links import guide_path
from exports.value import Value
from storage.store import Store

DAYS = "工作日"
BLANK = NOT_SHOWN + "；空串 = 显示但为空白（表格中两者都为空）"


@dataclass(frozen=True, kw_only=True)
class GuideRow:
    """One guide as read, or the visit that ended without one (``guide`` is then ``None``)."""

    run: str
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
    yield from (_of_guide(run, guide) for guide in store.guides.of_run(run))
    for visit in store.crawls.visits(run):
        if visit.outcome is not GuideOutcome.MEASURED:
            yield _of_visit(run, visit)


def _of_guide(run: str, guide: Guide) -> GuideRow:
    return GuideRow(
        run=run,
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


def _of_visit(run: str, visit: GuideVisit) -> GuideRow:
    return GuideRow(
        run=run,
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


def _text_of(row: GuideRow, name: FieldName) -> str | None:
    """A field's text, ``""`` where it is shown and blank, ``None`` where the source does not show it."""
    field = row.guide.field(name) if row.guide else None
    return None if field is None or field.state is FieldState.NOT_MEASURED else field.value


def _printed(name: FieldName, *, width: int = 14) -> Column[GuideRow]:
    """A column with a field's text as the guide prints it."""
    title = LABELS_ZH[name]
    return text(
        name.value,
        title,
        LABELS_EN[name].capitalize(),
        lambda row, _: _text_of(row, name),
        f"办事指南“{title}”栏的文字，去除排版后照录",
        empty=BLANK,
        width=width,
    )


def _visits(row: GuideRow, _: Context) -> Value:
    # Only plain digits: a portal may print "1(次)", which stands in the column beside it.
    printed = _text_of(row, FieldName.VISITS) or ""
    return int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 10 else None


def _visits_printed(row: GuideRow, _: Context) -> Value:
    return _text_of(row, FieldName.VISITS)


def _working_days(name: FieldName) -> Getter[GuideRow]:
    def get(row: GuideRow, _: Context) -> Value:
        limit = parse_time_limit(row.guide.text(name)) if row.guide else None
        return None if limit is None else round(float(limit.working_days), 2)

    return get


def _count_materials(row: GuideRow, _: Context) -> Value:
    """Count the materials; blank where the source does not show the table, which is not zero."""
    if row.guide is None or row.guide.materials is None:
        return None
    return len(row.guide.materials)


def _page(row: GuideRow) -> str | None:
    return guide_path(row.run, row.portal, row.item_id)


def _count(store: Store, run: str) -> int:
    return sum(store.overview.count_visits(run).values())


GUIDES: Dataset[GuideRow] = datasets.register(
    Dataset(
        id="guides",
        zh="办事指南",
        en="Guides",
        about="本次运行到访的每份办事指南一行，未能采集的也在内并写明原因。",
        natural_key=("portal", "unit_id", "item_id"),
        rows=rows,
        count=_count,
        columns=(
            *unit_columns(lambda row: row.unit),
            portal_column(lambda row: row.portal),
            code("outcome", "采集结果", "Visit outcome", lambda row, _: row.outcome, "到访的结果", codes=GuideOutcome),
            code(
                "failure",
                "未采集原因",
                "Visit failure",
                lambda row, _: row.failure,
                "为何未能采集",
                codes=codes_of(FailureReason, open=True),
                empty="空 = 已采集，或平台答复查无此事项",
                width=16,
            ),
            text("name", "事项名称", "Name", lambda row, _: row.name, "办事指南的事项名称", width=36),
            code_column(lambda row: row.code),
            text("item_id", "事项标识", "Item id", lambda row, _: row.item_id, "平台内事项的唯一标识", width=36),
            _printed(FieldName.ITEM_TYPE),
            _printed(FieldName.ITEM_TYPE_CODE, width=10),
            _printed(FieldName.DEPARTMENT, width=26),
            _printed(FieldName.HANDLING_TYPE, width=12),
            _printed(FieldName.LEGAL_LIMIT, width=18),
            number(
                "legal_limit_days",
                "法定办结时限（折工作日）",
                "Legal limit (working days)",
                _working_days(FieldName.LEGAL_LIMIT),
                "法定办结时限折成工作日，1 自然日 = 5/7 工作日",
                unit=DAYS,
                empty="空 = 未显示或读不出时限",
                width=12,
            ),
            _printed(FieldName.PROMISE_LIMIT, width=18),
            number(
                "promise_limit_days",
                "承诺办结时限（折工作日）",
                "Promised limit (working days)",
                _working_days(FieldName.PROMISE_LIMIT),
                "承诺办结时限折成工作日，1 自然日 = 5/7 工作日",
                unit=DAYS,
                empty="空 = 未显示或读不出时限",
                width=12,
            ),
            integer(
                "visits",
                "到办事现场次数",
                "Visits",
                _visits,
                "到办事现场次数，仅当指南只写数字时",
                unit="次",
                empty="空 = 未显示或不是纯数字，见原文",
            ),
            text(
                "visits_printed",
                "到办事现场次数（原文）",
                "Visits as printed",
                _visits_printed,
                "“到办事现场次数”栏的文字",
                empty=BLANK,
            ),
            _printed(FieldName.HANDLING_FORM, width=22),
            _printed(FieldName.ONLINE, width=10),
            _printed(FieldName.ONLINE_DEPTH, width=16),
            _printed(FieldName.BOOKABLE, width=12),
            _printed(FieldName.IN_HALL, width=12),
            _printed(FieldName.PLACE, width=36),
            _printed(FieldName.HOURS, width=30),
            _printed(FieldName.ENQUIRY_PHONE, width=18),
            _printed(FieldName.COMPLAINT_PHONE, width=18),
            integer(
                "materials",
                "申请材料数",
                "Materials",
                _count_materials,
                "申请材料表的行数",
                unit="份",
                empty=NOT_SHOWN + "，不是 0",
            ),
            link("url", "办事指南链接", "Guide", lambda row, _: row.url, "办事指南在平台上的网址"),
            moment(
                "fetched_at",
                "采集时间（北京时间）",
                "Fetched (Beijing time)",
                lambda row, _: row.at,
                "原始文档何时采集或确认未变；JSONL、Parquet 为 UTC",
                volatile=True,
            ),
            *document_columns(lambda row: row.document, "空 = 平台没有答复任何文档"),
            text(
                "parser",
                "解析器",
                "Parser",
                lambda row, _: row.guide.parser if row.guide else None,
                "用哪个解析器及版本读出",
                empty="空 = 没有可读的文档",
                width=16,
            ),
            page_column(_page, "工作台页面", "Workbench page"),
            run_column(),
        ),
    )
)
