"""``yuece import figures``: what the three other channels hand in for a half-year, and the table to write it in."""

from pathlib import Path

from commands.store_access import chosen_run
from domain.errors import UsageError
from domain.period import Period
from domain.unit import all_units, named_units
from engine.provenance import tool_commit
from intake.csv_rows import write_csv_template
from intake.figure_intake import FigureHandIn, take_figures
from intake.templates.figures import lines_to_fill, make_figures
from intake.workbook_template import write_template
from scoring.catalogue import figure_rows
from storage.store import Store

FORMATS = ("xlsx", "csv")


def import_figures(store: Store, file: Path, by: str, source: str, period: str | None, version: int | None) -> str:
    """Take a filled-in table over and say what became of it."""
    about = Period.parse(period) if period is not None else Period.parse(chosen_run(store, None).period)
    hand_in = FigureHandIn(table=file, period=about, by=by, source=source, version=version, tool_commit=tool_commit())
    figures = take_figures(store, figure_rows(), hand_in)
    if not figures:
        return f"{file.name} is version {store.figures.latest_version(str(about))} of {about} already: nothing new"
    units = len({figure.unit for figure in figures})
    return f"{len(figures)} figures of {units} bodies as version {figures[0].version} of {about}"


def figures_template(form: str, units: list[str] | None, *, chinese: bool) -> bytes:
    """Return the table to fill in: one line per body and figure of its table."""
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}; allowed: {', '.join(FORMATS)}")
    rows = figure_rows()
    wanted = named_units(units) or all_units()
    lines = list(lines_to_fill(rows, wanted))
    if form == "csv":
        return write_csv_template(make_figures(rows), chinese=chinese, rows=lines)
    return write_template(make_figures(rows), chinese=chinese, rows=lines)
