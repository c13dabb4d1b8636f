"""``yuece grade``: what waits for a person's judgement, and one grade given from the command line."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from commands.options import JsonOutput, RunId
from commands.store_access import chosen_run, open_existing
from domain.errors import UsageError
from exports.rater_agreement import measure_agreement
from storage.row_review import QueuedRow, give_grade, list_queue, pair_grades
from storage.store import Store


def run(
    observation: Annotated[str | None, typer.Argument(help="RUN/PORTAL/PROBE/ITEM; without it: the queue.")] = None,
    row: Annotated[int | None, typer.Option("--row", help="Which row of it, as the queue numbers them.")] = None,
    grade: Annotated[float | None, typer.Option("--grade", help="1 right, 0.5 related or in part, 0 wrong.")] = None,
    reviewer: Annotated[str, typer.Option("--reviewer", help="Who grades.")] = "",
    why: Annotated[str, typer.Option("--why", help="Why.")] = "",
    run_id: RunId = None,
    json_output: JsonOutput = False,
) -> None:
    """Show the answers that a person should grade, and how far people agree with the program; or give one grade."""
    with open_existing() as store:
        if observation is None:
            _show(store, chosen_run(store, run_id).id, json_output)
            return
        if row is None or grade is None:
            raise UsageError("which grade? give --row N --grade 1 (or 0.5, 0) --reviewer NAME")
        given = give_grade(store, observation, row, reviewer=reviewer, grade=grade, why=why)
    said = f"kept: {given.reviewer} {given.grade:g}; `yuece score --run {observation.partition('/')[0]}` scores anew"
    Console().print(said, soft_wrap=True, markup=False)


def _show(store: Store, run: str, json_output: bool) -> None:
    queue = tuple(list_queue(store, run))
    agreement = measure_agreement(pair_grades(queue))
    waiting = [one for one in queue if not one.grades]
    if json_output:
        told = {
            "run": run,
            "waiting": [_describe(one) for one in waiting],
            "graded": len(queue) - len(waiting),
            "agreement": agreement.model_dump(mode="json"),
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    console = Console()
    for one in waiting:
        console.print(f"{one.observation.id} --row {one.number}\n  {one.row.asked}\n", soft_wrap=True, markup=False)
    kappa = "—" if agreement.kappa is None else f"{agreement.kappa:.2f}"
    same = f"{agreement.same} of {agreement.pairs} as the program, Cohen's κ {kappa}"
    console.print(f"{len(waiting)} waiting, {len(queue) - len(waiting)} graded; {same}", markup=False)


def _describe(one: QueuedRow) -> dict[str, object]:
    """Write a row without the program's grade, which would sway the person."""
    row = one.row
    return {
        "observation": one.observation.id,
        "row": one.number,
        "asked": row.asked,
        "expected": row.expected,
        "seen": row.seen,
        "picture": one.picture,
    }
