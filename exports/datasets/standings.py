"""One row per body and ranking: the place, and how certain it is."""

from collections.abc import Iterator

from domain.standing import Standing
from domain.total import TotalKind, TotalList
from domain.unit import Table
from exports.code_list import READINGS, codes_of
from exports.columns import code, integer, number, run_column, text, unit_columns
from exports.dataset import Dataset, datasets
from exports.language import Language
from storage.store import Store

LISTS = codes_of(TotalList)


def show_list(in_list: str, language: Language) -> str:
    """Name the list as the totals do."""
    return LISTS.title(in_list, language) if in_list else ""


CERTAIN = "空 = 没有抽样成分，得分是确定的"


def rows(store: Store, run: str) -> Iterator[Standing]:
    """Yield a run's standings, then those of the year whose second half it is."""
    yield from store.standings.of_run(run)
    yield from store.standings.of_year(run)


STANDINGS: Dataset[Standing] = datasets.register(
    Dataset(
        id="standings",
        zh="名次与区间",
        en="Standings",
        about="每个单位在每个榜单中的名次及其区间；名次须与区间或并列档一并引用。",
        natural_key=("period", "unit_id", "reading"),
        rows=rows,
        count=lambda store, run: sum(1 for _ in rows(store, run)),
        reckoned=True,
        columns=(
            *unit_columns(lambda row: row.unit, always=True),
            text("period", "评估期", "Period", lambda row, _: row.period, "评估半年，如 2021H1；年度为年份", width=10),
            code("table", "指标表", "Table", lambda row, _: row.table, "附件 2（D）或附件 3（C）的指标表", codes=Table),
            text("in_list", "榜单", "List", lambda row, _: row.in_list, "A 或 B；空串 = 不分榜", show=show_list),
            code("reading", "采用的解释", "Reading", lambda row, _: row.reading, "免评条款的解释", codes=READINGS),
            code("kind", "得分性质", "Kind", lambda row, _: row.kind, "总分还是用户视角部分得分", codes=TotalKind),
            number("total", "得分", "Total", lambda row, _: row.total, "公布的得分，两位小数", unit="分"),
            number(
                "total_low",
                "得分区间下限",
                "Total, low",
                lambda row, _: row.interval[0] if row.interval else None,
                "得分区间下限，置信水平见 level",
                unit="分",
                empty=CERTAIN,
            ),
            number(
                "total_high",
                "得分区间上限",
                "Total, high",
                lambda row, _: row.interval[1] if row.interval else None,
                "得分区间上限",
                unit="分",
                empty=CERTAIN,
            ),
            integer("rank", "名次", "Rank", lambda row, _: row.rank, "1、2、2、4", unit="名"),
            integer("rank_low", "名次区间（最好）", "Best place", lambda row, _: row.rank_low, "最好名次", unit="名"),
            integer(
                "rank_high", "名次区间（最差）", "Worst place", lambda row, _: row.rank_high, "最差名次", unit="名"
            ),
            number(
                "above_next",
                "高于下一名的概率",
                "P(above the next)",
                lambda row, _: row.above_next,
                "高于下一名的概率，相等计一半",
                unit="1",
                empty="空 = 最后一名",
            ),
            number("p_top3", "前三概率", "P(top 3)", lambda row, _: row.p_top3, "名次不低于 3 的概率", unit="1"),
            integer("band", "并列档", "Band", lambda row, _: row.band, "同档内分不出高下", unit="档"),
            number("level", "置信水平", "Level", lambda row, _: row.level, "两个区间的置信水平", unit="1"),
            integer("draws", "抽取次数", "Draws", lambda row, _: row.draws, "模拟了多少次得分", unit="次"),
            integer("seed", "随机种子", "Seed", lambda row, _: row.seed, "同一种子得同一结果", unit="序号"),
            run_column(),
        ),
    )
)
