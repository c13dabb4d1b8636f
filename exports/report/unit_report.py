"""The report of one body: its numbers, what they rest on, what to mend, and what nobody can hold against it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from domain.errors import UsageError
from domain.unit import Unit
from exports.report.blocks import Block, Heading, Paragraph, Report, Tone
from exports.report.change_chart import Moved, trend_chart
from exports.report.comparison import comparison_blocks, total_differences
from exports.report.cover import cover_facts, missing_grid, run_pairs, total_pairs, warnings, why_partial
from exports.report.failing_items import failing_blocks
from exports.report.method import method_blocks
from exports.report.platform_faults import platform_blocks
from exports.report.run_facts import RunFacts, Setting
from exports.report.score_table import score_grid
from exports.report.summary import summary_blocks
from exports.report.unseen_items import unseen_blocks
from exports.report.year import YearFacts, body_year_blocks
from exports.vocabulary import title


def build_unit_report(
    facts: RunFacts, unit: Unit, year: YearFacts, setting: Setting, history: Sequence[RunFacts] = ()
) -> Report:
    """Build the report of one body; ``history`` holds the scored runs of earlier periods, oldest first.

    Raises ``UsageError`` for a body that the run did not score.
    """
    if unit.id not in facts.totals:
        raise UsageError(f"run {facts.run.id!r} scored no {unit.id!r}; it scored: {', '.join(facts.totals)}")
    say, total = setting.say, facts.totals[unit.id]
    table = title(unit.table, setting.language)
    return Report(
        name=f"{facts.run.id}-report-{unit.id}",
        title=say(f"{unit.name}　政务服务用户视角测评报告", f"{unit.name}: report from the citizen's side"),
        subtitle=f"{table}　{facts.run.period}",
        running_head=f"{unit.name}　{facts.run.period}　{facts.run.id}",
        language=setting.language,
        cover=cover_facts(
            ((say("单位", "Body"), f"{unit.name}（{unit.id}，{table}）"),),
            run_pairs(facts, setting),
            total_pairs(total, facts.standings.get(unit.id), setting),
        ),
        blocks=tuple(unit_blocks(facts, unit, year, setting, history)),
    )


def unit_blocks(
    facts: RunFacts, unit: Unit, year: YearFacts, setting: Setting, history: Sequence[RunFacts]
) -> Iterator[Block]:
    """Yield every chapter in order."""
    say, total = setting.say, facts.totals[unit.id]
    yield from why_partial(total, setting)
    yield from warnings(facts, setting)
    yield from summary_blocks(facts, unit.id, setting)
    yield Heading(text=say("得分表", "Scores"), new_page=True)
    yield Paragraph(
        tone=Tone.NOTE,
        text=say(
            "k 为一致性系数：申报项数 · 已核验项数 · k。得分率下方为 90% 区间，没有区间的行没有抽样成分。"
            "数据不足是本次测评的缺口，不是零分。",
            "k: declared, checked, consistency factor. The 90 % interval stands below a score; a row without one holds "
            "nothing that was sampled. Insufficient is a gap of ours and no zero.",
        ),
    )
    yield score_grid(facts, unit.id, setting)
    yield Heading(text=say("总分尚缺的数据", "Missing for the full total"), level=2)
    yield missing_grid([part for part in total.missing if part.blocking], total.table, setting)
    yield from failing_blocks(facts, unit.id, setting)
    yield from comparison_blocks(facts, history[-1] if history else None, unit.id, setting)
    yield from trend(facts, unit, setting, history)
    yield from body_year_blocks(year, unit, setting)
    yield from unseen_blocks(facts, unit.id, setting)
    yield from platform_blocks(facts, setting)
    yield from method_blocks(facts, setting, unit.id)


def trend(facts: RunFacts, unit: Unit, setting: Setting, history: Sequence[RunFacts]) -> Iterator[Block]:
    """Yield the chart over the periods in which the body has a total, where there are two."""
    runs = [one for one in (*history, facts) if unit.id in one.totals and one.totals[unit.id].published is not None]
    if len(runs) < 2 or runs[-1] is not facts:
        return
    body = moved(runs, unit, setting)
    intervals = {
        one.run.period: standing.interval
        for one in runs
        if (standing := one.standings.get(unit.id)) is not None and standing.interval is not None
    }
    yield trend_chart("trend", setting.say("各期得分", "Totals by period"), body, intervals, setting.say)


def moved(runs: Sequence[RunFacts], unit: Unit, setting: Setting) -> Moved:
    """Return a body's totals over runs that all have one."""
    return Moved(
        unit=unit.id,
        name=unit.name,
        totals={one.run.period: float(one.totals[unit.id].published or 0) for one in runs},
        comparable=not any(total_differences(before, after, unit.id, setting) for before, after in pairwise(runs)),
    )
