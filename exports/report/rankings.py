"""The rankings of a period as charts and tables, list by list, with what other choices would make of them."""

from collections.abc import Iterator, Sequence

from domain.score import UnitTotal
from domain.sensitivity import Sensitivity
from domain.unit import Table, Unit
from exports.report.blocks import Align, Block, Cell, Column, Grid, Heading, Paragraph, Tone
from exports.report.comparison import published_of
from exports.report.ranking_chart import RankedBody, ranking_chart
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import NOTHING, spell_count, spell_points, spell_range, spell_share
from exports.vocabulary import title

Group = tuple[str, str, str]


def ranking_blocks(facts: RunFacts, setting: Setting) -> Iterator[Block]:
    """Yield one chapter per table, list and kind of total: bodies of different ones are never ranked together."""
    groups: dict[Group, list[Unit]] = {}
    for unit in facts.units:
        total = facts.totals[unit.id]
        groups.setdefault((total.table, total.in_list, total.kind), []).append(unit)
    for group, units in sorted(groups.items(), key=lambda pair: (pair[0][0] != "D", pair[0])):
        yield from group_blocks(facts, group, units, setting)


def group_blocks(facts: RunFacts, group: Group, units: Sequence[Unit], setting: Setting) -> Iterator[Block]:
    """Yield chart, table and sensitivity of one ranking."""
    say = setting.say
    one = facts.totals[units[0].id]
    table = title(Table(one.table), setting.language)
    name = say(
        f"{table}　{title(one.in_list, setting.language)}　{title(one.kind, setting.language)}",
        f"{table}, list {one.in_list}, {one.kind} totals",
    )
    yield Heading(text=name, new_page=True)
    ranked = rank_bodies(facts, units)
    slug = "-".join(group)
    if ranked:
        yield ranking_chart(f"ranking-{slug}", name, ranked, say)
    yield ranking_grid(facts, units, slug, setting)
    yield from sensitivity_blocks(facts, group, setting)


def rank_bodies(facts: RunFacts, units: Sequence[Unit]) -> list[RankedBody]:
    """Return the bodies that have a place, best first."""
    placed = [(unit, facts.standings[unit.id]) for unit in units if unit.id in facts.standings]
    return [
        RankedBody(unit=unit.id, name=unit.name, total=one.total, interval=one.interval, rank=one.rank, band=one.band)
        for unit, one in sorted(placed, key=lambda pair: (pair[1].rank, pair[0].id))
    ]


def ranking_grid(facts: RunFacts, units: Sequence[Unit], slug: str, setting: Setting) -> Grid:
    """Return the ranking as a table, bodies without a total last."""
    say = setting.say
    columns = (
        Column(title=say("名次", "Rank"), share=7, align=Align.RIGHT),
        Column(title=say("单位", "Body"), share=27),
        Column(title=say("得分", "Total"), share=9, align=Align.RIGHT),
        Column(title=say("90% 区间", "90 % interval"), share=14, align=Align.RIGHT),
        Column(title=say("名次区间", "Rank interval"), share=10, align=Align.RIGHT),
        Column(title=say("并列档", "Band"), share=8, align=Align.RIGHT),
        Column(title=say("高于下一名", "Above next"), share=11, align=Align.RIGHT),
        Column(title=say("计入 / 应计权重", "Weight"), share=14, align=Align.RIGHT),
    )
    ordered = sorted(units, key=lambda unit: (facts.totals[unit.id].rank or len(units) + 1, unit.id))
    rows = tuple(ranking_row(facts, unit, facts.totals[unit.id]) for unit in ordered)
    return Grid(name=f"ranking-{slug}", columns=columns, rows=rows)


def ranking_row(facts: RunFacts, unit: Unit, total: UnitTotal) -> tuple[Cell, ...]:
    """Return one body of a ranking."""
    one = facts.standings.get(unit.id)
    return (
        Cell(text=NOTHING if total.rank is None else str(total.rank)),
        Cell(text=unit.name),
        Cell(text=published_of(total), strong=True),
        Cell(text=spell_range(one.interval, spell_points) or NOTHING if one else NOTHING),
        Cell(text=f"{one.rank_low}–{one.rank_high}" if one else NOTHING),
        Cell(text=str(one.band) if one else NOTHING),
        Cell(text=spell_share(one.above_next if one else None)),
        Cell(text=f"{spell_count(total.weight_scored)} / {spell_count(total.weight_applicable)}"),
    )


def sensitivity_blocks(facts: RunFacts, group: Group, setting: Setting) -> Iterator[Block]:
    """Yield what other choices would make of the ranking, as far as somebody asked."""
    say = setting.say
    yield Heading(text=say("敏感性", "Sensitivity"), level=2)
    tried = find_sensitivity(facts, group)
    if tried is None:
        yield Paragraph(
            tone=Tone.NOTE,
            text=say(
                f"没有结果：有得分的单位不足两个，或尚未计算（`yuece score --run {facts.run.id} --sensitivity`）。",
                "No result: fewer than two bodies have a score, or nobody tried yet "
                f"(`yuece score --run {facts.run.id} --sensitivity`).",
            ),
        )
        return
    names = {unit.id: unit.name for unit in facts.units}
    columns = (
        Column(title=say("选择", "Choice"), share=20),
        Column(title=say("变化", "Variation"), share=34),
        Column(title=say("平均位次变动", "Mean shift"), share=12, align=Align.RIGHT),
        Column(title=say("最大变动", "Largest"), share=9, align=Align.RIGHT),
        Column(title="τ-b", share=8, align=Align.RIGHT),
        Column(title=say("变动最大的单位", "Most moved"), share=17),
    )
    rows = tuple(
        (
            Cell(text=title(one.choice, setting.language)),
            Cell(text=one.title, note=one.note),
            Cell(text=f"{one.mean_shift:.2f}" if one.bodies else NOTHING),
            Cell(text=f"{one.max_shift:.1f}" if one.bodies else NOTHING),
            Cell(text=NOTHING if one.tau_b is None else f"{one.tau_b:.3f}"),
            Cell(text=names.get(one.most_moved, one.most_moved)),
        )
        for one in tried.variations
    )
    yield Grid(name=f"sensitivity-{'-'.join(group)}", columns=columns, rows=rows)


def find_sensitivity(facts: RunFacts, group: Group) -> Sensitivity | None:
    """Return what was tried on one ranking in the run's own reading."""
    readings = {total.reading for total in facts.totals.values()}
    for one in facts.store.standings.sensitivities(facts.run.id):
        if (one.table, one.in_list, one.kind) == group and one.reading in readings:
            return one
    return None
