"""``yuece verify``: opens and hashes every piece of evidence, every manifest and every link of the chain again."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from commands.options import JsonOutput
from commands.store_access import open_existing
from domain.errors import ExitCode
from domain.leak import LeakReport
from engine.accounts import known_secrets
from engine.settings import load_settings
from storage.leak_scan import scan_evidence
from storage.verification import VerificationReport, verify

NOT_SCANNED = LeakReport(scanned=0, opaque=0, bytes_read=0, leaks=())


def run(
    run_id: Annotated[str | None, typer.Option("--run", help="Only this run's evidence; default: all of it.")] = None,
    leaks: Annotated[bool, typer.Option("--leaks/--no-leaks", help="Also read the evidence for secrets.")] = True,
    json_output: JsonOutput = False,
) -> None:
    """Re-hash the evidence and name what is missing or changed, by file, observation and step; look for secrets."""
    settings = load_settings()
    with open_existing(settings) as store:
        report = verify(store, run=run_id, roots=settings.time_stamp_roots)
        found = scan_evidence(store, run_id, secrets=known_secrets()) if leaks else NOT_SCANNED
    if json_output:
        told = _as_json(report) | {"leaks": found.model_dump(mode="json")}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        _print(report, stamped=bool(settings.time_stamp_url))
        _print_leaks(found)
    if not report.sound or not found.clean:
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


def _print_leaks(found: LeakReport) -> None:
    console = Console()
    if found != NOT_SCANNED:
        read = f"{found.scanned} texts read for secrets ({found.opaque} pictures and prints hold no text)"
        console.print(f"{read}, {len(found.leaks)} found")
    for leak in found.leaks:
        console.print(f"leak {leak.kind.value} {leak.masked} in {leak.place}", soft_wrap=True, markup=False)
