"""``yuece score --explain UNIT INDICATOR``: one stored score with everything that it rests on."""

import json
import sys

from rich.console import Console
from rich.table import Table

from domain.explanation import LEFT_OUT_TITLES_ZH, NOT_REACHED_TITLES_ZH, Explanation
from exports.language import Language
from exports.lineage import explain_score, find_score
from exports.vocabulary import title
from storage.store import Store

SHOWN = 40
"""Ids per list on the screen; ``--json`` gives them all."""


def print_explanation(store: Store, run: str, unit: str, indicator: str, *, json_output: bool) -> None:
    """Print one score's explanation; raise ``UsageError`` where there is no such score."""
    explanation = explain_score(store, find_score(store, run, unit, indicator))
    if json_output:
        sys.stdout.write(json.dumps(explanation.model_dump(mode="json"), ensure_ascii=False) + "\n")
        return
    console = Console()
    console.print(head_table(explanation))
    console.print(parts_table(explanation))
    for line in explanation.recomputation.lines:
        console.print(line, markup=False, soft_wrap=True)
    console.print(inputs_table(explanation))
    console.print(excluded_table(explanation))
    for id in explanation.findings[:SHOWN]:
        console.print(f"问题 {id}", markup=False, soft_wrap=True)


def head_table(explanation: Explanation) -> Table:
    """The row's text, its formula, the figures and the versions."""
    score, row = explanation.score, explanation.definition
    ratio = f"{spell(score.numerator)} / {spell(score.denominator)}"
    low_high = "–" if score.interval is None else f"{score.interval[0]:.4f} – {score.interval[1]:.4f}（90 %）"
    lines = {
        "单位": explanation.unit_name,
        "指标": f"{score.table}{score.row} {score.title}（权重 {score.weight:g}）",
        "评估要点": row.description if row else "–",
        "公式": f"{row.formula}；换算 {row.points_map}" if row else "–",
        "状态": title(score.state, Language.ZH),
        "得分率": spell(score.value),
        "区间": low_high,
        "分子 / 分母": ratio,
        "覆盖率": f"{score.coverage:.2%}（最低 {score.minimum_coverage:.2%}）",
        "公式可测份额": f"{score.measured_share:g}",
        "目标值": "、".join(f"{name} = {value}" for name, value in explanation.targets.items()) or "–",
        "版本": f"指标 v{score.version}；规则集 {score.rule_set or '–'}；工具 {explanation.tool_version or '–'}",
        "说明": score.note or "–",
    }
    table = Table(title=f"得分说明 {score.run}", show_header=False)
    for name, value in lines.items():
        table.add_row(name, value)
    return table


def parts_table(explanation: Explanation) -> Table:
    """The named terms with their Chinese titles."""
    table = Table("各项", "名称", "值", title="公式各项")
    for name, value in explanation.score.parts.items():
        table.add_row(explanation.part_titles[name], name, spell(value))
    return table


def inputs_table(explanation: Explanation) -> Table:
    """What entered."""
    table = Table("编号", "事项", "结论", title=f"计入 {len(explanation.used)} 项")
    for one in explanation.used[:SHOWN]:
        table.add_row(one.id, one.title, title(one.outcome, Language.ZH) or "–")
    return table


def excluded_table(explanation: Explanation) -> Table:
    """What was left out, and why."""
    table = Table("编号", "事项", "原因", "说明", title=f"未计入 {len(explanation.excluded)} 项")
    for one in explanation.excluded[:SHOWN]:
        table.add_row(one.id, one.title, LEFT_OUT_TITLES_ZH[one.reason], one.detail or "–")
    for name, count in explanation.not_reached.items():
        table.add_row("–", f"{count} 项", "未测得", NOT_REACHED_TITLES_ZH[name])
    return table


def spell(value: float | None) -> str:
    """Write a figure at full precision."""
    return "–" if value is None else f"{value!r}"
