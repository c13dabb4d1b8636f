"""A server that speaks plain bytes, for answers that no decent server library would give."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Head = dict[str, str]
Answer = Callable[[socket.socket, Head], None]
CHUNK = b"x" * 65_536


def say(status: str, body: bytes = b"", **headers: str) -> Answer:
    """Answer decently."""

    def answer(line: socket.socket, _head: Head) -> None:
        known = {"Content-Length": str(len(body)), "Content-Type": "text/html; charset=utf-8", **underscored(headers)}
        line.sendall(head(status, known) + body)

    return answer


def head(status: str, headers: Head) -> bytes:
    """Write the head of an answer."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n"


def underscored(headers: Head) -> Head:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def pour(seconds: float = 30) -> Answer:
    """Send bytes without end, without saying how many."""

    def answer(line: socket.socket, _head: Head) -> None:
        line.sendall(head("200 OK", {"Content-Type": "application/msword"}))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            line.sendall(CHUNK)

    return answer


def drip(every_s: float, seconds: float = 60) -> Answer:
    """Send a byte at a time."""

    def answer(line: socket.socket, _head: Head) -> None:
        line.sendall(head("200 OK", {"Content-Type": "application/msword"}))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            line.sendall(b"x")
            time.sleep(every_s)

    return answer


def keep_silent(line: socket.socket, _head: Head) -> None:
    """Take the request and say nothing."""
    line.settimeout(30)
    with suppress(OSError):
        line.recv(1)


def announce_much(line: socket.socket, _head: Head) -> None:
    """Announce five gigabytes."""
    line.sendall(head("200 OK", {"Content-Type": "application/zip", "Content-Length": str(5_000_000_000)}))
    with suppress(OSError):
        for _ in range(10_000):
            line.sendall(CHUNK)


def break_off(line: socket.socket, _head: Head) -> None:
    """Announce a thousand bytes and send ten."""
    line.sendall(head("200 OK", {"Content-Type": "application/msword", "Content-Length": "1000"}) + b"0123456789")


def talk_nonsense(line: socket.socket, _head: Head) -> None:
    line.sendall(b"\x00\x01\x02 this is no HTTP\r\n\r\n")


def send_bomb(line: socket.socket, _head: Head) -> None:
    """Send 200 megabytes of zeros, packed by the transfer to a few hundred kilobytes."""
    packed = gzip.compress(bytes(200_000_000), 9)
    headers = {"Content-Type": "application/msword", "Content-Encoding": "gzip", "Content-Length": str(len(packed))}
    line.sendall(head("200 OK", headers) + packed)


def want_cookie(line: socket.socket, asked: Head) -> None:
    """Redirect to itself until the visitor brings the cookie back."""
    if "seen=1" in asked.get("cookie", ""):
        say("200 OK", "<h1>在线申办</h1>".encode())(line, asked)
    else:
        line.sendall(head("302 Found", {"Location": "/cookie", "Set-Cookie": "seen=1", "Content-Length": "0"}))


def give_if_changed(line: socket.socket, asked: Head) -> None:
    """Answer 304 to whoever has the file."""
    if asked.get("if-none-match") == '"v1"':
        line.sendall(head("304 Not Modified", {"ETag": '"v1"'}))
    else:
        name = "attachment; filename*=UTF-8''%E7%94%B3%E8%AF%B7%E8%A1%A8.doc"
        say("200 OK", b"file", ETag='"v1"', Content_Disposition=name, Content_Type="application/msword")(line, asked)


@dataclass
class RawServer:
    """Where it listens, how it answers each path, and what it was asked."""

    answers: dict[str, Answer]
    asked: list[tuple[str, str, Head]] = field(default_factory=list)  # method, path, headers
    origin: str = ""

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]


@contextmanager
def serving_raw(answers: dict[str, Answer]) -> Iterator[RawServer]:
    """Listen on a free port of this machine until the end of the block."""
    server = RawServer(answers)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        threading.Thread(target=accept, args=(listener, server), daemon=True).start()
        yield server


def accept(listener: socket.socket, server: RawServer) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=serve, args=(line, server), daemon=True).start()


def serve(line: socket.socket, server: RawServer) -> None:
    with line, suppress(OSError):
        text = b""
        while b"\r\n\r\n" not in text and (piece := line.recv(65_536)):
            text += piece
        first, *rest = text.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        asked = {name.lower(): value.strip() for name, _, value in (entry.partition(":") for entry in rest) if value}
        server.asked.append((method, path, asked))
        server.answers.get(path.partition("?")[0], say("404 Not Found", b"Not Found"))(line, asked)
