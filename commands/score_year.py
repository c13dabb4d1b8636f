"""``yuece score --year``: both halves of a year out of the stored totals of their latest nights, ranked and kept."""

import json
import sys

from rich.console import Console

from commands.score_totals import standings_table, years_table
from commands.store_access import open_existing
from domain.errors import UsageError
from engine.results.year_step import differences_of, halves_of, rank_year
from engine.settings import load_settings
from scoring.total_rules import TOTALS_FILE, load_total_rules


def print_year(year: int, table: str | None, *, json_output: bool) -> None:
    """Print a year; raise ``UsageError`` when neither half has a scored night."""
    rules = load_total_rules(load_settings().totals_file or TOTALS_FILE)
    with open_existing() as store:
        halves = halves_of(store, year)
        if not any(halves):
            known = ", ".join(sorted({run.period for run in store.runs.all()})) or "none"
            raise UsageError(f"the store holds no totals of {year}; it holds: {known}")
        all_years, all_standings = rank_year(store, year, halves, rules)
        differences = [one.sentence_zh for one in differences_of(store, halves)]
    years = [one for one in all_years if table in (None, one.table)]
    standings = [one for one in all_standings if table in (None, one.table)]
    if json_output:
        line = {
            "year": year,
            "totals": [one.model_dump(mode="json") for one in years],
            "standings": [one.model_dump(mode="json") for one in standings],
            "differences": differences,
        }
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        Console().print(years_table(years))
        if standings:
            Console().print(standings_table(standings))
        if differences:
            Console().print(f"两个半年的计分依据有 {len(differences)} 处不同：" + "；".join(differences), markup=False)
