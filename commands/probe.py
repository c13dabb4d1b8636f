"""``yuece probe``: one probe on one item, or an earlier observation once more."""

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

from commands.nightly import make_plan
from commands.options import JsonOutput, RunId, Seed, Size
from commands.progress import BarReporter
from commands.rerun_table import print_comparison
from commands.sandbox_choice import Announcement, sandbox_options
from commands.store_access import chosen_run, open_existing
from domain.errors import UsageError
from domain.observation import Observation
from domain.outcome import OUTCOME_TITLES_ZH, Outcome
from domain.run import Run
from engine.night_plan import NightPlan, SandboxOptions
from engine.reporter import SilentReporter
from engine.settings import load_settings
from engine.visiting.rerun import Compared, compare_observations, earlier_of, task_again
from engine.visiting.single_probe import ProbeChoice, find_task, run_probes
from portals.adapter import adapters
from probes.control import CONTROL
from probes.probe import ProbeTask, probes


def run(
    portal: Annotated[str, typer.Option("--portal", help="gdzwfw, yss or yst.")] = "gdzwfw",
    probe: Annotated[str | None, typer.Option("--probe", help="A probe's id; default: every probe.")] = None,
    item: Annotated[str | None, typer.Option("--item", help="An item's code or id.")] = None,
    rerun: Annotated[str | None, typer.Option("--rerun", help="An observation's id: make that probe again.")] = None,
    target: Annotated[str, typer.Option("--target", help="sandbox or live.")] = "sandbox",
    run_id: RunId = None,
    size: Size = "medium",
    seed: Seed = 2021,
    sandbox: Announcement = None,
    json_output: JsonOutput = False,
) -> None:
    """Make a probe on an item that an earlier crawl knows; nothing is ever submitted."""
    adapters.get(portal)
    settings = load_settings()
    with open_existing(settings) as store:
        source = chosen_run(store, rerun.partition("/")[0] if rerun else run_id)
        known = task_again(store.observations.get(rerun)) if rerun else None
        choices = () if known else _choices(portal, probe, item, rerun, source)
        tasks = (known,) if known else tuple(find_task(store, choice) for choice in choices)
    options = _same_sandbox(source, sandbox_options(size, seed, announcement=sandbox))
    plan = make_plan(settings, portal=target, sandbox=options)
    visited = tuple({task.portal for task in tasks})
    plan = plan.model_copy(update={"portals": visited, "rerun_of": rerun or ""})
    _make(plan, tasks, json_output)


def _same_sandbox(source: Run, given: SandboxOptions) -> SandboxOptions:
    """Visit the sandbox that the source run saw, unless a running one is named."""
    known = NightPlan.model_validate(source.settings).sandbox
    return known if known is not None and given.announcement is None else given


def _choices(portal: str, probe: str | None, item: str | None, rerun: str | None, source: Run) -> list[ProbeChoice]:
    if rerun is not None:
        parts = rerun.split("/")
        if len(parts) != 4:
            raise UsageError(f"unknown observation {rerun!r}; allowed: RUN/PORTAL/PROBE/ITEM")
        return [ProbeChoice(portal=parts[1], probe_id=parts[2], item=parts[3], source=source)]
    if item is None:
        raise UsageError("which item? give --item CODE or --rerun OBSERVATION")
    ids = [probes.get(probe).id] if probe else [known.id for known in probes.all() if known.id != CONTROL]
    return [ProbeChoice(portal=portal, probe_id=probe_id, item=item, source=source) for probe_id in ids]


def _make(plan: NightPlan, tasks: tuple[ProbeTask, ...], json_output: bool) -> None:
    settings = load_settings()
    if json_output:
        summary = run_probes(settings, plan, tasks, SilentReporter())
        told = {**summary, "compared": [line.model_dump(mode="json") for line in _compared(summary)]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    with BarReporter() as reporter:
        summary = run_probes(settings, plan, tasks, reporter)
    for seen in summary["made"]:
        place = f"{seen['run']}/{seen['portal']}/{seen['probe_id']}/{seen['item_id']}"
        title = OUTCOME_TITLES_ZH[Outcome(seen["outcome"])]
        Console().print(f"{title} {seen['reason']}\n  yuece replay {place}", markup=False, soft_wrap=True)
    print_comparison(_compared(summary))


def _compared(summary: dict[str, Any]) -> tuple[Compared, ...]:
    """Hold what was made again against the time before; nothing where nothing was."""
    with open_existing() as store:
        found = [Observation.model_validate(seen) for seen in summary["made"]]
        pairs = [(earlier_of(store, seen), seen) for seen in found]
    return tuple(line for before, seen in pairs if before is not None for line in compare_observations(before, seen))
