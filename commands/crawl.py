"""``yuece crawl``: one portal's guides, collected and audited, without probes."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from commands.nightly import is_partial, make_plan
from commands.options import Addresses, Corpus, Faults, Full, JsonOutput, Seed, Size, Units
from commands.progress import BarReporter
from commands.sandbox_choice import Announcement, sandbox_options
from crawler.job import ALL_LISTED
from domain.errors import ExitCode
from engine.night import run_crawl
from engine.reporter import SilentReporter
from engine.settings import load_settings
from portals.adapter import adapters


def run(
    portal: Annotated[str, typer.Option("--portal", help="gdzwfw, yss or yst.")] = "gdzwfw",
    units: Units = None,
    target: Annotated[str, typer.Option("--target", help="sandbox or live.")] = "sandbox",
    size: Size = "medium",
    seed: Seed = 2021,
    corpus: Corpus = "demo",
    faults: Faults = None,
    sandbox: Announcement = None,
    region: Annotated[
        str | None, typer.Option(help="Crawl every body listed for these regions (440000,440100), not the 48.")
    ] = None,
    full: Full = False,
    addresses: Addresses = True,
    json_output: JsonOutput = False,
) -> None:
    """Collect every guide of a portal, prove completeness and audit what was measured."""
    adapter = adapters.get(portal)
    settings = load_settings()
    options = sandbox_options(size, seed, corpus, faults, sandbox)
    plan = make_plan(settings, portal=target, units=units, sandbox=options)
    captured = {"units": (ALL_LISTED,), "portal_options": {"region": tuple(region.split(","))}} if region else {}
    plan = plan.model_copy(update={"portals": (adapter.id,), "full": full, "addresses": addresses, **captured})
    if json_output:
        summary = run_crawl(settings, plan, SilentReporter())
        sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    else:
        with BarReporter() as reporter:
            summary = run_crawl(settings, plan, reporter)
        counts = summary["portals"][adapter.id]
        line = ", ".join(f"{count} {name}" for name, count in counts.items())
        Console().print(f"run {summary['run']}: {line}; {summary['findings']} findings", markup=False, soft_wrap=True)
        if summary["note"]:
            Console().print(summary["note"], style="bold red", markup=False, soft_wrap=True)
    if is_partial(summary, target):
        raise typer.Exit(ExitCode.PARTIAL)
