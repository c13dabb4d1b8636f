"""The steps of every probe, one row each, with the picture that was taken."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.failure import FailureReason
from domain.observation import Observation, Step, StepStatus
from exports.code_list import codes_of
from exports.columns import (
    code,
    integer,
    item_column,
    link,
    moment,
    observation_column,
    passing,
    portal_column,
    probe_column,
    run_column,
    text,
    unit_columns,
)
from exports.dataset import Context, Dataset, datasets
from exports.links import evidence_path
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step and the observation that it belongs to."""

    observation: Observation
    step: Step


def rows(store: Store, run: str) -> Iterator[StepRow]:
    """Stream the steps of a run's observations."""
    for observation in store.observations.of_run(run):
        for step in observation.steps:
            yield StepRow(observation=observation, step=step)


def _count(store: Store, run: str) -> int:
    return sum(len(observation.steps) for observation in store.observations.of_run(run))


def _picture(row: StepRow, context: Context) -> str | None:
    return context.page(evidence_path(row.step.screenshot)) if row.step.screenshot else None


def _picture_path(row: StepRow, context: Context) -> str | None:
    return context.evidence_path(row.step.screenshot) if row.step.screenshot else None


STEPS: Dataset[StepRow] = datasets.register(
    Dataset(
        id="steps",
        zh="探测步骤",
        en="Steps",
        about="每条探测记录的每一步一行，附截图。",
        natural_key=("portal", "probe_id", "item_id", "index"),
        rows=rows,
        count=_count,
        columns=(
            *unit_columns(lambda row: row.observation.unit),
            portal_column(lambda row: row.observation.portal),
            probe_column(lambda row: row.observation.probe_id),
            item_column(lambda row: row.observation.item_id),
            integer("index", "第几步", "Step", lambda row, _: row.step.index, "步骤序号", unit="序号", width=8),
            text("title", "步骤", "Title", lambda row, _: row.step.title, "做了什么", width=30),
            code(
                "status", "状态", "Status", lambda row, _: row.step.status, "这一步怎样结束", codes=StepStatus, width=10
            ),
            code(
                "failure",
                "归因",
                "Failure",
                lambda row, _: row.step.failure,
                "为何失败",
                codes=codes_of(FailureReason, open=True),
                empty="空 = 没有失败",
                width=18,
            ),
            text("note", "说明", "Note", lambda row, _: row.step.note, "补充说明；空串 = 无", width=36),
            link(
                "url", "网址", "Address", lambda row, _: row.step.url or None, "当时的网址", empty="空 = 跳过或没有网址"
            ),
            moment(
                "started_at",
                "开始时间（北京时间）",
                "Started (Beijing time)",
                lambda row, _: row.step.started_at,
                "开始时刻；JSONL、Parquet 为 UTC",
                volatile=True,
            ),
            passing(
                integer(
                    "duration_ms",
                    "用时（毫秒）",
                    "Duration (ms)",
                    lambda row, _: row.step.duration_ms,
                    "用时",
                    unit="毫秒",
                )
            ),
            passing(
                link(
                    "picture",
                    "截图",
                    "Picture",
                    _picture,
                    "截图；未给出工作台地址时为以 / 开头的路径",
                    empty="空 = 没有截图",
                )
            ),
            passing(
                text(
                    "screenshot",
                    "截图SHA-256",
                    "Picture SHA-256",
                    lambda row, _: row.step.screenshot,
                    "截图字节的 SHA-256",
                    empty="空 = 没有截图",
                    width=24,
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
            run_column(),
            observation_column(lambda row: row.observation.id),
        ),
    )
)
