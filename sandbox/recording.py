"""The layer in front of every host that writes the access log and the ledger before any page code runs."""

import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.ledger import Ledger

LONGEST_LOG = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Access:
    """One request as the server saw it; `status` is 0 when the client went away before an answer."""

    time: str
    started_s: float
    duration_ms: float
    host: str
    method: str
    path: str
    status: int
    user_agent: str


class AccessLog:
    """Every request to every host, in the order of arrival."""

    def __init__(self) -> None:
        self._entries: deque[Access] = deque(maxlen=LONGEST_LOG)

    def add(self, access: Access) -> None:
        """Append one finished request."""
        self._entries.append(access)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()

    def to_json(self) -> list[dict[str, object]]:
        """Give all requests, first come first."""
        return [asdict(access) for access in sorted(self._entries, key=lambda access: access.started_s)]


class Recording:
    """ASGI layer that records a host's requests and then passes them on unchanged."""

    def __init__(self, app: ASGIApp, *, host: str, ledger: Ledger, access_log: AccessLog) -> None:
        self._app = app
        self._host = host
        self._ledger = ledger
        self._log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body, write the ledger, answer, write the access log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started_s, statuses = time.time(), [0]
        body = await read_body(receive)
        self._enter(scope, body)

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            await send(message)

        try:
            await self._app(scope, replay_body(body, receive), watch)
        finally:
            self._note(scope, started_s, statuses[-1])

    def _enter(self, scope: Scope, body: bytes) -> None:
        self._ledger.enter(
            host=self._host,
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            upgrade=read_header(scope, b"upgrade").lower() == "websocket",
            body_size_bytes=len(body),
        )

    def _note(self, scope: Scope, started_s: float, status: int) -> None:
        query = scope["query_string"].decode("latin-1")
        self._log.add(
            Access(
                time=datetime.fromtimestamp(started_s, UTC).isoformat(timespec="milliseconds"),
                started_s=started_s,
                duration_ms=round((time.time() - started_s) * 1000, 1),
                host=self._host,
                method=scope["method"],
                path=f"{scope['path']}?{query}" if query else scope["path"],
                status=status,
                user_agent=read_header(scope, b"user-agent"),
            )
        )


def read_header(scope: Scope, name: bytes) -> str:
    """Give a request header's value, or an empty text."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("latin-1") for key, value in headers if key == name), "")


async def read_body(receive: Receive) -> bytes:
    """Take the request's body as far as the client sends it."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return b"".join(parts)


def replay_body(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """Give the inner app the body once, and then whatever the client does next."""
    pending = [body]

    async def again() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return again
