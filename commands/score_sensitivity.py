"""``yuece score --sensitivity``: what other choices would make of a run's rankings, from what is stored."""

import json
import sys

from rich.console import Console
from rich.table import Table

from domain.errors import UsageError
from domain.period import Period
from domain.run import Run
from domain.score import UnitTotal
from domain.sensitivity import CHOICE_TITLES_ZH, Sensitivity
from domain.unit import find_unit
from engine.results.year_step import totals_of
from engine.settings import load_settings
from scoring.total_rules import TOTALS_FILE, load_total_rules
from storage.store import Store


def print_sensitivity(store: Store, run: Run, table: str | None, *, json_output: bool) -> None:
    """Try every other choice on a scored run, keep the result and print it.

    Raises ``UsageError`` for a run that was not scored by this version of the tool.
    """
    results = try_run(store, run)
    store.standings.save_sensitivities(run.id, results)
    shown = [result for result in results if table in (None, result.table)]
    if json_output:
        line = {"run": run.id, "period": run.period, "sensitivity": [one.model_dump(mode="json") for one in shown]}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        return
    console = Console()
    for result in shown:
        console.print(variations_table(result))
        console.print(movers_table(result))


def try_run(store: Store, run: Run) -> tuple[Sensitivity, ...]:
    """Try every other choice; scipy comes in here, since no other verb of ``yuece score`` needs it."""
    from scoring.uncertainty.sensitivity import Halves, try_choices  # noqa: PLC0415

    basis = store.standings.basis(run.id)
    if basis is None:
        raise UsageError(f"run {run.id!r} has no ranking yet; `yuece score --run {run.id}` makes it")
    period = Period.parse(run.period)
    rules = load_total_rules(load_settings().totals_file or TOTALS_FILE)
    totals = store.scores.totals(run.id)
    other = totals_of(store, str(period.model_copy(update={"half": 3 - period.half})), run.target)
    halves = (totals, other) if period.half == 1 else (other, totals)
    known = Halves(
        first=values_of(halves[0]),
        second=values_of(halves[1]),
        weights=(float(rules.first_half), float(rules.second_half)),
    )
    return try_choices(store.scores.of_run(run.id), totals, basis, halves=known)


def values_of(totals: tuple[UnitTotal, ...]) -> dict[str, float]:
    """Return published totals by body."""
    return {total.unit: float(total.published) for total in totals if total.published is not None}


def variations_table(result: Sensitivity) -> Table:
    """One line per variation."""
    heading = f"敏感性 {result.table} 表 {result.in_list} 榜（{result.reading}，{result.kind}）"
    table = Table("选择", "变化", "平均位次变动", "最大", "τ-b", "变动最大的单位", "说明", title=heading)
    for one in result.variations:
        tau = "–" if one.tau_b is None else f"{one.tau_b:.3f}"
        moved = find_unit(one.most_moved).name if one.most_moved else "–"
        shifts = (f"{one.mean_shift:.2f}", f"{one.max_shift:.2f}") if one.bodies else ("–", "–")
        table.add_row(CHOICE_TITLES_ZH[one.choice], one.title, *shifts, tau, moved, one.note)
    return table


def movers_table(result: Sensitivity) -> Table:
    """For each body, the choice that moves it most."""
    table = Table("单位", "位次", "最敏感的选择", "变化后的位次", title="各单位最敏感的选择")
    for one in result.movers:
        table.add_row(find_unit(one.unit).name, str(one.rank), one.title, f"{one.rank_otherwise:.1f}")
    return table
