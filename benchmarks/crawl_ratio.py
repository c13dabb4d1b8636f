"""Measures crawl, audit and store against a bare Scrapy spider that only downloads the same documents.

Usage: ``python benchmarks/crawl_ratio.py [--size 4000] [--rounds 3]``. Ours is what a night does: the embedded cluster
is up, several crawl processes share out the bodies, guides are parsed there and stored while they run, then every guide
is judged by all rules and the judgements are stored. The bare spider is one process with Scrapy's usual settings, no
robots.txt, retries, evidence or parsing. Both run against one sandbox, in turns, so that the machine's load hits both
alike; ratios are theirs, seconds this machine's. A first crawl, not counted, spends the sandbox's once-only faults,
whose pauses (Retry-After) say nothing about speed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from domain.crawl import GuideOutcome
from domain.run import RunKind
from domain.unit import all_units
from engine.collecting.crawling import crawl_all
from engine.collecting.reading import read_documents
from engine.judging.examination import examine_night
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL, NightPlan, SandboxOptions
from engine.reporter import SilentReporter
from engine.settings import Settings
from engine.stage import opened_run
from portals.adapter import adapters
from sandbox.serving import Sandbox, running_sandbox

PHASES: tuple[tuple[str, Callable[[NightContext], object]], ...] = (
    ("crawl, parse, store", crawl_all),
    ("parse what is left", read_documents),
    ("audit, store", examine_night),
)
BARE = """
import json, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
urls = json.load(open(sys.argv[1]))
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for url in urls:
            yield scrapy.Request(url, dont_filter=True)
    def parse(self, response):
        pass
process = AsyncCrawlerProcess({
    "LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS": 8, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0,
    "CONCURRENT_ITEMS": 4, "COOKIES_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "RETRY_ENABLED": False,
})
process.crawl(Bare)
process.start()
"""


@dataclass
class Spent:
    """Wall-clock and processor seconds of one piece of work with all its processes."""

    wall_s: float = 0.0
    cpu_s: float = 0.0


@dataclass
class Round:
    """What one round measured."""

    guides: int
    urls: list[str]
    phases: dict[str, Spent] = field(default_factory=dict)
    bare: Spent = field(default_factory=Spent)

    @property
    def ours(self) -> Spent:
        return Spent(
            sum(spent.wall_s for spent in self.phases.values()), sum(spent.cpu_s for spent in self.phases.values())
        )


def tree_cpu_s() -> float:
    """Return the processor seconds of this process, of all that it started, and of those that they have waited for."""
    me = psutil.Process()
    total = 0.0
    for process in (me, *me.children(recursive=True)):
        try:
            if process.cmdline()[1:3] != ["-m", "sandbox"]:
                total += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return total


@contextmanager
def measured(spent: Spent) -> Iterator[None]:
    """Add what happens inside to ``spent``."""
    began, cpu = time.perf_counter(), tree_cpu_s()
    yield
    spent.wall_s += time.perf_counter() - began
    spent.cpu_s += tree_cpu_s() - cpu


def make_plan(settings: Settings, announcement: Path) -> NightPlan:
    """Plan a crawl of all 48 bodies on one portal."""
    return NightPlan(
        target="sandbox",
        period="2026H2",
        units=tuple(unit.id for unit in all_units()),
        portals=(MAIN_PORTAL,),
        sizes=settings.sizes,
        salt=settings.salt,
        sandbox=SandboxOptions(announcement=announcement),
    )


def announce(sandbox: Sandbox, folder: Path) -> Path:
    """Write the sandbox's announcement for those who did not start it."""
    path = folder / "sandbox.json"
    path.write_text(json.dumps({"origins": asdict(sandbox.origins), "test_account": sandbox.test_account}))
    return path


def run_ours(home: Path, announcement: Path) -> Round:
    """Crawl, audit and store everything, as a night does."""
    settings = Settings(home=home)
    with opened_run(settings, make_plan(settings, announcement), SilentReporter(), kind=RunKind.CRAWL) as opened:
        night = opened.night
        phases = {name: Spent() for name, _ in PHASES}
        for name, work in PHASES:
            with measured(phases[name]):
                work(night)
        visits = [visit for visit in night.store.crawls.visits(night.run.id) if visit.outcome is GuideOutcome.MEASURED]
        audits = sum(1 for _ in night.store.audits.of_run(night.run.id))
        if audits != len(visits):
            raise SystemExit(f"{len(visits)} guides were measured and {audits} judged")
        site = adapters.get(MAIN_PORTAL).site(night.stage.origins)
        urls = [site.url("www", "detail", code=visit.code) for visit in visits]
    return Round(guides=len(visits), urls=urls, phases=phases)


def run_bare(folder: Path, urls: list[str], spent: Spent) -> None:
    """Download the same documents with nothing else."""
    (folder / "urls.json").write_text(json.dumps(urls))
    with measured(spent):
        subprocess.run([sys.executable, "-c", BARE, str(folder / "urls.json")], check=True)


def show(round_: Round, number: int) -> None:
    """Print one round."""
    ours, bare, guides = round_.ours, round_.bare, round_.guides
    print(
        f"round {number}: {guides} guides, ours {guides / ours.wall_s:.0f}/s, bare {guides / bare.wall_s:.0f}/s,"
        f" ratio {bare.wall_s / ours.wall_s:.2f}; processor {1000 * ours.cpu_s / guides:.2f} against"
        f" {1000 * bare.cpu_s / guides:.2f} ms each; load {os.getloadavg()[0]:.1f}"
    )
    for name, spent in round_.phases.items():
        print(f"    {name}: {spent.wall_s:.1f} s, {1000 * spent.cpu_s / guides:.2f} ms of processor each")


def main() -> None:
    """Print the rounds and the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="4000")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rounds = []
    with running_sandbox(["--size", options.size]) as sandbox, tempfile.TemporaryDirectory() as name:
        announcement = announce(sandbox, Path(name))
        run_ours(Path(name) / "warm", announcement)
        for number in range(1, options.rounds + 1):
            folder = Path(name) / str(number)
            round_ = run_ours(folder, announcement)
            run_bare(folder, round_.urls, round_.bare)
            show(round_, number)
            rounds.append(round_)
    wall = statistics.median(round_.bare.wall_s / round_.ours.wall_s for round_ in rounds)
    cpu = statistics.median(round_.bare.cpu_s / round_.ours.cpu_s for round_ in rounds)
    print(f"median ratio {wall:.2f} of the bare spider's rate (target 0.80), by processor time {cpu:.2f}")


if __name__ == "__main__":
    main()
