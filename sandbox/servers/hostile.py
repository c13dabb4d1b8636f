"""Pages that try to change something by themselves, to prove that a guard in the browser really holds."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from sandbox.replica import replica_of
from sandbox.servers.pages import answer_json, render, show_not_found

HERE = "/__hostile__"
READING = "/portal/api/v2/node/gdbsNav/current"
WAITS_MS = 250


@dataclass(frozen=True, kw_only=True)
class HostilePage:
    """One page; `silent` says why a guard that holds may have nothing to report."""

    says: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)
    pressed: bool = False
    waits_ms: int = WAITS_MS
    silent: str = ""


def read_pages() -> dict[str, HostilePage]:
    """Read the catalogue."""
    text = (Path(__file__).parents[1] / "hostile_pages.toml").read_text(encoding="utf-8")
    pages: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {name: HostilePage(**page) for name, page in pages.items()}


HOSTILE_PAGES = read_pages()


def fill_in(text: str, www: str, name: str) -> str:
    """Put the addresses into a page or header, each with the page's name in it."""
    here = f"{www}{HERE}"
    places = {
        "SINK": f"{here}/sink?from={name}",
        "SOCKET": f"{here}/sink?from={name}".replace("http", "ws", 1),
        "ACT": f"{www}/rmpc/api/cancel?id=1&from={name}",
        "RATE": f"{www}/portal/rate?score=5&from={name}",
        "OPAQUE": f"{here}/opaque?from={name}",
        "READING": f"{www}{READING}",
        "HERE": here,
    }
    for word, place in places.items():
        text = text.replace(word, place)
    return text


async def show_hostile_page(request: Request) -> Response:
    """One page that attacks as soon as it is open; ``?from=`` has it attack in another page's name."""
    name = request.path_params["kind"]
    page = HOSTILE_PAGES.get(name)
    if page is None:
        return show_not_found(request)
    www, asked = replica_of(request).origins.www, request.query_params.get("from", name)
    headers = {header: fill_in(value, www, asked) for header, value in page.headers.items()}
    head = f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{name}</title></head><body>'
    return HTMLResponse(f"{head}<h1>{name}</h1>{fill_in(page.html, www, asked)}</body></html>", headers=headers)


async def show_blank(_request: Request) -> Response:
    """A page that does nothing."""
    return HTMLResponse(
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>空白页</title></head></html>'
    )


async def show_hostile_index(request: Request) -> Response:
    """The list of the pages, by host of origin."""
    kinds = {name: page.says for name, page in HOSTILE_PAGES.items()}
    return render(request, "hostile_index.html", title="Pages that act by themselves", kinds=kinds)


async def take_hostile(_request: Request) -> Response:
    """Where the attacks arrive; the ledger has them already."""
    return answer_json({"success": True})


async def send_worker(request: Request) -> Response:
    """A service worker that posts when it is installed."""
    name = request.query_params.get("from", "")
    script = f"fetch('sink?from={name}', {{method: 'POST'}}); oninstall = () => skipWaiting()"
    return Response(script, media_type="text/javascript")


async def send_to_act(request: Request) -> Response:
    """A redirect to a GET that cancels."""
    return RedirectResponse(fill_in("ACT", replica_of(request).origins.www, request.query_params["from"]), 302)


async def send_to_sink(request: Request) -> Response:
    """A redirect that keeps method and body, from an address that only reads."""
    place = fill_in("SINK", replica_of(request).origins.www, request.query_params["from"])
    return RedirectResponse(place, int(request.query_params["hostile"]))


class HostileQueryRoute(Route):
    """Takes over an address of the portal only where the query asks for it."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match only requests with ``hostile=`` in the query."""
        return super().matches(scope) if b"hostile=" in scope.get("query_string", b"") else (Match.NONE, {})


HOSTILE_ROUTES = [
    HostileQueryRoute(READING, send_to_sink, methods=["POST"]),
    Route(f"{HERE}/sink", take_hostile, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    Route(f"{HERE}/opaque", take_hostile),
    Route(f"{HERE}/blank", show_blank),
    Route(f"{HERE}/to-act", send_to_act),
    Route(f"{HERE}/worker.js", send_worker),
    Route(f"{HERE}/", show_hostile_index),
    Route(f"{HERE}/{{kind}}", show_hostile_page),
]
