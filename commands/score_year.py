"""``yuece score --year``: both halves of a year out of the stored totals of their latest nights."""

import json
import sys

from rich.console import Console

from commands.score_totals import years_table
from commands.store_access import open_existing
from domain.errors import UsageError
from domain.run import Run, RunKind, RunState
from domain.score import UnitTotal
from engine.settings import load_settings
from scoring.total_rules import TOTALS_FILE, load_total_rules
from scoring.year import add_up_year
from storage.store import Store

SCORED_STATES = (RunState.FINISHED, RunState.PARTIAL)


def print_year(year: int, table: str | None, *, json_output: bool) -> None:
    """Print a year; raise ``UsageError`` when neither half has a scored night."""
    with open_existing() as store:
        first, second = (totals_of(store, f"{year}H{half}") for half in (1, 2))
        if not (first or second):
            known = ", ".join(sorted({run.period for run in store.runs.all()})) or "none"
            raise UsageError(f"the store holds no totals of {year}; it holds: {known}")
    rules = load_total_rules(load_settings().totals_file or TOTALS_FILE)
    years = [one for one in add_up_year(year, first, second, rules) if table in (None, one.table)]
    if json_output:
        line = {"year": year, "totals": [one.model_dump(mode="json") for one in years]}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        Console().print(years_table(years))


def totals_of(store: Store, period: str) -> tuple[UnitTotal, ...]:
    """Return the totals of a half-year's latest scored night; () when there is none."""
    for run in store.runs.all():
        if run.period == period and is_scored_night(run) and (totals := store.scores.totals(run.id)):
            return totals
    return ()


def is_scored_night(run: Run) -> bool:
    """Say whether a run is a night that was not put aside."""
    return run.kind is RunKind.NIGHTLY and run.state in SCORED_STATES
