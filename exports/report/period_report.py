"""The report of one period over all bodies: rankings, where which rule is broken, movement, spread, coverage, gaps."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

from domain.score import Score
from domain.total import GapChannel
from domain.unit import Table, Unit
from exports.report.blocks import Align, Block, Cell, Column, Grid, Heading, Paragraph, Report, Tone
from exports.report.change_chart import Moved, change_chart
from exports.report.comparison import published_of, total_differences
from exports.report.cover import cover_facts, run_pairs, warnings
from exports.report.heat_map import FaultMap, heat_map, share_of
from exports.report.method import method_blocks
from exports.report.overview import overview_blocks
from exports.report.platform_faults import platform_blocks
from exports.report.rankings import ranking_blocks
from exports.report.run_facts import MAIN_PORTAL, RunFacts, Setting
from exports.report.spelling import NOTHING, spell_change, spell_count, spell_share
from exports.report.spread_chart import SpreadRow, spread_chart
from exports.report.unit_report import moved
from exports.report.year import YearFacts, year_blocks
from exports.vocabulary import title

RULES_PER_PAGE = 46
RULE_TITLE_CHARACTERS = 24


def build_period_report(facts: RunFacts, year: YearFacts, setting: Setting, history: Sequence[RunFacts] = ()) -> Report:
    """Build the report of a period; ``history`` holds the scored runs of earlier periods, oldest first."""
    say = setting.say
    counts = Counter(unit.table for unit in facts.units)
    bodies = say("、", ", ").join(f"{title(table, setting.language)} {counts[table]}" for table in Table)
    return Report(
        name=f"{facts.run.id}-report",
        title=say("政务服务用户视角测评报告", "Government services from the citizen's side"),
        subtitle=facts.run.period,
        running_head=f"{say('政务服务用户视角测评报告', 'Report')}　{facts.run.period}　{facts.run.id}",
        language=setting.language,
        cover=cover_facts(run_pairs(facts, setting), ((say("被评单位", "Bodies"), bodies),)),
        blocks=tuple(period_blocks(facts, year, setting, history)),
    )


def period_blocks(facts: RunFacts, year: YearFacts, setting: Setting, history: Sequence[RunFacts]) -> Iterator[Block]:
    """Yield every chapter in order."""
    say = setting.say
    yield from warnings(facts, setting)
    yield Paragraph(
        text=say(
            "部门（D 表）与县（市、区）（C 表）分别排名；适用分不足的单位列 B 榜，另行排名。"
            "名次须与名次区间或并列档一并引用。",
            "Departments (table D) and counties (table C) are ranked apart; bodies with few applicable points stand on "
            "list B. A rank must be quoted with its interval or band.",
        )
    )
    yield from overview_blocks(facts, setting)
    yield from ranking_blocks(facts, setting)
    yield from year_blocks(year, setting)
    yield from movement_blocks(facts, setting, history)
    yield from heat_blocks(facts, setting)
    yield from spread_blocks(facts, setting)
    yield from gap_blocks(facts, setting)
    yield from platform_blocks(facts, setting)
    yield from method_blocks(facts, setting)
    yield Heading(text=say("各单位覆盖", "Coverage by body"), level=2)
    yield unit_coverage(facts, setting)


def movement_blocks(facts: RunFacts, setting: Setting, history: Sequence[RunFacts]) -> Iterator[Block]:
    """Yield how totals moved over the periods, where two were scored."""
    say = setting.say
    yield Heading(text=say("各期变化", "From period to period"), new_page=bool(history))
    if not history:
        yield Paragraph(text=say("只有一期已计分，没有变化可列。", "Only one period was scored."))
        return
    for table in Table:
        moves = (moved_body(facts, unit, setting, history) for unit in facts.units if unit.table is table)
        bodies = [body for body in moves if body]
        if bodies:
            bodies.sort(key=lambda body: -body.totals[facts.run.period])
            yield change_chart(f"changes-{table.value}", title(table, setting.language), bodies, say)
    yield movement_grid(facts, setting, history)


def moved_body(facts: RunFacts, unit: Unit, setting: Setting, history: Sequence[RunFacts]) -> Moved | None:
    """Return a body's totals over the periods; ``None`` where it has none now."""
    if facts.totals[unit.id].published is None:
        return None
    before = [one for one in history if unit.id in one.totals and one.totals[unit.id].published is not None]
    return moved([*before, facts], unit, setting)


