"""``yuece import``: tables that people filled in, whole or not at all, and the empty tables themselves."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from commands.options import Language, RunId
from commands.store_access import chosen_run, open_existing
from domain.errors import UsageError
from engine.provenance import tool_commit
from exports.language import Language as Tongue
from exports.language import parse_language
from intake.filled_table import MisfitsError
from intake.hand_in import record
from intake.manual_intake import read_observations
from intake.template import templates
from intake.workbook_template import write_template


def run(
    what: Annotated[str | None, typer.Argument(help="What the table holds: observations.")] = None,
    file: Annotated[Path | None, typer.Argument(metavar="FILE.xlsx", help="The filled-in table.")] = None,
    by: Annotated[str, typer.Option("--by", help="Name of the evaluator who hands it in.")] = "",
    pictures: Annotated[Path | None, typer.Option("--pictures", help="Folder of the pictures that rows name.")] = None,
    template: Annotated[str | None, typer.Option("--template", help="Write the empty table to stdout.")] = None,
    run_id: RunId = None,
    language: Language = "zh",
) -> None:
    """Import a filled-in table: every cell is checked first, and either all rows are taken over or none."""
    chinese = parse_language(language) is Tongue.ZH
    if template is not None:
        send_template(template, chinese=chinese)
        return
    if what is None or file is None:
        raise UsageError("nothing to import; allowed: `yuece import observations FILE.xlsx --by NAME`, or --template")
    templates.get(what)
    with open_existing() as store:
        about = chosen_run(store, run_id)
        try:
            hand_in = read_observations(store, about, file, by=by, pictures=pictures, tool_commit=tool_commit())
        except MisfitsError as misfits:
            print_faults(misfits, chinese=chinese)
            raise
        made, observations = record(store, hand_in)
    said = f"{len(hand_in.records)} rows as {len(observations)} observations of {made.period}, run {made.id}"
    Console().print(said, soft_wrap=True, markup=False)


def send_template(name: str, *, chinese: bool) -> None:
    """Write an empty table to stdout; a terminal cannot take it."""
    data = write_template(templates.get(name), chinese=chinese)
    if sys.stdout.isatty():
        raise UsageError(f"a table is no text; allowed: `yuece import --template {name} > {name}.xlsx`")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_faults(misfits: MisfitsError, *, chinese: bool) -> None:
    """Name every cell that does not fit, one a line."""
    console = Console(stderr=True)
    for fault in misfits.faults:
        console.print(fault.say(chinese=chinese), soft_wrap=True, markup=False, highlight=False)
