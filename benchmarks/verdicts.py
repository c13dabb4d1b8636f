"""The verdict matrix: every fault scenario of the sandbox, judged by a night's own probe phase, against the truth.

Usage: ``python -m benchmarks.verdicts [--seed N] [--only NAME …] [--workers N]``. Scenarios and what a fair judge says
about them are the sandbox's (``sandbox/scenarios/``); visits, controls, rounds and conclusions are the engine's. Time
limits are short, since nothing on loopback takes long except what never comes. Writes ``var/bench/verdicts.json``; the
exit code is 1 for a single false accusation, a recall below 95 % or fewer than 60 scenarios.
"""

import argparse
import json
import random
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.guide import Guide
from domain.maintenance import MaintenanceWindow
from domain.observation import Observation
from domain.outcome import Outcome
from domain.run import RunKind
from domain.unit import all_units
from engine.collecting.crawling import crawl_all
from engine.collecting.reading import read_documents
from engine.night_context import NightContext
from engine.night_plan import NightPlan, SandboxOptions, task_for
from engine.settings import PlanSizes, Settings
from engine.stage import opened_run
from engine.visiting.probing import probe_tasks
from probes.probe import ProbeTask
from probes.search.query_kind import QueryKind

OUT = Path("var/bench/verdicts.json")
SIZE = 800  # guides: each scenario needs a sound one of its own
SCENARIOS_MIN = 60
RECALL_MIN = 0.95
LOAD_S, WAIT_S, BUDGET_S = 6.0, 4.0, 120.0
ORDER = tuple(outcome.value for outcome in Outcome)
Row = dict[str, Any]


class NoteReporter:
    """Tells on stderr what the engine thinks worth a line."""

    def begin(self, phase: str, total: int) -> None:
        print(f"{phase}: {total}", file=sys.stderr)

    def advance(self, phase: str, amount: int = 1) -> None:
        return None

    def note(self, text: str) -> None:
        print(text[:200], file=sys.stderr)


