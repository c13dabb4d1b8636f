"""Prints totals and years as tables: full ones are named 总分, partial ones 用户视角部分得分, with what they lack."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from domain.handed_list import LIST_TITLES_ZH
from domain.score import UnitTotal
from domain.standing import Standing
from domain.total import GAP_CHANNEL_TITLES_ZH, TOTAL_KIND_TITLES_ZH, MissingPart, TotalKind
from domain.unit import Table as UnitTable
from domain.unit import find_unit
from domain.year_total import YearTotal
from scoring.catalogue import indicator_table

READING_TITLES_ZH = {"narrow": "窄口径", "wide": "宽口径"}
TABLE_TITLES_ZH = {"D": "市级部门", "C": "县（市、区）"}


def print_totals(totals: Sequence[UnitTotal]) -> None:
    """Print totals by table, kind and list, then what keeps partial ones from being full."""
    groups = sorted({(total.table, total.kind, total.in_list) for total in totals}, key=lambda group: group[0] != "D")
    for table, kind, in_list in groups:
        members = [one for one in totals if (one.table, one.kind, one.in_list) == (table, kind, in_list)]
        title = f"{TABLE_TITLES_ZH[table]} {TOTAL_KIND_TITLES_ZH[kind]} · {in_list} 榜"
        Console().print(totals_table(members, title), soft_wrap=False)
    partial = [total for total in totals if total.kind is TotalKind.PARTIAL]
    if partial:
        Console().print(missing_table(partial))


def totals_table(totals: Iterable[UnitTotal], title: str) -> Table:
    """Lay totals out by rank, both readings side by side."""
    table = Table(title=title, title_justify="left")
    for heading in ("名次", "单位", "得分", "基础分", "加分", "减分", "窄口径", "宽口径", "适用分", "已计权重"):
        table.add_column(heading, justify="left" if heading == "单位" else "right")
    for total in sorted(totals, key=lambda one: (one.rank is None, one.rank or 0, one.unit)):
        both = {one.reading: one.published for one in total.readings}
        base = None if total.base is None else f"{total.base:.2f}"
        cells = (total.rank, find_unit(total.unit).name, total.published, base, total.bonus, total.penalty)
        weight = f"{total.weight_scored:g}/{total.weight_applicable:g}"
        row = (*cells, both.get("narrow"), both.get("wide"), total.applicable_points, weight)
        table.add_row(*("–" if cell is None else str(cell) for cell in row))
    return table


def missing_table(totals: Iterable[UnitTotal]) -> Table:
    """Lay out what is missing by row and channel, with the number of bodies that lack it."""
    found: dict[tuple[str, int, str, str], set[str]] = {}
    for total in totals:
        for part in total.missing:
            if part.blocking:
                key = (total.table, part.row, GAP_CHANNEL_TITLES_ZH[part.channel], figures_of(total.table, part))
                found.setdefault(key, set()).add(total.unit)
    table = Table(title="尚缺（补齐后出总分）", title_justify="left")
    for heading in ("行", "指标", "渠道", "缺什么", "单位数"):
        table.add_column(heading, overflow="fold")
    for (code, number, channel, lacks), units in sorted(found.items(), key=lambda one: (one[0][0] != "D", *one[0][1:])):
        row = indicator_table(UnitTable(code)).row(number)
        table.add_row(f"{code}{number}", row.level3, channel, lacks, str(len(units)))
    return table


def figures_of(table: str, part: MissingPart) -> str:
    """Name missing figures in Chinese; without any, say what the row's note says."""
    row = indicator_table(UnitTable(table)).row(part.row)
    names = {figure.id: figure.name for figure in row.figures}
    names |= {kind.value: f"清单：{title}" for kind, title in LIST_TITLES_ZH.items()}
    return "、".join(names.get(figure, figure) for figure in part.figures) or first_sentence(part.note)


def first_sentence(note: str) -> str:
    """Return what a note says first, which is the reason: the rest differs from body to body."""
    return note.partition("。")[0]


def years_table(years: Sequence[YearTotal]) -> Table:
    """Lay years out by table, list and rank."""
    table = Table(title="年度得分（上半年 40%，下半年 60%）", title_justify="left")
    for heading in ("名次", "单位", "榜", "名称", "上半年", "下半年", "年度", "说明"):
        table.add_column(heading)
    ordered = sorted(years, key=lambda one: (one.table != "D", one.in_list, one.rank is None, one.rank or 0, one.unit))
    for year in ordered:
        cells = (year.rank, find_unit(year.unit).name, f"{year.table}-{year.in_list}", TOTAL_KIND_TITLES_ZH[year.kind])
        row = (*cells, year.first, year.second, year.published, year.note)
        table.add_row(*("–" if cell is None else str(cell) for cell in row))
    return table


def standings_table(standings: Iterable[Standing]) -> Table:
    """Lay places out with what chance leaves open of them."""
    table = Table(title="年度名次与区间", title_justify="left")
    for heading in ("榜", "名次", "单位", "得分", "区间", "名次区间", "并列档", "高于下一名", "前三"):
        table.add_column(heading, justify="left" if heading in ("榜", "单位") else "right")
    for one in sorted(standings, key=lambda one: (one.table != "D", one.in_list, one.kind, one.rank, one.unit)):
        interval = "–" if one.interval is None else f"{one.interval[0]:.2f}–{one.interval[1]:.2f}"
        above = "–" if one.above_next is None else f"{one.above_next:.0%}"
        head = (f"{one.table}-{one.in_list}", str(one.rank), find_unit(one.unit).name, f"{one.total:.2f}", interval)
        table.add_row(*head, f"{one.rank_low}–{one.rank_high}", str(one.band), above, f"{one.p_top3:.0%}")
    return table
