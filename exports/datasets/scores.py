"""One row per body and indicator, with everything needed to compute the points again by hand."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.score import Score, ScoreState
from domain.unit import Table
from exports.columns import (
    code,
    integer,
    named_values,
    number,
    run_column,
    text,
    texts,
    unit_columns,
)
from exports.dataset import Dataset, datasets
from storage.store import Store

UNSCORED = "空 = 未计分（见状态），不是 0"


def rows(store: Store, run: str) -> Iterator[Score]:
    """Stream a run's scores."""
    yield from store.scores.of_run(run)


def references(score: Score, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Take the score's own run off the ids of its observations, so that they are the same in the next run."""
    return tuple(one.removeprefix(f"{score.run}/") for one in ids)


def spread_of(score: Score) -> Mapping[str, Any]:
    """What of the value rests on chance, as it is stored; empty for a census or an import."""
    spread: Mapping[str, Any] = score.spread.model_dump(mode="json")
    return spread if any(spread.values()) else {}


SCORES: Dataset[Score] = datasets.register(
    Dataset(
        id="scores",
        zh="指标得分",
        en="Scores",
        about="每个单位每行指标一行，带分子、分母、各项和依据，可照公式重算。",
        natural_key=("period", "unit_id", "table", "row", "indicator"),
        rows=rows,
        count=lambda store, run: sum(1 for _ in store.scores.of_run(run)),
        reckoned=True,
        columns=(
            *unit_columns(lambda row: row.unit, always=True),
            text("period", "评估期", "Period", lambda row, _: row.period, "评估半年，如 2021H1", width=10),
            code(
                "table",
                "指标表",
                "Table",
                lambda row, _: row.table,
                "通知附件 2（D）或附件 3（C）的指标表",
                codes=Table,
                width=8,
            ),
            integer("row", "行号", "Row", lambda row, _: row.row, "指标表的行号", unit="序号", width=6),
            text("indicator", "指标编号", "Indicator id", lambda row, _: row.indicator, "指标的固定编号", width=26),
            text("title", "指标", "Indicator", lambda row, _: row.title, "指标名称，与通知一致", width=32),
            number("weight", "权重", "Weight", lambda row, _: row.weight, "指标在表中的分值", unit="分", width=8),
            number(
                "weight_entered",
                "计入权重",
                "Weight entered",
                lambda row, _: row.weight_entered,
                "按所采用的解释，以多少权重进入合计；0 = 未进入",
                unit="分",
            ),
            text(
                "rule_set",
                "规则集",
                "Rule set",
                lambda row, _: row.rule_set or None,
                "核对指南所用规则集的编号",
                empty="空 = 不依据规则核对，或旧版运行没有记录",
            ),
            code(
                "state",
                "状态",
                "State",
                lambda row, _: row.state,
                "已计分、不适用（通知免评）、数据不足（我方未测够）三者不同",
                codes=ScoreState,
                width=10,
            ),
            number("value", "得分率", "Value (0–1)", lambda row, _: row.value, "得分率，0–1", unit="1", empty=UNSCORED),
            number("points", "得分", "Points", lambda row, _: row.points, "权重 × 得分率", unit="分", empty=UNSCORED),
            number(
                "numerator",
                "分子",
                "Numerator",
                lambda row, _: row.numerator,
                "公式的分子；公式有多项时为主要一项的计数，得分率由“公式各项”得出",
                unit="见指标",
                empty="空 = 未计分，或公式不是一个比值",
            ),
            number(
                "denominator",
                "分母",
                "Denominator",
                lambda row, _: row.denominator,
                "公式的分母；公式有多项时为主要一项的计数",
                unit="见指标",
                empty="空 = 未计分，或公式不是一个比值",
            ),
            number("coverage", "覆盖率", "Coverage", lambda row, _: row.coverage, "看到的 / 应看的", unit="1"),
            number(
                "minimum_coverage",
                "最低覆盖率",
                "Minimum coverage",
                lambda row, _: row.minimum_coverage,
                "低于此不计分",
                unit="1",
            ),
            number(
                "measured_share",
                "公式可测份额",
                "Measured share",
                lambda row, _: row.measured_share,
                "公式中本次各渠道能说明的份额",
                unit="1",
                width=12,
            ),
            number(
                "interval_low",
                "区间下限",
                "Interval low",
                lambda row, _: row.interval[0] if row.interval else None,
                "90% 区间下限",
                unit="1",
                empty="空 = 未计分，或没有抽样成分",
            ),
            number(
                "interval_high",
                "区间上限",
                "Interval high",
                lambda row, _: row.interval[1] if row.interval else None,
                "90% 区间上限",
                unit="1",
                empty="空 = 未计分，或没有抽样成分",
            ),
            named_values(
                "parts", "公式各项", "Terms", lambda row, _: row.parts, "公式各项的数值；名称的中文见数据字典“公式各项”"
            ),
            named_values(
                "spread",
                "抽样成分",
                "Spread",
                lambda row, _: spread_of(row),
                "得分率中由抽样决定的部分：值 = Σ 权重·项 × Π 证实/抽查（docs/uncertainty.md）",
            ),
            integer("inputs", "计入数", "Inputs", lambda row, _: len(row.inputs), "进入计算的事项与记录数"),
            integer("excluded", "未计入数", "Excluded", lambda row, _: len(row.excluded), "因未看到而不计入的数"),
            texts(
                "input_ids",
                "计入编号",
                "Input ids",
                lambda row, _: references(row, row.inputs),
                "进入计算的事项与记录编号（本次运行的省去运行编号）；逐行见 score_inputs（XLSX 装不下则截断）",
            ),
            texts(
                "excluded_ids",
                "未计入编号",
                "Excluded ids",
                lambda row, _: references(row, row.excluded),
                "不计入的事项标识与记录编号（本次运行的记录省去运行编号）；逐行见 score_inputs",
            ),
            integer(
                "version",
                "指标版本",
                "Version",
                lambda row, _: row.version,
                "指标的版本；不同版本的得分不可直接相比",
                unit="版",
            ),
            text("note", "说明", "Note", lambda row, _: row.note, "说明；空串 = 无", width=48),
            run_column(),
        ),
    )
)
