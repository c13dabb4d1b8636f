"""The faults that the audit found, one row each, with the words of the page beside the reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.finding import Finding
from domain.guide_fields import FieldName, FieldState
from domain.outcome import Outcome
from exports.code_list import codes_of
from exports.columns import (
    code,
    code_column,
    document_columns,
    integer,
    item_column,
    item_name_column,
    link,
    page_column,
    passing,
    portal_column,
    run_column,
    text,
    unit_columns,
)
from exports.dataset import Column, Context, Dataset, datasets
from exports.links import evidence_path, guide_path
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class FindingRow:
    """A finding and what its item is called."""

    finding: Finding
    item_name: str


def rows(store: Store, run: str) -> Iterator[FindingRow]:
    """Stream a run's findings body by body: the names of one body's items fit into memory, those of all may not."""
    units = sorted(unit for unit in store.overview.count_findings(run) if unit is not None)
    for unit in units:
        names = {(guide.portal, guide.item_id): guide.title for guide in store.crawls.listed(run, unit=unit)}
        for finding in store.audits.findings(run, unit=unit):
            yield FindingRow(finding=finding, item_name=names.get((finding.portal, finding.item_id), ""))
    yield from _of_no_body(store, run)


def _of_no_body(store: Store, run: str) -> Iterator[FindingRow]:
    if None in store.overview.count_findings(run):
        strays = (finding for finding in store.audits.findings(run) if finding.unit is None)
        yield from (FindingRow(finding=finding, item_name="") for finding in strays)


def picture_address(row: FindingRow, context: Context) -> str | None:
    """Address of the picture in which the place is marked, a bare path when nobody serves the pages."""
    picture = row.finding.picture
    return context.page(evidence_path(picture)) if picture else None


def _picture_path(row: FindingRow, context: Context) -> str | None:
    return context.evidence_path(row.finding.picture) if row.finding.picture else None


def _guide_page(row: FindingRow) -> str:
    return guide_path(row.finding.run, row.finding.portal, row.finding.item_id)


ID: Column[FindingRow] = Column(
    key="id",
    zh="问题编号",
    en="Finding id",
    get=lambda row, _: row.finding.id,
    meaning="问题的固定编号：运行:平台:事项标识:规则",
    run_bound=True,
    width=40,
)

FINDINGS: Dataset[FindingRow] = datasets.register(
    Dataset(
        id="findings",
        zh="问题清单",
        en="Findings",
        about="规则核对办事指南发现的问题，每个事项每条规则一行；通过的核对不列。",
        natural_key=("portal", "item_id", "rule"),
        rows=rows,
        count=lambda store, run: sum(store.overview.count_findings(run).values()),
        columns=(
            *unit_columns(lambda row: row.finding.unit),
            portal_column(lambda row: row.finding.portal),
            item_name_column(lambda row: row.item_name),
            code_column(lambda row: row.finding.subject),
            code(
                "field",
                "字段",
                "Field",
                lambda row, _: row.finding.field,
                "问题所在的办事指南字段",
                codes=codes_of(FieldName, open=True),
                width=18,
            ),
            code(
                "outcome",
                "判定",
                "Outcome",
                lambda row, _: row.finding.outcome,
                "核对结果；“本方错误”是规则自身出错，不是单位的问题",
                codes=Outcome,
                width=10,
            ),
            code(
                "state",
                "字段状态",
                "Field state",
                lambda row, _: row.finding.state,
                "字段被判为何种状态",
                codes=FieldState,
            ),
            text("reason", "原因", "Reason", lambda row, _: row.finding.reason, "一句话说明问题", width=48),
            text(
                "excerpt",
                "原文摘录",
                "Excerpt",
                lambda row, _: row.finding.excerpt,
                "问题所指的原文，最多 200 字；空串 = 无文字可摘",
                width=40,
            ),
            integer(
                "checked",
                "检查处数",
                "Places checked",
                lambda row, _: row.finding.checked,
                "本规则在此指南中看了几处",
                unit="处",
            ),
            integer(
                "failed",
                "问题处数",
                "Places at fault",
                lambda row, _: row.finding.failed,
                "其中有问题的处数",
                unit="处",
            ),
            text("rule", "规则", "Rule", lambda row, _: row.finding.rule_id, "规则编号（docs/rules.md）", width=30),
            integer(
                "rule_version",
                "规则版本",
                "Rule version",
                lambda row, _: row.finding.rule_version,
                "规则的版本；含义改变时增加，不同版本的问题数不可直接相比",
                unit="版",
            ),
            text(
                "rule_title",
                "规则说明",
                "Rule title",
                lambda row, ctx: ctx.rule_titles.get(row.finding.rule_id),
                "规则要求什么",
                empty="空 = 现版本已无此规则",
                width=36,
            ),
            link("url", "办事指南", "Guide", lambda row, _: row.finding.url, "办事指南在平台上的网址"),
            passing(
                link(
                    "picture",
                    "问题位置截图",
                    "Picture of the place",
                    picture_address,
                    "标出问题位置的截图；未给出工作台地址时为以 / 开头的路径",
                    empty="空 = 没有截图",
                )
            ),
            passing(
                text(
                    "picture_path",
                    "截图证据路径",
                    "Picture's evidence path",
                    _picture_path,
                    "截图在数据目录下的相对路径",
                    empty="空 = 没有截图，或字节已不在证据库",
                    width=44,
                )
            ),
            *document_columns(lambda row: row.finding.document, "空 = 没有原始文档"),
            page_column(_guide_page, "工作台页面", "Workbench page"),
            item_column(lambda row: row.finding.item_id),
            run_column(),
            ID,
        ),
    )
)
