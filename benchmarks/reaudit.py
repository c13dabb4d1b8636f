"""Judges a stored run again under all rules: guides per second on one core, and memory that must not grow.

Usage: ``python -m benchmarks.reaudit [--guides 20000] [--base 1200]``. The store is a real one, written by the store's
own repositories: the sandbox's guides, read by the portal's own parser, again and again as those of other bodies
(item id, credit code and document differ, so that nothing can be taken over or looked up), as a province publishes one
basic item in a hundred counties. What is timed is ``yuece audit``: reading, comparing the guides with each other,
judging and storing, in this one process; memory is what the system says of it (RSS) on the way.
"""

import argparse
import hashlib
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson
import psutil
from stdnum.cn import uscc

from crawler.audit import audit_guide, rule_set
from domain.crawl import GuideOutcome, GuideVisit
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.run import Run, RunKind
from domain.unit import all_units
from engine.judging.judging_again import judge_again
from engine.night_plan import MAIN_PORTAL
from engine.provenance import begin_run
from portals.adapter import adapters
from portals.documents import DocumentContext
from sandbox.corpus.demo import make_demo
from sandbox.corpus_file import make_placeholder_origins
from storage.rows import batches
from storage.store import Store

REPORT_EVERY = 100_000
SETTLED_AFTER = 100_000
"""Guides after which caches and the database's own memory are full: growth is measured from here."""

GROWTH_MB_MAX = 100.0
"""More than this from there to the end would be memory per guide."""


def rss_mb() -> float:
    """Return the memory that this process holds."""
    return float(psutil.Process().memory_info().rss) / 2**20


class MemoryReporter:
    """Notes memory and speed every so many guides."""

    def __init__(self, every: int) -> None:
        self._every = every
        self._done = 0
        self._began = time.perf_counter()
        self.marks: list[tuple[int, float]] = []

    def begin(self, phase: str, total: int) -> None:
        print(f"{phase} of {total} guides begins after {self._seconds():.0f} s; {rss_mb():.0f} MB", flush=True)

    def advance(self, phase: str, amount: int = 1) -> None:
        before = self._done // self._every
        self._done += amount
        if phase == "audit" and self._done // self._every > before:
            self.marks.append((self._done, rss_mb()))
            print(f"{self._done:9} guides, {self._seconds():.0f} s, {self.marks[-1][1]:.0f} MB", flush=True)

    def note(self, text: str) -> None:
        print(text)

    def _seconds(self) -> float:
        return time.perf_counter() - self._began


def base_guides(size: int) -> list[Guide]:
    """Read the sandbox's guides with the portal's own parser."""
    documents = adapters.get(MAIN_PORTAL).documents
    units = [unit.id for unit in all_units()]
    guides = []
    for number, item in enumerate(make_demo(seed=2021, size=size, origins=make_placeholder_origins()).items):
        body = orjson.dumps(item.detail)
        context = DocumentContext(
            unit=units[number % len(units)],
            item_id=item.item_id,
            code=item.task_code,
            url=f"https://www.gdzwfw.gov.cn/portal/v2/guide/{item.task_code}",
            document=hashlib.sha256(body).hexdigest(),
            captured_at=datetime.now(UTC),
        )
        guides.append(documents.parse(body, context))
    return guides


def other_body(credit_code: str, number: int) -> str:
    """Return the credit code of another body of the same region, with the right check character (GB 32100-2015)."""
    head = f"{credit_code[:8]}{number:09d}"
    return head + uscc.calc_check_digit(head)


def copies(guides: list[Guide], count: int) -> Iterator[Guide]:
    """Yield the guides again and again, each time as those of other bodies."""
    texts = [guide.model_dump_json() for guide in guides]
    for number in range(count):
        guide, text = guides[number % len(guides)], texts[number % len(guides)]
        generation = number // len(guides)
        if generation:
            credit = guide.text(FieldName.TASK_CODE)[:18]
            text = text.replace(credit, other_body(credit, generation)) if len(credit) == 18 else text
            for old in (guide.item_id, guide.document):
                text = text.replace(old, hashlib.sha256(f"{old}{generation}".encode()).hexdigest()[: len(old)])
        yield Guide.read_json(text.encode())


