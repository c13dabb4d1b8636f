"""``yuece list``: the catalogue of everything that can be named on the command line."""

import json
import sys
from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from commands.hand_ins import all_hand_ins
from commands.options import JsonOutput
from commands.store_access import open_existing
from crawler.rules.catalogue import write_example
from crawler.rules.firing_rates import rate_of
from crawler.rules.rule import rules
from domain.errors import unknown
from domain.unit import Table as UnitTable
from domain.unit import all_units
from engine.leave import overlays_of
from engine.settings import load_settings
from portals.adapter import adapters
from probes.probe import probes
from scoring.catalogue import figure_rows, indicator_table
from scoring.indicator import indicators

Rows = list[dict[str, str]]
COLUMNS_MAX = 7


def run(
    what: Annotated[
        str, typer.Argument(help="rules, probes, indicators, rows, figures, portals, units, runs or imports.")
    ],
    json_output: JsonOutput = False,
) -> None:
    """List rules, probes, indicators, rows of the notice, figures, portals, units, runs or imports."""
    if what not in LISTS:
        raise unknown("list", what, LISTS)
    rows = LISTS[what]()
    if json_output:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    console = Console()
    if not rows:
        console.print(f"the store holds no {what} yet")
    elif len(rows[0]) > COLUMNS_MAX:
        for row in rows:
            console.print(_card(row))
    else:
        console.print(_side_by_side(rows))


def _side_by_side(rows: Rows) -> Table:
    table = Table()
    for heading in rows[0]:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row.values())
    return table


def _card(row: dict[str, str]) -> Table:
    """Lay one row out as a block of lines: more columns than a terminal has room for cannot be read side by side."""
    heading, *rest = row.items()
    card = Table(title=heading[1], title_justify="left", title_style="bold", show_header=False, box=None)
    card.add_column(style="dim", no_wrap=True)
    card.add_column(overflow="fold")
    for name, text in rest:
        if text:
            card.add_row(name, text)
    return card


def _rules() -> Rows:
    return [
        {
            "id": rule.id,
            "version": str(rule.version),
            "checkpoint": rule.checkpoint or "",
            "asks": rule.title,
            "why": rule.why,
            "judges": rule.applicability,
            "passes": write_example(rule, rule.passing(), rule.title),
            "fails": write_example(rule, rule.failing(), rule.failure_title),
            "source": rule.source,
            "fired on real guides": str(rate_of(rule.id)),
        }
        for rule in rules.all()
    ]


def _probes() -> Rows:
    return [
        {"id": probe.id, "version": str(probe.version), "title": probe.title, "why": probe.why}
        for probe in probes.all()
    ]


def _indicators() -> Rows:
    return [
        {
            "id": one.id,
            "rows": " ".join(f"{table}{row}" for table, row in one.rows.items()),
            "title": one.title,
            "why": one.why,
        }
        for one in indicators.all()
    ]


def _portals() -> Rows:
    overlays = overlays_of(load_settings())
    return [
        {
            "id": one.id,
            "title": one.portal.title,
            "channel": one.portal.channel,
            "why": one.why,
            "hosts": " ".join(origin for origin in site.hosts.values() if origin),
            "fits the live site": site.verified or "unverified against the live site",
        }
        for one in adapters.all()
        for site in [one.site(None, overlays.get(one.id))]
    ]


def _units() -> Rows:
    return [{"id": unit.id, "name": unit.name, "table": unit.table.value} for unit in all_units()]


def _runs() -> Rows:
    with open_existing() as store:
        return [
            {
                "id": one.id,
                "kind": one.kind.value,
                "period": one.period,
                "target": one.target,
                "state": one.state.value,
                "note": one.note,
            }
            for one in store.runs.all()
        ]


def _imports() -> Rows:
    with open_existing() as store:
        return [hand_in.as_row() for hand_in in all_hand_ins(store)]


def _rows() -> Rows:
    return [
        {
            "row": f"{table}{row.no}",
            "id": row.id,
            "title": row.level3,
            "weight": f"{row.weight}{row.unit}",
            "class": row.row_class.value,
            "mode": row.mode.value,
            "channels": " ".join(row.channels),
            "formula": row.formula,
            "indicator": row.indicator or "",
        }
        for table in UnitTable
        for row in indicator_table(table).rows
    ]


def _figures() -> Rows:
    return [
        {
            "row": row.label,
            "figure": figure.id,
            "name": figure.name,
            "unit": figure.unit,
            "channel": figure.channel.value,
            "allowed": figure.range_zh,
            "required": "yes" if figure.required else "no",
        }
        for row in figure_rows()
        for figure in row.figures
    ]


LISTS: dict[str, Callable[[], Rows]] = {
    "rules": _rules,
    "probes": _probes,
    "indicators": _indicators,
    "rows": _rows,
    "figures": _figures,
    "imports": _imports,
    "portals": _portals,
    "units": _units,
    "runs": _runs,
}
