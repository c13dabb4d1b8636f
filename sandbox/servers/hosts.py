"""Turns a list of routes into one host of the replica, recorded from the first byte."""

import asyncio
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.recording import Recording
from sandbox.replica import Replica
from sandbox.scenarios.mischief import MischiefLayer, TransportLayer
from sandbox.servers import bsxt, control, dept, mobile, static, tyrz, www
from sandbox.servers.pages import handle_http_exception, handle_not_found, make_stock_routes

CONTROL = "control"


class Far:
    """ASGI layer that lets every request be on its way for a while, as to hosts that are not on this machine."""

    def __init__(self, app: ASGIApp, *, latency_s: float) -> None:
        self._app = app
        self._latency_s = latency_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, and pass the request on."""
        await asyncio.sleep(self._latency_s)
        await self._app(scope, receive, send)


def make_host(name: str, routes: Sequence[BaseRoute], replica: Replica) -> ASGIApp:
    """Make one host's application."""
    app = Starlette(
        routes=[*routes, *make_stock_routes()],
        exception_handlers={404: handle_not_found, HTTPException: handle_http_exception},
    )
    app.state.replica = replica
    layered = MischiefLayer(app, host=name, mischief=replica.mischief, origins=replica.origins)
    recorded = Recording(layered, host=name, ledger=replica.ledger, access_log=replica.access_log)
    is_far = replica.latency_s > 0 and name != CONTROL
    return TransportLayer(Far(recorded, latency_s=replica.latency_s) if is_far else recorded)


def make_hosts(replica: Replica) -> dict[str, ASGIApp]:
    """Make all hosts, by the field names of `Origins`."""
    routes: dict[str, Sequence[BaseRoute]] = {
        "www": www.ROUTES,
        "static": static.ROUTES,
        "tyrz": tyrz.ROUTES,
        "bsxt": bsxt.ROUTES,
        "yss": mobile.YSS_ROUTES,
        "yst": mobile.YST_ROUTES,
        "dept": dept.ROUTES,
        CONTROL: control.ROUTES,
    }
    return {name: make_host(name, host_routes, replica) for name, host_routes in routes.items()}
