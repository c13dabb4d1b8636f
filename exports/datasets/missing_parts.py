"""What every body's total still lacks, one row each, and the channel that owes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.score import UnitTotal
from domain.total import GapChannel, MissingPart
from domain.unit import Table
from exports.columns import code, flag, integer, number, run_column, text, texts, unit_columns
from exports.dataset import Dataset, datasets
from exports.figure_names import show_figures
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class MissingRow:
    """One missing part of one body's total; ``number`` tells parts of one row and channel apart."""

    total: UnitTotal
    part: MissingPart
    number: int


def rows(store: Store, run: str) -> Iterator[MissingRow]:
    """Stream what the totals of a run lack."""
    for total in store.scores.totals(run):
        met: dict[tuple[int, GapChannel], int] = {}
        for part in total.missing:
            place = met[part.row, part.channel] = met.get((part.row, part.channel), 0) + 1
            yield MissingRow(total=total, part=part, number=place)


MISSING_PARTS: Dataset[MissingRow] = datasets.register(
    Dataset(
        id="missing_parts",
        zh="总分缺项",
        en="Missing parts",
        about="得分还不是总分时，缺哪行指标的哪部分、应由哪个渠道提供。",
        natural_key=("period", "unit_id", "table", "row", "channel", "number"),
        rows=rows,
        count=lambda store, run: 0,  # fewer gaps are good news, which the gate shall not take for a loss
        reckoned=True,
        columns=(
            *unit_columns(lambda row: row.total.unit, always=True),
            text("period", "评估期", "Period", lambda row, _: row.total.period, "评估半年，如 2021H1", width=10),
            code(
                "table",
                "指标表",
                "Table",
                lambda row, _: row.total.table,
                "通知附件 2（D）或附件 3（C）的指标表",
                codes=Table,
                width=8,
            ),
            integer("row", "行号", "Row", lambda row, _: row.part.row, "指标表的行号", unit="序号", width=6),
            text("title", "指标", "Indicator", lambda row, _: row.part.title, "指标名称", width=32),
            code(
                "channel",
                "应提供的渠道",
                "Channel",
                lambda row, _: row.part.channel,
                "缺的部分来自哪个渠道",
                codes=GapChannel,
            ),
            integer(
                "number", "序号", "Number", lambda row, _: row.number, "同一行同一渠道的第几项", unit="序号", width=8
            ),
            texts(
                "figures",
                "缺的数据",
                "Figures",
                lambda row, _: row.part.figures,
                "缺的导入数据编号；空列表 = 缺的是用户视角所见",
                width=30,
                show=show_figures,
            ),
            number("share", "缺的份额", "Share", lambda row, _: row.part.share, "缺的部分占该行公式的份额", unit="1"),
            flag("blocking", "妨碍给出总分", "Blocking", lambda row, _: row.part.blocking, "没有它就没有总分"),
            text("note", "说明", "Note", lambda row, _: row.part.note, "说明；空串 = 无", width=48),
            run_column(),
        ),
    )
)
