"""One row per body: the user-side partial score and the rank, with how much of the table it speaks for."""

from collections.abc import Iterator

from domain.score import UnitTotal
from exports.dataset import CellKind, Column, Dataset, datasets
from storage.store import Store


def rows(store: Store, run: str) -> Iterator[UnitTotal]:
    """Stream a run's totals."""
    yield from store.scores.totals(run)


TOTALS: Dataset[UnitTotal] = datasets.register(
    Dataset(
        id="totals",
        zh="用户视角部分得分",
        en="User-side partial scores",
        rows=rows,
        columns=(
            Column(key="unit", zh="单位", en="Unit", width=26, get=lambda row, ctx: ctx.unit_name(row.unit)),
            Column(key="unit_id", zh="单位编号", en="Unit id", width=10, get=lambda row, _: row.unit),
            Column(key="period", zh="评估期", en="Period", width=10, get=lambda row, _: row.period),
            Column(key="table", zh="指标表", en="Table", width=8, get=lambda row, _: row.table),
            Column(key="rank", zh="名次", en="Rank", width=8, kind=CellKind.NUMBER, get=lambda row, _: row.rank),
            Column(
                key="value",
                zh="用户视角部分得分（满分100，不是总分）",
                en="User-side partial score (of 100, not the total)",
                width=22,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.value,
            ),
            Column(
                key="weight_scored",
                zh="已计分权重",
                en="Weight scored",
                width=12,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.weight_scored,
            ),
            Column(
                key="weight_applicable",
                zh="适用权重",
                en="Weight applicable",
                width=12,
                kind=CellKind.NUMBER,
                get=lambda row, _: row.weight_applicable,
            ),
        ),
    )
)
