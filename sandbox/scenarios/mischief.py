"""The layer between the books and the pages of a host that lets the scenarios in force happen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.model import Item, Origins
from sandbox.recording import read_body, replay_body
from sandbox.scenarios.acts import Hit
from sandbox.scenarios.scenario import Scenario, Strike

CONTROL = "control"


@dataclass(kw_only=True)
class Mischief:
    """The scenarios in force: of single items by the names that a request may call them, and those of everything."""

    of_items: dict[str, tuple[Item, Scenario]] = field(default_factory=dict)  # scenario name → item, scenario
    everywhere: tuple[Scenario, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    asleep: bool = True  # prepared, not yet in force
    _hits: Counter[tuple[str, int]] = field(default_factory=Counter)

    def find(self, host: str, path: str, words: str) -> Strike | None:
        """Return what befalls a request; ``words`` is everything in it that may name an item."""
        if self.asleep or host == CONTROL:
            return None
        for scenario in self.everywhere:
            strike = self._strike(scenario, host, path)
            if strike is not None:
                return strike
        for item, scenario in self.of_items.values():
            if names_item(words, item):
                return self._strike(scenario, host, path)
        return None

    def _strike(self, scenario: Scenario, host: str, path: str) -> Strike | None:
        for at, strike in enumerate(scenario.strikes):
            if strike.befalls(host, path):
                self._hits[scenario.name, at] += 1
                return strike if not strike.hits or self._hits[scenario.name, at] in strike.hits else None
        return None


def names_item(words: str, item: Item) -> bool:
    """Say whether a request is about an item: by its codes, or by its whole name as a keyword."""
    return item.task_code in words or item.item_id in words or item.name in words


class MischiefLayer:
    """ASGI layer of one host; ``mischief`` and ``origins`` are those of the sandbox."""

    def __init__(self, app: ASGIApp, *, host: str, mischief: Mischief, origins: Origins) -> None:
        self._app = app
        self._host = host
        self._mischief = mischief
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the strike happen that is due, or pass the request on."""
        if scope["type"] != "http" or self._mischief.asleep:
            await self._app(scope, receive, send)
            return
        body = await read_body(receive)
        receive = replay_body(body, receive)
        query = scope["query_string"].decode("latin-1")
        words = unquote_plus(f"{scope['path']}?{query} {body.decode('utf-8', 'replace')}")
        strike = self._mischief.find(self._host, scope["path"], words)
        if strike is None:
            await self._app(scope, receive, send)
            return
        hit = Hit(
            app=self._app,
            scope=scope,
            receive=receive,
            send=send,
            origins=self._origins,
            extra=self._mischief.extra,
        )
        await strike.act(hit)


class TransportLayer:
    """The outermost layer: remembers the connection of a request, and dates answers that are not dated yet."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the connection where ``acts.transport_of`` finds it."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if scope["type"] == "http" and transport is not None:
            scope.setdefault("extensions", {})["sandbox.transport"] = transport

        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                if not any(name == b"date" for name, _ in message["headers"]):
                    message["headers"] = [*message["headers"], (b"date", formatdate(usegmt=True).encode())]
            await send(message)

        await self._app(scope, receive, send_dated)
