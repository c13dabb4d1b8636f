"""``yuece verify``: opens and hashes every piece of evidence again."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from commands.options import JsonOutput
from commands.store_access import open_existing
from domain.errors import ExitCode
from domain.evidence import Evidence
from storage.verification import verify


def run(
    run_id: Annotated[str | None, typer.Option("--run", help="Only this run's evidence; default: all of it.")] = None,
    json_output: JsonOutput = False,
) -> None:
    """Re-hash the evidence and name what is missing or changed."""
    with open_existing() as store:
        report = verify(store, run=run_id)
    wrong = {"missing": report.missing, "changed": report.changed}
    if json_output:
        named = {word: [piece.sha256 for piece in pieces] for word, pieces in wrong.items()}
        sys.stdout.write(json.dumps({"checked": report.checked, **named}) + "\n")
    else:
        _print(report.checked, wrong)
    if not report.sound:
        raise typer.Exit(ExitCode.OUR_ERROR)


def _print(checked: int, wrong: dict[str, tuple[Evidence, ...]]) -> None:
    console = Console()
    counts = ", ".join(f"{len(pieces)} {word}" for word, pieces in wrong.items())
    console.print(f"{checked} pieces of evidence checked, {counts}")
    for word, pieces in wrong.items():
        for piece in pieces:
            line = f"{word} {piece.sha256} {piece.kind.value} {piece.url} (run {piece.run})"
            console.print(line, soft_wrap=True, markup=False)
