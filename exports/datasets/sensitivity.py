"""One row per ranking and choice of its makers: how far the bodies would move had it been another one."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.sensitivity import Choice, Sensitivity, Variation
from domain.total import TotalKind
from domain.unit import Table
from exports.code_list import READINGS
from exports.columns import code, integer, number, run_column, text
from exports.dataset import Dataset, datasets
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class VariationRow:
    """One variation of one ranking; ``number`` counts those of one choice."""

    ranking: Sensitivity
    variation: Variation
    number: int


def rows(store: Store, run: str) -> Iterator[VariationRow]:
    """Yield what other choices make of a run's rankings."""
    for ranking in store.standings.sensitivities(run):
        met: dict[Choice, int] = {}
        for variation in ranking.variations:
            place = met[variation.choice] = met.get(variation.choice, 0) + 1
            yield VariationRow(ranking=ranking, variation=variation, number=place)


SENSITIVITY: Dataset[VariationRow] = datasets.register(
    Dataset(
        id="sensitivity",
        zh="敏感性",
        en="Sensitivity",
        about="每个榜单每种另作选择一行：换一种做法名次会移动多少；未做敏感性分析时没有行。",
        natural_key=("period", "table", "in_list", "reading", "kind", "choice", "number"),
        rows=rows,
        count=lambda store, run: len(store.standings.sensitivities(run)),
        reckoned=True,
        columns=(
            text("period", "评估期", "Period", lambda row, _: row.ranking.period, "评估半年，如 2021H1；年度为年份"),
            code("table", "指标表", "Table", lambda row, _: row.ranking.table, "附件 2（D）或附件 3（C）", codes=Table),
            text("in_list", "榜单", "List", lambda row, _: row.ranking.in_list, "A 或 B；空串 = 不分榜"),
            code(
                "reading", "采用的解释", "Reading", lambda row, _: row.ranking.reading, "免评条款的解释", codes=READINGS
            ),
            code("kind", "得分性质", "Kind", lambda row, _: row.ranking.kind, "总分还是部分得分", codes=TotalKind),
            code(
                "choice",
                "选择",
                "Choice",
                lambda row, _: row.variation.choice,
                "改变了哪个选择",
                codes=Choice,
                width=24,
            ),
            integer(
                "number", "序号", "Number", lambda row, _: row.number, "同一选择的第几种变法", unit="序号", width=8
            ),
            text("title", "怎样改变", "Variation", lambda row, _: row.variation.title, "怎样改变", width=36),
            integer("bodies", "单位数", "Bodies", lambda row, _: row.variation.bodies, "两种做法下都有得分的单位"),
            number(
                "mean_shift",
                "平均移动名次",
                "Mean shift",
                lambda row, _: row.variation.mean_shift,
                "名次移动的绝对值平均",
                unit="名",
            ),
            number(
                "max_shift",
                "最大移动名次",
                "Largest shift",
                lambda row, _: row.variation.max_shift,
                "最大移动",
                unit="名",
            ),
            number(
                "tau_b",
                "肯德尔 τ-b",
                "Kendall's τ-b",
                lambda row, _: row.variation.tau_b,
                "两个名次之间的等级相关",
                unit="1",
                empty="空 = 不同的名次少于两个",
            ),
            text(
                "most_moved",
                "移动最多的单位",
                "Most moved",
                lambda row, _: row.variation.most_moved or None,
                "移动最多的单位编号",
                empty="空 = 没有单位移动",
            ),
            text("note", "说明", "Note", lambda row, _: row.variation.note, "说明；空串 = 无", width=40),
            integer("draws", "抽取次数", "Draws", lambda row, _: row.ranking.draws, "模拟次数", unit="次"),
            integer("seed", "随机种子", "Seed", lambda row, _: row.ranking.seed, "随机种子", unit="序号"),
            run_column(),
        ),
    )
)
