"""``yuece release``: lift the quarantine of a run, with a name and a reason on record."""

from typing import Annotated

import typer
from rich.console import Console

from commands.store_access import open_existing
from engine.judging.quarantine import release


def run(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="The run in quarantine, see `yuece list runs`.")],
    reviewer: Annotated[str, typer.Option("--reviewer", help="Who lifts it.")],
    note: Annotated[str, typer.Option("--note", help="Why: what was found when the pages were compared.")],
) -> None:
    """Let a run in quarantine be scored and published after all."""
    with open_existing() as store:
        released = release(store, store.runs.get(run_id), reviewer=reviewer, note=note)
    said = f"run {released.id} is released; score it with `yuece score --run {released.id}`"
    Console().print(said, soft_wrap=True, markup=False)
