"""The faults that the audit found, one row each, with the words of the page beside the reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.finding import Finding
from exports.dataset import CellKind, Column, Context, Dataset, datasets
from exports.links import evidence_path
from exports.vocabulary import portal_title, title
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


def picture_address(finding: Finding, context: Context) -> str:
    """Address of the picture in which the place is marked, a bare path when nobody serves the pages, "" without one."""
    return context.workbench_url.rstrip("/") + evidence_path(finding.picture) if finding.picture else ""


FINDINGS: Dataset[FindingRow] = datasets.register(
    Dataset(
        id="findings",
        zh="问题清单",
        en="Findings",
        rows=rows,
        columns=(
            Column(key="unit", zh="单位", en="Unit", width=26, get=lambda row, ctx: ctx.unit_name(row.finding.unit)),
            Column(key="unit_id", zh="单位编号", en="Unit id", width=10, get=lambda row, _: row.finding.unit or ""),
            Column(
                key="portal",
                zh="平台",
                en="Portal",
                width=16,
                get=lambda row, ctx: portal_title(row.finding.portal, ctx.language),
            ),
            Column(key="item_name", zh="事项名称", en="Item", width=36, get=lambda row, _: row.item_name),
            Column(key="code", zh="事项编码", en="Code", width=36, get=lambda row, _: row.finding.subject),
            Column(
                key="field",
                zh="字段",
                en="Field",
                width=18,
                get=lambda row, ctx: title(row.finding.field, ctx.language),
            ),
            Column(
                key="outcome",
                zh="判定",
                en="Outcome",
                width=10,
                get=lambda row, ctx: title(row.finding.outcome, ctx.language),
            ),
            Column(
                key="state",
                zh="字段状态",
                en="Field state",
                width=12,
                get=lambda row, ctx: title(row.finding.state, ctx.language),
            ),
            Column(key="reason", zh="原因", en="Reason", width=48, get=lambda row, _: row.finding.reason),
            Column(key="excerpt", zh="原文摘录", en="Excerpt", width=40, get=lambda row, _: row.finding.excerpt),
            Column(
                key="checked",
                zh="检查处数",
                en="Places checked",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.finding.checked,
            ),
            Column(
                key="failed",
                zh="问题处数",
                en="Places at fault",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.finding.failed,
            ),
            Column(key="rule", zh="规则", en="Rule", width=30, get=lambda row, _: row.finding.rule_id),
            Column(
                key="rule_version",
                zh="规则版本",
                en="Rule version",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.finding.rule_version,
            ),
            Column(
                key="rule_title",
                zh="规则说明",
                en="Rule title",
                width=36,
                get=lambda row, ctx: ctx.rule_titles.get(row.finding.rule_id, ""),
            ),
            Column(
                key="url", zh="办事指南", en="Guide", width=44, kind=CellKind.LINK, get=lambda row, _: row.finding.url
            ),
            Column(
                key="picture",
                zh="问题位置截图",
                en="Picture of the place",
                width=44,
                kind=CellKind.LINK,
                get=lambda row, ctx: picture_address(row.finding, ctx),
            ),
            Column(
                key="document",
                zh="原始文档SHA-256",
                en="Raw document SHA-256",
                width=24,
                get=lambda row, _: row.finding.document,
            ),
            Column(key="id", zh="问题编号", en="Finding id", width=40, get=lambda row, _: row.finding.id),
        ),
    )
)
