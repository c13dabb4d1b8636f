"""What every probe saw, one row each, with a link to the page on which it is replayed."""

import json
from collections.abc import Iterator

from domain.observation import Observation
from exports.dataset import CellKind, Column, Context, Dataset, datasets
from exports.links import observation_path
from exports.vocabulary import portal_title, probe_title, title
from storage.store import Store


def rows(store: Store, run: str) -> Iterator[Observation]:
    """Stream a run's observations."""
    yield from store.observations.of_run(run)


def duration_s(observation: Observation) -> float:
    """Seconds from start to finish."""
    return round((observation.finished_at - observation.started_at).total_seconds(), 3)


def measures_json(observation: Observation) -> str:
    """The probe's raw figures as one JSON object, keys in order."""
    return json.dumps(dict(observation.measures), ensure_ascii=False, sort_keys=True) if observation.measures else ""


def replay_link(observation: Observation, context: Context) -> str:
    """Address of the replay page; a bare path when nobody serves the pages."""
    return context.workbench_url.rstrip("/") + observation_path(observation)


OBSERVATIONS: Dataset[Observation] = datasets.register(
    Dataset(
        id="observations",
        zh="探测记录",
        en="Observations",
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
                key="probe",
                zh="探测项",
                en="Probe",
                width=16,
                get=lambda row, ctx: probe_title(row.probe_id, ctx.language),
            ),
            Column(key="probe_id", zh="探测编号", en="Probe id", width=20, get=lambda row, _: row.probe_id),
            Column(
                key="probe_version",
                zh="探测版本",
                en="Probe version",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.probe_version,
            ),
            Column(
                key="channel", zh="渠道", en="Channel", width=10, get=lambda row, ctx: title(row.channel, ctx.language)
            ),
            Column(key="recorded_by", zh="记录人", en="Recorded by", width=12, get=lambda row, _: row.recorded_by),
            Column(key="code", zh="事项编码", en="Code", width=36, get=lambda row, _: row.subject),
            Column(key="item_id", zh="事项标识", en="Item id", width=36, get=lambda row, _: row.item_id),
            Column(
                key="outcome", zh="结果", en="Outcome", width=10, get=lambda row, ctx: title(row.outcome, ctx.language)
            ),
            Column(
                key="failure", zh="归因", en="Failure", width=18, get=lambda row, ctx: title(row.failure, ctx.language)
            ),
            Column(key="reason", zh="原因", en="Reason", width=48, get=lambda row, _: row.reason),
            Column(
                key="steps", zh="步骤数", en="Steps", width=8, kind=CellKind.NUMBER, get=lambda row, _: len(row.steps)
            ),
            Column(key="value", zh="测量值", en="Value", width=10, kind=CellKind.NUMBER, get=lambda row, _: row.value),
            Column(key="unit_of_value", zh="计量单位", en="Unit of value", width=10, get=lambda r, _: r.unit_of_value),
            Column(key="measures", zh="测量明细", en="Measures", width=40, get=lambda row, _: measures_json(row)),
            Column(
                key="refusals",
                zh="被拒请求数",
                en="Refused requests",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: len(row.refusals),
            ),
            Column(
                key="attempt", zh="第几次", en="Attempt", width=8, kind=CellKind.NUMBER, get=lambda row, _: row.attempt
            ),
            Column(
                key="started_at",
                zh="开始时间（北京时间）",
                en="Started (Beijing time)",
                width=20,
                kind=CellKind.DATE,
                get=lambda row, _: row.started_at,
            ),
            Column(
                key="duration_s",
                zh="用时（秒）",
                en="Duration (s)",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: duration_s(row),
            ),
            Column(key="browser", zh="浏览器", en="Browser", width=22, get=lambda row, _: row.browser),
            Column(key="replay", zh="回放页", en="Replay page", width=44, kind=CellKind.LINK, get=replay_link),
            Column(key="trace", zh="轨迹SHA-256", en="Trace SHA-256", width=24, get=lambda row, _: row.trace or ""),
            Column(key="id", zh="记录编号", en="Observation id", width=48, get=lambda row, _: row.id),
        ),
    )
)
