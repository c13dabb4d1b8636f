"""``yuece nightly``: plan, crawl, audit, probe, score and export, unattended."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from commands.night_table import print_night
from commands.options import Addresses, Corpus, Faults, Full, JsonOutput, Seed, Size, Units
from commands.progress import BarReporter
from commands.sandbox_choice import sandbox_options
from domain.errors import ExitCode, UsageError
from domain.period import Period
from domain.run import RunState
from domain.unit import all_units, named_units
from engine.leave import overlays_of
from engine.night import run_night
from engine.night_plan import NightPlan, SandboxOptions
from engine.reporter import SilentReporter
from engine.settings import Settings, load_settings
from portals.adapter import adapters
from probes.search.life_events import load_life_events

TARGETS = ("sandbox", "live")


def run(
    portal: Annotated[str, typer.Option("--portal", help="sandbox (default) or live.")] = "sandbox",
    period: Annotated[str | None, typer.Option(help="Such as 2021H1; default: the current half-year.")] = None,
    units: Units = None,
    resume: Annotated[str | None, typer.Option(help="Finish a killed night: its run id, or last.")] = None,
    size: Size = "medium",
    seed: Seed = 2021,
    faults: Faults = None,
    corpus: Corpus = "demo",
    full: Full = False,
    addresses: Addresses = True,
    json_output: JsonOutput = False,
) -> None:
    """Measure the portals for one night: crawl, audit, probe, score and export."""
    settings = load_settings()
    plan = make_plan(
        settings, portal=portal, period=period, units=units, sandbox=sandbox_options(size, seed, corpus, faults)
    )
    summary = _run(settings, plan.model_copy(update={"full": full, "addresses": addresses}), resume, json_output)
    if json_output:
        sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    else:
        print_night(summary)
    if is_partial(summary, portal):
        raise typer.Exit(ExitCode.PARTIAL)


def is_partial(summary: dict[str, Any], target: str) -> bool:
    """Say whether the exit code tells of gaps: the sandbox plants some on purpose, a quarantine always counts."""
    return summary["state"] == RunState.QUARANTINED or (summary["state"] != RunState.FINISHED and target == "live")


def _run(settings: Settings, plan: NightPlan, resume: str | None, quiet: bool) -> dict[str, Any]:
    if quiet:
        return run_night(settings, plan, SilentReporter(), resume=resume)
    with BarReporter() as reporter:
        return run_night(settings, plan, reporter, resume=resume)


def make_plan(
    settings: Settings,
    *,
    portal: str,
    period: str | None = None,
    units: list[str] | None = None,
    sandbox: SandboxOptions | None = None,
) -> NightPlan:
    """Turn what was asked for into a plan; raise ``UsageError`` naming what is unknown."""
    if portal not in TARGETS:
        raise UsageError(f"unknown portal {portal!r} for a night; allowed: {', '.join(TARGETS)}")
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    chosen = tuple(unit.id for unit in named_units(units))
    return NightPlan(
        target=portal,
        period=str(Period.parse(period) if period else Period.of(today)),
        units=chosen or tuple(unit.id for unit in all_units()),
        portals=tuple(adapter.id for adapter in adapters.all()),
        sizes=settings.sizes,
        overlays=overlays_of(settings),
        salt=settings.salt,
        anchor_salt=settings.anchor_salt,
        life_events=load_life_events(settings.life_events).events if settings.life_events else {},
        link_occasion_gap_h=settings.occasion_gap_h(portal),
        visit_occasion_gap_h=settings.visit_gap_h(portal),
        sandbox=sandbox if portal == "sandbox" else None,
    )
