"""``yuece verify``: opens and hashes every piece of evidence again."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from commands.options import JsonOutput
from commands.store_access import open_existing
from domain.errors import ExitCode
from storage.verification import verify


def run(
    run_id: Annotated[str | None, typer.Option("--run", help="Only this run's evidence; default: all of it.")] = None,
    json_output: JsonOutput = False,
) -> None:
    """Re-hash the evidence and name what is missing or changed."""
    with open_existing() as store:
        if run_id is not None:
            store.runs.get(run_id)
        report = verify(store, run=run_id)
    damaged = bool(report.missing or report.changed)
    if json_output:
        found = {"checked": report.checked, "missing": list(report.missing), "changed": list(report.changed)}
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        console = Console()
        console.print(
            f"{report.checked} pieces of evidence checked, {len(report.missing)} missing, {len(report.changed)} changed"
        )
        for word, hashes in (("missing", report.missing), ("changed", report.changed)):
            for sha256 in hashes:
                console.print(f"{word} {sha256}", soft_wrap=True)
    if damaged:
        raise typer.Exit(ExitCode.OUR_ERROR)
