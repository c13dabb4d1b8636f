"""Makes one probe, or an earlier one again, outside a night."""

from dataclasses import dataclass
from typing import Any

from domain.errors import UsageError
from domain.guide import Guide
from domain.run import Run, RunKind
from engine.night import finish
from engine.night_plan import NightPlan, task_for
from engine.reporter import Reporter
from engine.settings import Settings
from engine.stage import opened_run
from engine.visiting.probing import probe_tasks
from probes.control import CONTROL
from probes.probe import ProbeTask, probes
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class ProbeChoice:
    """What was asked for: a probe on an item of a portal, as the store's ``source`` run knows it."""

    portal: str
    probe_id: str
    item: str  # item id or code
    source: Run


def find_task(store: Store, choice: ProbeChoice) -> ProbeTask:
    """Turn a choice into a task; raise ``UsageError`` for an item that the source run does not know."""
    probes.get(choice.probe_id)
    guide = _guide(store, choice)
    return task_for(guide, choice.probe_id)


def _guide(store: Store, choice: ProbeChoice) -> Guide:
    for guide in store.guides.of_run(choice.source.id, portal=choice.portal):
        if choice.item in (guide.item_id, guide.code):
            return guide
    raise UsageError(
        f"run {choice.source.id!r} has no measured guide {choice.item!r} on {choice.portal}; "
        "allowed: an item id or code out of `yuece export guides`"
    )


def run_probes(settings: Settings, plan: NightPlan, tasks: tuple[ProbeTask, ...], reporter: Reporter) -> dict[str, Any]:
    """Make the probes on the cluster and keep what they saw as a run of its own.

    No more workers are started than there are probes: each is a process with a browser of its own.
    """
    enough = settings.model_copy(update={"workers": max(1, min(settings.workers, len(tasks)))})
    with opened_run(enough, plan, reporter, kind=RunKind.PROBE) as opened:
        probe_tasks(opened.night, tasks)
        kept = opened.night.store.observations.of_run(opened.night.run.id)
        seen = tuple(one for one in kept if one.probe_id != CONTROL)
        summary = finish(opened.night, opened.ledger())
    return {**summary, "made": [observation.model_dump(mode="json") for observation in seen]}
