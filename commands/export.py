"""``yuece export``: findings, guides, observations or scores as a file for the scoring team."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from commands.options import Language, RunId
from commands.store_access import chosen_run, open_existing
from engine.accounts import known_secrets
from engine.rule_titles import rule_titles
from exports.export import export


def run(
    what: Annotated[str, typer.Argument(help="findings, guides, observations, readability, scores or totals.")],
    format: Annotated[str, typer.Option("--format", help="xlsx or csv.")] = "xlsx",
    out: Annotated[Path, typer.Option("--out", help="Folder for the files.")] = Path("exports"),
    run_id: RunId = None,
    language: Language = "zh",
    force: Annotated[bool, typer.Option("--force", help="Publish although the snapshot shrank.")] = False,
) -> None:
    """Write one dataset of a run; refuses (exit 4) a snapshot that shrank suspiciously."""
    with open_existing() as store:
        chosen = chosen_run(store, run_id)
        paths = export(
            store,
            what,
            run=chosen.id,
            format=format,
            out=out,
            language=language,
            rule_titles=rule_titles(),
            force=force,
            secrets=known_secrets(),
        )
    for path in paths:
        Console().print(str(path), soft_wrap=True, markup=False)