def ask(url: str, body: object | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
    """Ask the sandbox's desk."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=60) as answer:
        return json.loads(answer.read())


def judge_all(seed: int, only: Sequence[str], workers: int, home: Path, size: int) -> list[Row]:
    """Run the scenarios and return one row for each."""
    settings = Settings(
        home=home,
        authorisation=None,
        workers=workers,
        probe_budget_s=BUDGET_S,
        page_load_s=LOAD_S,
        page_wait_s=WAIT_S,
    )
    plan = NightPlan(
        target="sandbox",
        period="2021H1",
        units=tuple(unit.id for unit in all_units()),
        portals=("gdzwfw",),
        sizes=PlanSizes(),
        salt="verdicts",
        addresses=False,
        sandbox=SandboxOptions(size=str(size), seed=seed),
    )
    with opened_run(settings, plan, NoteReporter(), kind=RunKind.PROBE) as opened:
        desk = (opened.night.stage.origins or {})["control"]
        scenarios = [row for row in ask(f"{desk}/scenarios")["scenarios"] if not only or row["name"] in only]
        prepared = ask(f"{desk}/scenarios/prepare", {"names": [row["name"] for row in scenarios]})
        crawl_all(opened.night)
        read_documents(opened.night)
        return judge_prepared(opened.night, desk, scenarios, prepared)


def judge_prepared(night: NightContext, desk: str, scenarios: Sequence[Row], prepared: Mapping[str, Any]) -> list[Row]:
    """Judge the scenarios of single items together, then the others one by one."""
    guides = {guide.item_id: guide for guide in night.store.guides.of_run(night.run.id, portal="gdzwfw")}
    chosen = {row["name"]: guides[prepared["items"][row["name"]]] for row in scenarios}
    single = [row for row in scenarios if not row["everywhere"] and not row["announced"]]
    ask(f"{desk}/scenarios/wake", {"items": True})
    visit(night, [(chosen[row["name"]], row["probe"]) for row in single], spare=spare_of(prepared, guides))
    for row in scenarios:
        if row["announced"]:
            ask(f"{desk}/scenarios/wake", {"items": True})
            visit(with_pause(night), [(chosen[row["name"]], row["probe"])])
        if row["everywhere"]:
            ask(f"{desk}/scenarios/wake", {"everywhere": [row["name"]]})
            visit(night, [(chosen[row["name"]], row["probe"])])
    ledger = ask(f"{desk}/ledger")["state_changing"]
    if ledger:
        raise SystemExit(f"a probe changed something on the sandbox: {ledger[0]}")
    return [verdict_on(row, night.store.observations.get(key_of(night, row, chosen))) for row in scenarios]


def spare_of(prepared: Mapping[str, Any], guides: Mapping[str, Guide]) -> list[tuple[Guide, str]]:
    """Return sound items, one per kind of service: a portal on which nothing works is another matter."""
    probes = {"booking": "booking-calendar", "form": "online-entrance", "search": "keyword-search"}
    return [(guides[item_id], probes[need]) for need, item_id in prepared["spare"].items()]


def visit(night: NightContext, pairs: Iterable[tuple[Guide, str]], *, spare: Iterable[tuple[Guide, str]] = ()) -> None:
    """Make the probes as a night does."""
    probe_tasks(night, [task_of(guide, probe_id) for guide, probe_id in (*spare, *pairs)])


def task_of(guide: Guide, probe_id: str) -> ProbeTask:
    """Plan a probe; a search asks for the official name alone, since what is judged here is the way there."""
    task = task_for(guide, probe_id)
    return task.model_copy(update={"search": task.search.model_copy(update={"kinds": (QueryKind.OFFICIAL,)})})


def with_pause(night: NightContext) -> NightContext:
    """Let the portal's owner have announced maintenance for today."""
    now = datetime.now(UTC)
    window = MaintenanceWindow(start=now - timedelta(hours=1), end=now + timedelta(hours=4), source="门户公告")
    return replace(night, settings=night.settings.model_copy(update={"maintenance": (window,)}))


def key_of(night: NightContext, row: Row, chosen: Mapping[str, Guide]) -> str:
    """Name the observation of a scenario."""
    return f"{night.run.id}/gdzwfw/{row['probe']}/{chosen[row['name']].item_id}"


def verdict_on(row: Row, seen: Observation) -> Row:
    """Put verdict and truth side by side."""
    verdict = seen.outcome.value
    return {
        **{name: row[name] for name in ("name", "probe", "truth", "also", "why")},
        "verdict": verdict,
        "failure": seen.failure.value if seen.failure else None,
        "reason": seen.reason,
        "visits": len(seen.visits),
        "fair": verdict == row["truth"] or verdict in row["also"],
        "false_accusation": verdict == Outcome.FAIL and row["truth"] != Outcome.FAIL,
    }


def summarise(rows: Sequence[Row]) -> Row:
    """Count the matrix, the false accusations and the recall over the scenarios in which somebody is at fault."""
    matrix: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        matrix[row["truth"]][row["verdict"]] += 1
    faults = [row for row in rows if row["truth"] == Outcome.FAIL]
    found = sum(row["verdict"] == Outcome.FAIL for row in faults)
    return {
        "scenarios": len(rows),
        "false_accusations": sum(row["false_accusation"] for row in rows),
        "recall": round(found / len(faults), 4) if faults else None,
        "fair": sum(row["fair"] for row in rows),
        "matrix": {truth: dict(counts) for truth, counts in matrix.items()},
        "verdicts": list(rows),
    }


def is_good(summary: Row, *, whole: bool) -> bool:
    """Say whether the gate is passed; a part of the scenarios need not be sixty."""
    enough = not whole or summary["scenarios"] >= SCENARIOS_MIN
    seen = summary["recall"] is None or summary["recall"] >= RECALL_MIN
    return bool(enough and seen and not summary["false_accusations"])


def tell(summary: Row) -> None:
    """Print the matrix and whatever was judged otherwise than a fair judge would."""
    width = max(map(len, ORDER)) + 2
    print("truth \\ verdict".ljust(width + 2) + "".join(name.rjust(width) for name in ORDER))
    for truth in ORDER:
        counts = summary["matrix"].get(truth, {})
        if counts:
            print(truth.ljust(width + 2) + "".join(str(counts.get(name, ".")).rjust(width) for name in ORDER))
    for row in summary["verdicts"]:
        if not row["fair"]:
            print(f"  {row['name']}: {row['verdict']} ({row['failure']}), fair is {row['truth']}: {row['reason'][:90]}")
    print(
        f"{summary['scenarios']} scenarios, {summary['false_accusations']} false accusations, "
        f"recall {summary['recall']:.1%}, {summary['fair']} judged as a fair judge would, {summary['seconds']} s"
        if summary["recall"] is not None
        else f"{summary['scenarios']} scenarios without a fault, {summary['false_accusations']} false accusations"
    )


def run(seed: int, only: Sequence[str] = (), workers: int = 4, size: int = SIZE) -> Row:
    """Judge the scenarios in a store that is thrown away and return the summary."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yuece-verdicts-") as home:
        rows = judge_all(seed, only, workers, Path(home), size)
    return {**summarise(rows), "seed": seed, "seconds": round(time.monotonic() - began, 1)}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Verdict matrix of the probes against the sandbox's fault scenarios.")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--only", nargs="*", default=[], help="names of scenarios; default: all")
    parser.add_argument("--workers", type=int, default=4, help="browsers at a time; many only wait")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    summary = run(given.seed, given.only, given.workers)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"seed {given.seed}")
    tell(summary)
    return 0 if is_good(summary, whole=not given.only) else 1


if __name__ == "__main__":
    sys.exit(main())
