"""One row per body and indicator, with everything needed to compute the points again by hand."""

import json
from collections.abc import Iterator

from domain.score import Score
from exports.dataset import CellKind, Column, Dataset, datasets
from exports.vocabulary import title
from storage.store import Store


def rows(store: Store, run: str) -> Iterator[Score]:
    """Stream a run's scores."""
    yield from store.scores.of_run(run)


def parts_json(score: Score) -> str:
    """The named terms of the formula as one JSON object, keys in order."""
    return json.dumps(dict(score.parts), ensure_ascii=False, sort_keys=True) if score.parts else ""


SCORES: Dataset[Score] = datasets.register(
    Dataset(
        id="scores",
        zh="指标得分",
        en="Scores",
        rows=rows,
        columns=(
            Column(key="unit", zh="单位", en="Unit", width=26, get=lambda row, ctx: ctx.unit_name(row.unit)),
            Column(key="unit_id", zh="单位编号", en="Unit id", width=10, get=lambda row, _: row.unit),
            Column(key="period", zh="评估期", en="Period", width=10, get=lambda row, _: row.period),
            Column(key="table", zh="指标表", en="Table", width=8, get=lambda row, _: row.table),
            Column(key="row", zh="行号", en="Row", width=6, kind=CellKind.NUMBER, get=lambda row, _: row.row),
            Column(key="indicator", zh="指标编号", en="Indicator id", width=26, get=lambda row, _: row.indicator),
            Column(key="title", zh="指标", en="Indicator", width=32, get=lambda row, _: row.title),
            Column(key="weight", zh="权重", en="Weight", width=8, kind=CellKind.NUMBER, get=lambda row, _: row.weight),
            Column(key="state", zh="状态", en="State", width=10, get=lambda row, ctx: title(row.state, ctx.language)),
            Column(
                key="value", zh="得分率", en="Value (0–1)", width=10, kind=CellKind.NUMBER, get=lambda row, _: row.value
            ),
            Column(key="points", zh="得分", en="Points", width=10, kind=CellKind.NUMBER, get=lambda r, _: r.points),
            Column(
                key="numerator", zh="分子", en="Numerator", width=10, kind=CellKind.NUMBER, get=lambda r, _: r.numerator
            ),
            Column(
                key="denominator",
                zh="分母",
                en="Denominator",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.denominator,
            ),
            Column(
                key="coverage",
                zh="覆盖率",
                en="Coverage",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.coverage,
            ),
            Column(
                key="minimum_coverage",
                zh="最低覆盖率",
                en="Minimum coverage",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.minimum_coverage,
            ),
            Column(
                key="measured_share",
                zh="公式可测份额",
                en="Measured share",
                width=12,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.measured_share,
            ),
            Column(
                key="interval_low",
                zh="区间下限",
                en="Interval low",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.interval[0] if row.interval else None,
            ),
            Column(
                key="interval_high",
                zh="区间上限",
                en="Interval high",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.interval[1] if row.interval else None,
            ),
            Column(key="parts", zh="公式各项", en="Terms", width=36, get=lambda row, _: parts_json(row)),
            Column(
                key="inputs",
                zh="计入数",
                en="Inputs",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: len(row.inputs),
            ),
            Column(
                key="excluded",
                zh="未计入数",
                en="Excluded",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: len(row.excluded),
            ),
            Column(
                key="version",
                zh="指标版本",
                en="Version",
                width=10,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.version,
            ),
            Column(key="note", zh="说明", en="Note", width=48, get=lambda row, _: row.note),
        ),
    )
)
