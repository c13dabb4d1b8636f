"""The year that a half belongs to: places with their intervals where both halves are there, else the reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.comparability import Incomparable, compare_bases
from domain.period import Period
from domain.run import Run
from domain.score import UnitTotal
from domain.standing import Standing
from domain.total import TotalKind, TotalList
from domain.unit import Table, Unit, all_units
from domain.year_total import HALF_MISSING, HALVES, why_no_year
from exports.report.blocks import Align, Block, Cell, Column, Facts, Grid, Heading, Paragraph, Tone
from exports.report.comparison import published_of
from exports.report.ranking_chart import RankedBody, ranking_chart
from exports.report.run_facts import Setting
from exports.report.spelling import NOTHING, spell_points, spell_range, spell_share
from exports.vocabulary import title
from storage.scored_nights import latest_scored
from storage.store import Store

Group = tuple[str, str, str]
DIFFERENCES_SHOWN = 8
LATEST_OF_HALF = "年度得分取各半年最近一次计分的运行，本次运行不是，故不列年度名次。"


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """Both halves of a year, by body; ``standings`` is empty where no year can be, or nobody put it together yet."""

    year: int
    runs: tuple[str, str]  # of the halves; "" for one that is missing
    halves: tuple[Mapping[str, UnitTotal], Mapping[str, UnitTotal]]
    standings: Mapping[str, Standing]
    weights: tuple[str, str]  # 0.4 and 0.6, by the rules with which the second half was scored
    reason: str = ""  # Chinese: why there is no year for anybody
    differences: tuple[Incomparable, ...] = ()  # in what both halves were not scored alike

    @property
    def units(self) -> tuple[Unit, ...]:
        """The bodies that have a half, in the order of the notice."""
        return tuple(unit for unit in all_units() if any(unit.id in half for half in self.halves))

    def pair(self, unit: str) -> tuple[UnitTotal | None, UnitTotal | None]:
        """Return both halves of a body."""
        return self.halves[0].get(unit), self.halves[1].get(unit)


def gather_year(store: Store, run: Run) -> YearFacts:
    """Read both halves of a run's year: nights of one target, the latest scored of each half."""
    year = Period.parse(run.period).year
    nights = [latest_scored(store, f"{year}H{half}", run.target) for half in (1, 2)]
    found = [None if night is None else night[0].id for night in nights]
    halves = [{} if night is None else {total.unit: total for total in night[1]} for night in nights]
    reason = why_none(run, found)
    second = found[1] if not reason else None
    bases = [None if one is None or reason else store.standings.basis(one) for one in found]
    rules = {} if bases[1] is None else bases[1].targets
    return YearFacts(
        year=year,
        runs=(found[0] or "", found[1] or ""),
        halves=(halves[0], halves[1]),
        standings={} if second is None else {one.unit: one for one in store.standings.of_year(second)},
        weights=(rules.get("totals.first_half", ""), rules.get("totals.second_half", "")),
        reason=reason,
        differences=() if reason else compare_bases(*bases),
    )


def why_none(run: Run, found: Sequence[str | None]) -> str:
    """Say why a run's report can name no year at all; "" where both halves are there and the run is one of them."""
    if run.id not in found:
        return LATEST_OF_HALF
    missing = [name for name, night in zip(HALVES, found, strict=True) if night is None]
    return HALF_MISSING.format("、".join(missing)) if missing else ""


def year_blocks(year: YearFacts, setting: Setting) -> Iterator[Block]:
    """Yield the chapter of the year: a ranking per table, list and kind of total, or the sentence why there is none."""
    yield Heading(text=setting.say(f"{year.year} 年度得分与名次", f"The year {year.year}"), new_page=not year.reason)
    if year.reason:
        yield Paragraph(text=setting.note(year.reason))
        return
    yield Paragraph(text=how_added(year, setting))
    yield from unlike_halves(year, setting)
    groups: dict[Group, list[Unit]] = {}
    for unit in year.units:
        groups.setdefault(group_of(*year.pair(unit.id)), []).append(unit)
    for group, units in sorted(groups.items(), key=lambda pair: (pair[0][0] != "D", pair[0])):
        yield from group_blocks(year, group, units, setting)


def how_added(year: YearFacts, setting: Setting) -> str:
    """Say what the year is made of."""
    first, second = (f" × {weight}" if weight else "" for weight in year.weights)
    return setting.say(
        f"年度得分 = 上半年得分{first} + 下半年得分{second}，按两期公布的得分计算；"
        f"上半年取运行 {year.runs[0]}，下半年取运行 {year.runs[1]}。名次须与名次区间或并列档一并引用。",
        f"Year = first half{first} + second half{second} of the published totals; first half: run {year.runs[0]}, "
        f"second half: run {year.runs[1]}. A rank must be quoted with its interval or band.",
    )


def unlike_halves(year: YearFacts, setting: Setting) -> Iterator[Paragraph]:
    """Say in what the halves were not scored alike: the notice adds published totals, whatever they rest on."""
    if not year.differences:
        return
    say, shown = setting.say, year.differences[:DIFFERENCES_SHOWN]
    told = say("；", "; ").join(say(one.sentence_zh, one.sentence_en) for one in shown)
    count = len(year.differences)
    end = say("……", " …") if count > len(shown) else say("。", ".")
    yield Paragraph(
        tone=Tone.NOTICE,
        text=say(
            f"两个半年的计分依据有 {count} 处不同，年度得分仍按公布的得分合成：{told}{end}",
            f"The halves were scored differently in {count} places, and are added as published: {told}{end}",
        ),
    )


