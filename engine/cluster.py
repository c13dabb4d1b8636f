"""The one engine: Dask's embedded cluster by default, a scheduler's address for many machines (architecture.md §7)."""

import logging
import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlsplit

import dask
from distributed import Client, Future, LocalCluster, Semaphore, as_completed

from domain.errors import UnreachableError

Job = TypeVar("Job")
Result = TypeVar("Result")

LEASE_TIMEOUT_S = 120
CONNECT_TIMEOUT_S = 10
MEANWHILE_S = 0.5
UNWATCHED = {
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.system-monitor.gil.enabled": False,
}
"""By default Dask looks at its workers' stacks a hundred times a second, for a dashboard that nobody opens."""
AHEAD = 64
"""Jobs handed to the cluster before the first of them has ended: enough for every worker of a few machines."""


@contextmanager
def open_cluster(address: str, workers: int) -> Iterator[Client]:
    """Connect to the scheduler at ``address``, or start an embedded cluster of one-thread workers.

    One thread per worker, because a sync Playwright belongs to its thread and Scrapy runs in a process of its own.
    """
    logging.getLogger("distributed").setLevel(logging.ERROR)
    if address:
        with _connect(address) as client:
            yield client
        return
    with dask.config.set(UNWATCHED), _embedded(workers) as cluster, Client(cluster) as client:
        yield client


def _embedded(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",  # None would open Dask's own pages on a fixed port, for everybody
        host="127.0.0.1",
        silence_logs=50,
    )


def _connect(address: str) -> Client:
    try:
        return Client(address, timeout=CONNECT_TIMEOUT_S)
    except (OSError, TimeoutError, ValueError) as error:
        raise UnreachableError(f"no Dask scheduler answers at {address!r}; allowed: tcp://host:port of one") from error


def run_jobs(
    client: Client,
    work: Callable[[Job], Result],
    jobs: Iterable[tuple[str, Job]],
    *,
    ahead: int = AHEAD,
    meanwhile: Callable[[], None] | None = None,
    stop: Callable[[], None] | None = None,
) -> Iterator[tuple[str, Result | Exception]]:
    """Run keyed jobs and yield ``(key, result)`` as each ends; a job that raised yields its exception.

    Jobs are taken from their source as others end, at most ``ahead`` of them at a time, so that a province's worth of
    work never lies in memory. Keys are made unique per submission: what is done already is the store's knowledge,
    never the scheduler's memory. ``meanwhile`` is called twice a second while nothing has ended, and
    ``stop`` as well and before each result: what it raises ends the loop, and what is under way is given up.
    """
    waiting = iter(jobs)

    def submit(count: int) -> list["Future[bytes]"]:
        return [
            client.submit(_do_packed, pickle.dumps((work, job)), key=key, pure=False, retries=1)
            for key, job in islice(waiting, count)
        ]

    running = as_completed(submit(ahead))
    while not running.is_empty():
        _spend_time(running, meanwhile, stop)
        future = next(running)
        error = future.exception()
        yield future.key, (error if error is not None else pickle.loads(future.result()))
        future.release()
        running.update(submit(1))


def _do_packed(packed: bytes) -> bytes:
    """Do a job in a worker.

    Jobs and results travel as plain bytes, because the scheduler, which lives in the process that hands out the work,
    would build and pickle every guide anew on its way.
    """
    work, job = pickle.loads(packed)
    return pickle.dumps(work(job))


def _spend_time(running: as_completed, *chores: Callable[[], None] | None) -> None:
    due = [chore for chore in chores if chore is not None]
    for chore in due:
        chore()
    while due and not running.has_ready():
        for chore in due:
            chore()
        time.sleep(MEANWHILE_S)


def run_here(
    work: Callable[[Job], Result], jobs: Iterable[tuple[str, Job]]
) -> Iterator[tuple[str, Result | Exception]]:
    """Run keyed jobs one after the other in this process, for what needs no cluster."""
    for key, job in jobs:
        yield key, work(job)


def host_lease(origin: str, visitors: int, *, scheduler: bool = True) -> AbstractContextManager[Any]:
    """Hold one of the places that a host grants at the same time, over all workers and machines."""
    if not scheduler:
        return nullcontext()
    name = f"host-{urlsplit(origin).netloc}"
    lease: AbstractContextManager[Any] = Semaphore(max_leases=visitors, name=name)
    return lease
