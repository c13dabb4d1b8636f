"""How the crawl behaves towards a host, proved by the host's own log: pace, name, robots.txt, pauses, strangers."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest

from crawler.job import CrawlJob
from crawler.launch import run_crawl
from crawler.middlewares.back_off import read_retry_after
from crawler.spool import SpoolEvents, read_spool
from domain.crawl import GuideOutcome
from domain.failure import FailureReason
from portals.host_policy import user_agent

MakeJob = Callable[..., CrawlJob]
Answer = tuple[int, dict[str, str], bytes]
DIRECTORY = "/portal/api/v2/node/gdbsNav/current"
LISTING = "/portal/api/v2/solr/getCommonAuditItem"


def to_json(value: object) -> bytes:
    return orjson.dumps(value)


def normal_answer(path: str) -> Answer:
    """Answer as a portal with one department and one guide."""
    if path == "/robots.txt":
        return 404, {}, b""
    if path == DIRECTORY:
        hall = [{"ORGNAME": "阳江市教育局", "ORGAREACODE": "441700", "ORGNUMBER": "007071111"}]
        return 200, {}, to_json({"hall": hall})
    if path == LISTING:
        rows = [{"ITEM_ID": "i1", "TASK_CODE": "c1", "TASK_NAME": "教师资格认定"}]
        page = {"CURRENTPAGEINDEX": 1, "PAGESIZE": 100, "TOTALNUM": 1}
        return 200, {}, to_json({"CUSTOM": {"AUDIT_ITEMLIST": rows, "PAGEINFO": page}})
    return 200, {}, to_json({"AUDIT_ITEM": {"TASK_NAME": "教师资格认定", "TASK_CODE": "c1"}})


@dataclass
class Host:
    """A real server on loopback that answers as it is told and remembers who came."""

    answer: Callable[[str], Answer | None]
    asked: list[tuple[float, str, str]] = field(default_factory=list)  # time, path, User-Agent
    origin: str = ""

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]


@contextmanager
def serving(host: Host) -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def respond(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.partition("?")[0]
            host.asked.append((time.monotonic(), path, self.headers["User-Agent"]))
            status, headers, body = host.answer(path) or normal_answer(path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = respond  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def crawl(host_origin: str, job: MakeJob, **changes: Any) -> SpoolEvents:  # noqa: ANN401 - fields of the job
    order = job(origins={"www": host_origin}, units=("dept-06",), **changes)
    assert run_crawl(order, timeout_s=90).exit_code == 0
    return read_spool(order.spool)


def test_the_pace_is_kept_at_the_host(job: MakeJob, desk: Any) -> None:  # noqa: ANN401 - conftest's Desk
    desk.reset()
    report = run_crawl(job(units=("dept-06", "dept-34", "county-1"), delay_s=0.2, concurrency=4), timeout_s=100)
    assert report.complete
    times = sorted(entry["started_s"] for entry in desk.access_log())
    assert len(times) > 15
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) > 0.085, "the delay varies by half on purpose, and never falls below half"


def test_the_robot_says_who_it_is_and_makes_its_spool_folder(tmp_path: Path, job: MakeJob) -> None:
    with serving(Host(lambda path: None)) as host:
        events = crawl(host.origin, job, contact="evaluation@example.org", spool=tmp_path / "a" / "b" / "spool.jsonl")
    assert len(events.visits) == 1
    assert {agent for _, _, agent in host.asked} == {"YueceBot/0.1 (+evaluation@example.org)"}
    assert host.paths[0] == "/robots.txt"


@pytest.mark.parametrize("contact", ["", "  ", "测评", "a\nb"])
def test_no_robot_without_a_contact(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        user_agent(contact)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(200, b"User-agent: *\nDisallow: /portal/api/\n", marks=pytest.mark.slow),
        (200, b"User-agent: YueceBot\nDisallow: /\n"),
        (500, b""),
    ],
)
def test_robots_txt_shuts_the_door(status: int, body: bytes, job: MakeJob) -> None:
    with serving(Host(lambda path: (status, {}, body) if path == "/robots.txt" else None)) as host:
        events = crawl(host.origin, job)
    assert set(host.paths) == {"/robots.txt"}
    assert [listing.failure for listing in events.listings] == [FailureReason.REFUSED_BY_POLICY]
    assert not events.listings[0].whole


def test_robots_txt_that_shuts_only_the_documents(job: MakeJob) -> None:
    rules = b"User-agent: *\nDisallow: /portal/api/v2/item-event/\n"
    with serving(Host(lambda path: (200, {}, rules) if path == "/robots.txt" else None)) as host:
        events = crawl(host.origin, job)
    assert set(host.paths) == {"/robots.txt", DIRECTORY, LISTING}
    assert events.listings[0].whole
    assert [(visit.outcome, visit.failure, visit.document) for visit in events.visits] == [
        (GuideOutcome.NOT_MEASURED, FailureReason.REFUSED_BY_POLICY, None)
    ]


def test_a_host_that_stays_busy_is_left_alone_and_the_guide_is_not_measured(job: MakeJob) -> None:
    busy = (429, {"Retry-After": "1"}, b"Too Many Requests")
    with serving(Host(lambda path: busy if "item-event" in path else None)) as host:
        events = crawl(host.origin, job, patience=2)
    (visit,) = events.visits
    assert (visit.outcome, visit.failure) == (GuideOutcome.NOT_MEASURED, FailureReason.RATE_LIMITED)
    assert visit.attempts == 3
    times = [at for at, path, _ in host.asked if "item-event" in path]
    assert len(times) == 3
    assert all(later - earlier >= 0.99 for earlier, later in pairwise(times))


def test_a_busy_host_is_paused_as_a_whole(job: MakeJob) -> None:
    """While one document was answered with 503, no other request goes to the same host."""
    told: list[float] = []

    def answer(path: str) -> Answer | None:
        if path == LISTING:
            rows = [{"ITEM_ID": f"i{n}", "TASK_CODE": f"c{n}", "TASK_NAME": "事项"} for n in range(12)]
            page = {"CURRENTPAGEINDEX": 1, "PAGESIZE": 100, "TOTALNUM": 12}
            return 200, {}, to_json({"CUSTOM": {"AUDIT_ITEMLIST": rows, "PAGEINFO": page}})
        if "item-event" in path and not told:
            told.append(time.monotonic())
            return 503, {"Retry-After": "2"}, b""
        return None

    with serving(Host(answer)) as host:
        events = crawl(host.origin, job, concurrency=1)
    assert {visit.outcome for visit in events.visits} == {GuideOutcome.MEASURED}
    inside = [at for at, _, _ in host.asked if told[0] + 0.05 < at < told[0] + 1.95]
    assert inside == []


def test_an_endless_pause_is_bounded(job: MakeJob) -> None:
    with serving(Host(lambda path: (503, {"Retry-After": "86400"}, b"") if "item-event" in path else None)) as host:
        began = time.monotonic()
        events = crawl(host.origin, job, patience=1, pause_s_max=0.5)
    assert time.monotonic() - began < 200, "the host asked for a day"
    assert events.visits[0].outcome is GuideOutcome.NOT_MEASURED


def test_a_redirect_to_a_stranger_is_not_followed(job: MakeJob) -> None:
    with serving(Host(lambda path: None)) as stranger:

        def answer(path: str) -> Answer | None:
            return (302, {"Location": f"{stranger.origin}/stolen"}, b"") if "item-event" in path else None

        with serving(Host(answer)) as host:
            events = crawl(host.origin, job)
    assert stranger.asked == []
    assert events.visits[0].failure is FailureReason.REFUSED_BY_POLICY


def test_a_portal_that_is_down_is_named_as_such(job: MakeJob) -> None:
    with serving(Host(lambda path: None)) as host:
        pass
    events = crawl(host.origin, job, retries=0)
    assert [listing.failure for listing in events.listings] == [FailureReason.REFUSED]


def test_a_listing_without_rows_is_whole(job: MakeJob) -> None:
    page = {"CURRENTPAGEINDEX": 1, "PAGESIZE": 100, "TOTALNUM": 0}
    empty = to_json({"CUSTOM": {"AUDIT_ITEMLIST": [], "PAGEINFO": page}})
    with serving(Host(lambda path: (200, {}, empty) if path == LISTING else None)) as host:
        (listing,) = crawl(host.origin, job).listings
    assert (listing.total, listing.rows, listing.offered, listing.whole) == (0, 0, True, True)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param((500, {}, b"<html>error</html>"), FailureReason.HTTP_5XX, marks=pytest.mark.slow),
        ((200, {}, "<html><p>系统繁忙，请稍后再试</p></html>".encode()), FailureReason.BUSY),
        ((200, {}, b'{"CUSTOM": {}}'), FailureReason.LAYOUT_CHANGED),
        pytest.param((200, {}, b""), FailureReason.EMPTY_ANSWER, marks=pytest.mark.slow),
    ],
)
def test_a_listing_that_cannot_be_read_says_why(answer: Answer, reason: FailureReason, job: MakeJob) -> None:
    with serving(Host(lambda path: answer if path == LISTING else None)) as host:
        (listing,) = crawl(host.origin, job, retries=1).listings
    assert listing.failure is reason
    assert not listing.whole


def test_retry_after_is_read_as_number_and_as_date() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    later = format_datetime(now + timedelta(seconds=90), usegmt=True).encode()
    assert read_retry_after(b"7", now=now) == 7
    assert read_retry_after(later, now=now) == 90
    assert read_retry_after(b"soon", now=now) is None
    assert read_retry_after(None, now=now) is None
