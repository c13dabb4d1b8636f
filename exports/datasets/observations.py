"""What every probe saw, one row each, with a link to the page on which it is replayed."""

from collections.abc import Iterator

from domain.failure import FailureReason
from domain.observation import Channel, Observation
from domain.outcome import Outcome
from exports.code_list import PROBES, codes_of
from exports.columns import (
    code,
    code_column,
    integer,
    item_column,
    moment,
    named_values,
    number,
    page_column,
    passing,
    portal_column,
    run_column,
    text,
    unit_columns,
)
from exports.dataset import Column, Context, Dataset, datasets
from exports.links import observation_path
from storage.store import Store


def rows(store: Store, run: str) -> Iterator[Observation]:
    """Stream a run's observations."""
    yield from store.observations.of_run(run)


def duration_s(observation: Observation) -> float:
    """Seconds from start to finish."""
    return round((observation.finished_at - observation.started_at).total_seconds(), 3)


def _proof_path(observation: Observation, context: Context) -> str | None:
    return context.evidence_path(observation.manifest) if observation.manifest else None


ID: Column[Observation] = Column(
    key="id",
    zh="记录编号",
    en="Observation id",
    get=lambda row, _: row.id,
    meaning="探测记录的固定编号：运行/平台/探测编号/事项标识",
    run_bound=True,
    width=48,
)

OBSERVATIONS: Dataset[Observation] = datasets.register(
    Dataset(
        id="observations",
        zh="探测记录",
        en="Observations",
        about="每个事项每项探测一行：程序在浏览器中、或人员在窗口与电话中所见。",
        natural_key=("portal", "probe_id", "item_id"),
        rows=rows,
        count=lambda store, run: sum(store.overview.count_observations(run).values()),
        columns=(
            *unit_columns(lambda row: row.unit),
            portal_column(lambda row: row.portal),
            code(
                "probe",
                "探测项",
                "Probe",
                lambda row, _: row.probe_id,
                "探测了什么（docs/probes.md）",
                codes=PROBES,
                width=16,
            ),
            text("probe_id", "探测编号", "Probe id", lambda row, _: row.probe_id, "探测项的编号", width=20),
            integer(
                "probe_version",
                "探测版本",
                "Probe version",
                lambda row, _: row.probe_version,
                "探测的版本；含义改变时增加",
                unit="版",
            ),
            code("channel", "渠道", "Channel", lambda row, _: row.channel, "程序还是人", codes=Channel, width=10),
            text(
                "recorded_by",
                "记录人",
                "Recorded by",
                lambda row, _: row.recorded_by or None,
                "谁记录的人工观察",
                empty="空 = 程序探测",
                width=12,
            ),
            code_column(lambda row: row.subject),
            item_column(lambda row: row.item_id),
            code(
                "outcome",
                "结果",
                "Outcome",
                lambda row, _: row.outcome,
                "六种结果；只有“通过”“不通过”进入得分，受阻、无法判定、本方错误只降低覆盖率",
                codes=Outcome,
                width=10,
            ),
            code(
                "failure",
                "归因",
                "Failure",
                lambda row, _: row.failure,
                "未通过的原因",
                codes=codes_of(FailureReason, open=True),
                empty="空 = 没有失败",
                width=18,
            ),
            text("reason", "原因", "Reason", lambda row, _: row.reason, "一句话说明；空串 = 无需说明", width=48),
            integer(
                "steps", "步骤数", "Steps", lambda row, _: len(row.steps), "走了几步，逐步见 steps", unit="步", width=8
            ),
            number(
                "value",
                "测量值",
                "Value",
                lambda row, _: row.value,
                "探测得出的一个数，单位见“计量单位”",
                unit="见 unit_of_value",
                empty="空 = 此探测不给出一个数，或未测得",
            ),
            text(
                "unit_of_value",
                "计量单位",
                "Unit of value",
                lambda row, _: row.unit_of_value or None,
                "测量值的单位",
                empty="空 = 无单位",
                width=10,
            ),
            named_values(
                "measures",
                "测量明细",
                "Measures",
                lambda row, _: row.measures,
                "探测的原始数字，名称见 domain/measure_title.py 与数据字典",
                width=40,
            ),
            integer(
                "refusals",
                "被拒请求数",
                "Refused requests",
                lambda row, _: len(row.refusals),
                "守护程序拦下、没有发出的请求数",
                unit="次",
            ),
            integer("attempt", "第几次", "Attempt", lambda row, _: row.attempt, "第几次尝试", unit="次", width=8),
            moment(
                "started_at",
                "开始时间（北京时间）",
                "Started (Beijing time)",
                lambda row, _: row.started_at,
                "开始时刻；JSONL、Parquet 为 UTC",
                volatile=True,
            ),
            passing(
                number(
                    "duration_s",
                    "用时（秒）",
                    "Duration (s)",
                    lambda row, _: duration_s(row),
                    "从开始到结束",
                    unit="秒",
                )
            ),
            text(
                "browser",
                "浏览器",
                "Browser",
                lambda row, _: row.browser or None,
                "浏览器及版本",
                empty="空 = 没有用浏览器",
                width=22,
            ),
            page_column(observation_path, "回放页", "Replay page", key="replay"),
            passing(
                text(
                    "trace",
                    "轨迹SHA-256",
                    "Trace SHA-256",
                    lambda row, _: row.trace,
                    "浏览器轨迹的 SHA-256",
                    empty="空 = 没有轨迹",
                    width=24,
                )
            ),
            passing(
                text(
                    "proof",
                    "证据清单SHA-256",
                    "Proof's manifest SHA-256",
                    lambda row, _: row.manifest,
                    "本记录全部证据清单的 SHA-256",
                    empty="空 = 没有保留证据清单",
                    width=24,
                )
            ),
            passing(
                text(
                    "proof_path",
                    "证据路径",
                    "Evidence path",
                    _proof_path,
                    "证据清单在数据目录下的相对路径",
                    empty="空 = 没有证据清单，或字节已不在证据库",
                    width=44,
                )
            ),
            run_column(),
            ID,
        ),
    )
)
