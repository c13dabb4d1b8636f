"""``yuece export``: data sets as files for the scoring team, and the schemas and the dictionary that describe them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from commands.options import Language, RunId
from commands.store_access import chosen_run, open_existing
from domain.errors import unknown
from engine.accounts import known_secrets
from engine.judging.rule_titles import rule_titles
from exports.dictionary import write_dictionary
from exports.export import export, require_directory
from exports.schema_files import publish_schemas

DICTIONARY_FORMATS = ("md", "xlsx")


def run(
    what: Annotated[
        str,
        typer.Argument(
            help="all, or one of findings, guides, handed_entries, imported_figures, missing_parts, observations, "
            "observed_rows, readability, sample_checks, samples, score_inputs, scores, sensitivity, standings, steps, "
            "totals; schema or dictionary for what describes them."
        ),
    ],
    format: Annotated[
        str,
        typer.Option("--format", help="xlsx, csv, jsonl or parquet; of the dictionary also md, without the workbook."),
    ] = "xlsx",
    out: Annotated[Path, typer.Option("--out", help="Folder for the files.")] = Path("exports"),
    run_id: RunId = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="RUN", help="Write only what changed since this earlier run.")
    ] = None,
    workbench: Annotated[
        str, typer.Option("--workbench", metavar="URL", help="Where the workbench is served, for links to evidence.")
    ] = "",
    language: Language = "zh",
    force: Annotated[bool, typer.Option("--force", help="Publish although the snapshot shrank.")] = False,
) -> None:
    """Write data sets of a run; refuses (exit 4) a snapshot that shrank suspiciously."""
    if what == "schema":
        require_directory(out)
        say(publish_schemas(out))
        return
    if what == "dictionary":
        if format not in DICTIONARY_FORMATS:
            raise unknown("format of the dictionary", format, DICTIONARY_FORMATS)
        require_directory(out)
        say(write_dictionary(out, workbook=format != "md"))
        return
    with open_existing() as store:
        paths = export(
            store,
            what,
            run=chosen_run(store, run_id).id,
            format=format,
            out=out,
            language=language,
            since=since,
            rule_titles=rule_titles(),
            workbench_url=workbench,
            force=force,
            secrets=known_secrets(),
        )
    say(paths)


def say(paths: tuple[Path, ...]) -> None:
    """Print one path a line."""
    for path in paths:
        Console().print(str(path), soft_wrap=True, markup=False)
