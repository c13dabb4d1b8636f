"""One row per body: its total or user-side partial score and the rank, with how much of the table it speaks for."""

from collections.abc import Iterator

from domain.score import UnitTotal
from domain.total import ReadingTotal, TotalKind, TotalList
from domain.unit import Table
from exports.code_list import READINGS
from exports.columns import code, exact, integer, number, run_column, text, unit_columns
from exports.dataset import Column, Context, Dataset, datasets
from exports.value import Value
from storage.store import Store

NOT_JUDGED = "空 = 尚无人评定，不是 0"
NOT_RECKONED = "空 = 测得的不够，不给出"


def rows(store: Store, run: str) -> Iterator[UnitTotal]:
    """Stream a run's totals."""
    yield from store.scores.totals(run)


def _in_reading(total: UnitTotal, reading: str) -> ReadingTotal | None:
    return next((one for one in total.readings if one.reading == reading), None)


def _of_reading(reading: str, zh: str) -> tuple[Column[UnitTotal], Column[UnitTotal]]:
    """The published total and the rank in one reading of the exemption."""

    def published(row: UnitTotal, _: Context) -> Value:
        found = _in_reading(row, reading)
        return None if found is None else found.published

    def rank(row: UnitTotal, _: Context) -> Value:
        found = _in_reading(row, reading)
        return None if found is None else found.rank

    return (
        exact(
            f"{reading}_published",
            f"{zh}得分",
            f"Total, {reading} reading",
            published,
            f"按免评条款{zh}解释的得分，两位小数",
            unit="分",
            empty=NOT_RECKONED,
        ),
        integer(
            f"{reading}_rank",
            f"{zh}名次",
            f"Rank, {reading} reading",
            rank,
            f"按{zh}解释的名次",
            unit="名",
            empty=NOT_RECKONED,
        ),
    )


TOTALS: Dataset[UnitTotal] = datasets.register(
    Dataset(
        id="totals",
        zh="总分与部分得分",
        en="Totals and partial scores",
        about="每个单位一行：其他渠道数据齐全时为总分，否则为用户视角部分得分（不是总分）。",
        natural_key=("period", "unit_id"),
        rows=rows,
        count=lambda store, run: len(store.scores.totals(run)),
        reckoned=True,
        columns=(
            *unit_columns(lambda row: row.unit, always=True),
            text("period", "评估期", "Period", lambda row, _: row.period, "评估半年，如 2021H1；年度为年份", width=10),
            code(
                "table",
                "指标表",
                "Table",
                lambda row, _: row.table,
                "通知附件 2（D）或附件 3（C）的指标表",
                codes=Table,
                width=8,
            ),
            integer(
                "rank",
                "名次",
                "Rank",
                lambda row, _: row.rank,
                "同一指标表、同一榜单、同一性质内的名次，1、2、2、4",
                unit="名",
                empty=NOT_RECKONED,
                width=8,
            ),
            code(
                "kind",
                "得分性质",
                "Kind",
                lambda row, _: row.kind,
                "总分还是用户视角部分得分；两者不可相比",
                codes=TotalKind,
                width=18,
            ),
            number(
                "value",
                "得分（满分100，性质见“得分性质”）",
                "Total (of 100; see kind)",
                lambda row, _: row.value,
                "未舍入的得分",
                unit="分",
                empty=NOT_RECKONED,
                width=22,
            ),
            exact(
                "published",
                "公布得分",
                "Published",
                lambda row, _: row.published,
                "两位小数，四舍五入",
                unit="分",
                empty=NOT_RECKONED,
            ),
            number(
                "base",
                "基础得分",
                "Base",
                lambda row, _: row.base,
                "Σ权重×得分率 / Σ权重 × 100",
                unit="分",
                empty=NOT_RECKONED,
            ),
            exact("bonus", "加分", "Bonus", lambda row, _: row.bonus, "加分项得分", unit="分", empty=NOT_JUDGED),
            exact(
                "penalty",
                "扣分",
                "Penalty",
                lambda row, _: row.penalty,
                "扣分项扣分，正数",
                unit="分",
                empty=NOT_JUDGED,
            ),
            number(
                "weight_scored",
                "已计分权重",
                "Weight scored",
                lambda row, _: row.weight_scored,
                "进入得分的权重之和",
                unit="分",
                width=12,
            ),
            number(
                "weight_applicable",
                "适用权重",
                "Weight applicable",
                lambda row, _: row.weight_applicable,
                "对该单位适用的权重之和；部分得分只计用户视角各行",
                unit="分",
                width=12,
            ),
            exact(
                "applicable_points",
                "适用分值",
                "Applicable points",
                lambda row, _: row.applicable_points,
                "全部基础指标中对该单位适用的分值",
                unit="分",
                empty="空 = 旧版运行没有记录",
                width=12,
            ),
            code("in_list", "榜单", "List", lambda row, _: row.in_list, "适用分值较少的单位另列一榜", codes=TotalList),
            code(
                "reading", "采用的解释", "Reading", lambda row, _: row.reading, "免评条款采用哪种解释", codes=READINGS
            ),
            *_of_reading("narrow", "从严"),
            *_of_reading("wide", "从宽"),
            integer(
                "missing",
                "缺项数",
                "Missing parts",
                lambda row, _: len(row.missing),
                "还缺几项，逐项见 missing_parts",
                unit="项",
            ),
            run_column(),
        ),
    )
)