def movement_grid(facts: RunFacts, setting: Setting, history: Sequence[RunFacts]) -> Grid:
    """Return totals by period, the change of the last step or why it cannot be told."""
    say = setting.say
    columns = (
        Column(title=say("单位", "Body"), share=28),
        *(Column(title=one.run.period, share=10, align=Align.RIGHT) for one in (*history, facts)),
        Column(title=say("变化", "Change"), share=10, align=Align.RIGHT),
        Column(title=say("不可比的原因", "Why not comparable"), share=42),
    )
    rows = []
    for unit in facts.units:
        totals = [one.totals.get(unit.id) for one in (*history, facts)]
        before, now = totals[-2], totals[-1]
        why = total_differences(history[-1], facts, unit.id, setting)
        change = NOTHING
        if before and now and before.published is not None and now.published is not None and not why:
            change = spell_change(float(now.published - before.published), 2)
        elif not why:
            why = (say("至少一期没有得分", "a period without a total"),)
        told = (*(Cell(text=published_of(total)) for total in totals), Cell(text=change, strong=True))
        rows.append((Cell(text=unit.name), *told, Cell(text="；".join(why))))
    return Grid(name="movement", columns=columns, rows=tuple(rows))


def heat_blocks(facts: RunFacts, setting: Setting) -> Iterator[Block]:
    """Yield the map of rules and bodies, as many pages as the rules need."""
    say = setting.say
    yield Heading(text=say("规则与单位热力图", "Rules and bodies"), new_page=True)
    found = fault_map(facts, setting)
    if not found.rules:
        yield Paragraph(text=say("没有发现问题。", "No faults were found."))
        return
    yield Paragraph(
        tone=Tone.NOTE,
        text=say(
            f"{MAIN_PORTAL} 上有问题的 {len(found.rules)} 条规则，问题多的在前；"
            "颜色由浅到深为有此问题的办事指南所占比例，各页用同一标尺。",
            f"{len(found.rules)} rules with faults on {MAIN_PORTAL}, the most frequent first; one scale for all pages.",
        ),
    )
    peak = max(share_of(found, rule, unit) for rule, _ in found.rules for unit, _ in found.units) or 1.0
    size = ceil(len(found.rules) / ceil(len(found.rules) / RULES_PER_PAGE))  # pages of equal length
    for page, start in enumerate(range(0, len(found.rules), size), start=1):
        part = FaultMap(
            rules=found.rules[start : start + size],
            units=found.units,
            faults=found.faults,
            guides=found.guides,
        )
        name = say(f"规则 {start + 1}–{start + len(part.rules)}", f"rules {start + 1}–{start + len(part.rules)}")
        yield heat_map(f"heat-{page}", name, part, peak, say)


def fault_map(facts: RunFacts, setting: Setting) -> FaultMap:
    """Count faults by rule and body."""
    faults: dict[str, dict[str, int]] = {}
    for unit in facts.units:
        for rule, count in facts.store.audits.count_by_rule(facts.run.id, MAIN_PORTAL, unit.id).items():
            faults.setdefault(rule, {})[unit.id] = count
    ordered = sorted(faults, key=lambda rule: (-sum(faults[rule].values()), rule))
    return FaultMap(
        rules=[(rule, short_title(setting.rule_titles.get(rule, rule))) for rule in ordered],
        units=[(unit.id, unit.name) for unit in facts.units],
        faults=faults,
        guides={unit.id: facts.measured(unit.id) for unit in facts.units},
    )


def short_title(text: str) -> str:
    """Cut a rule's title to what stands beside the map."""
    return text if len(text) <= RULE_TITLE_CHARACTERS else text[: RULE_TITLE_CHARACTERS - 1] + "…"


def spread_blocks(facts: RunFacts, setting: Setting) -> Iterator[Block]:
    """Yield how the bodies are spread over each indicator."""
    say = setting.say
    yield Heading(text=say("各指标的分布", "Spread of each indicator"), new_page=True)
    for table in Table:
        rows = spread_rows(facts, table)
        if rows:
            yield Heading(text=title(table, setting.language), level=2)
            shown = [SpreadRow(label=f"{key} {name}", values=values) for (_, key, name), values, _ in rows if values]
            if shown:
                yield spread_chart(f"spread-{table.value}", title(table, setting.language), shown, say)
            yield spread_grid([row for row in rows if row[1]], table, setting)
            unscored = sum(not row[1] for row in rows)
            told = f"另有 {unscored} 行本期没有单位计分，不列。", f"{unscored} more rows were scored for nobody."
            yield Paragraph(tone=Tone.NOTE, text=say(*told))


