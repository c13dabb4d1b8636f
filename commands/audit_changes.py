"""Prints what judging a run again has changed, per rule and per body, with the cause."""

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from crawler.rules.rule import rules
from domain.field_coverage import part_title_zh
from domain.run import RunState
from domain.unit import all_units
from engine.judging.judgement_changes import Cause, Change, ChangeLine
from engine.judging.judging_again import JudgedAgain

CAUSES = {
    Cause.RULE_NEW: "新规则 new rule",
    Cause.RULE_GONE: "规则已撤 rule gone",
    Cause.RULE_CHANGED: "规则改版 rule changed",
    Cause.SURROUNDINGS_CHANGED: "依据变化 surroundings changed",
    Cause.FIRST_JUDGEMENT: "首次审核 first judgement",
    Cause.NONE: "依据未变 nothing changed",
}
COUNTED = (Change.APPEARED, Change.VANISHED, Change.REWORDED)
HEADINGS = ("新增 appeared", "消失 vanished", "改写 reworded")


def print_changes(result: JudgedAgain, lines: Iterable[ChangeLine]) -> None:
    """Print the tables, or the one sentence that nothing changed."""
    console = Console()
    shown = tuple(lines)
    if shown:
        console.print(_by_rule(shown))
        console.print(_by_unit(shown))
    counts = f"{result.guides} guides: judged {result.judged}, copied {result.copied}, read again {result.read}"
    console.print(f"run {result.run}, {counts}", markup=False, soft_wrap=True)
    if not (result.appeared or result.vanished or result.reworded):
        console.print(f"nothing changed: {result.findings} findings stand as they stood", soft_wrap=True)
    else:
        changed = f"{result.appeared} appeared, {result.vanished} vanished, {result.reworded} reworded"
        console.print(f"findings: {changed}, {result.stayed} stayed", soft_wrap=True)
    if result.in_doubt:
        named = "、".join(part_title_zh(part.field) for part in result.in_doubt)
        console.print(f"lost since the last good run: {named}", markup=False, soft_wrap=True)
    if result.state is RunState.QUARANTINED:
        console.print("the run is in quarantine: `yuece serve` shows why", markup=False, soft_wrap=True)


def _by_rule(lines: Iterable[ChangeLine]) -> Table:
    counts: dict[tuple[str, Cause], dict[Change, int]] = defaultdict(lambda: dict.fromkeys(Change, 0))
    for line in lines:
        counts[line.rule, line.cause][line.change] += line.findings
    table = _table("各规则的变化 changes by rule", ("规则", "问题", "原因", *HEADINGS))
    titles = {rule.id: rule.failure_title for rule in rules.all()}
    for (rule, cause), changes in sorted(counts.items()):
        figures = [str(changes[change]) for change in COUNTED]
        table.add_row(rule, titles.get(rule, ""), CAUSES[cause], *figures)
    return table


def _by_unit(lines: Iterable[ChangeLine]) -> Table:
    counts: dict[str, dict[Change, int]] = defaultdict(lambda: dict.fromkeys(Change, 0))
    for line in lines:
        counts[line.unit][line.change] += line.findings
    names = {unit.id: unit.name for unit in all_units()}
    table = _table("各单位的变化 changes by unit", ("单位", *HEADINGS))
    for unit, changes in sorted(counts.items()):
        table.add_row(names.get(unit, unit), *(str(changes[change]) for change in COUNTED))
    return table


def _table(title: str, headings: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading in HEADINGS else "left")
    return table
