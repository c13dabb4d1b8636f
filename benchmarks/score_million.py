"""Scores a province from the store: seconds, memory, and the same answer as the plain path on a small store.

Usage: ``python -m benchmarks.score_million [--guides N] [--base 1200] [--small 4800]``. The facts are those of the
sandbox's guides, read by the portal's own parser and judged by all rules, again and again as other items of the 48
bodies: ids, 实施编码 and readability differ on every one, so that nothing can be looked up twice. They go into a real
store through the store's own repositories, in a process of its own. What is timed is what ``yuece score`` does with
such a store: facts of every body, every row in both readings, totals, 5,000 draws of standings, everything saved.

The small store holds whole documents and audits. There the plain path (documents and audits read into facts, then
``score_units`` over all bodies at once) is timed beside the stored facts, and every score has to be the same to the
last field. Exit code 1: other scores, or more than 60 s or 2 GB at 1,500,000 guides.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from benchmarks.reaudit import base_guides, copies, visit_of
from crawler.audit import audit_guide, rule_set
from crawler.coverage import unseen_fields
from domain.crawl import Listing
from domain.facts import ItemFact
from domain.period import Period
from domain.run import Run, RunKind
from domain.score import Score, UnitTotal
from domain.unit import all_units
from engine.facts.item_facts import item_fact, with_readability
from engine.facts.stored_facts import facts_version
from engine.facts.unit_facts import gather_bodies
from engine.night_plan import MAIN_PORTAL
from engine.provenance import begin_run
from engine.results.scoring_choice import ScoringChoice
from engine.results.scoring_step import score_run
from scoring.score_units import score_units
from scoring.targets import load_targets
from storage.rows import batches
from storage.store import Store

OUT = Path("var/bench/score_million.json")
ASKED_GUIDES = 1_500_000
SECONDS_MAX = 60.0
GIGABYTES_MAX = 2.0
ID_CHARACTERS = 32
CODE_CHARACTERS = 31
STANDARDS = (None, (0, 0), (3, 3), (2, 3), (1, 3), (0, 3))
Result = TypeVar("Result")
Reckoned = tuple[tuple[Score, ...], tuple[UnitTotal, ...]]


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a piece of work took in this process."""

    wall_s: float
    processor_s: float


