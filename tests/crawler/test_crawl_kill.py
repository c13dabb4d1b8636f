"""A crawl that is killed loses nothing that it wrote down, and the next one fetches exactly the rest."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawler.job import CrawlJob
from crawler.launch import run_crawl
from crawler.spool import read_spool

MakeJob = Callable[..., CrawlJob]
ROOT = Path(__file__).resolve().parents[2]
SLOW = {"delay_s": 0.05, "concurrency": 2}
ENOUGH = 25
VISIT = b'"type":"visit"'
WAIT_S = 60.0


def wait_for_visits(spool: Path, count: int) -> None:
    limit = time.monotonic() + WAIT_S
    while not spool.exists() or spool.read_bytes().count(VISIT) < count:  # reading each whole would cost seconds
        assert time.monotonic() < limit, "the crawl did not get under way"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except OSError:
        return False


def test_sigkill_in_the_middle_then_exactly_the_rest(job: MakeJob, tmp_path: Path, desk: Any) -> None:  # noqa: ANN401
    desk.reset()
    first = job(**SLOW)
    (tmp_path / "job.json").write_text(first.model_dump_json())
    process = subprocess.Popen([sys.executable, "-m", "crawler.process", str(tmp_path / "job.json")], cwd=ROOT)
    wait_for_visits(first.spool, ENOUGH)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    seen = read_spool(first.spool)
    assert ENOUGH <= len(seen.visits) < 150
    time.sleep(0.5)  # what was under way reaches the access log
    before = Counter(desk.detail_codes())

    done: dict[str, tuple[str, ...]] = {}
    for visit in seen.visits:
        done[visit.unit] = (*done.get(visit.unit, ()), visit.item_id)
    second = job(spool=tmp_path / "second.jsonl", done=done)
    report = run_crawl(second, timeout_s=200)
    assert report.complete

    visited = {visit.item_id for visit in seen.visits}
    rest = read_spool(second.spool)
    assert {visit.item_id for visit in rest.visits}.isdisjoint(visited)
    assert visited | {visit.item_id for visit in rest.visits} == {row.item_id for row in rest.listed}
    assert len(rest.listed) == 150
    again = Counter(desk.detail_codes()) - before
    assert not {visit.code for visit in seen.visits} & set(again), "a document with a visit was fetched twice"
    lost = set(before) - {visit.code for visit in seen.visits}
    assert len(lost) <= SLOW["concurrency"] + 1, "only what was under way at the kill may be fetched again"


def test_a_spool_may_be_continued_after_a_kill(job: MakeJob, tmp_path: Path) -> None:
    """The engine hands the same spool file to the next process: a torn last line must not swallow the next event."""
    order = job(units=("dept-34",))
    order.spool.write_bytes(b'{"type":"visit","value":{"portal":"gdz')
    assert run_crawl(order, timeout_s=60).complete
    assert len(read_spool(order.spool).visits) == 3


def test_the_crawl_ends_when_its_starter_is_killed(job: MakeJob, tmp_path: Path, desk: Any) -> None:  # noqa: ANN401
    desk.reset()
    order = job(delay_s=0.3, concurrency=1, units=("county-1", "county-2", "county-3"))  # some 30 guides: 9 s
    (tmp_path / "job.json").write_text(order.model_dump_json())
    program = (
        "import sys; from pathlib import Path; from crawler.job import CrawlJob; from crawler.launch import run_crawl;"
        "run_crawl(CrawlJob.model_validate_json(Path(sys.argv[1]).read_bytes()), timeout_s=300)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "job.json")], cwd=ROOT)
    wait_for_visits(order.spool, 1)
    children = Path(f"/proc/{starter.pid}/task/{starter.pid}/children").read_text().split()
    assert len(children) == 1
    starter.kill()
    starter.wait()
    limit = time.monotonic() + 10
    while is_running(int(children[0])):
        assert time.monotonic() < limit, "the orphan goes on"
        time.sleep(0.1)
    asked = len(desk.access_log())
    time.sleep(1)
    assert len(desk.access_log()) == asked


def test_a_crawl_that_takes_too_long_is_ended(job: MakeJob) -> None:
    order = job(delay_s=1.0, concurrency=1)
    report = run_crawl(order, timeout_s=8)  # the process has begun by then, also on a busy machine
    assert report.timed_out
    assert not report.complete
    assert "too long" in report.message
    assert report.seconds < 40
    size = order.spool.stat().st_size
    time.sleep(2)
    assert order.spool.stat().st_size == size, "the process goes on"
