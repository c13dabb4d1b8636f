"""``yuece import``: tables that people filled in, whole or not at all, and the empty tables themselves."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from commands.import_figures import figures_template, import_figures
from commands.import_lists import LIST_TABLES, import_lists
from commands.options import Language, RunId, Units
from commands.store_access import chosen_run, open_existing
from domain.errors import UsageError, unknown
from engine.provenance import tool_commit
from exports.language import Language as Tongue
from exports.language import parse_language
from intake.check_intake import read_checks, record_checks
from intake.filled_table import MisfitsError
from intake.hand_in import record
from intake.manual_intake import read_observations
from intake.template import templates
from intake.templates.figures import FIGURES_ID
from intake.workbook_template import write_template
from storage.store import Store


def run(
    what: Annotated[
        str | None, typer.Argument(help="What the table holds: observations, checks, figures, lists or open-data.")
    ] = None,
    file: Annotated[Path | None, typer.Argument(metavar="FILE.xlsx", help="The filled-in table.")] = None,
    by: Annotated[str, typer.Option("--by", help="Name of the evaluator who hands it in.")] = "",
    pictures: Annotated[Path | None, typer.Option("--pictures", help="Folder of the pictures that rows name.")] = None,
    template: Annotated[str | None, typer.Option("--template", help="Write the empty table to stdout.")] = None,
    source: Annotated[
        str, typer.Option("--source", help="Of figures and lists: the system or list they were taken from.")
    ] = "",
    period: Annotated[
        str | None, typer.Option("--period", help="Of figures and lists: 2021H1; default: the last night's.")
    ] = None,
    version: Annotated[
        int | None, typer.Option("--version", help="Of figures: default: one more than the last.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="Of the empty table of figures: xlsx or csv.")] = "xlsx",
    units: Units = None,
    run_id: RunId = None,
    language: Language = "zh",
) -> None:
    """Import a filled-in table: every cell is checked first, and either all rows are taken over or none."""
    chinese = parse_language(language) is Tongue.ZH
    if template is not None:
        made = (
            figures_template(form, units, chinese=chinese) if template == FIGURES_ID else empty(template, form, chinese)
        )
        send_template(template, form, made)
        return
    if what is None or file is None:
        raise UsageError("nothing to import; allowed: `yuece import observations FILE.xlsx --by NAME`, or --template")
    if what not in (*TAKERS, *LIST_TABLES, FIGURES_ID):
        raise unknown("table to import", what, [*TAKERS, *LIST_TABLES, FIGURES_ID])
    with open_existing() as store:
        try:
            if what == FIGURES_ID:
                said = import_figures(store, file, by, source, period, version)
            elif what in LIST_TABLES:
                said = import_lists(store, what, file, by, source, period)
            else:
                said = TAKERS[what](store, file, run_id, by, pictures)
        except MisfitsError as misfits:
            print_faults(misfits, chinese=chinese)
            raise
    Console().print(said, soft_wrap=True, markup=False)


def take_observations(store: Store, file: Path, run_id: str | None, by: str, pictures: Path | None) -> str:
    """Keep manual observations about a run."""
    about = chosen_run(store, run_id)
    hand_in = read_observations(store, about, file, by=by, pictures=pictures, tool_commit=tool_commit())
    made, observations = record(store, hand_in)
    return f"{len(hand_in.records)} rows as {len(observations)} observations of {made.period}, run {made.id}"


def take_checks(store: Store, file: Path, run_id: str | None, by: str, pictures: Path | None) -> str:
    """Keep what people found on a drawn sample, which names its run itself."""
    hand_in = read_checks(store, file, by=by, pictures=pictures, tool_commit=tool_commit())
    made, checks = record_checks(store, hand_in)
    return f"{len(checks)} checks of sample {hand_in.commitment.id}, run {made.id}; see `yuece sample results`"


Taker = Callable[[Store, Path, str | None, str, Path | None], str]
TAKERS: Mapping[str, Taker] = {"observations": take_observations, "checks": take_checks}
"""Template → what keeps a filled-in table of it and says so in one sentence."""


def empty(name: str, form: str, chinese: bool) -> bytes:
    """Return an empty table with its example row."""
    known = [template.id for template in templates.all()]
    if name not in known:
        raise unknown("template", name, [*known, FIGURES_ID])
    if form != "xlsx":
        raise UsageError(f"the template {name} cannot be had as {form!r}; allowed: xlsx (figures: csv as well)")
    return write_template(templates.get(name), chinese=chinese)


def send_template(name: str, form: str, data: bytes) -> None:
    """Write an empty table to stdout; a terminal cannot take it."""
    if sys.stdout.isatty():
        raise UsageError(f"a table is no text; allowed: `yuece import --template {name} > {name}.{form}`")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_faults(misfits: MisfitsError, *, chinese: bool) -> None:
    """Name every cell that does not fit, one a line."""
    console = Console(stderr=True)
    for fault in misfits.faults:
        console.print(fault.say(chinese=chinese), soft_wrap=True, markup=False, highlight=False)
