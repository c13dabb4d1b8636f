"""``yuece score``: the rows and totals of a run, computed again from what is stored."""

import json
import sys
from dataclasses import replace
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from commands.options import JsonOutput, RunId
from commands.score_explain import print_explanation
from commands.score_sensitivity import print_sensitivity
from commands.score_totals import print_totals
from commands.score_year import print_year
from commands.store_access import chosen_run, finished_first, open_existing
from domain.errors import UsageError
from domain.period import Period
from domain.run import Run, RunKind
from domain.score import Score
from domain.unit import find_unit
from engine.night_plan import NightPlan
from engine.results.scoring_choice import ScoringChoice, choice_of
from engine.results.scoring_step import score_run
from engine.settings import load_settings
from engine.visiting.probe_plan import plan_again
from exports.language import Language
from exports.vocabulary import title
from scoring.applicability import Reading
from storage.store import Store

TABLES = ("D", "C")


def run(
    period: Annotated[
        str | None, typer.Option(help="Score the latest night of this half-year, such as 2021H1.")
    ] = None,
    table: Annotated[str | None, typer.Option(help="D (departments) or C (counties); default: both.")] = None,
    reading: Annotated[
        str | None, typer.Option(help="narrow or wide: how far the notice's exemption reaches; default: the setting.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Put the stored totals of both halves of a year together, such as 2021.")
    ] = None,
    explain: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="UNIT INDICATOR", help="Show what one stored score rests on, such as dept-05 D27."),
    ] = None,
    sensitivity: Annotated[
        bool, typer.Option(help="Show what other choices would make of the stored ranking.")
    ] = False,
    run_id: RunId = None,
    json_output: JsonOutput = False,
) -> None:
    """Compute scores and totals of a run again, from the store alone: 总分 where nothing is missing, else the part."""
    if table is not None and table not in TABLES:
        raise UsageError(f"unknown table {table!r}; allowed: {', '.join(TABLES)}")
    if sum((year is not None, explain is not None, sensitivity)) > 1:
        raise UsageError("--year, --explain and --sensitivity are three questions; allowed: one at a time")
    if year is not None:
        print_year(year, table, json_output=json_output)
        return
    with open_existing() as store:
        chosen = _run_of(store, run_id, period)
        if explain is not None:
            print_explanation(store, chosen.id, *explain, json_output=json_output)
            return
        if sensitivity:
            print_sensitivity(store, chosen, table, json_output=json_output)
            return
        plan = NightPlan.model_validate(chosen.settings)
        units = [find_unit(unit) for unit in plan.units]
        scores, totals = score_run(
            store,
            chosen.id,
            units,
            None if store.facts.plan(chosen.id) is not None else plan_again(store, chosen.id, plan),
            choice=_choice(reading),
        )
    shown = [score for score in scores if table in (None, score.table)]
    told = [total for total in totals if table in (None, total.table)]
    if json_output:
        lines = {
            "run": chosen.id,
            "period": chosen.period,
            "scores": [score.model_dump(mode="json") for score in shown],
            "totals": [total.model_dump(mode="json") for total in told],
        }
        sys.stdout.write(json.dumps(lines, ensure_ascii=False) + "\n")
    else:
        Console().print(_as_table(shown))
        print_totals(told)


def _choice(reading: str | None) -> ScoringChoice:
    choice = choice_of(load_settings())
    if reading is None:
        return choice
    if reading not in list(Reading):
        raise UsageError(f"unknown reading {reading!r}; allowed: {', '.join(Reading)}")
    return replace(choice, reading=Reading(reading))


def _run_of(store: Store, run_id: str | None, period: str | None) -> Run:
    if period is None:
        return chosen_run(store, run_id)
    wanted = str(Period.parse(period))
    nights = finished_first(known for known in store.runs.all() if known.kind is RunKind.NIGHTLY)
    runs = [night for night in nights if night.period == wanted]
    if not runs:
        known = ", ".join(sorted({night.period for night in nights})) or "none"
        raise UsageError(f"the store holds no night of period {wanted!r}; it holds: {known}")
    return runs[0]


def _as_table(scores: list[Score]) -> Table:
    table = Table(title="指标得分 indicator scores")
    for heading in ("单位", "行", "指标", "状态", "得分率", "分子", "分母", "覆盖率"):
        table.add_column(heading)
    for score in scores:
        value = "–" if score.value is None else f"{score.value:.4f}"
        parts = [f"{part:g}" if part is not None else "–" for part in (score.numerator, score.denominator)]
        row = f"{score.table}{score.row}"
        unit = find_unit(score.unit).name
        table.add_row(unit, row, score.title, title(score.state, Language.ZH), value, *parts, f"{score.coverage:.0%}")
    return table