def spread_rows(facts: RunFacts, table: Table) -> list[tuple[tuple[int, str, str], tuple[float, ...], int]]:
    """Return (number, row, title), the scores lowest first, and how many bodies the row names, in the table's order."""
    found: dict[tuple[int, str, str], list[Score]] = {}
    for scores in facts.scores.values():
        for score in scores:
            if score.table == table.value:
                found.setdefault((score.row, f"{score.table}{score.row}", score.title), []).append(score)
    return [
        (key, tuple(sorted(one.value for one in scores if one.value is not None)), len(scores))
        for key, scores in sorted(found.items())
    ]


def spread_grid(
    rows: Sequence[tuple[tuple[int, str, str], tuple[float, ...], int]], table: Table, setting: Setting
) -> Grid:
    """Return the figures behind the chart."""
    say = setting.say
    heads = (say("最低", "Least"), "Q1", say("中位", "Median"), "Q3", say("最高", "Most"))
    columns = (
        Column(title=say("行", "Row"), share=8),
        Column(title=say("指标", "Indicator"), share=35),
        Column(title=say("已计分 / 单位", "Scored / bodies"), share=12, align=Align.RIGHT),
        *(Column(title=head, share=9, align=Align.RIGHT) for head in heads),
    )
    lines = []
    for (_, key, name), values, bodies in rows:
        figures: tuple[float | None, ...] = (None,) * 5
        if values:
            figures = (values[0], *SpreadRow(label="", values=values).quartiles, values[-1])
        told = tuple(Cell(text=spell_share(figure)) for figure in figures)
        lines.append((Cell(text=key), Cell(text=name), Cell(text=f"{len(values)} / {bodies}"), *told))
    return Grid(name=f"spread-{table.value}", columns=columns, rows=tuple(lines))


def gap_blocks(facts: RunFacts, setting: Setting) -> Iterator[Block]:
    """Yield what the other channels still owe."""
    say = setting.say
    yield Heading(text=say("总分尚缺的数据（按渠道）", "What is missing for full totals, by channel"))
    lacking = {
        (part.channel, total.table, part.row, part.title, total.unit)
        for total in facts.totals.values()
        for part in total.missing
        if part.blocking
    }
    counted: Counter[tuple[GapChannel, str, int, str]] = Counter(gap[:4] for gap in lacking)
    rows = tuple(
        (
            Cell(text=title(channel, setting.language)),
            Cell(text=f"{table}{row}"),
            Cell(text=name),
            Cell(text=str(count)),
        )
        for (channel, table, row, name), count in sorted(
            counted.items(), key=lambda pair: (pair[0][0], pair[0][1] != "D", pair[0][2])
        )
    )
    columns = (
        Column(title=say("渠道", "Channel"), share=25),
        Column(title=say("行", "Row"), share=15),
        Column(title=say("指标", "Indicator"), share=45),
        Column(title=say("缺此数据的单位数", "Bodies"), share=15, align=Align.RIGHT),
    )
    yield Grid(name="gaps", columns=columns, rows=rows, empty=say("没有缺项。", "Nothing is missing."))


def unit_coverage(facts: RunFacts, setting: Setting) -> Grid:
    """Return how much of each body was seen."""
    say = setting.say
    listed: Counter[str] = Counter()
    for one in facts.listings:
        if one.offered and one.portal == MAIN_PORTAL:
            listed[one.unit] += max(one.guides, one.total or 0)
    seen: Counter[str] = Counter()
    counts: Counter[tuple[str, bool]] = Counter()
    for (portal, unit, outcome), count in facts.visits.items():
        if portal == MAIN_PORTAL and outcome.value != "not_measured":
            seen[unit] += count
    for (_, whose, _, judged), count in facts.observed.items():
        if whose:
            counts[whose, judged.counts] += count
    rows = tuple(
        (
            Cell(text=unit.name),
            Cell(text=spell_count(listed[unit.id])),
            Cell(text=spell_count(seen[unit.id])),
            Cell(text=spell_share(seen[unit.id] / listed[unit.id]) if listed[unit.id] else NOTHING),
            Cell(text=str(counts[unit.id, True])),
            Cell(text=str(counts[unit.id, False])),
        )
        for unit in facts.units
    )
    columns = (
        Column(title=say("单位", "Body"), share=35),
        Column(title=say("列出的指南", "Guides listed"), share=13, align=Align.RIGHT),
        Column(title=say("有结论的指南", "Guides seen"), share=13, align=Align.RIGHT),
        Column(title=say("覆盖率", "Coverage"), share=13, align=Align.RIGHT),
        Column(title=say("有结论的探测", "Probes told"), share=13, align=Align.RIGHT),
        Column(title=say("未得结论的探测", "Probes untold"), share=13, align=Align.RIGHT),
    )
    return Grid(name="unit-coverage", columns=columns, rows=rows)
