"""The probe phase: makes every planned probe that has no verdict yet, and comes back to whatever it suspects."""

from collections.abc import Iterable, Sequence

from engine.cluster import AHEAD
from engine.night_context import NightContext
from engine.night_plan import FACES, PAGE_TIMES
from engine.visiting import probe_job
from engine.visiting.probe_doubt import find_doubts, is_touched
from engine.visiting.probe_plan import plan_again
from engine.visiting.probe_round import ROUNDS_MAX, ProbeRound, is_suspected, wants_another
from engine.visiting.supervision import doubt
from engine.visiting.visit_history import VisitHistory
from probes.probe import ProbeTask


def planned_tasks(night: NightContext) -> tuple[ProbeTask, ...]:
    """Return tonight's probes; the same crawl gives the same plan."""
    return plan_again(night.store, night.run.id, night.plan)


def compare_faces(night: NightContext) -> None:
    """Make the comparisons of page, print and mobile page with the data, which the audit judges."""
    probe_tasks(night, [task for task in _missing_tasks(night) if task.probe_id == FACES], phase="faces")


def probe_all(night: NightContext) -> None:
    """Make the planned probes that the store has no verdict of."""
    probe_tasks(night, [task for task in _missing_tasks(night) if task.probe_id != PAGE_TIMES])


def take_times(night: NightContext) -> None:
    """Make the timing pass, when nothing else is under way and one visit at a time."""
    probe_tasks(night, [task for task in _missing_tasks(night) if task.probe_id == PAGE_TIMES], phase="times", ahead=1)


def probe_tasks(night: NightContext, tasks: Sequence[ProbeTask], *, phase: str = "probe", ahead: int = AHEAD) -> None:
    """Make probes, suspects of earlier nights first, and store one observation of each.

    Where occasions need no distance (the sandbox), suspects are visited again within the run; on a live portal the next
    nights do that. No more than ``ahead`` visits are under way at a time.
    """
    history = VisitHistory(night.store, night.run, gap_h=night.plan.visit_occasion_gap_h)
    history.load(tasks)
    due = sorted(tasks, key=lambda task: not is_suspected(task.probe_id, history.of(task), gap_h=history.gap_h))
    night.reporter.begin(phase, len(due))
    rounds = ROUNDS_MAX if night.plan.visit_occasion_gap_h == 0 else 1
    made: dict[str, ProbeTask] = {}
    for occasion in range(1, rounds + 1):
        due = ProbeRound(night, history, phase=phase, occasion=occasion, last=occasion == rounds, ahead=ahead).make(
            due, made
        )
        if not due:
            break
    take_back_doubtful(night, frozenset(made))
    _close_browsers(night)


def take_back_doubtful(night: NightContext, keys: Iterable[str]) -> None:
    """Take back what families of probes say whose instrument is in doubt tonight."""
    wanted = frozenset(keys)
    seen = [one for one in night.store.observations.of_run(night.run.id) if one.key in wanted]
    for family, why in find_doubts(seen).items():
        touched = [one for one in seen if (one.portal, one.probe_id) == family and is_touched(one, why)]
        for one in touched:
            night.store.observations.save(doubt(one, why))
        night.reporter.note(f"{'/'.join(family)}: {why} ({len(touched)} observations taken back)")


def _missing_tasks(night: NightContext) -> list[ProbeTask]:
    """Return the planned probes without an observation, and those of a killed night that wait for another visit."""
    gap_h = night.plan.visit_occasion_gap_h
    done = {
        seen.key
        for seen in night.store.observations.of_run(night.run.id)
        if gap_h > 0 or not wants_another(seen.probe_id, seen.visits, gap_h=gap_h)
    }
    return [task for task in planned_tasks(night) if task.key not in done]


def _close_browsers(night: NightContext) -> None:
    """Close each worker's browser from the worker's own thread, where its Playwright lives."""
    workers = list(night.client.scheduler_info()["workers"])
    futures = [night.client.submit(probe_job.close_runners, workers=[worker], pure=False) for worker in workers]
    night.client.gather(futures, errors="skip")
