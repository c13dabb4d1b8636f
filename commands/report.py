"""``yuece report``: what a body has to mend and how its numbers came about, as pages that can be read and printed."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from commands.export import say
from commands.options import RunId
from commands.store_access import open_existing
from domain.errors import UsageError
from domain.period import Period
from domain.run import Run
from domain.unit import Unit, all_units, find_unit
from engine.accounts import known_secrets
from engine.judging.rule_titles import rule_titles
from engine.results.year_step import place_missing_year
from engine.settings import load_settings
from exports.language import parse_language
from exports.report.run_facts import Setting
from exports.report.written_report import Printer, write_reports
from scoring.total_rules import TOTALS_FILE, load_total_rules
from storage.scored_nights import is_scored_night
from storage.store import Store

ALL = "all"


def run(
    period: Annotated[
        str | None, typer.Option(help="Half-year to report on, such as 2021H1; its latest scored night.")
    ] = None,
    run_id: RunId = None,
    units: Annotated[
        list[str] | None,
        typer.Option(
            "--unit", "--units", help="Evaluated bodies by id or name, or all; default: one report of the period."
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", help="html, pdf or docx.")] = "html",
    out: Annotated[Path, typer.Option("--out", help="Folder for the files.")] = Path("reports"),
    language: Annotated[str, typer.Option("--language", "--lang", help="zh or en.")] = "zh",
    workbench: Annotated[
        str, typer.Option("--workbench", metavar="URL", help="Where the workbench is served, for links to evidence.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Publish although the snapshot shrank.")] = False,
) -> None:
    """Write the report of a period, or of single bodies; refuses (exit 4) a snapshot that shrank suspiciously."""
    settings = load_settings()
    setting = Setting(language=parse_language(language), rule_titles=rule_titles(), workbench_url=workbench)
    with open_existing(settings) as store:
        chosen = find_run(store, run_id, period)
        place_missing_year(store, chosen, load_total_rules(settings.totals_file or TOTALS_FILE))
        paths = write_reports(
            store,
            chosen,
            format=format,
            out=out,
            setting=setting,
            units=find_units(units or [], chosen),
            printer=make_printer(format, settings.browser),
            secrets=known_secrets(),
            force=force,
        )
    say(paths)


def find_units(names: list[str], run: Run) -> list[Unit]:
    """Return the named bodies, each once, or all of the run; raise ``UsageError`` for an unknown one."""
    asked = [name.strip() for told in names for name in told.split(",")]
    if ALL in asked:
        return [unit for unit in all_units() if unit.id in run.units]
    return list(dict.fromkeys(find_unit(name) for name in asked))


def find_run(store: Store, run_id: str | None, period: str | None) -> Run:
    """Return the named run, or the latest scored night, of the period where one is named."""
    wanted = None if period is None else str(Period.parse(period))
    if run_id is not None and run_id != "last":
        chosen = store.runs.get(run_id)
        if wanted not in (None, chosen.period):
            raise UsageError(f"run {run_id} is of period {chosen.period}, not {wanted}; leave one of the two out")
        return chosen
    nights = [one for one in store.runs.all() if is_scored_night(one) and wanted in (None, one.period)]
    scored = next((one for one in nights if store.scores.totals(one.id)), None)
    if scored is None:
        known = ", ".join(sorted({one.period for one in store.runs.all()})) or "none"
        raise UsageError(
            f"no scored night{f' of period {wanted!r}' if wanted else ''}; the store holds periods: {known}"
        )
    return scored


def make_printer(format: str, executable: str) -> Printer | None:
    """Return what prints, where a PDF is asked for: the browser costs a second to load."""
    if format != "pdf":
        return None
    from probes.browser.page_print import print_page  # noqa: PLC0415

    return partial(print_page, executable=executable)