def build_store(home: Path, base: int, count: int) -> None:
    """Make a store with so many guides, in a process of its own, so that memory afterwards is the audit's alone."""
    work = multiprocessing.get_context("spawn").Process(target=fill_store, args=(home, base, count))
    work.start()
    work.join()
    if work.exitcode:
        raise SystemExit(f"the store could not be made: exit code {work.exitcode}")


def fill_store(home: Path, base: int, count: int) -> None:
    """Write the guides."""
    with Store.open(home) as store:
        write_run(store, copies(base_guides(base), count))


def write_run(store: Store, guides: Iterator[Guide]) -> Run:
    """Write a run that has visited all these guides."""
    run = begin_run(
        kind=RunKind.CRAWL, period="2026H2", target="sandbox", units=(), portals=(MAIN_PORTAL,), plan={}, browser=""
    )
    store.runs.add(run)
    for batch in batches(guides):
        store.crawls.save_visits(run.id, map(visit_of, batch))
        store.guides.save(batch)
    return run


def visit_of(guide: Guide) -> GuideVisit:
    """Return the visit that brought a guide."""
    return GuideVisit(
        portal=guide.portal,
        unit=guide.unit or "",
        item_id=guide.item_id,
        code=guide.code,
        title=guide.title,
        url=guide.url,
        outcome=GuideOutcome.MEASURED,
        status=200,
        document=guide.document,
        fetched_at=guide.captured_at,
    )


def measure_rules(base: int) -> None:
    """Print what the rules alone take, on guides that are in memory, each judged once."""
    guides = base_guides(base)
    guides = list(copies(guides, 3 * len(guides)))
    audit_guide(guides[0], run="bench")  # finds the rules
    began = time.process_time()
    for guide in guides[len(guides) // 3 :]:
        audit_guide(guide, run="bench")
    rate = (len(guides) - len(guides) // 3) / (time.process_time() - began)
    members = len(rule_set().members)
    print(f"{members} rules alone: {rate:.0f} guides/s of processor time on one core (target 2000)", flush=True)


def measure_run(home: Path, count: int) -> float:
    """Judge a stored run again and return by how many MB memory grew after it had settled."""
    with Store.open(home) as store:
        size_mb = sum(path.stat().st_size for path in home.glob("yuece.db*")) / 2**20
        print(f"a store of {count} guides ({size_mb:.0f} MB); {rss_mb():.0f} MB of memory", flush=True)
        run = next(iter(store.runs.all()))
        reporter = MemoryReporter(min(REPORT_EVERY, max(1000, count // 10)))
        began, cpu = time.perf_counter(), time.process_time()
        result = judge_again(store, run, reporter)
        wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    if result.judged != count:
        raise SystemExit(f"{count} guides were stored and {result.judged} judged")
    print(
        f"yuece audit: {count / wall_s:.0f} guides/s, {count / cpu_s:.0f} by processor time on one core;"
        f" {result.findings} findings; load {os.getloadavg()[0]:.1f}"
    )
    settled = [mb for done, mb in reporter.marks if done >= min(SETTLED_AFTER, count // 2)]
    return settled[-1] - settled[0]


def main() -> None:
    """Print both figures, and fail when memory grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guides", type=int, default=20_000)
    parser.add_argument("--base", type=int, default=1200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yuece-bench-") as name:
        home = Path(name) / "home"
        build_store(home, options.base, options.guides)
        growth_mb = measure_run(home, options.guides)
    print(f"memory grew by {growth_mb:.0f} MB after it had settled", flush=True)
    measure_rules(options.base)
    if growth_mb > GROWTH_MB_MAX:
        raise SystemExit(f"memory is not constant: more than {GROWTH_MB_MAX:.0f} MB")


if __name__ == "__main__":
    main()
