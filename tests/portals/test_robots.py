"""robots.txt as RFC 9309 wants it, asked of real servers, and shared between processes by a folder."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from portals.host_policy import HostPolicy
from portals.robots import RobotsShelf
from portals.site import Site

RULES = "User-agent: *\nDisallow: /all/\n\nUser-agent: YueceBot\nDisallow: /ours/\nAllow: /ours/open\n"


class Answering(ThreadingHTTPServer):
    """A server that answers its robots.txt in one way and counts who asks."""

    def __init__(self, status: int, text: str, place: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.text, self.place = status, text, place
        self.asked: list[str] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers every GET alike."""

    server: Answering

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.path} {self.headers['User-Agent']}")
        moved = self.server.place if self.path == "/robots.txt" else ""
        self.send_response(302 if moved else self.server.status)
        if moved:
            self.send_header("Location", moved)
        self.end_headers()
        self.wfile.write(self.server.text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@contextmanager
def answering(status: int, text: str, place: str = "") -> Iterator[Answering]:
    server = Answering(status, text, place)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def policy_of(*origins: str) -> HostPolicy:
    return HostPolicy(
        Site(hosts={str(number): origin for number, origin in enumerate(origins)}, paths={}, sandbox=True)
    )


def test_the_group_with_our_name_counts_and_no_other() -> None:
    """RFC 9309 §2.2.1: a group that names the product token replaces the one for everybody."""
    with answering(200, RULES) as server:
        shelf, hosts = RobotsShelf(agent="YueceBot/0.1 (+a@b.cn)"), policy_of(server.origin)
        assert shelf.allows(f"{server.origin}/all/x", hosts)
        assert not shelf.allows(f"{server.origin}/ours/x", hosts)
        assert shelf.allows(f"{server.origin}/ours/open", hosts)
        assert shelf.allows(f"{server.origin}/robots.txt", hosts)
        assert server.asked == ["/robots.txt YueceBot/0.1 (+a@b.cn)"], "asked once, and under our name"


@pytest.mark.parametrize(("status", "open_door"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_file_that_cannot_be_read(status: int, open_door: bool) -> None:
    """RFC 9309 §2.3.1.3 and §2.3.1.4; 429 means not now."""
    with answering(status, "User-agent: *\nDisallow: /x\n") as server:
        assert RobotsShelf().allows(f"{server.origin}/x", policy_of(server.origin)) is open_door


def test_a_host_that_is_down_is_not_our_policy() -> None:
    assert RobotsShelf().allows("http://127.0.0.1:9/x", policy_of("http://127.0.0.1:9"))


def test_a_redirect_to_a_strangers_host_is_not_followed() -> None:
    with answering(200, "User-agent: *\nDisallow: /\n") as stranger:
        with answering(200, "", f"{stranger.origin}/robots.txt") as server:
            assert RobotsShelf().allows(f"{server.origin}/x", policy_of(server.origin))
            assert stranger.asked == []
        with answering(200, "", f"{stranger.origin}/robots.txt") as server:
            hosts = policy_of(server.origin, stranger.origin)
            assert not RobotsShelf().allows(f"{server.origin}/x", hosts), "within our own hosts it is"


def test_one_process_asks_for_all(tmp_path: Path) -> None:
    with answering(200, RULES) as server:
        hosts = policy_of(server.origin)
        assert not RobotsShelf(tmp_path).allows(f"{server.origin}/ours/x", hosts)
        assert not RobotsShelf(tmp_path).allows(f"{server.origin}/ours/x", hosts)
        assert len(server.asked) == 1
        (file,) = tmp_path.iterdir()
        old = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**old, "read_at_s": old["read_at_s"] - 25 * 3600}), encoding="utf-8")
        assert not RobotsShelf(tmp_path).allows(f"{server.origin}/ours/x", hosts)
        assert len(server.asked) == 2, "after a day it is asked again"
