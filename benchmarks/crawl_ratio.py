"""Measures crawl and parse against a bare Scrapy spider that only downloads the same documents (architecture.md §9).

Usage: ``python -m benchmarks.crawl_ratio [--size 1200] [--rounds 3]``. Both run against one sandbox, in turns, so that
the machine's load hits both alike; ratios are theirs, absolute figures this machine's. A first crawl, not counted,
spends the sandbox's once-only faults, whose pauses (Retry-After) say nothing about speed.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from crawler.job import CrawlJob
from crawler.launch import run_crawl
from crawler.spool import read_spool
from domain.crawl import GuideOutcome
from domain.unit import all_units
from portals.adapter import adapters
from portals.documents import DocumentContext
from sandbox.serving import running_sandbox
from storage.evidence_store import EvidenceStore

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


def run_ours(folder: Path, origins: dict[str, str]) -> tuple[float, list[str], int]:
    """Crawl and parse everything; return seconds, the documents' addresses and the number of parsed guides."""
    job = CrawlJob(
        run="bench",
        portal="gdzwfw",
        units=tuple(unit.id for unit in all_units()),
        origins=origins,
        evidence_root=folder / "evidence",
        spool=folder / "spool.jsonl",
        delay_s=0,
        concurrency=8,
    )
    began = time.perf_counter()
    report = run_crawl(job, timeout_s=600)
    events = read_spool(job.spool)
    evidence, documents = EvidenceStore(job.evidence_root), adapters.get(job.portal).documents
    parsed = 0
    for visit in events.visits:
        if visit.outcome is GuideOutcome.MEASURED and visit.document:
            context = DocumentContext(
                unit=visit.unit,
                item_id=visit.item_id,
                code=visit.code,
                url=visit.url,
                document=visit.document,
                captured_at=visit.fetched_at,
            )
            documents.parse(evidence.get(visit.document), context)
            parsed += 1
    seconds = time.perf_counter() - began
    if not report.complete:
        raise SystemExit(f"the crawl is not complete: {report.message}")
    plain = [visit for visit in events.visits if visit.outcome is GuideOutcome.MEASURED]
    site = job.site()
    return seconds, [site.url("www", "detail", code=visit.code) for visit in plain], parsed


def run_bare(folder: Path, urls: list[str]) -> float:
    """Download the same documents with nothing else; return seconds."""
    (folder / "urls.json").write_text(json.dumps(urls))
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE, str(folder / "urls.json")], check=True)
    return time.perf_counter() - began


def cpu_s() -> float:
    """Return the processor seconds of this process and of the children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main() -> None:
    """Print one line per round and the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="1200")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    ratios, cpu_ratios = [], []
    with running_sandbox(["--size", options.size]) as sandbox, tempfile.TemporaryDirectory() as name:
        run_ours(Path(name) / "warm", asdict(sandbox.origins))
        for number in range(options.rounds):
            folder = Path(name) / str(number)
            folder.mkdir()
            start = cpu_s()
            ours_s, urls, parsed = run_ours(folder, asdict(sandbox.origins))
            ours_cpu_s = cpu_s() - start
            bare_s = run_bare(folder, urls)
            bare_cpu_s = cpu_s() - start - ours_cpu_s
            ratios.append(bare_s / ours_s)
            cpu_ratios.append(bare_cpu_s / ours_cpu_s)
            rates = f"ours {parsed / ours_s:.0f}/s, bare {len(urls) / bare_s:.0f}/s"
            spent = f"processor {1000 * ours_cpu_s / parsed:.1f} against {1000 * bare_cpu_s / len(urls):.1f} ms each"
            print(f"round {number + 1}: {parsed} guides, {rates}, ratio {ratios[-1]:.2f}; {spent}")
    print(f"median ratio {statistics.median(ratios):.2f}, by processor time {statistics.median(cpu_ratios):.2f}")
    print("1.00 = as fast as downloading alone; ours also lists, keeps evidence, writes the spool and parses")


if __name__ == "__main__":
    main()