def group_of(first: UnitTotal | None, second: UnitTotal | None) -> Group:
    """Return table, list and kind of a body's year: those of the second half where it is there."""
    known = second or first
    assert known is not None, "a body of a year has a half"
    return known.table, known.in_list, known.kind


def group_blocks(year: YearFacts, group: Group, units: Sequence[Unit], setting: Setting) -> Iterator[Block]:
    """Yield chart and table of one ranking of the year."""
    words = (Table(group[0]), TotalList(group[1]), TotalKind(group[2]))
    table, in_list, kind = (title(word, setting.language) for word in words)
    name = setting.say(f"{year.year} 年度　{table}　{in_list}　{kind}", f"{year.year}: {table}, {in_list}, {kind}")
    yield Heading(text=name, level=2)
    placed = sorted(
        ((unit, year.standings[unit.id]) for unit in units if unit.id in year.standings),
        key=lambda pair: (pair[1].rank, pair[0].id),
    )
    slug = "-".join(group)
    bodies = [
        RankedBody(unit=unit.id, name=unit.name, total=one.total, interval=one.interval, rank=one.rank, band=one.band)
        for unit, one in placed
    ]
    if bodies:
        yield ranking_chart(f"year-{slug}", name, bodies, setting.say)
    others = [unit for unit in units if unit.id not in year.standings]
    yield year_grid(year, f"year-{slug}", [*(unit for unit, _ in placed), *others], setting)


def year_grid(year: YearFacts, name: str, units: Sequence[Unit], setting: Setting) -> Grid:
    """Return a ranking of the year as a table, bodies without a year last, with the reason."""
    say = setting.say
    columns = (
        Column(title=say("名次", "Rank"), share=7, align=Align.RIGHT),
        Column(title=say("单位", "Body"), share=24),
        Column(title=say("上半年", "First half"), share=8, align=Align.RIGHT),
        Column(title=say("下半年", "Second half"), share=8, align=Align.RIGHT),
        Column(title=say("年度", "Year"), share=8, align=Align.RIGHT),
        Column(title=say("90% 区间", "90 % interval"), share=14, align=Align.RIGHT),
        Column(title=say("名次区间", "Rank interval"), share=10, align=Align.RIGHT),
        Column(title=say("并列档", "Band"), share=8, align=Align.RIGHT),
        Column(title=say("高于下一名", "Above next"), share=13, align=Align.RIGHT),
    )
    return Grid(name=name, columns=columns, rows=tuple(year_row(year, unit, setting) for unit in units))


def year_row(year: YearFacts, unit: Unit, setting: Setting) -> tuple[Cell, ...]:
    """Return one body of a year."""
    first, second = year.pair(unit.id)
    one = year.standings.get(unit.id)
    reason = "" if one else setting.note(why_no_year(first, second)) or not_yet(year, setting)
    return (
        Cell(text=str(one.rank) if one else NOTHING),
        Cell(text=unit.name, note=reason),
        Cell(text=published_of(first)),
        Cell(text=published_of(second)),
        Cell(text=spell_points(one.total) if one else NOTHING, strong=True),
        Cell(text=spell_range(one.interval, spell_points) or NOTHING if one else NOTHING),
        Cell(text=f"{one.rank_low}–{one.rank_high}" if one else NOTHING),
        Cell(text=str(one.band) if one else NOTHING),
        Cell(text=spell_share(one.above_next if one else None)),
    )


def not_yet(year: YearFacts, setting: Setting) -> str:
    """Say how the year of two halves that are there is put together."""
    return setting.say(
        f"尚未计算；`yuece score --year {year.year}` 计算并保存。",
        f"Not put together yet; `yuece score --year {year.year}` does.",
    )


def body_year_blocks(year: YearFacts, unit: Unit, setting: Setting) -> Iterator[Block]:
    """Yield what the year makes of one body."""
    say, (first, second) = setting.say, year.pair(unit.id)
    yield Heading(text=say(f"{year.year} 年度得分与名次", f"The year {year.year}"), level=2)
    one = year.standings.get(unit.id)
    if one is None:
        reason = year.reason or why_no_year(first, second)
        yield Paragraph(text=setting.note(reason) or not_yet(year, setting))
        return
    yield Facts(
        pairs=(
            (say("上半年得分", "First half"), published_of(first)),
            (say("下半年得分", "Second half"), published_of(second)),
            (say("年度得分", "Year"), spell_points(one.total)),
            (say("90% 区间", "90 % interval"), spell_range(one.interval, spell_points) or NOTHING),
            (say("年度名次", "Rank in the year"), str(one.rank)),
            (say("90% 名次区间", "90 % rank interval"), f"{one.rank_low}–{one.rank_high}"),
            (say("并列档", "Band"), say(f"第 {one.band} 档", f"{one.band}")),
        )
    )
    yield Paragraph(tone=Tone.NOTE, text=how_added(year, setting))
    yield from unlike_halves(year, setting)
