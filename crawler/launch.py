"""Starts a crawl process and reports how it ended: a crash or a leak there never harms who asked for it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crawler.completeness import CrawlExit, is_complete
from crawler.job import CrawlJob
from crawler.spool import read_spool
from domain.frozen import Frozen

ROOT = Path(__file__).resolve().parent.parent
GRACE_S = 10.0
MESSAGE_CHARACTERS_MAX = 500


class CrawlReport(Frozen):
    """How a crawl process ended; what it saw lies in the job's spool.

    ``complete`` says that every wanted body has a listing and every listed guide a visit, whatever the outcomes.
    ``whole`` says that every listing gave as many rows as the portal claims; a body not offered is no gap.
    """

    complete: bool
    whole: bool
    exit_code: int  # of the process; negative = ended by that signal
    timed_out: bool
    listed: int  # distinct guides in the spool
    visited: int  # distinct guides with a visit in the spool
    seconds: float
    message: str  # one sentence when something is missing, "" otherwise


class ProcessEnd(Frozen):
    """How a process ended, and what it said on stderr."""

    exit_code: int
    timed_out: bool
    said: str
    seconds: float


def run_crawl(job: CrawlJob, *, timeout_s: float) -> CrawlReport:
    """Crawl in a process of its own and wait for it; after ``timeout_s`` it is ended and the report says so.

    Never raises for a crawl that fails: the report tells. Raises ``UsageError`` for a job that may not start.
    """
    job.answerable()
    job.wanted()
    return make_report(job, run_process("crawler.process", job, timeout_s=timeout_s))


def run_process(module: str, job: Frozen, *, timeout_s: float) -> ProcessEnd:
    """Run a module with a job in a process of its own and wait for it."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yuece-crawl-") as folder:
        job_file = Path(folder) / "job.json"
        job_file.write_text(job.model_dump_json(), encoding="utf-8")
        with (Path(folder) / "stderr.txt").open("w+b") as complaints:
            process = start_process(module, job_file, complaints.fileno())
            timed_out = not wait_for(process, timeout_s)
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace")
    seconds = time.monotonic() - began
    return ProcessEnd(exit_code=process.returncode, timed_out=timed_out, said=said, seconds=seconds)


def start_process(module: str, job_file: Path, complaints: int) -> "subprocess.Popen[bytes]":
    """Start the process; it ends by itself should this one die."""
    command = [sys.executable, "-m", module, str(job_file), str(os.getpid())]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints)


def wait_for(process: "subprocess.Popen[bytes]", timeout_s: float) -> bool:
    """Wait for the end; ask, then force a process that takes too long. Return whether it ended by itself."""
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return False
    except BaseException:
        process.kill()
        process.wait()
        raise
    return True


def make_report(job: CrawlJob, end: ProcessEnd) -> CrawlReport:
    """Read the spool and put the report together."""
    events = read_spool(job.spool, outline=True)
    latest = {listing.unit: listing for listing in events.listings}
    complete = end.exit_code == CrawlExit.COMPLETE and is_complete(job, events)
    whole = bool(latest) and all(listing.whole or not listing.offered for listing in latest.values())
    return CrawlReport(
        complete=complete,
        whole=whole,
        exit_code=end.exit_code,
        timed_out=end.timed_out,
        listed=len({(row.unit, row.item_id) for row in events.listed}),
        visited=len({(visit.unit, visit.item_id) for visit in events.visits}),
        seconds=end.seconds,
        message="" if complete else describe_end(end),
    )


def describe_end(end: ProcessEnd) -> str:
    """Say in one sentence why a crawl is not complete."""
    exit_code = end.exit_code
    if end.timed_out:
        return "the crawl took too long and was ended; the rest can be fetched by another one"
    if exit_code == CrawlExit.GAPS:
        return "the crawl ended with listed guides that it did not visit"
    if exit_code < 0:
        return f"the crawl process was ended by signal {-exit_code}"
    lines = [line for line in end.said.splitlines() if line.strip()]
    return (lines[-1] if lines else f"the crawl process ended with code {exit_code}")[-MESSAGE_CHARACTERS_MAX:]
