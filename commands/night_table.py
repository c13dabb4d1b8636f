"""Prints what a night brought, as the people who read it in the morning want it."""

import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from domain.outcome import OUTCOME_TITLES_ZH, Outcome
from domain.unit import Unit, all_units

TOP = 8
TABLE_TITLES = {"D": "市级部门 departments", "C": "县(市、区) counties"}
KIND_TITLES = {"partial": "用户视角部分得分 user-side partial score", "full": "总分 total"}
"""Bodies shown from either end of each ranking; the whole list is in the workbench and the export."""


def print_night(summary: dict[str, Any]) -> None:
    """Print counts, scores, places and the one command that opens them."""
    console = Console()
    console.print(_counts(summary))
    if summary["note"]:
        console.print(summary["note"], style="bold red", soft_wrap=True, markup=False)
    for group in sorted({_group_of(total) for total in summary["totals"]}, key=lambda one: (one[0] != "D", *one[1:])):
        console.print(_ranking([total for total in summary["totals"] if _group_of(total) == group], group))
    console.print(f"store      {summary['store']}", soft_wrap=True)
    console.print(f"evidence   {summary['evidence']}", soft_wrap=True)
    for path in summary["exports"]:
        console.print(f"export     {path}", soft_wrap=True)
    console.print(f"\nrun {summary['run']} took {summary['seconds']} s. Look at it:", soft_wrap=True, markup=False)
    console.print(f"  {sys.argv[0]} serve --open", soft_wrap=True, markup=False)


def _counts(summary: dict[str, Any]) -> Table:
    table = Table(title=f"一夜测评 {summary['run']} · {summary['period']}", show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column()
    table.add_row("被测单位 units", f"{summary['units']['planned']}（门户可见 {summary['units']['shown']}）")
    for portal, counts in summary["portals"].items():
        table.add_row(f"办事指南 {portal}", _guide_line(counts))
    table.add_row("链接与附件 addresses", _address_line(summary["addresses"]))
    table.add_row("指南问题 findings", str(summary["findings"]))
    table.add_row("探测 observations", "，".join(_outcome(*pair) for pair in summary["observations"].items()))
    table.add_row("指标得分 scores", _score_line(summary["scores"]))
    table.add_row("改变状态的请求 ledger", str(summary["ledger"]))
    table.add_row("证据中的敏感信息 leaks", f"{summary['leaks']['found']}（已读 {summary['leaks']['scanned']}）")
    return table


def _guide_line(counts: dict[str, int]) -> str:
    listed = counts["listed"]
    coverage = f"{counts['measured'] / listed:.1%}" if listed else "–"
    absent, unseen = counts["absent"], counts["not_measured"]
    return f"列出 {listed}，测得 {counts['measured']}（{coverage}），查无 {absent}，未测到 {unseen}"


def _address_line(counts: dict[str, int]) -> str:
    unseen = counts["refused"] + counts["not_measured"]
    looks = f"访问 {counts['addresses']}，有效 {counts['works']}，打不开 {counts['dead']}，未测到 {unseen}"
    return f"{looks}；文件 {counts['files']}，不可用 {counts['unusable_files']}"


def _outcome(name: str, count: int) -> str:
    return f"{OUTCOME_TITLES_ZH[Outcome(name)]} {count}"


def _score_line(scores: list[dict[str, Any]]) -> str:
    scored = sum(1 for score in scores if score["value"] is not None)
    insufficient = sum(1 for score in scores if score["state"] == "insufficient")
    exempt = sum(1 for score in scores if score["state"] == "not_applicable")
    return f"得分 {scored}，数据不足 {insufficient}，不适用 {exempt}"


def _group_of(total: dict[str, Any]) -> tuple[str, str, str]:
    """Only bodies of one table, list and kind of total are ranked together."""
    return total["table"], total["in_list"], total["kind"]


def _ranking(totals: list[dict[str, Any]], group: tuple[str, str, str]) -> Table:
    table, in_list, kind = group
    units: dict[str, Unit] = {unit.id: unit for unit in all_units()}
    ranked = sorted((total for total in totals if total["rank"]), key=lambda total: (total["rank"], total["unit"]))
    shown = ranked if len(ranked) <= 2 * TOP else [*ranked[:TOP], None, *ranked[-TOP:]]
    title = f"{KIND_TITLES[kind]} · {TABLE_TITLES[table]} · {in_list} 榜 list {in_list}"
    result = Table(title=title, title_justify="left")
    for heading in ("名次", "单位", "得分", "已评权重"):
        result.add_column(heading, justify="right" if heading != "单位" else "left")
    for total in shown:
        if total is None:
            result.add_row("…", f"（共 {len(ranked)} 个单位有名次）", "", "")
        else:
            weight = f"{total['weight_scored']:g}/{total['weight_applicable']:g}"
            result.add_row(str(total["rank"]), units[total["unit"]].name, total["published"], weight)
    unranked = [units[total["unit"]].name for total in totals if not total["rank"]]
    if unranked:
        result.caption = "数据不足或不适用，不排名：" + "、".join(unranked)
    return result
