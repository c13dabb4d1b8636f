"""Every figure that other channels handed in for the run's period, each version a row: who, when, from where."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.imported_figure import IMPORTED, ImportChannel, ImportedFigure
from domain.unit import Table
from exports.columns import code, exact, file_columns, flag, integer, moment, run_column, text, unit_columns
from exports.dataset import Dataset, datasets
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A figure, and whether it is the one that counts."""

    figure: ImportedFigure
    current: bool


def rows(store: Store, run: str) -> Iterator[FigureRow]:
    """Stream the figures of the run's period, as they are known today."""
    period = store.runs.get(run).period
    newest = {_place(figure): figure.version for figure in store.figures.current(period)}
    for figure in store.figures.all(period):
        yield FigureRow(figure=figure, current=newest.get(_place(figure)) == figure.version)


def _place(figure: ImportedFigure) -> tuple[str, str, int, str]:
    return figure.unit, figure.table, figure.row, figure.figure


def _count(store: Store, run: str) -> int:
    return sum(1 for _ in store.figures.all(store.runs.get(run).period))


IMPORTED_FIGURES: Dataset[FigureRow] = datasets.register(
    Dataset(
        id="imported_figures",
        zh="导入数据",
        en="Imported figures",
        about="现场走访、系统统计、日常工作监测三个渠道为本评估期报送的每个数据，每版一行，列出导出时已知的全部版本。",
        natural_key=("period", "unit_id", "table", "row", "figure", "version"),
        rows=rows,
        count=_count,
        reckoned=True,
        columns=(
            *unit_columns(lambda row: row.figure.unit, always=True),
            text("period", "评估期", "Period", lambda row, _: row.figure.period, "评估半年，如 2021H1", width=10),
            code("table", "指标表", "Table", lambda row, _: row.figure.table, "附件 2（D）或附件 3（C）", codes=Table),
            integer("row", "行号", "Row", lambda row, _: row.figure.row, "指标表的行号", unit="序号", width=6),
            text("figure", "数据编号", "Figure", lambda row, _: row.figure.figure, "数据在该行定义中的编号", width=26),
            text(
                "reference",
                "引用",
                "Reference",
                lambda row, _: f"{IMPORTED}{row.figure.table}{row.figure.row}/{row.figure.figure}",
                "与得分依据中的引用相同",
                width=34,
            ),
            exact("value", "数值", "Value", lambda row, _: row.figure.value, "报送的数值", unit="见模板"),
            code("channel", "渠道", "Channel", lambda row, _: row.figure.channel, "来自哪个渠道", codes=ImportChannel),
            text("source", "来源", "Source", lambda row, _: row.figure.source, "取自哪个系统、名单或走访", width=30),
            text("recorded_by", "报送人", "Recorded by", lambda row, _: row.figure.recorded_by, "谁报送"),
            integer("version", "版本", "Version", lambda row, _: row.figure.version, "本评估期第几次报送", unit="版"),
            flag("current", "现行版本", "Current", lambda row, _: row.current, "是否为计分所用的最新版本"),
            moment(
                "imported_at",
                "导入时间（北京时间）",
                "Imported (Beijing time)",
                lambda row, _: row.figure.imported_at,
                "导入时刻；JSONL、Parquet 为 UTC",
            ),
            *file_columns(lambda row: row.figure.file_sha256),
            run_column(),
        ),
    )
)