def timed(work: Callable[[], Result]) -> tuple[Result, Cost]:
    """Do a piece of work and say what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Cost(wall_s=time.perf_counter() - wall, processor_s=time.process_time() - processor)


def peak_gb() -> float:
    """Return the most memory that this process ever held (kilobytes from Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def new_run(store: Store) -> Run:
    """Open a run of all bodies."""
    run = begin_run(
        kind=RunKind.NIGHTLY, period="2026H2", target="sandbox", units=(), portals=(MAIN_PORTAL,), plan={}, browser=""
    )
    store.runs.add(run)
    return run


def save_listing(store: Store, run: str, unit: str, guides: int) -> None:
    """Keep a whole listing of a body."""
    listing = Listing(portal=MAIN_PORTAL, unit=unit, total=guides, rows=guides, guides=guides)
    store.crawls.save_listing(run, listing)


def base_facts(base: int) -> list[ItemFact]:
    """Return the facts of the sandbox's guides as the rules judge them."""
    return [item_fact(guide, audit_guide(guide, run="bench")[0], rule_set()) for guide in base_guides(base)]


def other_items(facts: Sequence[ItemFact], unit: str, count: int, seed: int) -> Iterator[ItemFact]:
    """Yield a body's items: ids, codes and readability of their own; two guides in five share their item."""
    dice = random.Random(f"{seed}/{unit}")
    for number in range(count):
        fact = facts[dice.randrange(len(facts))]
        digest = hashlib.sha256(f"{unit}/{number}".encode()).hexdigest()
        item = hashlib.sha256(f"{unit}/{number - (number % 5 == 1)}".encode()).hexdigest()
        yield fact.model_copy(
            update={
                "item_id": digest[:ID_CHARACTERS],
                "code": f"{digest[:CODE_CHARACTERS]}01",
                "task_code": item[:CODE_CHARACTERS],
                "standard": dice.choice(STANDARDS),
                "readability": Decimal(str(round(dice.random(), 4))),
            }
        )


def fill_facts(home: Path, base: int, count: int, seed: int) -> None:
    """Write a store with so many facts."""
    facts = base_facts(base)
    with Store.open(home) as store:
        run = new_run(store)
        units = all_units()
        for number, unit in enumerate(units):
            size = count // len(units) + (number < count % len(units))
            save_listing(store, run.id, unit.id, size)
            claim = store.facts.claim(run.id, (unit.id,), facts_version())[unit.id]
            items = tuple(other_items(facts, unit.id, size, seed))
            store.facts.keep(claim, run.id, unit.id, facts_version(), items)
        store.facts.save_plan(run.id, {})


def score_facts(home: Path, count: int) -> dict[str, float]:
    """Score the run of a store from its facts alone, and say what it took."""
    with Store.open(home) as store:
        run = next(iter(store.runs.all()))
        before_gb = peak_gb()
        (scores, totals), cost = timed(lambda: score_run(store, run.id, all_units(), None))
        named = sum(len(score.inputs) + len(score.excluded) for score in scores)
    store_mb = sum(path.stat().st_size for path in home.glob("yuece.db*")) / 2**20
    return {
        "guides": count,
        "units": len(totals),
        "scores": len(scores),
        "ids_named": named,
        "store_mb": round(store_mb, 1),
        "wall_s": round(cost.wall_s, 1),
        "processor_s": round(cost.processor_s, 1),
        "peak_gb": round(peak_gb(), 2),
        "before_gb": round(before_gb, 2),
        "load": round(os.getloadavg()[0], 1),
    }


def fill_documents(store: Store, base: int, count: int) -> str:
    """Write a small store with whole guides, their visits and audits; return its run."""
    run = new_run(store).id
    store.audits.save_rule_set(rule_set())
    sizes: dict[str, int] = {}
    for batch in batches(copies(base_guides(base), count), 500):
        store.crawls.save_visits(run, map(visit_of, batch))
        store.guides.save(batch)
        judged = [audit_guide(guide, run=run) for guide in batch]
        store.audits.save((audit for audit, _ in judged), (finding for _, found in judged for finding in found))
        for guide in batch:
            sizes[guide.unit or ""] = sizes.get(guide.unit or "", 0) + 1
    for unit, guides in sizes.items():
        save_listing(store, run, unit, guides)
    return run


def plain_items(store: Store, run: str) -> dict[str, list[ItemFact]]:
    """Read all facts of a run out of its documents, everything at once."""
    audits = {audit.item_id: audit for audit in store.audits.of_run(run, portal=MAIN_PORTAL)}
    unseen = unseen_fields(store.guides.of_run(run, portal=MAIN_PORTAL))
    readings = store.readability.scores(run, MAIN_PORTAL)
    rules = {id: store.audits.rule_set(id) for id in store.audits.rule_sets_of(run)}
    items: dict[str, list[ItemFact]] = {}
    for guide in store.guides.of_run(run, portal=MAIN_PORTAL):
        audit = audits[guide.item_id]
        fact = item_fact(guide.without(unseen), audit, rules[audit.rule_set])
        items.setdefault(guide.unit or "", []).append(with_readability(fact, readings))
    return items


def score_plainly(store: Store, run: str) -> Reckoned:
    """Score a run by the plain path, without saving anything."""
    items = plain_items(store, run)
    bodies = gather_bodies(store, run, all_units(), ())
    facts = [body.model_copy(update={"items": tuple(items.get(body.unit.id, ()))}) for body in bodies]
    period = Period.parse(store.runs.get(run).period)
    targets = load_targets(ScoringChoice().targets_file, period=period)
    return score_units(facts, run=run, period=period, targets=targets)


def compare_small(home: Path, base: int, count: int) -> dict[str, float]:
    """Score a small store by both paths; raise ``SystemExit`` on any difference."""
    with Store.open(home) as store:
        run = fill_documents(store, base, count)
        (plain, plain_totals), plain_cost = timed(lambda: score_plainly(store, run))
        _, first_cost = timed(lambda: score_run(store, run, all_units(), ()))
        (fast, totals), cost = timed(lambda: score_run(store, run, all_units(), None))
    same = [bare(score) for score in fast] == [bare(score) for score in plain]
    if not same or totals != plain_totals:
        raise SystemExit("the stored facts give other scores than the documents")
    return {
        "guides": count,
        "plain_s": round(plain_cost.processor_s, 2),
        "first_s": round(first_cost.processor_s, 2),
        "stored_s": round(cost.processor_s, 2),
        "times_faster": round(plain_cost.processor_s / cost.processor_s, 1),
    }


def bare(score: Score) -> Score:
    """Leave out what is added after a score is computed: the rule set's name and the interval of the draws."""
    return score.model_copy(update={"rule_set": "", "interval": None})


def in_own_process(work: Callable[..., object], *arguments: object) -> None:
    """Do something in a process of its own, so that its memory is not counted."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"the store could not be made: exit code {process.exitcode}")


def main() -> None:
    """Print and write all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guides", type=int, default=ASKED_GUIDES)
    parser.add_argument("--base", type=int, default=1200)
    parser.add_argument("--small", type=int, default=4800)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yuece-bench-") as name:
        home = Path(name) / "large"
        began = time.perf_counter()
        in_own_process(fill_facts, home, options.base, options.guides, options.seed)
        print(f"a store of {options.guides} facts made in {time.perf_counter() - began:.0f} s", flush=True)
        large = score_facts(home, options.guides)
        print(json.dumps(large), flush=True)
        small = compare_small(Path(name) / "small", options.base, options.small) if options.small else {}
        print(json.dumps(small), flush=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"large": large, "small": small}, indent=1) + "\n")
    if options.guides >= ASKED_GUIDES and (large["wall_s"] > SECONDS_MAX or large["peak_gb"] > GIGABYTES_MAX):
        raise SystemExit(f"missed: {SECONDS_MAX:.0f} s and {GIGABYTES_MAX:.0f} GB are allowed")


if __name__ == "__main__":
    main()
