"""What can happen to a request instead of a proper answer, from a status to a line that breaks."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.model import Origins

FOREVER_S = 3600.0
HTML = "text/html; charset=utf-8"
PORTAL_HOURS = timedelta(hours=8)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A request that something happens to; ``app`` would have answered it."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send
    origins: Origins
    extra: Mapping[str, str]  # addresses that only some scenarios need


Act = Callable[[Hit], Awaitable[None]]
Edit = Callable[[bytes], bytes]


async def send_answer(hit: Hit, status: int, body: bytes, headers: Mapping[str, str]) -> None:
    """Send a whole answer."""
    listed = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    if not any(name == b"content-length" for name, _ in listed) and status not in (204, 304):
        listed.append((b"content-length", str(len(body)).encode()))
    await hit.send({"type": "http.response.start", "status": status, "headers": listed})
    await hit.send({"type": "http.response.body", "body": body})


def answer(status: int, text: str, *, media: str = HTML, headers: Mapping[str, str] | None = None) -> Act:
    """Answer with a status and a page; ``{now}``, ``{soon}`` and the like are filled with the portal's time."""

    async def act(hit: Hit) -> None:
        body = fill_times(text).encode()
        await send_answer(hit, status, body, {"Content-Type": media, **(headers or {})})

    return act


def fill_times(text: str) -> str:
    """Put the portal's time into a notice."""
    now = datetime.now(UTC) + PORTAL_HOURS
    moments = {
        "start": now - timedelta(hours=1),
        "end": now + timedelta(hours=5),
        "tomorrow": now + timedelta(days=1),
    }
    for name, moment in moments.items():
        text = text.replace(f"{{{name}}}", f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}")
    return text


async def hang(hit: Hit) -> None:
    """Take the request and say nothing."""
    await asyncio.sleep(FOREVER_S)


async def hang_after_headers(hit: Hit) -> None:
    """Send the headers and the first words, and nothing more."""
    await start_body(hit, b"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'>")
    await asyncio.sleep(FOREVER_S)


async def drip(hit: Hit) -> None:
    """Send a few bytes each second without an end."""
    await start_body(hit, b"<!DOCTYPE html><html><head>")
    while True:
        await asyncio.sleep(1)
        await hit.send({"type": "http.response.body", "body": b"<!-- . -->", "more_body": True})


async def start_body(hit: Hit, first: bytes) -> None:
    """Begin an answer of unknown length."""
    await hit.send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", HTML.encode())]})
    await hit.send({"type": "http.response.body", "body": first, "more_body": True})


async def reset(hit: Hit) -> None:
    """Break the line before an answer."""
    transport_of(hit).abort()


async def cut(hit: Hit) -> None:
    """Promise more bytes than come, and break the line."""
    headers = [(b"content-type", HTML.encode()), (b"content-length", b"50000")]
    await hit.send({"type": "http.response.start", "status": 200, "headers": headers})
    await hit.send({"type": "http.response.body", "body": b"<!DOCTYPE html><html><head>", "more_body": True})
    await asyncio.sleep(0.1)
    transport_of(hit).abort()


def transport_of(hit: Hit) -> asyncio.Transport:
    """Find the connection: an application server hides it, and only a broken line behaves like a broken line."""
    transport: asyncio.Transport = hit.scope["extensions"]["sandbox.transport"]
    return transport


def delay(wait_s: float) -> Act:
    """Answer properly, but late."""

    async def act(hit: Hit) -> None:
        await asyncio.sleep(wait_s)
        await hit.app(hit.scope, hit.receive, hit.send)

    return act


def redirect(target: str) -> Act:
    """Send the visitor elsewhere; ``{www}`` and other hosts are filled in, ``{self}`` is the same address."""

    async def act(hit: Hit) -> None:
        path = hit.scope["path"] + "?" + hit.scope["query_string"].decode("latin-1")
        places = {name: str(origin) for name, origin in vars(hit.origins).items()} | dict(hit.extra)
        await send_answer(hit, 302, b"", {"Location": target.format(**places, self=path)})

    return act


def edit(*edits: Edit, headers: Mapping[str, str] | None = None) -> Act:
    """Answer properly, with the body changed on its way; ``headers`` replace those of the answer."""

    async def act(hit: Hit) -> None:
        status, given, body = await collect(hit)
        for change in edits:
            body = change(body)
        kept = {name: value for name, value in given.items() if name not in ("content-length", "etag")}
        replaced = {name.lower(): value for name, value in (headers or {}).items()}
        await send_answer(hit, status, body, kept | replaced)

    return act


async def collect(hit: Hit) -> tuple[int, dict[str, str], bytes]:
    """Let the app answer and keep the answer."""
    started: list[Message] = []
    parts: list[bytes] = []

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.append(message)
        else:
            parts.append(message.get("body", b""))

    await hit.app(hit.scope, hit.receive, take)
    headers: list[Any] = started[0]["headers"]
    return started[0]["status"], {key.decode().lower(): value.decode() for key, value in headers}, b"".join(parts)


def put_in_head(markup: str) -> Edit:
    """Put markup, such as a script, at the beginning of a page's head."""

    def change(body: bytes) -> bytes:
        return body.replace(b"<head>", b"<head>" + markup.encode(), 1)

    return change


def put_in_body(markup: str) -> Edit:
    """Put markup at the end of a page's body."""

    def change(body: bytes) -> bytes:
        return body.replace(b"</body>", markup.encode() + b"</body>", 1)

    return change


def replace_text(old: str, new: str) -> Edit:
    """Write something else."""

    def change(body: bytes) -> bytes:
        return body.replace(old.encode(), new.encode())

    return change


def keep_part(share: float) -> Edit:
    """Let the body end early."""

    def change(body: bytes) -> bytes:
        return body[: round(len(body) * share)]

    return change


def recode(charset: str) -> Edit:
    """Write the page in another encoding, declared nowhere in it."""

    def change(body: bytes) -> bytes:
        return body.decode().replace('<meta charset="utf-8">', "").encode(charset, "replace")

    return change
