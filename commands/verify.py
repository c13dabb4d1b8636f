"""``yuece verify``: opens and hashes every piece of evidence, every manifest and every link of the chain again."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from commands.options import JsonOutput
from commands.store_access import open_existing
from domain.errors import ExitCode
from engine.settings import load_settings
from storage.verification import VerificationReport, verify


def run(
    run_id: Annotated[str | None, typer.Option("--run", help="Only this run's evidence; default: all of it.")] = None,
    json_output: JsonOutput = False,
) -> None:
    """Re-hash the evidence and name what is missing or changed, by file, observation and step."""
    settings = load_settings()
    with open_existing(settings) as store:
        report = verify(store, run=run_id, roots=settings.time_stamp_roots)
    if json_output:
        sys.stdout.write(json.dumps(_as_json(report), ensure_ascii=False) + "\n")
    else:
        _print(report, stamped=bool(settings.time_stamp_url))
    if not report.sound:
        raise typer.Exit(ExitCode.OUR_ERROR)


def _as_json(report: VerificationReport) -> dict[str, object]:
    return {
        "checked": report.checked,
        "manifests": report.manifests,
        "missing": [piece.sha256 for piece in report.missing],
        "changed": [piece.sha256 for piece in report.changed],
        "broken": [link.model_dump(mode="json") for link in report.broken],
        "stamped": report.stamped,
    }


def _print(report: VerificationReport, *, stamped: bool) -> None:
    console = Console()
    wrong = {"missing": report.missing, "changed": report.changed}
    counts = ", ".join(f"{len(pieces)} {word}" for word, pieces in wrong.items())
    console.print(f"{report.checked} pieces of evidence checked, {counts}")
    console.print(f"{report.manifests} manifests checked, {len(report.broken)} faults in them and their chain")
    kept = f"{report.stamped} runs carry a time stamp"
    console.print(kept if stamped or report.stamped else f"{kept}: no time-stamping authority is configured")
    for word, pieces in wrong.items():
        for piece in pieces:
            line = f"{word} {piece.sha256} {piece.kind.value} {piece.url} (run {piece.run})"
            console.print(line, soft_wrap=True, markup=False)
    for link in report.broken:
        console.print(link.sentence, soft_wrap=True, markup=False)
