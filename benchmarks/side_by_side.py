"""Runs our crawl beside a crawlee ParselCrawler and a requests + BeautifulSoup loop: same pages, same extraction.

Usage: ``python -m benchmarks.side_by_side [--size 4000] [--rounds 3]``. All three start at the index page of 粤省事,
the portal whose guides are HTML, in one sandbox, find all lists and services, and extract title, facts and materials;
that they extracted the same is checked, not believed. The others live in ``.venv-bench`` (``make bench`` makes it from
``benchmarks/requirements.lock``). Turns alternate, so that the machine's load hits all alike.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler.job import ALL_LISTED, CrawlJob
from crawler.spool import read_spool
from domain.guide import Guide
from portals.labels import FIELDS_BY_PRINTED_LABEL
from sandbox.serving import Sandbox, running_sandbox
from storage.packed_guide import unpack_guide

ROOT = Path(__file__).resolve().parent.parent
THEIRS = ROOT / ".venv-bench"
PORTAL = "yss"
KEPT: dict[str, str] = {
    "yuece": "retries, back-off on 429/503, robots.txt, host policy, every byte as evidence, resume after a kill",
    "crawlee": "retries, robots.txt; no evidence, and its queue is purged at the next start unless told otherwise",
    "requests": "nothing: an error ends a document, a kill ends the run",
}
Service = tuple[str, dict[str, str], list[str]]
Services = dict[str, Service]


@dataclass(frozen=True)
class Turn:
    """What one crawl took and found."""

    wall_s: float
    cpu_s: float
    rss_mb: float
    services: Services


def run(command: list[str]) -> tuple[float, float, float]:
    """Run a process to its end; return wall-clock and processor seconds and the peak of its memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[1:3]} ended with status {status}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def run_ours(folder: Path, sandbox: Sandbox) -> Turn:
    """Crawl as a night does, with one process."""
    job = CrawlJob(
        run="bench",
        portal=PORTAL,
        units=ALL_LISTED,
        origins=asdict(sandbox.origins),
        evidence_root=folder / "evidence",
        spool=folder / "spool.jsonl",
        delay_s=0,
        concurrency=8,
    )
    (folder / "job.json").write_text(job.model_dump_json())
    spent = run([sys.executable, "-m", "crawler.process", str(folder / "job.json")])
    guides = (unpack_guide(packed.parsed) for packed in read_spool(job.spool).guides)
    return Turn(*spent, {guide.code: as_service(guide) for guide in guides})


def as_service(guide: Guide) -> Service:
    """Bring a guide into the form that the others write."""
    facts = {name.value: one_line(field.raw or "") for name, field in guide.fields.items()}
    return guide.title, facts, [material.name for material in guide.materials or ()]


def run_theirs(script: str, folder: Path, sandbox: Sandbox) -> Turn:
    """Run one of the others."""
    out = folder / "out.jsonl"
    spent = run([str(THEIRS / "bin" / "python"), f"benchmarks/peers/{script}.py", sandbox.origins.yss, str(out)])
    with out.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return Turn(*spent, {row["code"]: read_row(row) for row in rows})


def read_row(row: dict[str, Any]) -> Service:
    """Read a line that one of the others wrote; its facts are named by labels."""
    facts = {FIELDS_BY_PRINTED_LABEL[label].value: one_line(text) for label, text in row["facts"].items()}
    return row["title"], facts, row["materials"]


def one_line(text: str) -> str:
    """Write a text in one line."""
    return " ".join(text.split())


def same(ours: Service, theirs: Service) -> bool:
    """Say whether both extracted the same of one service."""
    facts = {name: ours[1].get(name) for name in theirs[1]}
    return (ours[0], facts, ours[2]) == theirs


RUNNERS: dict[str, Callable[[Path, Sandbox], Turn]] = {
    "yuece": run_ours,
    "crawlee": lambda folder, sandbox: run_theirs("crawlee_crawl", folder, sandbox),
    "requests": lambda folder, sandbox: run_theirs("requests_loop", folder, sandbox),
}


def show(name: str, turns: list[Turn], ours: Services) -> None:
    """Print one crawler's medians."""
    services = turns[-1].services
    rate = statistics.median(len(turn.services) / turn.wall_s for turn in turns)
    cpu_ms = statistics.median(1000 * turn.cpu_s / len(turn.services) for turn in turns)
    rss = statistics.median(turn.rss_mb for turn in turns)
    agreed = sum(code in ours and same(ours[code], service) for code, service in services.items())
    print(
        f"{name:9} {len(services)} services, {rate:.0f}/s, {cpu_ms:.1f} ms of processor each, {rss:.0f} MB at most,"
        f" {agreed} extracted alike; keeps {KEPT[name]}"
    )


def main() -> None:
    """Print one line per crawler."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="4000")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not (THEIRS / ".installed").exists():
        print("skipped: .venv-bench is not there; `make bench` makes it from benchmarks/requirements.lock")
        return
    turns: dict[str, list[Turn]] = {name: [] for name in RUNNERS}
    with running_sandbox(["--size", options.size]) as sandbox, tempfile.TemporaryDirectory() as name:
        for number in range(options.rounds):
            for tool, runner in RUNNERS.items():
                folder = Path(name) / f"{tool}-{number}"
                folder.mkdir()
                turns[tool].append(runner(folder, sandbox))
    for tool, taken in turns.items():
        show(tool, taken, turns["yuece"][-1].services)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
