"""Looks at addresses whose servers are slow, endless, broken, shut or hostile; each costs its limit and no more."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from raw_server import (
    RawServer,
    announce_much,
    break_off,
    drip,
    give_if_changed,
    keep_silent,
    pour,
    say,
    send_bomb,
    serving_raw,
    talk_nonsense,
    want_cookie,
)
from twisted.internet.error import DNSLookupError

from crawler.address_job import AddressJob, AddressOrder, write_orders
from crawler.address_launch import visit_published
from crawler.public_resolver import keep_public
from crawler.spool import read_spool
from domain.address_visit import AddressOutcome, AddressUse, AddressVisit
from domain.errors import UsageError
from domain.failure import FailureReason
from storage.evidence_store import EvidenceStore

FORM, ONLINE = (AddressUse.FORM,), (AddressUse.ONLINE,)
WORKS, DEAD, REFUSED, UNSEEN = AddressOutcome
MEBIBYTE = 1024 * 1024
LONG_PAGE = ("<html><title>事项列表</title><body>" + "<p>办理事项一览，链接已失效的请告知我们。</p>" * 4_000).encode()
Look = Callable[..., AddressVisit]


def page(text: str, title: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()


ANSWERS = {
    "/robots.txt": say("200 OK", b"User-agent: *\nDisallow: /shut/\n", Content_Type="text/plain"),
    "/endless": pour(),
    "/drip": drip(0.05),
    "/silent": keep_silent,
    "/huge": announce_much,
    "/cut": break_off,
    "/nonsense": talk_nonsense,
    "/bomb": send_bomb,
    "/cookie": want_cookie,
    "/etag": give_if_changed,
    "/empty": say("200 OK", Content_Type="application/msword"),
    "/gone": say("200 OK", page("抱歉，您访问的页面不存在或已删除。")),
    "/gone-by-title": say("200 OK", LONG_PAGE.replace("事项列表".encode(), b"404 Not Found")),
    "/alert": say("200 OK", "<script>alert('该链接已失效');history.back()</script>".encode()),
    "/maintenance": say("200 OK", page("系统维护中，请稍后再试")),
    "/list": say("200 OK", LONG_PAGE),
    "/captcha": say("200 OK", page("请输入验证码后继续访问")),
    "/waf": say("403 Forbidden", page("访问被拦截")),
    "/challenge": say("521 ", b"<script>document.cookie='__jsl=1';location.reload()</script>"),
    "/bad-request": say("400 Bad Request", b"?"),
    "/busy": say("429 Too Many Requests", b"", Retry_After="1"),
    "/down": say("503 Service Unavailable", b"", Retry_After="1"),
    "/broken": say("500 Internal Server Error", page("出错了")),
    "/missing": say("404 Not Found", page("没有")),
    "/round": say("302 Found", Location="/round"),
    "/inside": say("302 Found", Location="http://10.1.2.3/apply"),
    "/home": say("302 Found", Location="http://127.0.0.1:1/"),
    "/login": say("302 Found", Location="http://tyrz.test/tif/sso/static/?client_id=a"),
    "/moved": say("301 Moved Permanently", Location="list"),
    "/bad-location": say("302 Found", Location="http://[::1"),
    "/no-scheme": say("302 Found", Location="weixin://dl/business"),
    "/deep": say("200 OK", b"<div>" * 12_000 + "办理".encode()),
    "/odd-charset": say("200 OK", "在线申办".encode("gbk") + b"\x00\xff", Content_Type="text/html; charset=x-no-such"),
    "/shut/form": say("200 OK", b"x"),
    "/file": say("200 OK", b"%PDF-1.4 tiny", Content_Type="application/pdf"),
    "/login-for-file": say("200 OK", page("请先登录", "统一登录")),
    "/captcha-for-file": say("200 OK", page("请拖动滑块完成人机验证")),
}


@pytest.fixture(scope="module")
def server() -> Iterator[RawServer]:
    with serving_raw(ANSWERS) as running:
        yield running


def make_job(folder: Path, server: RawServer, **changes: Any) -> AddressJob:  # noqa: ANN401 - fields of the job
    """Build a job with small limits, everything under one folder."""
    values: dict[str, Any] = {
        "run": "run-1",
        "portal": "gdzwfw",
        "origins": {"www": server.origin, "tyrz": "http://tyrz.test"},
        "orders": folder / "orders",
        "evidence_root": folder / "evidence",
        "spool": folder / "spool.jsonl",
        "delay_s": 0.0,
        "concurrency": 16,
        "page_deadline_s": 6.0,
        "file_deadline_s": 6.0,
        "file_bytes_max": MEBIBYTE,
        "patience": 1,
        "pause_s_max": 1.0,
    }
    return AddressJob(**{**values, **changes})


def visit(folder: Path, server: RawServer, *orders: AddressOrder, **changes: Any) -> dict[str, AddressVisit]:  # noqa: ANN401
    """Look at addresses of the server in a process; return the looks by path."""
    write_orders(folder / "orders", orders)
    report = visit_published(make_job(folder, server, **changes), timeout_s=120)
    assert report.message == ""
    return {look.url.removeprefix(server.origin): look for look in read_spool(folder / "spool.jsonl").addresses}


@pytest.fixture(scope="module")
def looks(server: RawServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, AddressVisit]:
    """One process looks at every misbehaviour at once."""
    files: tuple[str, ...] = (
        "/endless",
        "/drip",
        "/silent",
        "/huge",
        "/cut",
        "/bomb",
        "/empty",
        "/file",
        "/shut/form",
        "/missing",
    )
    files += ("/login-for-file", "/captcha-for-file", "/etag")
    pages = [path for path in ANSWERS if path not in (*files, "/robots.txt")]
    orders = [AddressOrder(url=server.origin + path, uses=FORM) for path in files]
    orders += [AddressOrder(url=server.origin + path, uses=ONLINE) for path in pages]
    orders += [AddressOrder(url=server.origin + "/huge?page", uses=ONLINE)]
    return visit(tmp_path_factory.mktemp("looks"), server, *orders)


EXPECTED = {
    "/endless": (WORKS, None),
    "/huge": (WORKS, None),
    "/huge?page": (WORKS, None),
    "/bomb": (WORKS, None),
    "/drip": (DEAD, FailureReason.TIMEOUT),
    "/silent": (DEAD, FailureReason.TIMEOUT),
    "/cut": (DEAD, FailureReason.RESET),
    "/nonsense": (DEAD, FailureReason.RESET),
    "/empty": (WORKS, None),
    "/file": (WORKS, None),
    "/etag": (WORKS, None),
    "/cookie": (WORKS, None),
    "/list": (WORKS, None),
    "/moved": (WORKS, None),
    "/login": (WORKS, None),
    "/login-for-file": (WORKS, None),
    "/gone": (DEAD, FailureReason.PAGE_GONE),
    "/gone-by-title": (DEAD, FailureReason.PAGE_GONE),
    "/alert": (DEAD, FailureReason.PAGE_GONE),
    "/maintenance": (DEAD, FailureReason.BUSY),
    "/broken": (DEAD, FailureReason.HTTP_5XX),
    "/down": (DEAD, FailureReason.HTTP_5XX),
    "/missing": (DEAD, FailureReason.HTTP_4XX),
    "/round": (DEAD, FailureReason.REDIRECT_LOOP),
    "/bad-location": (DEAD, FailureReason.BROKEN_ANSWER),
    "/no-scheme": (REFUSED, FailureReason.REFUSED_BY_POLICY),
    "/deep": (WORKS, None),
    "/odd-charset": (WORKS, None),
    "/captcha": (UNSEEN, FailureReason.CAPTCHA),
    "/captcha-for-file": (UNSEEN, FailureReason.CAPTCHA),
    "/waf": (UNSEEN, FailureReason.WAF),
    "/challenge": (UNSEEN, FailureReason.WAF),
    "/busy": (UNSEEN, FailureReason.RATE_LIMITED),
    "/bad-request": (UNSEEN, FailureReason.HTTP_4XX),
    "/shut/form": (UNSEEN, FailureReason.REFUSED_BY_POLICY),
    "/inside": (REFUSED, FailureReason.REFUSED_BY_POLICY),
    "/home": (REFUSED, FailureReason.REFUSED_BY_POLICY),
}


@pytest.mark.parametrize("path", EXPECTED)
def test_every_answer_is_named_for_what_it_is(looks: dict[str, AddressVisit], path: str) -> None:
    assert (looks[path].outcome, looks[path].failure) == EXPECTED[path]


def test_everything_ordered_was_looked_at(looks: dict[str, AddressVisit]) -> None:
    assert set(looks) == set(EXPECTED)


@pytest.mark.parametrize("path", ["/endless", "/huge", "/bomb"])
def test_what_is_too_large_is_not_kept(looks: dict[str, AddressVisit], path: str) -> None:
    assert looks[path].too_large
    assert looks[path].sha256 is None


def test_an_announced_size_is_known_without_fetching(looks: dict[str, AddressVisit]) -> None:
    assert looks["/huge"].bytes == 5_000_000_000
    assert looks["/huge"].duration_ms < 3_000


def test_an_empty_file_is_kept_as_such(looks: dict[str, AddressVisit]) -> None:
    assert looks["/empty"].bytes == 0
    assert looks["/empty"].sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_login_is_reached_and_not_entered(looks: dict[str, AddressVisit], server: RawServer) -> None:
    assert looks["/login"].reached_login
    assert looks["/login"].final_url.startswith("http://tyrz.test/")
    assert not looks["/list"].reached_login


def test_the_last_hop_is_named(looks: dict[str, AddressVisit], server: RawServer) -> None:
    assert looks["/moved"].final_url == server.origin + "/list"


def test_a_file_and_its_name_are_kept(looks: dict[str, AddressVisit], server: RawServer) -> None:
    look = looks["/etag"]
    assert (look.file_name, look.media_type, look.bytes, look.etag) == ("申请表.doc", "application/msword", 4, '"v1"')


def test_a_dead_address_leaves_its_answer_as_proof(looks: dict[str, AddressVisit]) -> None:
    assert looks["/gone"].sha256 is not None


def test_only_get_is_used_and_the_shut_door_is_left_alone(looks: dict[str, AddressVisit], server: RawServer) -> None:
    assert {method for method, _, _ in server.asked} == {"GET"}
    assert "/shut/form" not in server.paths()
    assert {headers["user-agent"] for _, _, headers in server.asked} == {"YueceBot/0.1 (+sandbox@localhost)"}


def test_the_process_stays_small(server: RawServer, tmp_path: Path) -> None:
    """Two hundred megabytes in a bomb, five gigabytes announced and a stream without end cost nearly nothing."""

    def peak_kib(*paths: str) -> int:
        folder = tmp_path / "-".join(path.strip("/") for path in paths)
        orders = [AddressOrder(url=server.origin + path, uses=FORM) for path in paths]
        write_orders(folder / "orders", orders)
        (folder / "job.json").write_text(make_job(folder, server).model_dump_json())
        script = "import resource, sys; from crawler.address_process import main; main(sys.argv[1:]); "
        script += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        command = [sys.executable, "-c", script, str(folder / "job.json")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return int(done.stdout)

    assert peak_kib("/endless", "/huge", "/bomb") < peak_kib("/file") + 32 * 1024


def test_an_unchanged_file_is_not_fetched_again(server: RawServer, tmp_path: Path) -> None:
    order = AddressOrder(url=server.origin + "/etag", uses=FORM)
    first = visit(tmp_path / "a", server, order)["/etag"]
    again = visit(tmp_path / "b", server, order.model_copy(update={"earlier": first}))["/etag"]
    assert (again.unchanged, again.sha256, again.file_name, again.status) == (True, first.sha256, "申请表.doc", 304)
    assert not (tmp_path / "b" / "evidence").exists()


def test_kept_bytes_are_the_bytes_sent(server: RawServer, tmp_path: Path) -> None:
    look = visit(tmp_path, server, AddressOrder(url=server.origin + "/file", uses=FORM))["/file"]
    assert look.sha256 is not None
    assert EvidenceStore(tmp_path / "evidence").get(look.sha256) == b"%PDF-1.4 tiny"


def test_one_host_is_asked_one_thing_at_a_time_and_with_pauses(tmp_path: Path) -> None:
    times: list[tuple[float, float]] = []

    def slow(line: Any, asked: dict[str, str]) -> None:  # noqa: ANN401 - a socket
        began = time.monotonic()
        time.sleep(0.2)
        say("200 OK", b"x")(line, asked)
        times.append((began, time.monotonic()))

    with serving_raw({f"/{n}": slow for n in range(4)}) as host:
        orders = [AddressOrder(url=f"{host.origin}/{n}", uses=ONLINE) for n in range(4)]
        visit(tmp_path, host, *orders, concurrency=1, delay_s=0.2)
    times.sort()
    assert len(times) == 4
    assert all(later[0] >= earlier[1] - 0.01 for earlier, later in pairwise(times))


def test_a_host_that_never_answers_costs_little(tmp_path: Path) -> None:
    with serving_raw({f"/{n}": keep_silent for n in range(5)}) as host:
        orders = [AddressOrder(url=f"{host.origin}/{n}", uses=FORM) for n in range(5)]
        began = time.monotonic()
        looks = visit(tmp_path, host, *orders, concurrency=1, file_deadline_s=7.0)
    assert {look.failure for look in looks.values()} == {FailureReason.TIMEOUT}
    assert time.monotonic() - began < 3 * 7 + 2 * 5 + 12


def test_a_real_night_asks_public_addresses_only(tmp_path: Path) -> None:
    assert keep_public("113.106.1.2") == "113.106.1.2"
    for private in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0"):
        with pytest.raises(DNSLookupError):
            keep_public(private)
    with serving_raw({}) as host:
        orders = [AddressOrder(url=url, uses=ONLINE) for url in ("http://nobody.invalid/", f"{host.origin}/x")]
        looks = visit(tmp_path, host, *orders, origins=None, contact="test@localhost")
    assert looks["http://nobody.invalid/"].failure is FailureReason.DNS
    assert looks["/x"].outcome is REFUSED
    assert host.asked == []


def test_no_look_at_a_real_host_without_a_contact(tmp_path: Path) -> None:
    with serving_raw({}) as host, pytest.raises(UsageError, match="contact"):
        visit(tmp_path, host, AddressOrder(url="http://nobody.invalid/", uses=ONLINE), origins=None)


def test_a_robots_txt_that_comes_too_late_shuts_the_host(tmp_path: Path) -> None:
    """RFC 9309 §2.3.1.4: what cannot be read is a complete disallow, as long as the host itself is there."""
    answers = {"/robots.txt": keep_silent, "/list": say("200 OK", page("办理"), Content_Type="text/html")}
    with serving_raw(answers) as server:
        look = visit(tmp_path, server, AddressOrder(url=server.origin + "/list", uses=ONLINE))["/list"]
        assert (look.outcome, look.failure) == (UNSEEN, FailureReason.REFUSED_BY_POLICY)
        assert server.paths()
        assert set(server.paths()) == {"/robots.txt"}
