"""Starts a process that looks at published addresses and reports how it ended; what it saw lies in the job's spool."""

from collections.abc import Iterator

from crawler.address_job import AddressJob
from crawler.completeness import CrawlExit
from crawler.launch import describe_end, run_process
from crawler.spool import AddressEvent, iterate_spool
from domain.frozen import Frozen


class AddressReport(Frozen):
    """How the process ended; ``visited`` counts the addresses in its spool."""

    ordered: int
    visited: int
    exit_code: int
    timed_out: bool
    seconds: float
    message: str  # one sentence when something is missing, "" otherwise


def visit_published(job: AddressJob, *, timeout_s: float) -> AddressReport:
    """Look at addresses in a process of its own; after ``timeout_s`` it is ended and the rest stays unvisited.

    Never raises for visits that fail: the report tells. Raises ``UsageError`` for a job that may not start.
    """
    job.answerable()
    end = run_process("crawler.address_process", job, timeout_s=timeout_s)
    ordered, visited = sum(1 for _ in job.read_orders()), len(set(visited_addresses(job)))
    complete = end.exit_code == CrawlExit.COMPLETE and visited >= ordered
    gap = end.model_copy(update={"exit_code": CrawlExit.GAPS}) if end.exit_code == CrawlExit.COMPLETE else end
    return AddressReport(
        ordered=ordered,
        visited=visited,
        exit_code=end.exit_code,
        timed_out=end.timed_out,
        seconds=end.seconds,
        message="" if complete else f"{describe_end(gap)} ({visited} of {ordered} addresses)",
    )


def visited_addresses(job: AddressJob) -> Iterator[str]:
    """Yield the addresses in the job's spool."""
    yield from (event.value.url for event in iterate_spool(job.spool) if isinstance(event, AddressEvent))
